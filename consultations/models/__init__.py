"""The names of the models of drafts, consultations and comments."""

from .comments import (
    Comment,
    DeclineReason,
    Flag,
    Outcome,
    Redaction,
    Response,
    Revision,
    State,
    Theme,
)
from .consultations import Consultation, Extension, Question
from .outbox import Message, Throttle
from .specifications import (
    Change,
    Draft,
    RemovedSection,
    Section,
    SectionKind,
    SectionText,
    Specification,
)
from .submissions import (
    Answer,
    Attachment,
    Contribution,
    CoSignatory,
    Submission,
    Workspace,
)

__all__ = [
    "Answer",
    "Attachment",
    "Change",
    "CoSignatory",
    "Comment",
    "Consultation",
    "Contribution",
    "DeclineReason",
    "Draft",
    "Extension",
    "Flag",
    "Message",
    "Outcome",
    "Question",
    "Redaction",
    "RemovedSection",
    "Response",
    "Revision",
    "Section",
    "SectionKind",
    "SectionText",
    "Specification",
    "State",
    "Submission",
    "Theme",
    "Throttle",
    "Workspace",
]
