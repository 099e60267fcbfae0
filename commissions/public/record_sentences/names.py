"""What the posts, committees and organisations that entries mention are called.

A page knows its own body and holder. Entries name others too: those who held
it before, and suppliers. Their names are read in one query, and only then.
"""

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from commissions.models import Committee, Organisation, Post

KINDS = ("post/", "committee/", "organisation/")


def names_in(entries, known):
    """Return {record name: name} of all that entries mention, `known` among them.

    One query where something is not known yet, none otherwise.
    """
    new = {name for entry in entries for name in said_by(entry)} - known.keys()
    if not new:
        return known
    posts = {name.split("/")[-1] for name in new if name.startswith("post/")}
    others = {name.split("/")[-1] for name in new if not name.startswith("post/")}
    titled = selected(
        Post.objects.filter(slug__in=posts),
        "title",
        ("post/", F("organisation__slug"), "/"),
    )
    named = [
        selected(model.objects.filter(slug__in=others), "name", (start,))
        for model, start in (
            (Committee, "committee/"),
            (Organisation, "organisation/"),
        )
    ]
    read = dict(titled.union(*named, all=True))
    return {**{name: read[name] for name in new & read.keys()}, **known}


def said_by(entry):
    """Return the record names of bodies that one entry says, alone or in a list."""
    facts = [entry.by]
    for fact in entry.facts.values():
        facts += fact if isinstance(fact, list) else [fact]
    return [fact for fact in facts if isinstance(fact, str) and fact.startswith(KINDS)]


def selected(rows, name, before_slug):
    """Select (record name, name) of some rows; `before_slug` begins the record name."""
    parts = [Value(p) if isinstance(p, str) else p for p in before_slug]
    record_name = Concat(*parts, "slug", output_field=CharField())
    return rows.order_by().values_list(record_name, name)
