"""The forms of questions: asking without an account, and the acts of staff."""

from django import forms
from django.utils.translation import gettext_lazy

from commissions.public.forms import PublicForm
from consultations.comments import forms as comment_forms
from consultations.comments.forms import CommentSenderForm, ModerationForm
from consultations.models import DeclineReason, Draft, Question, Submission
from consultations.public_forms import email_field, long_text_field
from consultations.questions import actions, models

ABOUT_YOU = (
    *("public_name", "name_withheld", "role"),
    *("email", "for_organisation", "organisation"),
)


class AskQuestionForm(CommentSenderForm):
    """A question in public, with who asks; during a tender, with an address alone."""

    co_signatories = files = None
    title = forms.CharField(
        label=gettext_lazy("Your question in one line"),
        max_length=200,
        help_text=gettext_lazy(
            "For example: Will the day centre stay open on Saturdays?"
        ),
    )
    text = long_text_field(
        gettext_lazy("What you want to know"),
        gettext_lazy(
            "Everyone can read this. Do not include names, or anything private such as "
            "someone’s health. If you want to ask about your own care or case, contact "
            "the organisation instead."
        ),
        required=True,
        or_file=False,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Who are you?"),
        choices=Submission.Role,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("We show this with your question."),
    )
    public_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "We show this with your question, unless you choose below to hide it."
        ),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = email_field(
        gettext_lazy(
            "We never show it. We send you a link to confirm your question, and then "
            "the answer."
        )
    )
    field_order = ("title", "text", *ABOUT_YOU)

    def __init__(self, *args, about, **kwargs):
        self.about = about
        super().__init__(*args, **kwargs)
        if self.in_tender:
            for name in ABOUT_YOU:
                if name != "email":
                    self.fields.pop(name, None)

    @property
    def in_tender(self):
        """Whether a tender is open, so that nobody may know who asks."""
        return models.is_tendering(actions.commission_of(self.about))

    def clean(self):
        """Ask for a name outside a tender, where one is to be shown."""
        return self.cleaned_data if self.in_tender else super().clean()

    @property
    def about_you(self):
        """The fields that say who is asking."""
        return [self[name] for name in ABOUT_YOU if name in self.fields]

    def sender(self):
        """Return the fields of the asker."""
        given = {
            name: self.cleaned_data[name] for name in ABOUT_YOU if name in self.fields
        }
        given.pop("for_organisation", None)
        return given

    def save(self):
        """Send it; raises NotReady where asking is closed."""
        return actions.receive(
            self.about,
            self.sender(),
            title=self.cleaned_data["title"],
            text=self.cleaned_data["text"],
        )


class SolveForm(AskQuestionForm):
    """Of a barrier somebody tells more than they ask: how it was solved elsewhere."""

    title = forms.CharField(
        label=gettext_lazy("What you did or want to know, in one line"),
        max_length=200,
        help_text=gettext_lazy(
            "For example: We lend the pumps through the parish council."
        ),
    )
    text = long_text_field(
        gettext_lazy("How it was solved, and where"),
        gettext_lazy(
            "Say which organisation did it, and under which law or policy. Everyone can "
            "read this. Do not include names, or anything private such as someone’s "
            "health."
        ),
        required=True,
        or_file=False,
    )


# The forms of staff: publish, decline, answer.


class PublishQuestionForm(comment_forms.PublishCommentForm):
    """Publish the question."""

    verbs = actions


class DeclineQuestionForm(comment_forms.DeclineCommentForm):
    """Do not publish the question, or no longer."""

    verbs = actions

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reasons = Question.DeclineReason.choices
        self.fields["reason"].choices = [("", "Choose"), *reasons]
        self.fields[
            "words"
        ].help_text = "The asker reads this. Say what they could leave out or change."


class AnswerQuestionForm(ModerationForm):
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
        actions.answer(
            self.as_read(),
            said["text"],
            changes_requirement=said.get("changes_requirement", False),
            new_draft=said.get("new_draft"),
            by=by,
        )


class ApproveQuestionEditForm(ModerationForm):
    """Publish the change that the asker asks for."""

    label = "Publish the change"

    def save(self, *, by):
        """Publish it; raises Overtaken."""
        actions.approve_edit(self.as_read(), by=by)


class RefuseQuestionEditForm(comment_forms.RefuseEditForm):
    """Leave the question as it is public."""

    verbs = actions


class HideAskerForm(ModerationForm):
    """Hide the name of who asks; the question stays."""

    reason = forms.ChoiceField(
        label="Why", choices=[("", "Choose"), *DeclineReason.choices]
    )
    label = "Hide the name"

    def save(self, *, by):
        """Hide it; raises Overtaken."""
        reason = self.cleaned_data["reason"]
        actions.withhold(self.comment, reason=reason, by=by)


class ShowAskerForm(ModerationForm):
    """Show the name of who asks again."""

    label = "Show the name again"

    def save(self, *, by):
        """Show it; raises Overtaken."""
        actions.show(self.comment, by=by)


class EditQuestionForm(PublicForm):
    """Change a question before it is answered; `version` is the one that was read."""

    title = forms.CharField(
        label=gettext_lazy("Your question in one line"), max_length=200
    )
    text = long_text_field(
        gettext_lazy("What you want to know"), required=True, or_file=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def save(self, question):
        """Change the words by the verb; raises NotReady or Overtaken."""
        said = dict(self.cleaned_data)
        question.version = said.pop("version")
        question.edit(**said)


FORMS = {
    "publish": PublishQuestionForm,
    "decline": DeclineQuestionForm,
    "change": ApproveQuestionEditForm,
    "leave": RefuseQuestionEditForm,
    "hide": HideAskerForm,
    "show": ShowAskerForm,
    "answer": AnswerQuestionForm,
}

MODERATOR = {
    "awaiting": ("publish", "decline"),
    "published": ("decline",),
    "declined": ("publish",),
}
"""The acts of a moderator, by the state of the question."""
