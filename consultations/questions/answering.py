"""The forms of staff for a question to a holder: publish, decline, answer."""

from django import forms

from consultations.comments.forms_moderation import ActForm
from consultations.models import Draft, WhyNot
from consultations.questions import ask


class PublishForm(ActForm):
    """Publish the question."""

    label = "Publish"

    def save(self, *, by):
        """Publish it; raises Overtaken."""
        ask.publish(self.as_read(), by=by)


class DeclineForm(ActForm):
    """Do not publish the question, or no longer."""

    reason = forms.ChoiceField(label="Why", choices=[("", "Choose"), *WhyNot.choices])
    words = forms.CharField(
        label="In a sentence",
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text="The asker reads this. Say what they could leave out or change.",
    )
    label = "Do not publish"

    def save(self, *, by):
        """Decline it; raises NotReady or Overtaken."""
        ask.decline(
            self.as_read(),
            reason=self.cleaned_data["reason"],
            words=self.cleaned_data["words"],
            by=by,
        )


class AnswerForm(ActForm):
    """Answer the question in public."""

    text = forms.CharField(
        label="Answer",
        max_length=20_000,
        widget=forms.Textarea({"rows": 8, "class": "vLargeTextField"}),
        help_text="Plain words. Everybody reads it, and it cannot be changed later.",
    )
    changes_requirement = forms.BooleanField(
        label="The answer changes what is asked for",
        required=False,
        help_text="Then publish a new version of the draft first, and choose it below.",
    )
    new_draft = forms.ModelChoiceField(
        label="The version that holds the change",
        queryset=Draft.objects.none(),
        required=False,
        empty_label="None",
    )
    label = "Publish the answer"

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, comment=comment, **kwargs)
        commission = comment.its_commission
        self.fields["new_draft"].queryset = (
            Draft.objects.published()
            .filter(specification__commission=commission)
            .select_related("specification")
            .order_by("-version")
        )
        if commission is None:
            del self.fields["changes_requirement"], self.fields["new_draft"]

    def save(self, *, by):
        """Answer it; raises NotReady or Overtaken."""
        said = self.cleaned_data
        ask.answer(
            self.as_read(),
            said["text"],
            changes_requirement=said.get("changes_requirement", False),
            new_draft=said.get("new_draft"),
            by=by,
        )


FORMS = {"publish": PublishForm, "decline": DeclineForm, "answer": AnswerForm}

MODERATOR = {
    "awaiting": ("publish", "decline"),
    "published": ("decline",),
    "declined": ("publish",),
}
"""The acts of a moderator, by the state of the question."""
