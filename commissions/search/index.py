"""Filling the search index with the public words of everything that can be found.

A `Source` says of one kind of thing which rows are public, what is read of one, and
which other things its words come from. The ground floor registers its sources in
`commissions.public.search.sources`, the floor above its own.

Each entry on the public record has what it is about indexed anew, in the same
transaction (`index_subjects`, called by the record): so what is changed, hidden or
erased by a verb is found, or gone, at once. `rebuild_search` makes all of it afresh.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import or_
from threading import local

from django.apps import apps
from django.db import connection, connections, transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import override

from commissions.search.backends import engine
from commissions.search.models import KIND, Findable, KnownWord
from commissions.search.schema import FOUND, TABLE, restore_triggers
from commissions.search.words import EDGE, read_words, sound, squeeze, stem
from commissions.text.languages import ENGLISH

BATCH = 500
LONGEST = 50_000  # characters of one text; a tsvector holds 1 MB
LIVE = f"{EDGE}{EDGE}live"  # the word that everything not yet over has


@dataclass(frozen=True)
class Document:
    """What is found of one thing: all of it is public.

    `detail` is a line about it; `names` what else it is called, and whose it is;
    `texts` its words. It counts as over where it is not `live`, or `until` has passed.
    """

    title: str
    url: str
    detail: str = ""
    names: tuple = ()
    texts: tuple = ()
    reference: str = ""
    live: bool = True
    until: datetime | None = None


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    `rows` returns the public ones, read with all that `document` asks. `paths` names,
    for each model whose entries change its words, the look-ups that lead to it.
    """

    kind: str
    number: int
    noun: str
    nouns: str
    model: str
    rows: Callable
    document: Callable
    paths: Mapping = field(default_factory=dict)

    @property
    def first(self):
        """The number in the index of the key 0."""
        return self.number << KIND

    @property
    def last(self):
        return self.first + (1 << KIND) - 1

    @property
    def objects(self):
        return apps.get_model(self.model)._base_manager


SOURCES = {}


def register(*sources):
    """Let these kinds of things be found."""
    SOURCES.update({source.kind: source for source in sources})


def source_of(number):
    """Return the source of a row of the index."""
    return next(each for each in SOURCES.values() if each.number == number >> KIND)


# What the index has of a document.


def stems_and_edges(texts):
    """Write texts, read as words, as stems: no phrase reaches across their edges."""
    return " ".join(f"{' '.join(map(stem, found))} {EDGE}" for found, _ in texts)


def other_forms(title, texts, live):
    """Return what helps to find a text besides its stems, in one line.

    The words of the title once more, marked; wifi for Wi-Fi; the longer words as they
    are written, since a stem does not start with every start of its word: “commissioni”
    does not begin “commission”.
    """
    marked = [EDGE + stem(word) for found in title for word in (*found, EDGE)]
    joined = {stem(word) for _, also in texts for word in also}
    whole = {f"{word}{EDGE}" for found, _ in texts for word in found if len(word) > 4}
    return " ".join([*marked, *([LIVE] if live else ()), *sorted(joined | whole)])


def index_texts(document, *, live):
    """Return what is indexed, title, names, body, other forms; and the words of all."""
    title = [read_words(document.title)]
    names = [read_words(name) for name in (*document.names, document.reference) if name]
    body = [read_words(text) for text in document.texts]
    texts = [*title, *names, *body]
    indexed = [stems_and_edges(some) for some in (title, names, body)]
    return [*indexed, other_forms(title[0], texts, live)], texts


def clipped(document):
    """Return a document without what no search would look for."""
    left, texts = LONGEST, []
    for text in filter(None, document.texts):
        texts.append(text[:left])
        left -= len(texts[-1])
    return Document(**{**document.__dict__, "texts": tuple(texts)})


def findable(source, key, document, at):
    """Return the row of a document."""
    over = document.until is not None and document.until <= at
    return Findable(
        id=source.first + key,
        kind=source.kind,
        title=document.title[:600],
        detail=document.detail[:700],
        url=document.url[:600],
        names="\n".join(filter(None, document.names)),
        text="\n".join(document.texts),
        reference=document.reference[:255],
        squeezed_reference=squeeze(document.reference)[:255],
        squeezed_title=squeeze(document.title)[:100],
        live=document.live and not over,
        until=document.until if document.live and not over else None,
    )


SAID = [f.attname for f in Findable._meta.concrete_fields if not f.primary_key]


def said(row):
    return [getattr(row, name) for name in SAID]


# Which words are known: a misspelt word is mended to one of them.


def known_words(texts):
    """Return the words of texts, read, that a misspelt one may have meant."""
    every = {word for found, _ in texts for word in found}
    return {word for word in every if 3 < len(word) <= 30 and word.isalpha()}


def words_of(row):
    """Return those words of a row of the index."""
    return known_words([read_words(f"{row.title}\n{row.names}\n{row.text}")])


def learn(gone, come):
    """Know the words that came; forget those that no text has any more."""
    KnownWord.objects.bulk_create(
        [KnownWord(word=word, sound=sound(word)) for word in sorted(come - gone)],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    if lost := {word for word in gone - come if not is_written(word)}:
        KnownWord.objects.filter(word__in=lost).delete()


def is_written(word):
    """Tell whether any text in the index has a word as it is written."""
    kept = f"{word}{EDGE}" if len(word) > 4 else stem(word)
    ask = engine()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {TABLE} WHERE {ask.match} LIMIT 1",
            [ask.dialect.phrase([kept])],
        )
        return cursor.fetchone() is not None


