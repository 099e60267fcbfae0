"""The forms of one comment: write it, change it, flag somebody else's."""

from django import forms
from django.core.exceptions import ValidationError

from commissions.public.forms import PublicForm
from consultations.comments import submit
from consultations.comments.forms import SenderForm, words
from consultations.comments.quotes import find_quote
from consultations.models import Comment, DeclineReason


class CommentFields(PublicForm):
    """What somebody says about one section, or about the whole."""

    quote = words(
        "The words you mean",
        "Copy them from the section, if your comment is about some words only.",
        rows=2,
    )
    stance = forms.ChoiceField(
        label="Where do you stand?",
        required=False,
        widget=forms.RadioSelect,
        choices=[*Comment.Stance.choices, ("", "None of these")],
        initial="",
    )
    text = words(
        "Your comment", "Plain words are best. Shown in public.", required=True
    )
    proposed_wording = words(
        "The words you would put instead",
        "If you suggest a change.",
        rows=3,
    )

    comment_fields = ("quote", "stance", "text", "proposed_wording")

    def __init__(self, *args, section_text=None, **kwargs):
        self.section_text = section_text
        super().__init__(*args, **kwargs)
        if section_text is None:
            del self.fields["quote"]

    def clean_quote(self):
        """Return the quoted passage as it stands in the section's own words."""
        quote = self.cleaned_data["quote"]
        if not quote.strip():
            return ""
        found = find_quote(quote, self.section_text.body)
        if found is None:
            raise ValidationError(
                "These words are not in this section. Copy them exactly, or leave "
                "this empty to comment on the whole section"
            )
        return found.words

    def comment(self):
        """Return the fields of the comment."""
        fields = {name: self.cleaned_data.get(name, "") for name in self.comment_fields}
        return {**fields, "section_text": self.section_text}


class EditForm(CommentFields):
    """Change a comment before closing; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def save(self, comment):
        """Change the words by the verb; raises NotReady or Overtaken."""
        comment.version = self.cleaned_data["version"]
        fields = self.comment()
        fields.pop("section_text")
        comment.edit(**fields, held=submit.is_held(comment.submission))


class CommentForm(CommentFields, SenderForm):
    """One comment on one section, or on the whole, with who is speaking."""

    field_order = (
        *CommentFields.comment_fields,
        *SenderForm.sender_fields,
        "co_signatories",
        "files",
    )

    def __init__(self, *args, consultation, **kwargs):
        self.consultation = consultation
        super().__init__(*args, **kwargs)

    def save(self):
        """Send it; raises NotReady where the consultation has closed."""
        return submit.receive(
            self.consultation,
            self.sender(),
            [self.comment()],
            co_signatories=self.cleaned_data["co_signatories"],
            files=self.cleaned_data["files"],
        )


class FlagForm(PublicForm):
    """Say that something is wrong with a published comment."""

    reason = forms.ChoiceField(
        label="What is wrong with it?",
        choices=DeclineReason,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Anything a moderator should know",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Not shown in public. Do not give your name.",
    )

    def save(self, comment):
        """Tell the moderators."""
        comment.flags.create(**self.cleaned_data)
