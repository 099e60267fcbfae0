"""One search over everything: its page, and what it found as files."""

import re
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import CharField, Value
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from commissions.public.listing.exports import Column, Export, same_value
from commissions.public.listing.keyset import Positions, turn_page
from commissions.public.listing.page import clean_address
from commissions.public.panels import link
from commissions.public.search.sources import PARTING
from commissions.search import query as search_query
from commissions.search.index import SOURCES
from commissions.search.models import Findable, Synonym
from commissions.search.parser import SearchQuery, parse
from commissions.search.spelling import mend
from commissions.search.words import WORD, plain, stem, words

SIZE = 20
LONGEST = 200  # characters of a search
ROOM = 230  # characters of a passage


@dataclass(frozen=True)
class Answer:
    """What is shown above the results for something that is no word, as a postcode."""

    title: str
    url: str
    detail: str = ""


ANSWERS = []
"""Functions that take what was typed and return an Answer, or None.

What knows where postcodes are adds one (`AppConfig.ready`).
"""


@dataclass(frozen=True)
class Part:
    """Some words of a text; `found` where they are what was searched for."""

    words: str
    found: bool = False


@dataclass(frozen=True)
class Result:
    """A thing that was found, as the page and the files show it."""

    row: Findable
    title_parts: list
    passage: list

    @property
    def noun(self):
        return SOURCES[self.row.kind].noun

    @property
    def detail(self):
        """The line about it; what the catalogue knows of it in the reader's language."""
        parts = (self.row.detail or str(self.noun)).split(PARTING)
        return PARTING.join(gettext(part) for part in parts if part)

    @property
    def address(self):
        return f"{settings.PORTAL_ORIGIN}{self.row.url}"


class Marker:
    """Finds the words of a search in a text, in whatever form they have there."""

    def __init__(self, query):
        said = [said for term in query.wanted for said in term.said]
        stems = {each for one in said for each in one.stems}
        # Not the “at” that “home care” has from “care at home”.
        self.stems = {each for each in stems if len(each) > 2} or stems
        self.start = query.unfinished

    def is_found(self, word):
        """Tell whether a word of a text is one that was searched for."""
        read = words(word)
        started = len(self.start) > 2 and any(w.startswith(self.start) for w in read)
        return started or any(
            stem(each) in self.stems for each in (*read, "".join(read))
        )

    def parts(self, text):
        """Cut a text into parts, those that were searched for apart."""
        found, at = [], 0
        for word in WORD.finditer(text):
            if self.is_found(word[0]):
                found += [Part(text[at : word.start()]), Part(word[0], found=True)]
                at = word.end()
        return [part for part in (*found, Part(text[at:])) if part.words]

    def passage(self, text):
        """Return the part of a text that has most of the words; its start where none has."""
        low = plain(text)
        if len(low) != len(text):
            low = text.lower()
        places = sorted(
            found.start()
            for each in sorted(self.stems, key=len, reverse=True)[:8]
            for found in re.finditer(rf"\b{re.escape(each)}", low)
        )[:500]
        if not places:
            return self.parts(shortened(text, 0))
        near = {at: sum(at <= other < at + ROOM for other in places) for at in places}
        return self.parts(shortened(text, max(places, key=lambda at: (near[at], -at))))


def shortened(text, at):
    """Return what is around a place in a text, cut between words."""
    start = max(at - 50, 0)
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    end = start + ROOM
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{' '.join(text[start:end].split())}{after}"


