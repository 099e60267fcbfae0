"""The list of questions to holders: filters, orders, counts, and the status of each.

Whether one is overdue follows from its clock, not from a column: for each
promise in use (a nation's holidays, a number of days) the last day of asking
that is overdue by now is found, and the database compares with that.
"""

from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django import forms
from django.db.models import Count, DateTimeField, F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.models import Commissioner
from commissions.public.listing.filters import (
    ListFilter,
    TypedFilter,
    choice_filter,
    organisation_filter,
    words_filter,
)
from commissions.public.listing.keyset import KeysetPart
from consultations import public_names
from consultations.models import Question
from consultations.questions.deadlines import (
    DAY,
    AnswerCalendars,
    last_day_overdue,
    status_of,
)
from consultations.questions.models import SUBJECTS

STATES = {
    "waiting": gettext_lazy("Waiting for an answer"),
    "overdue": gettext_lazy("Overdue"),
    "answered": gettext_lazy("Answered on time"),
    "late": gettext_lazy("Answered late"),
}
MOST_BODIES = 25
WAITS = Q(answered_at__isnull=True)
LATE = Q(answered_at__date__gt=F("was_due_on"))
ANSWERED = ~WAITS
WITH = (
    "body",
    "commission__organisation",
    "commission__post",
    "commission__committee",
    "decision__commission",
    "commissioner",
    "barrier",
    "answered_by__organisation",
    "new_draft__specification__commission",
    "pending_edit",
    "speaks_for",
)


@dataclass(frozen=True)
class QuestionSubject:
    """What a question is about, as the public may know it: words and an address."""

    label: str
    url: str
    name: str


def question_subjects(rows):
    """Say what each of these questions is about, in one query where it needs one.

    A person who may no longer be named is shown as someone who decided there.
    """
    people = {row.commissioner_id for row in rows if row.commissioner_id}
    named = Commissioner.objects.named().filter(pk__in=people) if people else []
    nameable = {person.pk for person in named}
    return {row.pk: question_subject(row, nameable) for row in rows}


def question_subject(row, nameable):
    """Say what one question is about."""
    if row.commissioner_id and row.commissioner_id not in nameable:
        return QuestionSubject(
            gettext("someone who decided at {body}").format(body=row.body), "", ""
        )
    return QuestionSubject(
        str(row.about),
        row.about.get_absolute_url(),
        public_names.public_name_of(row.about),
    )


def overdue_condition(rows, calendars, today=None):
    """Return the condition that a question among `rows` is overdue on a day."""
    today = today or timezone.localdate()
    promises = rows.filter(WAITS).order_by().values_list("body__nation", "days")
    due = Q(pk__in=[])
    for nation, days in promises.distinct():
        last = last_day_overdue(days, calendars.of(nation), today)
        midnight = timezone.make_aware(datetime.combine(last + DAY, time()))
        due |= Q(body__nation=nation, days=days, confirmed_at__lt=midnight)
    return WAITS & due


class QuestionFilter(ListFilter):
    """Public questions, narrowed."""

    orders = {
        "due": (
            gettext_lazy("Waiting longest, then newest answers"),
            [
                KeysetPart("confirmed_at", DateTimeField(), where=WAITS),
                KeysetPart("answered_at", DateTimeField(), down=True, where=ANSWERED),
            ],
        ),
        "newest": (
            gettext_lazy("Newest questions"),
            [KeysetPart("confirmed_at", DateTimeField(), down=True)],
        ),
    }
    kept_back = ("about",)
    searched = ["title", "text", "answer_text"]
    q = words_filter(gettext_lazy("In a question or its answer."))
    state = choice_filter(gettext_lazy("Answered?"), STATES.items(), method="by_state")
    organisation = organisation_filter("body")
    about = TypedFilter(
        forms.CharField,
        label=gettext_lazy("About"),
        help_text=gettext_lazy(
            "For example commission/2026-K7M3Q2 or commissioner/ada-obi."
        ),
        max_length=255,
        method="by_subject",
    )

    def __init__(self, data):
        self.calendars = AnswerCalendars()
        super().__init__(data, Question.objects.public().select_related(*WITH))

    @cached_property
    def overdue(self):
        """The condition that a question is overdue today."""
        return overdue_condition(Question.objects.public(), self.calendars)

    def by_state(self, rows, name, value):
        """Keep those of this status today."""
        if value == "late":
            return rows.filter(ANSWERED & LATE)
        if value == "answered":
            return rows.filter(ANSWERED).exclude(LATE)
        if value == "overdue":
            return rows.filter(self.overdue)
        return rows.filter(WAITS).exclude(self.overdue)

    def by_subject(self, rows, name, value):
        """Keep those about one thing, by its public name."""
        kind, _, public = value.strip().partition("/")
        if kind not in SUBJECTS:
            return rows.none()
        [field] = public_names.VISIBLE[kind][1]
        return rows.filter(**{f"{kind}__{field}": public})

    def by_body(self):
        """Count, of what is left, the questions of each organisation by status."""
        counts = {
            "total": Count("pk"),
            "answered": Count("pk", filter=ANSWERED & ~LATE),
            "late": Count("pk", filter=ANSWERED & LATE),
            "overdue": Count("pk", filter=self.overdue),
        }
        rows = (
            self.narrowed()
            .order_by()
            .values("body__name", "body__slug")
            .annotate(**counts)
            .order_by("-overdue", "-total", "body__name")[:MOST_BODIES]
        )
        return [
            {**row, "waiting": row["total"] - sum(row[n] for n in list(counts)[1:])}
            for row in rows
        ]

    def present(self, rows):
        """Return the rows of a page, each with its status and what it is about."""
        named = question_subjects(rows)
        return [(row, status_of(row, self.calendars), named[row.pk]) for row in rows]
