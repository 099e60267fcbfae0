"""Who held one commission or decision, from when to when, doing what: to draw and to list."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.models import Entry, Holding, Kind, Tenure
from commissions.text.charts import Scale
from commissions.text.formats import how_many

WIDTH = 960  # the drawing's units, and the CSS pixels it is first shown at
ROW = 58
NARROWEST = 8  # so that a day can be seen beside five years


@dataclass(frozen=True)
class HolderTime:
    """One post or committee's time: `key` finds the tenures of a post."""

    key: object
    holder: str
    since: date
    until: date | None
    why: str = ""
    committee: bool = False


@dataclass(frozen=True)
class PersonTime:
    """One person's time in a post; no name where the rules give none."""

    since: date
    until: date | None
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class HolderPeriod:
    """One holder's time, or one gap: its words, and its place in the drawing."""

    who: str
    url: str
    post: str
    since: date
    until: date | None
    days: int
    why: str
    vacant: bool
    done: tuple[str, ...]
    x: float
    width: float
    y: int

    @property
    def length(self) -> str:
        """How long, in words."""
        return how_many(self.days, "day")


def periods_in_post(held: HolderTime, served: Iterable[PersonTime], today: date):
    """Cut the time of a post into its people and its gaps, in order.

    Yields (who served or None for a gap, first day, day after the last or None).
    """
    if held.committee:
        served = [PersonTime(held.since, held.until, held.holder)]
    end = held.until or date.max
    at = held.since
    for person in sorted(served, key=lambda person: person.since):
        first, last = max(person.since, at), min(person.until or date.max, end)
        if first > today or last <= first:
            continue
        if first > at:
            yield None, at, first
        yield person, first, None if last == date.max else last
        at = last
    if at < end and (at <= today or at == held.since):
        yield None, at, held.until


def acts_in_words(acts: Iterable[tuple[date, str]], since: date, until: date | None):
    """Name what was done in a period, the most frequent first: date moved (3 times)."""
    during = Counter(
        words for on, words in acts if since <= on and (until is None or on < until)
    )
    return tuple(
        words if times == 1 else gettext("{act} ({n} times)").format(act=words, n=times)
        for words, times in during.most_common()
    )


def holder_history(
    holdings: Iterable[HolderTime],
    tenures: Mapping[object, list[PersonTime]],
    acts: Iterable[tuple[date, str]],
    today: date,
) -> list[HolderPeriod]:
    """Return the periods of a history, first to last, each with its place."""
    acts = list(acts)
    pieces = [
        (held, *part)
        for held in holdings
        for part in periods_in_post(held, tenures.get(held.key, []), today)
    ]
    if not pieces:
        return []
    begin = pieces[0][2]
    scale = Scale(begin, max(today, begin + timedelta(days=1)), width=WIDTH)
    return [
        holder_period(number, *piece, acts, today, scale)
        for number, piece in enumerate(pieces)
    ]


def holder_period(
    number, held, person, since, until, acts, today, scale
) -> HolderPeriod:
    """Put one piece into words and into its place in the drawing."""
    end = until or max(today, since)
    width = max(round(scale.at(end) - scale.at(since), 1), NARROWEST)
    return HolderPeriod(
        who=(person.name or held.holder) if person else gettext("Vacant"),
        url=person.url if person else "",
        post="" if held.committee else held.holder,
        since=since,
        until=until,
        days=(end - since).days,
        why=held.why if since == held.since else "",
        vacant=person is None,
        done=acts_in_words(acts, since, until),
        x=min(scale.at(since), WIDTH - width),
        width=width,
        y=number * ROW,
    )


def drawing_height(periods: list[HolderPeriod]) -> int:
    """Return the height of the drawing."""
    return len(periods) * ROW + 4


MOST = 500  # periods, and acts, read for one page