class SearchPage:
    """What somebody searched for, and what was found."""

    def __init__(self, asked):
        self.asked = asked
        self.typed = " ".join(asked.get("q", "")[: LONGEST * 2].split())[:LONGEST]
        self.kind = asked.get("kind", "") if asked.get("kind", "") in SOURCES else ""

    @cached_property
    def synonyms(self):
        return Synonym.objects.known()

    @cached_property
    def first_try(self):
        return self.look_for(self.typed, self.kind)

    def look_for(self, text, kind):
        """Return (search, what it finds) for a text."""
        query = parse(text, self.synonyms)
        return query, search_query.find(query, text, kind)

    @cached_property
    def mending(self):
        """The text with its misspelt words mended, and how; only where nothing is found."""
        if self.first_try[1].numbers or not self.typed or '"' in self.typed:
            return self.typed, []
        return mend(self.typed)

    @property
    def mended(self):
        return self.mending[1]

    @property
    def text(self):
        """What was searched for in the end."""
        return self.mending[0]

    @cached_property
    def last_try(self):
        """What is found in the end; of several words, some, where nothing has all."""
        found = self.look_for(self.text, self.kind) if self.mended else self.first_try
        query = found[0]
        if found[1].numbers or self.kind or len(query.wanted) < 2:
            return found
        some = replace(query, any=True)
        return some, search_query.find(some, self.text)

    @property
    def partly(self):
        """Whether nothing has all of the words, so that what has some is shown."""
        return self.query.any

    @property
    def query(self):
        return self.last_try[0]

    @property
    def findings(self):
        return self.last_try[1]

    @cached_property
    def turned(self):
        """The results asked for, and whether the cursor that asked was mangled."""
        found = Positions(self.findings.numbers, "search", self.results)
        return turn_page(found, self.asked, SIZE)

    @property
    def rows(self):
        return self.turned[0].rows

    @property
    def mangled(self):
        return self.turned[1]

    def results(self, numbers):
        """Read what the index has of these rows, as far as it is public now."""
        found = Findable.objects.in_bulk(numbers)
        public = still_public(found.values()) if found else set()
        marker = Marker(self.query)
        return [
            Result(
                found[number],
                marker.parts(found[number].title),
                marker.passage(found[number].text or found[number].names),
            )
            for number in numbers
            if number in public
        ]

    # How many there are, by kind.

    @cached_property
    def kinds(self):
        """List {label, count, url, on} of each kind that has results, and of all."""
        counts = self.counts
        kinds = [
            {
                "label": gettext(source.nouns).capitalize(),
                "count": capped(counts[kind], search_query.SHOWN),
                "url": self.url(kind=kind),
                "on": kind == self.kind,
            }
            for kind, source in sorted(SOURCES.items(), key=lambda each: each[1].number)
            if counts.get(kind)
        ]
        if len(kinds) > 1 or self.kind:
            kinds.insert(
                0,
                {
                    "label": gettext("Everything"),
                    "url": self.url(),
                    "on": not self.kind,
                },
            )
        return kinds

    @cached_property
    def counts(self):
        """Counts by kind, of all kinds even where one is asked for."""
        if not self.kind:
            return self.findings.counts
        return search_query.counts_by_kind(self.query) if self.query.wanted else {}

    @property
    def said(self):
        """Say how many results there are."""
        counts = self.findings.counts.values()
        number = max(sum(counts), len(self.findings.numbers))
        if any(count > self.findings.most for count in counts):
            return gettext("More than {n} results").format(n=f"{number - 1:,}")
        said = ngettext("{n} result", "{n} results", number)
        return said.format(n=f"{number:,}")

    # Where nothing, or little, was found.

    @cached_property
    def answer(self):
        """Return what is known of the words as a whole: where a postcode is."""
        known = (answer(self.typed) for answer in ANSWERS) if self.typed else ()
        return next(filter(None, known), None)

    @cached_property
    def nearest(self):
        """List {label, count, url}: the words of the search each by itself."""
        if self.rows or len(self.query.wanted) < 2:
            return []
        terms = self.query.wanted[:6]
        alone = [SearchQuery(wanted=(term,)) for term in terms]
        return [
            {
                "label": (text := " ".join(term.typed)),
                "count": capped(number, search_query.SHOWN),
                "url": self.url(q=text),
            }
            for term, number in zip(
                terms,
                search_query.count_each(alone, search_query.SHOWN + 1),
                strict=True,
            )
            if number
        ]

    @property
    def instead(self):
        """List {label, url} of other ways a misspelt word may have been meant."""
        return [
            {"label": word, "url": self.url(q=swapped(self.text, each.meant[0], word))}
            for each in self.mended
            for word in each.meant[1:]
        ]

    @property
    def ask_url(self):
        return link("ask")

    def url(self, **asked):
        """Return the address of this search, with other words or another kind."""
        query = {"q": asked.get("q", self.text), "kind": asked.get("kind", "")}
        return f"?{urlencode({name: value for name, value in query.items() if value})}"

    @property
    def exact_url(self):
        """Where to search for just what was typed, in quotes: it is not mended."""
        return self.url(q=f'"{self.typed}"')

    @property
    def previous_url(self):
        return self.turned[0].beside(self.asked, "before")

    @property
    def next_url(self):
        return self.turned[0].beside(self.asked, "after")

    @property
    def files(self):
        return EXPORT.links(self.asked) if self.rows else []

    @property
    def canonical(self):
        return f"{settings.PORTAL_ORIGIN}{reverse('commissions:search')}"


def capped(count, most):
    if count > most:
        return gettext("more than {n}").format(n=f"{most:,}")
    return f"{count:,}"


def swapped(text, one, other):
    return " ".join(other if word == one else word for word in text.split())


def still_public(rows):
    """Return, in one query, which rows of the index everyone may see now.

    Whatever the index has, what is not public is not shown.
    """
    by_kind = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row.key)
    asked = [
        SOURCES[kind]
        .rows()
        .filter(pk__in=keys)
        .order_by()
        .values_list(Value(kind, CharField()), "pk")
        for kind, keys in by_kind.items()
    ]
    found = asked[0].union(*asked[1:], all=True)
    return {SOURCES[kind].first + key for kind, key in found}


@require_safe
def index(request):
    """Show what is found; without words, the box and what can be found."""
    if address := clean_address(request):
        return redirect(address)
    page = SearchPage(request.GET)
    return render(request, "commissions/search/results.html", {"page": page})


# What was found, as files.

COLUMNS = [
    Column("kind", "noun"),
    Column("title", "row.title"),
    Column("about", "row.detail"),
    Column("reference", "row.reference"),
    Column("current", "row.live"),
    *same_value("address"),
]


def every_result(page):
    """Yield all that was found, in its order, as far as it is looked at."""
    found = Positions(page.findings.numbers, "search", page.results)
    for some in found.pages(size=SIZE * 5):
        yield from some.rows


EXPORT = Export("search", COLUMNS, every_result)
export = EXPORT.view(SearchPage)


def by_any_spelling(patterns):
    """Let an address name a reference as somebody wrote it: norf-1001 for NORF-1001.

    Where the address is of nothing, it leads to what has that reference in another
    spelling. What is asked for, at the start of each route, is the kind in the plural.
    """
    for pattern in patterns:
        route = str(pattern.pattern)
        if "<str:reference>" in route:
            kind = route.partition("/")[0].removesuffix("s")
            pattern.callback = otherwise_spelt(pattern.callback, kind)
    return patterns


def otherwise_spelt(view, kind):
    """Return a view that leads on where a reference is spelt otherwise."""

    @wraps(view)
    def found(request, reference, **named):
        try:
            return view(request, reference=reference, **named)
        except Http404:
            meant = search_query.spelt_otherwise(reference, kind)
            if not meant or request.method not in ("GET", "HEAD"):
                raise
            address = request.resolver_match.view_name
            url = reverse(address, kwargs={"reference": meant, **named})
            asked = request.META.get("QUERY_STRING", "")
            return redirect(f"{url}?{asked}" if asked else url, permanent=True)

    return found
