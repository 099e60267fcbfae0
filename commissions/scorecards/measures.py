"""What is counted: each measure with its definition and its rows. Pure.

A measure takes an organisation's history and a period and gives the rows it
counts, each with the entry of the record behind it. A share counts rows that
are `met`; a median takes their `value`, in days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy

from commissions.law.deadlines import count
from commissions.scorecards.organisation_history import OrganisationHistory

KEY_DECISION = "exec_key_decision_earliest"  # 28 clear days


@dataclass(frozen=True)
class MeasuredPeriod:
    """A stretch of time, both days in it; `label` is how people call it."""

    first: date
    last: date
    label: str

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class MeasuredRow:
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
    unknown: str
    of: str
    rows: Callable[[OrganisationHistory, MeasuredPeriod], list[MeasuredRow]]
    median: bool = False


def measured_row(
    counted, on: date, entry: int, met: bool = True, **more
) -> MeasuredRow:
    return MeasuredRow(counted.name, counted.title, on, entry, met, **more)


def responsibilities(history: OrganisationHistory) -> list:
    return [*history.commissions.values(), *history.decisions.values()]


def measure_named_holders(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """What was public and not over on the last day, and whether it had somebody."""
    on, rows = period.last, []
    for each in responsibilities(history):
        if each.is_open(on):
            holder, entry = each.holder(on)
            met = bool(holder) and is_held(history, holder, on)
            rows.append(measured_row(each, each.published, entry, met))
    return rows


def is_held(history: OrganisationHistory, holder: str, on: date) -> bool:
    """Tell whether somebody was in a post; a committee, or a post known only by
    its name, counts as held."""
    post = history.posts.get(holder)
    return post is None or post.is_held(on)


def measure_vacant_posts(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Posts on the last day, and whether each was vacant."""
    on = period.last
    return [
        measured_row(post, post.since, post.entry, not post.is_held(on))
        for post in history.posts.values()
        if post.since <= on and post.exists(on)
    ]


