"""What is counted: each measure with its definition and its rows. Pure.

A measure takes an organisation's history and a period and gives the rows it
counts, each with the entry of the record behind it. A share counts rows that
are `met`; a median takes their `value`, in days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from commissions.law.deadlines import count
from commissions.scorecards.organisation_history import Body

KEY_DECISION = "exec_key_decision_earliest"  # 28 clear days


@dataclass(frozen=True)
class Period:
    """A stretch of time, both days in it; `label` is how people call it."""

    first: date
    last: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Row:
    """One thing counted: its record name, its title, the day, the entry behind it.

    `within` is the record name of the consultation that a comment is on.
    """

    name: str
    title: str
    on: date
    entry: int
    met: bool = True
    value: int = 0
    within: str = ""


@dataclass(frozen=True)
class Measure:
    """One figure of a scorecard."""

    code: str
    name: str
    definition: str
    of: str
    rows: Callable[[Body, Period], list[Row]]
    median: bool = False


def named(body: Body, period: Period) -> list[Row]:
    """What was public and not over on the last day, and whether it had somebody."""
    on = period.last
    rows = []
    for held in [*body.commissions.values(), *body.decisions.values()]:
        if held.is_open(on):
            holder, entry = held.holder(on)
            met = bool(holder) and body_seat_held(body, holder, on)
            rows.append(Row(held.name, held.title, held.published, entry, met))
    return rows


def body_seat_held(body: Body, holder: str, on: date) -> bool:
    """Tell whether somebody was in a post; a committee, or a post known only by
    its name, counts as held."""
    seat = body.posts.get(holder)
    return seat is None or seat.is_held(on)


def posts(body: Body, period: Period) -> list[Row]:
    """Posts on the last day, and whether each was vacant."""
    return [
        Row(
            seat.name,
            title_of(seat.name),
            seat.since,
            seat.entry,
            not seat.is_held(period.last),
        )
        for seat in body.posts.values()
        if seat.since <= period.last and seat.exists(period.last)
    ]


def vacancies(body: Body, period: Period) -> list[Row]:
    """Vacancies that ran in the period, and how long each had lasted by its end."""
    rows = []
    for seat in body.posts.values():
        for begun, taken, entry in seat.vacancies():
            end = min(taken or period.last, period.last)
            if begun <= period.last and (taken is None or taken > period.first):
                rows.append(
                    Row(
                        seat.name,
                        title_of(seat.name),
                        begun,
                        entry,
                        value=(end - begun).days,
                    )
                )
    return rows


def title_of(name: str) -> str:
    """Say a record name as people do."""
    return name.rsplit("/", 1)[-1].replace("-", " ").capitalize()


def tenders(body: Body, period: Period):
    """Yield (commission, the day its tender began, entry) in the period."""
    for held in body.commissions.values():
        on, entry = held.stages.get("tender", (None, 0))
        if on and on in period:
            yield held, on, entry


def drafts(body: Body, held, before: date) -> list:
    """Return the consultations on a draft of a commission that opened before a day."""
    return [
        asked
        for asked in body.consultations.values()
        if asked.commission == held.name
        and asked.kind == "draft_specification"
        and asked.opens < before
    ]


def draft_first(body: Body, period: Period) -> list[Row]:
    """Tenders, and whether a draft was open for comment before."""
    return [
        Row(held.name, held.title, on, entry, bool(drafts(body, held, on)))
        for held, on, entry in tenders(body, period)
    ]


def draft_days(body: Body, period: Period) -> list[Row]:
    """Days for which the draft of each tender was open for comment."""
    rows = []
    for held, on, _ in tenders(body, period):
        if found := drafts(body, held, on):
            days = sum((min(asked.closes, on) - asked.opens).days for asked in found)
            rows.append(Row(held.name, held.title, on, found[-1].entry, value=days))
    return rows


def to_tender(body: Body, period: Period) -> list[Row]:
    """Days from the published intention to the tender."""
    return [
        Row(held.name, held.title, on, entry, value=(on - held.published).days)
        for held, on, entry in tenders(body, period)
    ]


def due(body: Body, period: Period):
    """Yield the consultations whose response fell due, or was published, in the period."""
    for asked in body.consultations.values():
        if min(asked.due, asked.answered or asked.due) in period:
            yield asked


def answered(body: Body, period: Period) -> list[Row]:
    """Comments on consultations due in the period, and whether each was answered by its end."""
    return [
        Row(
            name,
            asked.title,
            asked.due,
            entry,
            bool(asked.answered and asked.answered <= period.last),
            within=asked.name,
        )
        for asked in due(body, period)
        for name, entry in asked.comments.items()
    ]


def on_time(body: Body, period: Period) -> list[Row]:
    """The same comments, and whether each was answered by the day promised."""
    return [
        Row(
            name,
            asked.title,
            asked.due,
            entry,
            bool(asked.answered and asked.answered <= asked.due),
            within=asked.name,
        )
        for asked in due(body, period)
        for name, entry in asked.comments.items()
    ]


def heeded(body: Body, period: Period) -> list[Row]:
    """Outcomes published in the period, and whether each was other than "not accepted"."""
    return [
        Row(
            asked.name,
            asked.title,
            asked.answered,
            asked.answer,
            outcome != "not_accepted",
        )
        for asked in body.consultations.values()
        if asked.answered and asked.answered in period
        for outcome, number in asked.outcomes.items()
        for _ in range(number)
    ]


def questions(body: Body, period: Period) -> list[Row]:
    """Questions due or answered in the period, and whether each was by its day."""
    return [
        Row(
            name,
            f"Question {name.partition('/')[2]}",
            answered or promised,
            entry,
            bool(answered and answered <= promised),
        )
        for name, (promised, answered, entry) in body.questions.items()
        if min(promised, answered or promised) in period
    ]


def notice(body: Body, period: Period) -> list[Row]:
    """Decisions announced in the period, and whether 28 clear days lay before each."""
    return [
        Row(
            held.name,
            held.title,
            held.published,
            held.entry,
            count(KEY_DECISION, held.published).date <= held.due,
        )
        for held in body.decisions.values()
        if held.published in period
    ]


def moves(body: Body, period: Period) -> list[Row]:
    """What was public in the period, and whether a date of it moved then."""
    moved = {name: entry for on, name, entry in body.moves if on in period}
    return [
        Row(
            held.name,
            held.title,
            held.published,
            moved.get(held.name, held.entry),
            held.name in moved,
        )
        for held in [*body.commissions.values(), *body.decisions.values()]
        if held.published <= period.last
        and not (held.over and held.over < period.first)
    ]


def exempt(body: Body, period: Period) -> list[Row]:
    """Tenders, and whether a gate before each was passed under an exemption."""
    entries = {name: (on, entry) for on, name, entry in body.exemptions}
    rows = []
    for held, on, entry in tenders(body, period):
        given, why = entries.get(held.name, (date.max, entry))
        rows.append(Row(held.name, held.title, on, why, given <= on))
    return rows


def late_notices(body: Body, period: Period) -> list[Row]:
    """Notices published in the period by a day the law fixed, and whether after it."""
    return [
        Row(each.name, each.title, each.on, each.entry, each.on > each.due)
        for each in body.notices
        if each.on in period
    ]


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("named", "Somebody is named", "Of the commissions and decisions that are public and not over on the last day of the period: those held by a committee, or by a post that is not vacant.", "commissions and decisions", named),
        Measure("vacant", "Posts vacant", "Of the posts on the last day of the period: those nobody is in.", "posts", posts),
        Measure("vacancy-days", "How long posts stay vacant", "Vacancies that ran at any time in the period: the median of the days each had lasted by the end of the period or until somebody took the post.", "vacancies", vacancies, median=True),
        Measure("draft-first", "A draft was open before the tender", "Of the tenders begun in the period: those of which a draft specification had been open for comment.", "tenders", draft_first),
        Measure("draft-days", "How long drafts are open", "Tenders begun in the period that had a draft open for comment: the median of the days it was open.", "tenders with a draft", draft_days, median=True),
        Measure("to-tender", "From intention to tender", "Tenders begun in the period: the median of the days since the intention was published.", "tenders", to_tender, median=True),
        Measure("answered", "Comments answered", "Of the published comments on consultations whose response was due in the period, or was published earlier than due in it: those answered by its end.", "comments", answered),
        Measure("on-time", "Comments answered on time", "Of the same comments: those answered by the day promised when the consultation was announced.", "comments", on_time),
        Measure("heeded", "Comments that led to something", "Of the outcomes published in the period: those other than “not accepted”.", "outcomes", heeded),
        Measure("questions", "Questions answered on time", "Of the public questions to holders that fell due in the period, or were answered earlier than due in it: those answered by their day. One without an answer counts as late.", "questions", questions),
        Measure("notice", "Decisions with 28 clear days’ notice", "Of the decisions announced in the period: those with at least 28 clear days between the notice and the first day announced. The law asks it of key decisions of councils; here every decision counts, urgent ones too.", "decisions", notice),
        Measure("moved", "Dates moved", "Of the commissions and decisions that were public in the period: those of which a planned date moved in it.", "commissions and decisions", moves),
        Measure("late-notices", "Statutory notices published late", "Of the notices recorded here that were published in the period, and for which the law fixes a last day: those published after it. A notice of which the law says only “as soon as reasonably practicable” is not counted, nor one that came in from a platform. One that is missing altogether is not counted here either: it stands in the list of notices late and due.", "notices", late_notices),
        Measure("exempt", "Tenders under an exemption", "Of the tenders begun in the period: those that passed a gate under an exemption.", "tenders", exempt),
    )
}  # fmt: skip
"""The measures by their code, in the order of a scorecard."""
