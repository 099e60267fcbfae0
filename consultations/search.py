"""What can be found on this floor: consultations, the words of drafts, questions.

The index is kept in the portal's own language, whatever the language of a request.
"""

from html import unescape

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext, gettext_lazy

from commissions.law.lifecycle import ENDS
from commissions.search.index import Document, Source, register
from consultations.consultation.models import Consultation
from consultations.drafts.models import Draft, SectionText
from consultations.events.models import Event
from consultations.languages import in_own_language
from consultations.questions.models import Question


def consultation_rows():
    return Consultation.objects.published().select_related(
        "commission__organisation", "response"
    )


@in_own_language()
def consultation_document(consultation):
    """Read a consultation: what is asked, of whom, and of what commission."""
    commission, response = consultation.commission, consultation.published_response
    opened = consultation.closes_at > timezone.now()
    return Document(
        title=consultation.title,
        url=consultation.get_absolute_url(),
        detail=f"{gettext('Consultation')} · {commission.organisation}",
        reference=consultation.reference,
        names=(commission.organisation.name, commission.title, commission.reference),
        texts=(
            consultation.introduction,
            consultation.audience,
            response.introduction if response else "",
        ),
        live=opened and commission.stage not in ENDS,
        until=consultation.closes_at,
    )


def section_rows():
    """Select the sections of the newest version that people were asked about."""
    announced = Consultation.objects.published()
    newer = Draft.objects.filter(
        Exists(announced.filter(draft=OuterRef("pk"))),
        specification=OuterRef("draft__specification"),
        version__gt=OuterRef("draft__version"),
    )
    return (
        SectionText.objects.filter(
            Exists(announced.filter(draft=OuterRef("draft"))),
            ~Exists(newer),
            draft__published_at__lte=timezone.now(),
        )
        .select_related("section", "draft__specification__commission__organisation")
        .prefetch_related(
            Prefetch(
                "draft__consultations", announced.order_by("-opens_at"), to_attr="asked"
            )
        )
    )


@in_own_language()
def section_document(text):
    """Read a section: its heading and words, and what they mean."""
    consultation = text.draft.asked[0]
    commission = text.draft.specification.commission
    words = unescape(strip_tags(text.body.replace("<", " <")))
    return Document(
        title=text.heading,
        url=reverse(
            "consultations:section-detail",
            args=[consultation.reference, text.section.key],
        ),
        detail=f"{gettext('Section of a draft')} · {commission.title}",
        names=(commission.title, commission.organisation.name),
        texts=(" ".join(words.split()), text.meaning),
        live=commission.stage not in ENDS,
    )


def question_rows():
    return (
        Question.objects.public()
        .filter(erased_at__isnull=True)
        .select_related("body", "commission", "decision", "commissioner", "barrier")
    )


@in_own_language()
def question_document(question):
    """Read a question and its answer, without who asked."""
    what = (
        gettext("Question, answered")
        if question.answered_at
        else gettext("Question, waiting for an answer")
    )
    return Document(
        title=question.approved.title,
        url=question.get_absolute_url(),
        detail=f"{what} · {question.body}",
        reference=question.reference,
        names=(question.body.name, str(question.about)),
        texts=(question.approved.text, question.approved.answer),
    )


def event_rows():
    return Event.objects.published().select_related("commission__organisation")


@in_own_language()
def event_document(event):
    """Read an event: what happens there, for whom, and where."""
    commission = event.commission
    coming = event.ends_at > timezone.now() and not event.cancelled_at
    return Document(
        title=event.title,
        url=event.get_absolute_url(),
        detail=f"{event.get_kind_display()} · {event.when}",
        reference=event.reference,
        names=(commission.organisation.name, commission.title, commission.reference),
        texts=(event.description, event.audience, event.place, event.access),
        live=coming,
        until=event.ends_at,
    )


def register_sources():
    """Let what is on this floor be found. A number never changes."""
    own = ("pk",)
    register(
        Source(
            "consultation",
            16,
            gettext_lazy("consultation"),
            gettext_lazy("consultations"),
            "consultations.Consultation",
            consultation_rows,
            consultation_document,
            {
                "consultation": own,
                "commission": ("commission",),
                "response": ("response",),
            },
        ),
        Source(
            "section",
            17,
            gettext_lazy("section of a draft"),
            gettext_lazy("sections of drafts"),
            "consultations.SectionText",
            section_rows,
            section_document,
            {
                "consultation": ("draft__specification__commission__consultations",),
                "draft": ("draft__specification__drafts",),
                "commission": ("draft__specification__commission",),
            },
        ),
        Source(
            "question",
            18,
            gettext_lazy("question"),
            gettext_lazy("questions and answers"),
            "consultations.Question",
            question_rows,
            question_document,
            {"question": own},
        ),
        Source(
            "event",
            19,
            gettext_lazy("event"),
            gettext_lazy("events"),
            "consultations.Event",
            event_rows,
            event_document,
            {"event": own, "commission": ("commission",)},
        ),
    )
