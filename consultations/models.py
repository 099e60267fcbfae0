"""The names of the models of drafts, consultations and comments."""

from consultations.alerts.models import (
    Delivery,
    Follower,
    Frequency,
    Reading,
    Subscription,
)
from consultations.comments.models import (
    Comment,
    CommentState,
    DeclineReason,
    Edit,
    Flag,
    Outcome,
    Redaction,
    Revision,
)
from consultations.comments.submissions import (
    Attachment,
    Contribution,
    CoSignatory,
    PromptAnswer,
    Submission,
    Workspace,
)
from consultations.consultation.models import Consultation, Extension, Prompt
from consultations.corrections.models import Correction
from consultations.drafts.models import (
    Change,
    Draft,
    KeptDifference,
    RemovedSection,
    Section,
    SectionKind,
    SectionText,
    Specification,
)
from consultations.events.models import Booking, Event
from consultations.outbox.models import Message
from consultations.own_data.models import DataRequest
from consultations.questions.models import Question, QuestionEdit
from consultations.rate_limit import Throttle
from consultations.responses.models import Response, Theme

__all__ = [
    "Attachment",
    "Booking",
    "Change",
    "CoSignatory",
    "Comment",
    "CommentState",
    "Consultation",
    "Contribution",
    "Correction",
    "DataRequest",
    "DeclineReason",
    "Delivery",
    "Draft",
    "Edit",
    "Event",
    "Extension",
    "Flag",
    "Follower",
    "Frequency",
    "KeptDifference",
    "Message",
    "Outcome",
    "Prompt",
    "PromptAnswer",
    "Question",
    "QuestionEdit",
    "Reading",
    "Redaction",
    "RemovedSection",
    "Response",
    "Revision",
    "Section",
    "SectionKind",
    "SectionText",
    "Specification",
    "Submission",
    "Subscription",
    "Theme",
    "Throttle",
    "Workspace",
]
