"""The names of the models of drafts, consultations and comments."""

from .changes import Change, SectionKind
from .comments import Comment
from .consultations import Consultation, Extension
from .corrections import Correction
from .enquiries import Enquiry
from .enquiry_lists import WhyNot
from .moderation import Flag, Redaction, Revision
from .outbox import Message, Throttle
from .questions import Question
from .responses import Response, Theme
from .specifications import (
    Draft,
    RemovedSection,
    Section,
    SectionText,
    Specification,
)
from .states import DeclineReason, Outcome, State
from .submissions import (
    Answer,
    Attachment,
    Contribution,
    CoSignatory,
    Submission,
    Workspace,
)
from .subscriptions import Delivery, Follower, Frequency, Reading, Subscription

__all__ = [
    "Answer",
    "Attachment",
    "Change",
    "CoSignatory",
    "Comment",
    "Consultation",
    "Contribution",
    "Correction",
    "DeclineReason",
    "Delivery",
    "Draft",
    "Enquiry",
    "Extension",
    "Flag",
    "Follower",
    "Frequency",
    "Message",
    "Outcome",
    "Question",
    "Reading",
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
    "Subscription",
    "Theme",
    "Throttle",
    "WhyNot",
    "Workspace",
]