def measure_vacancies(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Vacancies that ran in the period, and how long each had lasted by its end."""
    rows = []
    for post in history.posts.values():
        for begun, taken, entry in post.vacancies():
            if begun <= period.last and (taken is None or taken > period.first):
                end = min(taken or period.last, period.last)
                rows.append(measured_row(post, begun, entry, value=(end - begun).days))
    return rows


def tenders_begun(history: OrganisationHistory, period: MeasuredPeriod):
    """Yield (commission, the day its tender began, entry) in the period."""
    for each in history.commissions.values():
        on, entry = each.stages.get("tender", (None, 0))
        if on and on in period:
            yield each, on, entry


def drafts_before(history: OrganisationHistory, commission, before: date) -> list:
    """Return the consultations on a draft of a commission that opened before a day."""
    return [
        each
        for each in history.consultations.values()
        if each.commission == commission.name
        and each.kind == "draft_specification"
        and each.opens < before
    ]


def measure_draft_first(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Tenders, and whether a draft was open for comment before."""
    return [
        measured_row(each, on, entry, bool(drafts_before(history, each, on)))
        for each, on, entry in tenders_begun(history, period)
    ]


def measure_draft_days(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Days for which the draft of each tender was open for comment."""
    rows = []
    for each, on, _ in tenders_begun(history, period):
        if found := drafts_before(history, each, on):
            days = sum((min(one.closes, on) - one.opens).days for one in found)
            rows.append(measured_row(each, on, found[-1].entry, value=days))
    return rows


def measure_days_to_tender(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Days from the published intention to the tender."""
    return [
        measured_row(each, on, entry, value=(on - each.published).days)
        for each, on, entry in tenders_begun(history, period)
    ]


def comments_due(
    history: OrganisationHistory, period: MeasuredPeriod, by
) -> list[MeasuredRow]:
    """Comments whose response fell due, or was published, in the period.

    Each with whether it was answered by the day that `by` gives of its consultation.
    """
    return [
        MeasuredRow(
            name,
            each.title,
            each.due,
            entry,
            bool(each.answered and each.answered <= by(each)),
            within=each.name,
        )
        for each in history.consultations.values()
        if min(each.due, each.answered or each.due) in period
        for name, entry in each.comments.items()
    ]


def measure_comments_answered(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Comments due in the period, and whether each was answered by its end."""
    return comments_due(history, period, lambda consultation: period.last)


def measure_comments_on_time(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """The same comments, and whether each was answered by the day promised."""
    return comments_due(history, period, lambda consultation: consultation.due)


def measure_outcomes(
    history: OrganisationHistory, period: MeasuredPeriod, met: tuple
) -> list[MeasuredRow]:
    """Outcomes published in the period, and whether each was of one of some kinds."""
    return [
        measured_row(each, each.answered, each.answer, outcome in met)
        for each in history.consultations.values()
        if each.answered and each.answered in period
        for outcome, number in each.outcomes.items()
        for _ in range(number)
    ]


def measure_questions(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Questions due or answered in the period, and whether each was by its day."""
    return [
        MeasuredRow(
            name,
            gettext("Question {number}").format(number=name.partition("/")[2]),
            answered or promised,
            entry,
            bool(answered and answered <= promised),
        )
        for name, (promised, answered, entry) in history.questions.items()
        if min(promised, answered or promised) in period
    ]


def measure_decision_notice(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Decisions announced in the period, and whether 28 clear days lay before each."""
    return [
        measured_row(
            each,
            each.published,
            each.entry,
            count(KEY_DECISION, each.published).date <= each.due,
        )
        for each in history.decisions.values()
        if each.published in period
    ]


def measure_date_moves(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """What was public in the period, and whether a date of it moved then."""
    moved = {name: entry for on, name, entry in history.moves if on in period}
    return [
        measured_row(
            each, each.published, moved.get(each.name, each.entry), each.name in moved
        )
        for each in responsibilities(history)
        if each.published <= period.last
        and not (each.over and each.over < period.first)
    ]


def measure_exemptions(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Tenders, and whether a gate before each was passed under an exemption."""
    entries = {name: (on, entry) for on, name, entry in history.exemptions}
    rows = []
    for each, on, entry in tenders_begun(history, period):
        given, why = entries.get(each.name, (date.max, entry))
        rows.append(measured_row(each, on, why, given <= on))
    return rows


def measure_late_notices(
    history: OrganisationHistory, period: MeasuredPeriod
) -> list[MeasuredRow]:
    """Notices published in the period by a day the law fixed, and whether after it."""
    return [
        measured_row(each, each.on, each.entry, each.on > each.due)
        for each in history.notices
        if each.on in period
    ]


SAID = {
    "accepted": gettext_lazy("“accepted”"),
    "partly": gettext_lazy("“accepted in part”"),
    "already": gettext_lazy("“already the case”"),
    "out_of_scope": gettext_lazy("“outside what this consultation decides”"),
    "not_accepted": gettext_lazy("“not accepted”"),
}
"""The outcomes of comments, from what was taken up to what was not."""


def outcomes_of(code, name, *met):
    """Make the measure of one kind of outcome, or of two."""
    definition = gettext_lazy(
        "Of the published comments that got an outcome in a response of the period: "
        "those with the outcome {outcome}. Comments without an outcome so far are not "
        "counted."
    )
    if len(met) > 1:
        definition = gettext_lazy(
            "Of the published comments that got an outcome in a response of the period: "
            "those with the outcome {outcome} or {other}. Comments without an outcome "
            "so far are not counted."
        )
    return Measure(
        code,
        name,
        format_lazy(definition, outcome=SAID[met[0]], other=SAID[met[-1]]),
        gettext_lazy(
            "Whether anything changed because of a comment: the body that answers it "
            "chooses the outcome."
        ),
        gettext_lazy("comments answered"),
        partial(measure_outcomes, met=met),
    )


MEASURES = {
    measure.code: measure
    for measure in (
        Measure("named", gettext_lazy("Someone is named"), gettext_lazy("Of the commissions and decisions that are public and not over on the last day of the period: those for which a committee, or a post that is not vacant, is responsible."), gettext_lazy("Whether that person can be reached, or decides in fact."), gettext_lazy("commissions and decisions"), measure_named_holders),
        Measure("vacant", gettext_lazy("Posts vacant"), gettext_lazy("Of the posts on the last day of the period: those that are vacant."), gettext_lazy("Whether someone is doing the work of a vacant post, unless that is recorded."), gettext_lazy("posts"), measure_vacant_posts),
        Measure("vacancy-days", gettext_lazy("How long posts stay vacant"), gettext_lazy("Vacancies that ran at any time in the period: the median of the days each had lasted by the end of the period or until someone took the post."), gettext_lazy("Why a post stays vacant."), gettext_lazy("vacancies"), measure_vacancies, median=True),
        Measure("draft-first", gettext_lazy("A draft was open before the tender"), gettext_lazy("Of the tenders begun in the period: those of which a draft specification had been open for comment."), gettext_lazy("Drafts that were shown elsewhere."), gettext_lazy("tenders"), measure_draft_first),
        Measure("draft-days", gettext_lazy("How long drafts are open"), gettext_lazy("Tenders begun in the period that had a draft open for comment: the median of the days it was open."), gettext_lazy("Whether people heard of the draft in that time."), gettext_lazy("tenders with a draft"), measure_draft_days, median=True),
        Measure("to-tender", gettext_lazy("From intention to tender"), gettext_lazy("Tenders begun in the period: the median of the days since the intention was published."), gettext_lazy("Work on it before the intention was published here."), gettext_lazy("tenders"), measure_days_to_tender, median=True),
        Measure("answered", gettext_lazy("Comments answered"), gettext_lazy("Of the published comments on consultations whose response was due in the period, or was published earlier than due in it: those answered by its end."), gettext_lazy("Comments sent elsewhere, and whether an answer is a good one."), gettext_lazy("comments"), measure_comments_answered),
        Measure("on-time", gettext_lazy("Comments answered on time"), gettext_lazy("Of the same comments: those answered by the day promised when the consultation was announced."), gettext_lazy("Comments sent elsewhere, and whether an answer is a good one."), gettext_lazy("comments"), measure_comments_on_time),
        outcomes_of("taken-up", gettext_lazy("Comments accepted, or accepted in part"), "accepted", "partly"),
        *(outcomes_of(each.replace("_", "-"), format_lazy(gettext_lazy("Comments with the outcome {outcome}"), outcome=SAID[each]), each) for each in SAID),
        Measure("questions", gettext_lazy("Questions answered on time"), gettext_lazy("Of the public questions to the people responsible that fell due in the period, or were answered earlier than due in it: those answered by their day. One without an answer counts as late."), gettext_lazy("Questions that were asked elsewhere."), gettext_lazy("questions"), measure_questions),
        Measure("notice", gettext_lazy("Decisions with 28 clear days’ notice"), gettext_lazy("Of the decisions announced in the period: those with at least 28 clear days between the notice and the first day announced. The law asks it of key decisions of councils; here every decision counts, urgent ones too."), gettext_lazy("Decisions that were announced elsewhere, or never."), gettext_lazy("decisions"), measure_decision_notice),
        Measure("moved", gettext_lazy("Dates moved"), gettext_lazy("Of the commissions and decisions that were public in the period: those of which a planned date moved in it."), gettext_lazy("Whether a date that did not move was kept in fact, unless that is recorded."), gettext_lazy("commissions and decisions"), measure_date_moves),
        Measure("late-notices", gettext_lazy("Statutory notices published late"), gettext_lazy("Of the notices recorded here that were published in the period, and for which the law fixes a last day: those published after it. A notice of which the law says only “as soon as reasonably practicable” is not counted, nor one that came in from a platform. One that is missing altogether is not counted here either: it is in the list of notices late and due."), gettext_lazy("Notices that have not been recorded here."), gettext_lazy("notices"), measure_late_notices),
        Measure("exempt", gettext_lazy("Tenders under an exemption"), gettext_lazy("Of the tenders begun in the period: those that passed a gate under an exemption."), gettext_lazy("Whether the reason given for an exemption is correct."), gettext_lazy("tenders"), measure_exemptions),
    )
}  # fmt: skip
"""The measures by their code, in the order of a scorecard."""
