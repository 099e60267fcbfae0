"""The files of the demonstration: each table is checked and becomes a call."""

import datetime
import tomllib
from dataclasses import dataclass
from functools import cache
from inspect import Parameter, isfunction, signature
from pathlib import Path
from types import NoneType
from typing import get_args, get_origin

from commissioning_portal.demo.story import Story
from commissions.models import (
    Area,
    Barrier,
    Commission,
    Commissioner,
    Committee,
    Organisation,
    Post,
    Service,
    Topic,
)

DATA = Path(__file__).parent / "data"
NAMED_BY = {
    Area: "code",
    Barrier: "slug",
    Commission: "reference",
    Commissioner: "name",
    Committee: "slug",
    Organisation: "slug",
    Post: "slug",
    Service: "slug",
    Topic: "name",
}
"""By which of its fields the files name a row of each model."""


class DataError(Exception):
    """A file of the demonstration says what cannot be: where, by which key, and why."""


@dataclass(frozen=True)
class Row:
    """One table of a file, and where it stands."""

    told: dict
    place: str
    story: Story

    def call(self, verb, *args, **given):
        """Call a verb with what is told, each key as its parameter wants it.

        A parameter annotated with a model gets the row of that name, one with a
        date the day so many days from today; a list or dict of `Row` holds tables
        to be read later.
        """
        kinds = self.checked(verb, given)
        told = {key: self.read_as(kinds[key], key) for key in self.told}
        return self.run(verb, *args, **told, **given)

    def run(self, verb, *args, **given):
        """Do something that this table asks for; what goes wrong names its place."""
        try:
            return verb(*args, **given)
        except DataError:
            raise
        except Exception as error:
            raise DataError(f"{self.place}: {error}") from error

    def checked(self, verb, given=()):
        """Return the kind of each key, where every key is known and none is missing."""
        kinds, needed = parameters(verb)
        for key in self.told:
            if key not in kinds or key in given:
                known = ", ".join(sorted(set(kinds) - set(given)))
                raise self.error(key, f"is not known; known are {known}")
        for key in sorted(needed - set(self.told) - set(given)):
            raise self.error(key, "is missing")
        return kinds

    def error(self, key, sentence):
        """Return the error to raise about a key."""
        return DataError(f"{self.place}: “{key}” {sentence}.")

    def read_as(self, kind, key):
        """Return what a key says, as its kind."""
        value = self.told[key]
        of = tuple(each for each in get_args(kind) or (kind,) if each is not NoneType)
        if kind is Row:
            return self.inner(value, key)
        if of[-1] is Row:
            return self.tables(value, key)
        if of[0] in AS_TIME:
            return AS_TIME[of[0]](self.story, value)
        if of[0] not in NAMED_BY:
            return value
        if get_origin(kind) is list:
            return [self.named(of, name, key) for name in value]
        return self.named(of, value, key)

    def tables(self, value, key):
        """Return a list or dict of tables within this one."""
        if isinstance(value, dict):
            return {name: self.inner(told, key, name) for name, told in value.items()}
        return [self.inner(told, key, n) for n, told in enumerate(value, 1)]

    def inner(self, told, *where):
        """Return a table within this one."""
        if not isinstance(told, dict):
            raise self.error(where[0], f"must hold tables, and holds “{told}”")
        return Row(told, f"{self.place}, {' '.join(map(str, where))}", self.story)

    def named(self, models, value, key):
        """Return what has that name among some models."""
        for model in models:
            found = model.objects.filter(**{NAMED_BY[model]: value}).first()
            if found:
                return found
        sorts = " or ".join(model._meta.verbose_name for model in models)
        raise self.error(key, f"names “{value}”, and there is no such {sorts}")

    def act(self, verbs):
        """Return (day, verb, the table without them) of something that happens."""
        for key in ("day", "verb"):
            if key not in self.told:
                raise self.error(key, "is missing")
        told = dict(self.told)
        day, verb = told.pop("day"), told.pop("verb")
        if verb not in verbs:
            known = ", ".join(sorted(verbs))
            raise self.error("verb", f"is “{verb}”, and known are {known}")
        row = Row(told, f"{self.place} ({verb})", self.story)
        row.checked(verbs[verb])
        return day, verbs[verb], row


AS_TIME = {datetime.date: Story.day, datetime.datetime: Story.time}


def takes(*models):
    """Let a verb be told, beside its own parameters, any field of some models."""

    def mark(verb):
        verb.takes = models
        return verb

    return mark


@cache
def parameters(verb):
    """Return ({key: its kind}, the keys that are needed) of a verb."""
    own = [
        parameter
        for parameter in signature(verb).parameters.values()
        if parameter.kind is Parameter.KEYWORD_ONLY
    ]
    kinds = {
        field.name: kind_of(field)
        for model in getattr(verb, "takes", ())
        for field in (*model._meta.fields[1:], *model._meta.many_to_many)
    }
    needed = {each.name for each in own if each.default is Parameter.empty}
    return kinds | {each.name: each.annotation for each in own}, needed


def kind_of(field):
    """Return how a field of a model is read."""
    if field.many_to_many:
        return list[field.related_model]
    if field.get_internal_type() == "DateField":
        return datetime.date
    return field.related_model or None


def create(model, **fields):
    """Make a row of a model, with its relations to many."""
    many = {field.name for field in model._meta.many_to_many} & set(fields)
    rows = {name: fields.pop(name) for name in many}
    made = model.objects.create(**fields)
    for name, others in rows.items():
        getattr(made, name).set(others)
    return made


@cache
def verbs(*modules):
    """Return the verbs of some modules by their names: what takes the moment `now`."""
    told = [each for module in modules for each in vars(module).items()]
    return {
        name: verb
        for name, verb in told
        if isfunction(verb) and "now" in signature(verb).parameters
    }


def rows(name, story=None):
    """List the tables of one name: those of its file, or one for each of its files."""
    if not (DATA / name).is_dir():
        told = Row(parsed(f"{name}.toml"), f"{name}.toml", story)
        for key in set(told.told) - {name}:
            raise told.error(key, f"is not known; known is {name}")
        return told.tables(told.told.get(name, ()), name)
    paths = sorted(path.name for path in (DATA / name).glob("*.toml"))
    return [Row(parsed(f"{name}/{path}"), f"{name}/{path}", story) for path in paths]


def parsed(path):
    """Return what one file says."""
    try:
        return tomllib.loads((DATA / path).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}.") from error
