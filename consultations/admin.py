"""The staff's side of consultations, inside the admin site."""

from consultations.comments import admin as comments_admin
from consultations.consultation import admin as consultation_admin
from consultations.corrections import admin as corrections_admin
from consultations.drafts import admin as drafts_admin
from consultations.events import admin as events_admin
from consultations.questions import admin as questions_admin

__all__ = [
    "comments_admin",
    "consultation_admin",
    "corrections_admin",
    "drafts_admin",
    "events_admin",
    "questions_admin",
]
