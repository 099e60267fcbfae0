"""What can be followed: commissions, decisions, bodies, people, topics, places, searches.

Each has a public name, kind/name; a saved search has its query string besides.
Only what everybody can see can be followed, and it is called by its name only
as long as that is so.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from commissions.models import Commission, Organisation
from commissions.public.commission.filters import CommissionFilter
from commissions.public.listing.page import filter_words
from consultations.alerts.models import SEARCH
from consultations.public_names import VISIBLE

LONGEST_QUERY = 1000


@dataclass(frozen=True)
class Subject:
    """Something that can be followed: its public name, what it is called, its page."""

    name: str
    query: str
    kind: str
    label: str
    url: str

    @property
    def is_list(self):
        """Whether it is a list of commissions, to which new ones come."""
        return self.name == SEARCH or self.name.startswith(("topic/", "area/"))


KINDS = {
    "commission": (gettext_lazy("Commission"), "title"),
    "decision": (gettext_lazy("Decision"), "title"),
    "organisation": (gettext_lazy("Organisation"), "name"),
    "commissioner": (gettext_lazy("Person who decides"), "name"),
    "topic": (gettext_lazy("Topic"), "name"),
    "area": (gettext_lazy("Place"), "name"),
}
"""What can be followed: what it is, and the field with what it is called."""


def followable(kind):
    """Return what of a kind can be followed: of organisations, those that commission."""
    if kind == "organisation":
        return Organisation.objects.commissioning()
    return VISIBLE[kind][0]()


def area_url(area):
    """Return the list of commissions in a place, which has no page of its own."""
    return f"{reverse('commissions:commission-list')}?area={area.slug}"


def public_name(kind, row):
    """Return the public name of a row of a kind."""
    [field] = VISIBLE[kind][1]
    return f"{kind}/{getattr(row, field)}"


def show_subject(kind, row):
    """Present one thing that can be followed."""
    what, label = KINDS[kind]
    url = area_url(row) if kind == "area" else row.get_absolute_url()
    return Subject(
        public_name(kind, row), "", what, " ".join(getattr(row, label).split()), url
    )


def find_subject(name):
    """Return what has a public name, or None where nobody can see such a thing."""
    kind, _, public = name.partition("/")
    if kind not in KINDS or not public or "\x00" in public:
        return None
    [field] = VISIBLE[kind][1]
    row = followable(kind).filter(**{field: public}).first()
    return row and show_subject(kind, row)


def search_of_query(asked):
    """Return the search that a query string of the list asks for, or None for all.

    What makes no sense, the order and the place in the list are left out; a body or
    a place is named by its slug, so that it is found when it has another name. A
    topic or a place alone is followed as what it is.
    """
    filters = CommissionFilter(asked)
    if alone := single_topic_or_place(filters.asked):
        return find_subject(alone)
    data = QueryDict(mutable=True)
    for name in sorted(filters.asked):
        data[name] = what_was_meant(filters.asked[name]) or asked.get(name, "")
    query = data.urlencode()
    if not query or len(query) > LONGEST_QUERY:
        return None
    return show_search(query, filters)


def what_was_meant(value):
    """Return the slug of the one body or place that was named: names change."""
    return value[0].slug if isinstance(value, list) and len(value) == 1 else ""


def single_topic_or_place(asked):
    """Return the public name of the one topic or place asked for, if that is all."""
    if set(asked) == {"topic"}:
        return f"topic/{asked['topic']}"
    if set(asked) == {"area"} and len(asked["area"]) == 1:
        return f"area/{asked['area'][0].slug}"
    return ""


def commissions_found(query, at=None):
    """Return the commissions that a saved search finds at a time.

    None where a part of it makes no sense any more: the rest would find more
    than was asked.
    """
    asked = QueryDict(query)
    filters = CommissionFilter(asked, at=at)
    if set(filters.asked) != set(asked):
        return Commission.objects.none()
    return filters.narrowed()


def show_search(query, filters=None):
    """Present a saved search in words."""
    filters = filters or CommissionFilter(QueryDict(query))
    chosen = [
        f"{filters.filters[name].label}: {filter_words(filters, name, value)}"
        for name, value in filters.asked.items()
    ]
    label = "; ".join(chosen) or gettext("A search that no longer works")
    url = f"{reverse('commissions:commission-list')}?{query}"
    return Subject(SEARCH, query, gettext("Search of the commissions"), label, url)


def name_subjects(subscriptions):
    """Say what each of these follows: {its key: Subject}. One query for each kind.

    A search is put in words by queries of its own.
    """
    wanted = {}
    for one in subscriptions:
        kind, _, public = one.subject.partition("/")
        wanted.setdefault(kind, set()).add(public)
    found = {}
    for kind in KINDS.keys() & wanted.keys():
        [field] = VISIBLE[kind][1]
        for row in followable(kind).filter(**{f"{field}__in": wanted[kind]}):
            found[public_name(kind, row)] = show_subject(kind, row)
    return {
        one.pk: show_search(one.query)
        if one.subject == SEARCH
        else found.get(one.subject) or gone_subject(one.subject)
        for one in subscriptions
    }


def gone_subject(name):
    """Present what nobody can see any more, without its name."""
    kind = KINDS.get(name.partition("/")[0], (gettext("Something"), ""))[0]
    return Subject(name, "", kind, gettext("No longer shown here"), "")
