"""The forward plan as asked for: its filters, its order, its rows."""

from datetime import timedelta

from django.db.models import CharField, DateField, DateTimeField, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from commissions.models import Decision
from commissions.people.holdings import decider_in_words, read_deciders, read_holders
from commissions.public.decisions.rows import (
    decision_row,
    notice_particulars,
    read_notice_particulars,
)
from commissions.public.listing.filters import (
    ListFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart

STATES = {
    "to_come": gettext_lazy("To come"),
    "overdue": gettext_lazy("Overdue"),
    "taken": gettext_lazy("Taken"),
}
KEY = {
    "yes": gettext_lazy("Key decisions"),
    "no": gettext_lazy("Other decisions"),
}
WITHIN = {
    "7": gettext_lazy("7 days"),
    "28": gettext_lazy("28 days"),
    "90": gettext_lazy("90 days"),
}
TO_COME = Q(decided_on__isnull=True)
BESIDES = ("organisation", "commission", "post", "post__deputy", "committee")
LONG = (
    "representations",
    "representations_response",
    "consulted",
    "risks",
    "reasons",
    "alternatives_rejected",
    "risks_accepted",
    "conflicts",
    "dispensations",
)


class DecisionFilter(ListFilter):
    """Decisions announced in public, narrowed."""

    orders = {
        "date": (
            gettext_lazy("To come by date, then taken"),
            [
                KeysetPart("due_on", DateField(), where=TO_COME),
                KeysetPart("decided_on", DateField(), down=True, where=~TO_COME),
            ],
        ),
        "newest": (
            gettext_lazy("Announced last"),
            [KeysetPart("published_at", DateTimeField(), down=True)],
        ),
        "title": (gettext_lazy("Title, A to Z"), [KeysetPart("title", CharField())]),
    }
    searched = ["title"]
    about = "commission__topic"
    q = words_filter(gettext_lazy("Words in the title."))
    state = choice_filter(
        gettext_lazy("To come or taken"), STATES.items(), method="by_state"
    )
    due = choice_filter(gettext_lazy("Due within"), WITHIN.items(), method="by_due")
    organisation = organisation_filter(hint=gettext_lazy("All or part of its name."))
    kind = choice_filter(gettext_lazy("Kind of decision"), Decision.Kind.choices)
    key = choice_filter(gettext_lazy("Key decision"), KEY.items(), method="by_key")
    topic = choice_filter(gettext_lazy("Topic of its commission"), method="by_topic")

    def __init__(self, data):
        self.today = timezone.localdate()
        rows = Decision.objects.published().select_related(*BESIDES).defer(*LONG)
        super().__init__(data, rows)

    def by_state(self, rows, name, value):
        """Keep those to come, those taken, or those late without an outcome."""
        if value == "overdue":
            return rows.filter(TO_COME, due_until__lt=self.today)
        return rows.filter(TO_COME if value == "to_come" else ~TO_COME)

    def by_due(self, rows, name, value):
        """Keep those to come whose day or period begins within so many days."""
        last = self.today + timedelta(days=int(value))
        return rows.filter(TO_COME, due_until__gte=self.today, due_on__lte=last)

    def by_key(self, rows, name, value):
        """Keep key decisions, or the others."""
        return rows.filter(is_key=value == "yes")

    def by_topic(self, rows, name, value):
        """Keep those that are part of a public commission about a topic."""
        rows = rows.filter(commission__published_at__lte=timezone.now())
        return super().by_topic(rows, name, value)


def with_seats(decisions):
    """Read, in two queries, who is in the posts that decide and who decided.

    Gives them back.
    """
    posts = [decision.post for decision in decisions if decision.post]
    if posts:
        read_holders(posts)
    read_deciders(decisions)
    return decisions


def with_notices(decisions):
    """Read what is said of each in full, its papers and its committee; give them back."""
    with_seats(decisions)
    read_notice_particulars(decisions)
    return decisions


def describe_decisions(decisions):
    """Say a page of decisions in words; of those to come, all that their notice says."""
    with_seats(decisions)
    read_notice_particulars([each for each in decisions if not each.decided_on])
    return [
        decision_row(
            decision,
            decider_in_words(decision),
            None if decision.decided_on else notice_particulars(decision),
        )
        for decision in decisions
    ]
