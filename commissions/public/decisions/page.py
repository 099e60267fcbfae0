"""One decision as its page shows it: the notice, the choice, the outcome, the record."""

from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.commission.models import worth
from commissions.decisions.notice_period import PRIVATE_SECOND, agenda, latest_notice
from commissions.models import Decision, Handover
from commissions.people.holdings import (
    committee_members,
    decider_in_words,
    read_deciders,
    read_holders,
)
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import RECORD
from commissions.public.commission.stages import ExpectedStep
from commissions.public.decisions.notice_findings import (
    find_notice_period,
    privacy_notices,
)
from commissions.public.decisions.rows import decision_state, decision_when
from commissions.public.listing.page import MOST_ROWS
from commissions.public.panels import Panels
from commissions.public.people.holder_history import (
    acts_of,
    entries_of,
    holder_history_of,
)
from commissions.text.formats import on_day, web_address


def expected_of_decider(decision, agenda, today: date) -> list[ExpectedStep]:
    """List what is to be done before and at a decision that is announced.

    `agenda` is what `commissions.decisions.notice_period.agenda` found, or None.
    """
    if decision.decided_on or not decision.published_at:
        return []
    due = [*expect_second_notice(decision, today), *expect_papers(agenda, today)]
    period = decision.due_on != decision.due_until
    by = by_day(decision.due_until) if period else on_day(decision.due_on)
    return [
        *sorted(due, key=lambda one: one.on),
        ExpectedStep(
            gettext("Decide, and publish what was decided and why"),
            decision.due_until,
            by,
            gettext(
                "Announced in the notice. If the date moves, the old date and the "
                "reason still show."
            ),
            late=decision.due_until < today,
        ),
    ]


def by_day(day):
    return gettext("by {day}").format(day=on_day(day))


def expect_second_notice(decision, today):
    """Ask for the second notice of taking it in private, where that is to come."""
    to_come = decision.private_notice_on and not decision.second_notice_on
    if not (decision.is_private and to_come):
        return []
    on = latest_notice(PRIVATE_SECOND, decision.due_on)
    return [
        ExpectedStep(
            gettext(
                "Publish the second notice that it is taken in private, with the "
                "answer to what people said against it"
            ),
            on,
            by_day(on),
            gettext("SI 2012/2089, regulation 5(4)."),
            late=on < today,
        )
    ]


def expect_papers(agenda, today):
    """Ask for the agenda and the reports of the meeting, until their day is over."""
    if not agenda or agenda.due_on < today:
        return []
    what = gettext("Publish the agenda and the reports")
    by = by_day(agenda.due_on)
    return [ExpectedStep(what, agenda.due_on, by, f"{agenda.source}.")]


LAWS = {
    Decision.Kind.EXECUTIVE: gettext_lazy(
        "A decision of the council’s executive: regulations 9, 12 and 13 of SI "
        "2012/2089 say what has to be public before and after it."
    ),
    Decision.Kind.OFFICER: gettext_lazy(
        "An officer’s decision: regulations 7 and 8 of SI 2014/2095 (and, for the "
        "executive, regulation 13 of SI 2012/2089) ask for its date, the reasons, the "
        "alternatives rejected and any conflict of interest. The record stays public "
        "for 6 years, the papers for 4."
    ),
    Decision.Kind.COMMITTEE: gettext_lazy(
        "A decision of a committee, which meets in public unless it says why not "
        "(Local Government Act 1972, Part VA)."
    ),
    Decision.Kind.BOARD: gettext_lazy(
        "A decision of an NHS board or of one of its committees."
    ),
    Decision.Kind.PCC: gettext_lazy("A decision of the police and crime commissioner."),
    Decision.Kind.MINISTER: gettext_lazy("A decision of central government."),
}


def for_page(decisions):
    """Fetch with each decision what its page shows of it and of its holder."""
    coming = Handover.objects.announced().order_by().filter(decision=OuterRef("pk"))
    return decisions.annotate(has_handover_to_come=Exists(coming)).select_related(
        "organisation",
        "commission",
        "post__organisation",
        "post__deputy",
        "committee__organisation",
    )


