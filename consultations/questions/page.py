"""What the public sees of one question to a holder."""

from functools import cached_property

from django.urls import reverse

from commissions.models import Post, Tenure
from consultations.consultation.models import Consultation
from consultations.questions.deadlines import AnswerCalendars, status_of
from consultations.questions.filters import question_subjects


class QuestionPage:
    """One question with its answer, or when one is due and how that is counted."""

    def __init__(self, question):
        self.question = question

    @cached_property
    def status(self):
        """Whether it waits or is answered, in words and with the day it is due."""
        return status_of(self.question, AnswerCalendars())

    @cached_property
    def subject(self):
        """What it is about, as the public may know it."""
        return question_subjects([self.question])[self.question.pk]

    @cached_property
    def vacant_since(self):
        """Since when nobody is in the post that must answer; None where somebody is."""
        holder = self.question.holder
        waits = isinstance(holder, Post) and not self.question.answered_at
        return holder.vacant_since if waits else None

    @cached_property
    def answerer(self):
        """The person who held the post that answered, where they may be named."""
        if not self.question.answered_by_id:
            return None
        tenures = Tenure.objects.current(self.question.answered_on).named()
        served = tenures.filter(post=self.question.answered_by_id)
        tenure = served.select_related("commissioner").first()
        return tenure.commissioner if tenure else None

    @cached_property
    def change_url(self):
        """Where the change that the answer points to can be read; empty if nowhere.

        Beside the version consulted on before, else with the consultation itself.
        """
        draft = self.question.new_draft
        consultation = (
            Consultation.objects.published()
            .filter(
                draft__specification=draft.specification_id,
                draft__version__lte=draft.version,
            )
            .select_related("draft")
            .order_by("draft__version")
            .first()
        )
        if consultation is None:
            return ""
        if consultation.draft == draft:
            return consultation.get_absolute_url()
        versions = consultation.draft.version, draft.version
        return reverse(
            "consultations:draft-compare", args=[consultation.reference, *versions]
        )