ACTS = {
    Kind.COMMISSION_PUBLISHED: gettext_lazy("intention published"),
    Kind.STAGE_REACHED: gettext_lazy("stage reached"),
    Kind.DATE_MOVED: gettext_lazy("date moved"),
    Kind.DOCUMENT_ADDED: gettext_lazy("document added"),
    Kind.DRAFT_PUBLISHED: gettext_lazy("draft published"),
    Kind.CONSULTATION_PUBLISHED: gettext_lazy("consultation announced"),
    Kind.CONSULTATION_EXTENDED: gettext_lazy("consultation extended"),
    Kind.RESPONSE_PUBLISHED: gettext_lazy("response published"),
    Kind.QUESTION_ANSWERED: gettext_lazy("question answered"),
    Kind.PEOPLE_INVOLVED: gettext_lazy("people involved"),
    Kind.LESSON_LEARNT: gettext_lazy("lesson entered"),
    Kind.INVOLVEMENT_CORRECTED: gettext_lazy("involvement corrected"),
    Kind.LESSON_CORRECTED: gettext_lazy("lesson corrected"),
    Kind.EXEMPTION_ENTERED: gettext_lazy("exemption approved"),
    Kind.NOTICE_PUBLISHED: gettext_lazy("notice published"),
    Kind.TENDER_INVITED: gettext_lazy("bids invited"),
    Kind.AWARD_ANNOUNCED: gettext_lazy("award announced"),
    Kind.DIRECT_AWARD_JUSTIFIED: gettext_lazy("choice without a competition justified"),
    Kind.REPRESENTATIONS_SETTLED: gettext_lazy("objections settled"),
    Kind.CONTRACT_SIGNED: gettext_lazy("contract signed"),
    Kind.CONTRACT_EXTENDED: gettext_lazy("contract extended"),
    Kind.CONTRACT_AMENDED: gettext_lazy("contract changed"),
    Kind.CONTRACT_RATED: gettext_lazy("performance rated"),
    Kind.CONTRACT_ENDED: gettext_lazy("contract ended"),
    Kind.DECISION_PUBLISHED: gettext_lazy("decision announced"),
    Kind.DECISION_DEFERRED: gettext_lazy("decision moved"),
    Kind.PRIVACY_CONFIRMED: gettext_lazy("second notice of privacy"),
    Kind.DECISION_TAKEN: gettext_lazy("decision taken"),
}
"""What a holder does, by the kind of its entry. Others' acts are left out."""


def entries_of(held, newest):
    """Read the newest entries about a commission, and all that a holder did. One query.

    Newest first; `newest` is how many of any kind are wanted. Of a decision
    only its own entries are read.
    """
    name = held.record_name
    about = Q(subject=name)
    if name.startswith("commission/"):
        about = Q(commission=held.reference)
    rows = Entry.objects.filter(about).order_by("-pk")
    wanted = Q(pk__in=rows.values("pk")[:newest])
    done = rows.filter(kind__in=ACTS)
    return list(rows.filter(wanted | Q(pk__in=done.values("pk")[:MOST])))


def acts_of(entries):
    """Return, of entries newest first, what a holder did, oldest first."""
    return [entry for entry in reversed(entries) if entry.kind in ACTS]


def holder_history_of(held, acts):
    """Return the history of a commission or decision, to draw and to list.

    `acts` are those of `acts_of`. One query. A person is named where the
    post decides or they agreed to it, and their name is public today.
    """
    holdings, tenures = read_holders_of(held)
    done = [(timezone.localdate(entry.at), str(ACTS[entry.kind])) for entry in acts]
    rows = holder_history(holdings, tenures, done, timezone.localdate())
    return {"rows": rows, "height": drawing_height(rows)}


def read_holders_of(held):
    """Read holdings and the tenures of the posts that had it: ([Held], {key: [Served]})."""
    named = Tenure.objects.named().filter(pk=OuterRef("post__tenures"))
    rows = (
        Holding.objects.of(held)
        .annotate(is_named=Exists(named))
        .values_list(
            "pk",
            "post",
            "post__title",
            "committee__name",
            "since",
            "until",
            "why",
            "is_named",
            "post__tenures__started_on",
            "post__tenures__ended_on",
            "post__tenures__commissioner__name",
            "post__tenures__commissioner__slug",
        )[:MOST]
    )
    holdings, tenures = {}, {}
    for pk, post, title, committee, since, until, why, is_named, *person in rows:
        holdings[pk] = HolderTime(post, title or committee, since, until, why, not post)
        if person[0]:
            tenures.setdefault(post, set()).add(person_time(is_named, *person))
    return list(holdings.values()), {key: [*who] for key, who in tenures.items()}


def person_time(is_named, since, until, name, slug):
    """Say one tenure, with a name and a page only where both can be public."""
    if not is_named:
        return PersonTime(since, until, gettext("Someone who is not named here"))
    return PersonTime(
        since, until, name, reverse("commissions:commissioner-detail", args=[slug])
    )