class DecisionPage:
    """What a page shows of one decision, of those fetched by `for_page`.

    `asked` names the list that the reader wants whole. With `preview` a banner says
    that the page is not public; there is no notice to count from then.
    """

    def __init__(self, decision, *, asked="", preview=False):
        self.decision, self.asked, self.preview = decision, asked, preview
        self.today = timezone.localdate()
        read_holders([decision.post])
        read_deciders([decision])

    @cached_property
    def panels(self):
        """What apps above add to the page."""
        return Panels("decision", self.decision)

    @cached_property
    def members(self):
        """Who sits on the committee that decides."""
        key = self.decision.committee_id
        return committee_members([key]).get(key, []) if key else []

    @cached_property
    def handover(self):
        """The hand-over that is announced, or None."""
        to_come = self.decision.has_handover_to_come
        return Handover.to_come(self.decision) if to_come else None

    @cached_property
    def state(self):
        """Its state, the colour of that, and when it was or is to be taken."""
        label, colour = decision_state(self.decision, self.today)
        return {"label": label, "colour": colour, "when": decision_when(self.decision)}

    @property
    def is_overdue(self):
        return self.decision.is_overdue(self.today)

    @property
    def taken_by(self):
        """Who took it; empty before."""
        return decider_in_words(self.decision) if self.decision.decided_on else ""

    @property
    def law(self):
        return LAWS[self.decision.kind]

    @cached_property
    def notice(self):
        """Whether its notice came in time; None before it is published."""
        return find_notice_period(self.decision) if self.decision.published_at else None

    @cached_property
    def privacy(self):
        """Whether taking it in private was announced in time; None in public."""
        return privacy_notices(self.decision)

    @cached_property
    def agenda(self):
        """By when the agenda is due; None where no meeting of a council decides."""
        return agenda(self.decision)

    @cached_property
    def next_steps(self):
        """What is expected next of those who decide."""
        return expected_of_decider(self.decision, self.agenda, self.today)

    @cached_property
    def options(self):
        """The ways it could go."""
        return list(self.decision.options.all())

    @cached_property
    def papers(self):
        """The papers to be considered."""
        return [paper_row(paper) for paper in self.decision.papers.all()]

    @cached_property
    def deferrals(self):
        """The dates that moved, the last first."""
        return list(self.decision.deferrals.order_by("-at", "-pk"))

    @property
    def commission(self):
        """The commission it is part of, where that is public."""
        commission = self.decision.commission
        return commission if commission and commission.published_at else None

    @cached_property
    def awards(self):
        """The choices of providers that it made, each with whom and for how much.

        Nothing is asked of one that is not taken, nor of one without a public
        commission.
        """
        if not (self.decision.decided_on and self.commission):
            return []
        rows = self.decision.awards.filter(commission=self.commission)
        return [
            award_row(award, self.commission)
            for award in rows.prefetch_related("suppliers")
        ]

    @property
    def outcome(self):
        """What was said once it was taken: (heading, text)."""
        made = self.decision
        if not made.decided_on:
            return []
        return [
            (gettext("Reasons"), made.reasons),
            (
                gettext("Alternatives considered and rejected"),
                made.alternatives_rejected,
            ),
            (gettext("Risks accepted"), made.risks_accepted),
            (gettext("Conflicts of interest declared"), made.conflicts),
            (gettext("Dispensations granted"), made.dispensations),
        ]

    @cached_property
    def entries(self):
        """The newest entries of the record about it, and all that holders did."""
        return entries_of(
            self.decision, MOST_ROWS + 1 if self.asked == "record" else RECORD + 1
        )

    @cached_property
    def holder_history(self):
        """Who held it, from when to when, doing what: to draw and to list."""
        return holder_history_of(self.decision, acts_of(self.entries))

    @cached_property
    def record(self):
        """The public record about it, in words."""
        return commission_page.list_record(self.decision, self.entries, self.asked)


def award_row(award, commission):
    """Present one choice of providers."""
    return {
        "title": str(award),
        "suppliers": [supplier.name for supplier in award.suppliers.all()],
        "amount": worth(award, commission),
    }


def paper_row(paper):
    """Present one paper; an address that is not the web's is no link."""
    return {
        "title": paper.title,
        "url": web_address(paper.url),
        "published_on": paper.published_on,
    }