# Filling it.


def batches(keys):
    """Cut primary keys into lists of at most BATCH."""
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch


def index(keys, kind="commission"):
    """Index things of a kind anew, by primary key; forget those that are not public.

    Call it in the transaction that saved them. What is unchanged is left alone.
    """
    source = SOURCES[kind]
    for batch in batches(keys):
        with transaction.atomic(savepoint=False):
            index_batch(source, batch)


def index_batch(source, keys):
    """Index at most BATCH things of a kind."""
    at = timezone.now()
    with override(ENGLISH):  # whatever language the act was done in
        found = [
            (clipped(source.document(row)), row.pk)
            for row in source.rows().filter(pk__in=keys)
        ]
    rows = {source.first + pk: findable(source, pk, doc, at) for doc, pk in found}
    documents = {source.first + pk: document for document, pk in found}
    kept = Findable.objects.in_bulk([source.first + key for key in keys])
    changed = {
        number: row
        for number, row in rows.items()
        if number not in kept or said(kept[number]) != said(row)
    }
    gone = [number for number in kept if number not in rows]
    forget([*gone, *(number for number in changed if number in kept)])
    come = set()
    if changed:
        Findable.objects.bulk_create(changed.values())
        rows = []
        for number, row in changed.items():
            indexed, texts = index_texts(documents[number], live=row.live)
            rows.append((number, *indexed))
            come |= known_words(texts)
        write_words(rows)
    before = [kept[number] for number in (*gone, *changed) if number in kept]
    learn(set().union(*map(words_of, before)), come)


def write_words(rows):
    """Put rows of (number, title, names, body, other forms) among the words."""
    into = engine()
    with connection.cursor() as cursor:
        for some in batches(rows):
            cursor.execute(
                f"INSERT INTO {TABLE} ({into.columns}) VALUES "
                + ", ".join([into.row] * len(some)),
                [value for row in some for value in row],
            )


def forget(numbers):
    """Take rows out of the index, by their numbers in it."""
    for batch in batches(numbers):
        Findable.objects.filter(pk__in=batch).delete()
        marks = ", ".join(["%s"] * len(batch))
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE {engine().key} IN ({marks})", batch
            )


def forget_for_good():
    """Leave no word of what was forgotten in SQLite's index.

    It only marks words as gone, until it merges what it wrote at different times.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")


def remove(keys, kind="commission"):
    """Forget things of a kind, by primary key; deleting one does so by itself."""
    forget(SOURCES[kind].first + key for key in keys)


# What an entry on the record is about is indexed anew.


class Waiting(local):
    """The subjects that wait to be indexed together; None where none do."""

    subjects = None


WAITING = Waiting()


@contextmanager
def together():
    """Index at the end, once, all that entries are about: for loading very many."""
    if WAITING.subjects is not None:
        yield
        return
    WAITING.subjects = {}
    try:
        yield
        subjects = list(WAITING.subjects.values())
    finally:
        WAITING.subjects = None
    index_subjects(subjects)


def index_subjects(subjects):
    """Index anew whatever has words of these: the subjects of new entries."""
    if WAITING.subjects is not None:
        WAITING.subjects |= {(type(each), each.pk): each for each in subjects}
        return
    by_model = defaultdict(set)
    for subject in filter(is_row, subjects):
        by_model[subject._meta.model_name].add(subject.pk)
    for source in SOURCES.values():
        for name in by_model.keys() & source.paths.keys():
            for some in batches(sorted(by_model[name])):
                index(touched(source, name, some), source.kind)


def is_row(subject):
    return isinstance(subject, Model)


def touched(source, name, keys):
    """Return the keys of what has words of these rows of a model."""
    paths = source.paths[name]
    if paths == ("pk",):
        return keys
    condition = reduce(or_, (Q(**{f"{path}__in": keys}) for path in paths))
    return source.objects.filter(condition).values_list("pk", flat=True).distinct()


def index_what_ended(at=None):
    """Index anew what has ended by itself since it was indexed: it is found later."""
    ended = Findable.objects.filter(until__lte=at or timezone.now())
    by_kind = defaultdict(list)
    for row in ended.only("id", "kind"):
        by_kind[row.kind].append(row.key)
    for kind, keys in by_kind.items():
        index(keys, kind)


def rebuild():
    """Index everything anew, yielding how many are done after each batch.

    Each batch is a transaction of its own: searches go on meanwhile.
    """
    done = 0
    for source in SOURCES.values():
        last = 0
        rows = source.objects.order_by("pk").values_list("pk", flat=True)
        while batch := list(rows.filter(pk__gt=last)[:BATCH]):
            index(batch, source.kind)
            done, last = done + len(batch), batch[-1]
            yield done
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {TABLE} WHERE NOT EXISTS "
            f"(SELECT 1 FROM {FOUND} WHERE id = {TABLE}.{engine().key})"
        )
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # else it plans for tables as they were


def restore(using="default", **signal):
    """Put the triggers in place, and index the places every installation begins with."""
    tables = {
        apps.get_model(source.model)._meta.db_table: source.number
        for source in SOURCES.values()
    }
    restore_triggers(tables, using)
    places = apps.get_model(SOURCES["place"].model)
    tables = set(connections[using].introspection.table_names())
    if {places._meta.db_table, FOUND, TABLE} <= tables:
        index(places._base_manager.values_list("pk", flat=True), "place")
