"""The forms of a moderator: decline, hide a passage, settle a flag."""

from django import forms

from consultations.comments import moderation
from consultations.models import DeclineReason


class ActForm(forms.Form):
    """An act on a comment as it was read: `version` notices who was first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    label = "Do it"

    def __init__(self, *args, comment, **kwargs):
        # Several of these stand on one page: each needs ids of its own.
        super().__init__(*args, **{"auto_id": f"{type(self).__name__}_%s", **kwargs})
        self.comment = comment
        self.initial["version"] = comment.version

    def as_read(self):
        """Return the comment with the version that the moderator had read."""
        self.comment.version = self.cleaned_data["version"]
        return self.comment


class PublishForm(ActForm):
    """Publish the comment."""

    label = "Publish"

    def save(self, *, by):
        """Publish it; raises Overtaken."""
        moderation.publish(self.as_read(), by=by)


class DeclineForm(ActForm):
    """Do not publish the comment."""

    reason = forms.ChoiceField(
        label="Why", choices=[("", "Choose"), *DeclineReason.choices]
    )
    words = forms.CharField(
        label="In a sentence",
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text="The sender reads this. Say what they could leave out or change.",
    )
    label = "Do not publish"

    def save(self, *, by):
        """Decline it; raises NotReady or Overtaken."""
        moderation.decline(
            self.as_read(),
            reason=self.cleaned_data["reason"],
            words=self.cleaned_data["words"],
            by=by,
        )


class RedactForm(ActForm):
    """Hide a passage from the public."""

    passage = forms.CharField(
        label="Passage to hide",
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        help_text="Copy it exactly from the comment.",
        strip=False,
    )
    reason = forms.ChoiceField(
        label="Why", choices=[("", "Choose"), *DeclineReason.choices]
    )
    words = forms.CharField(
        label="In a few words",
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="The public reads this in place of the passage, for example: "
        "a person’s name and address.",
    )
    label = "Hide the passage"

    def save(self, *, by):
        """Hide it; raises NotReady."""
        moderation.redact(
            self.as_read(),
            self.cleaned_data["passage"].strip(),
            reason=self.cleaned_data["reason"],
            words=self.cleaned_data["words"],
            by=by,
        )


class ReconsiderForm(ActForm):
    """Put the comment back in the queue."""

    label = "Undo: put it back in the queue"

    def save(self, *, by):
        """Reconsider it; raises Overtaken."""
        moderation.reconsider(self.as_read(), by=by)


class RestoreForm(ActForm):
    """Show a hidden passage again."""

    redaction = forms.IntegerField(widget=forms.HiddenInput)
    label = "Show it again"

    def clean_redaction(self):
        """Return the redaction, one of this comment's."""
        found = self.comment.redactions.filter(
            pk=self.cleaned_data["redaction"]
        ).first()
        if found is None:
            raise forms.ValidationError("This passage is not hidden.")
        return found

    def save(self, *, by):
        """Show it again; raises Overtaken."""
        moderation.restore(self.cleaned_data["redaction"], by=by)


class SettleForm(ActForm):
    """Say what came of a reader's flag."""

    flag = forms.IntegerField(widget=forms.HiddenInput)
    as_ = forms.CharField(
        label="What came of it",
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="For example: left as it is, since it names nobody.",
    )
    label = "Settle the flag"

    def clean_flag(self):
        """Return the flag, one of this comment's."""
        found = self.comment.flags.filter(pk=self.cleaned_data["flag"]).first()
        if found is None:
            raise forms.ValidationError("There is no such flag on this comment.")
        return found

    def save(self, *, by):
        """Settle it; raises Overtaken."""
        moderation.settle(self.cleaned_data["flag"], as_=self.cleaned_data["as_"])


FORMS = {
    "publish": PublishForm,
    "decline": DeclineForm,
    "redact": RedactForm,
    "reconsider": ReconsiderForm,
    "restore": RestoreForm,
    "settle": SettleForm,
}

OFFERED = {
    "awaiting": ("publish", "decline", "redact"),
    "published": ("redact", "reconsider", "decline"),
    "declined": ("reconsider",),
}
"""The acts that the page offers, by the state of the comment."""
