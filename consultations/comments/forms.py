"""The forms of comments: those of the public without an account, and of moderators.

A comment, a whole submission or a joint one begin with who is speaking; then
come changing a comment, flagging one, and the acts of moderators.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext, gettext_lazy

from commissions.public.forms import PublicForm
from commissions.text.languages import said
from consultations.comments import actions, attachments
from consultations.comments.models import Comment, DeclineReason
from consultations.comments.quotes import find_quote
from consultations.comments.submissions import Submission, Workspace
from consultations.consultation.models import Prompt
from consultations.public_forms import LONGEST, TrapForm, email_field, long_text_field
from consultations.signed_links import canonical

MOST_CO_SIGNATORIES = 30


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each checked by its content."""

    widget = ManyFiles

    def clean(self, data, initial=None):
        """Return (name, kind, bytes) for each file; refuse with a sentence each."""
        files = [file for file in data or [] if file]
        if len(files) > attachments.MOST_FILES:
            sentence = gettext(
                "Choose at most {most} files. You can put several pictures into one "
                "document."
            )
            raise ValidationError(sentence.format(most=attachments.MOST_FILES))
        return [attachments.checked(file) for file in files]


class CommentSenderForm(TrapForm):
    """Who is speaking, and where the confirmation goes."""

    role = forms.ChoiceField(
        label=gettext_lazy("Who are you?"),
        choices=Submission.Role,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Shown with your comment."),
    )
    public_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Shown with your comment, unless you choose not to show it below."
        ),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    name_withheld = forms.BooleanField(
        label=gettext_lazy("Do not show my name"),
        required=False,
        help_text=gettext_lazy(
            "We show “Name withheld”, or your organisation if you give one."
        ),
    )
    email = email_field(
        gettext_lazy(
            "We never show it. We email you a link to confirm your comment, and later "
            "what happened to it."
        )
    )
    for_organisation = forms.BooleanField(
        label=gettext_lazy("I am writing for an organisation"),
        required=False,
        help_text=gettext_lazy(
            "If you tick this, we ask you next which one, and who else signs."
        ),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organisation you speak for"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Shown with what you write."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    co_signatories = forms.CharField(
        label=gettext_lazy("Others who sign with your organisation"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Write one on each line: name, organisation, email address. We email each "
            "of them, and show their name once they agree."
        ),
        widget=forms.Textarea({"rows": 3}),
    )
    files = FilesField(
        label=gettext_lazy("Attach files"),
        required=False,
        help_text=gettext_lazy(
            "Up to three PDF, Word (.docx) or picture files, each at most 10 MB. If the "
            "form comes back with a problem, choose them again."
        ),
    )
    asked_for = ("public_name", "organisation")
    sender_fields = ("public_name", "name_withheld", "role", "organisation", "email")
    of_organisations = ("organisation", "co_signatories")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.speaks_for_organisation:
            self.initial["for_organisation"] = True
            return
        for name in self.of_organisations:
            self.fields.pop(name, None)

    @property
    def speaks_for_organisation(self):
        """Whether what an organisation needs is asked: it was chosen, or is known."""
        given = self.data if self.is_bound else self.initial
        return any(
            given.get(name) for name in ("for_organisation", *self.of_organisations)
        )

    def clean_co_signatories(self):
        """Return the co-signatories as dicts, one a line."""
        lines = [
            line
            for line in self.cleaned_data["co_signatories"].splitlines()
            if line.strip()
        ]
        if len(lines) > MOST_CO_SIGNATORIES:
            sentence = gettext(
                "Enter at most {most} others who sign. Send a second response for more."
            )
            raise ValidationError(sentence.format(most=MOST_CO_SIGNATORIES))
        found = [
            self.co_signatory(number, line) for number, line in enumerate(lines, 1)
        ]
        if len({canonical(each["email"]) for each in found}) < len(found):
            raise ValidationError(
                gettext(
                    "Enter each email address only once: each person signs for "
                    "themselves."
                )
            )
        return found

    def co_signatory(self, number, line):
        """Read one line: name, organisation, email address."""
        parts = [part.strip() for part in line.split(",")]
        name, email = parts[0], parts[-1]
        try:
            validate_email(email)
        except ValidationError:
            email = ""
        if len(parts) < 2 or not name or not email:
            sentence = gettext(
                "Line {number}: write a name, an organisation and an email address, with "
                "commas between, such as: Ada Obi, Riverside Carers, ada@example.org"
            )
            raise ValidationError(sentence.format(number=number))
        return {
            "name": name[:200],
            "organisation": ", ".join(parts[1:-1])[:200],
            "email": email,
        }

    def clean(self):
        """Ask for a name where one is to be shown and no organisation is named."""
        cleaned = super().clean()
        if not cleaned.get("public_name") and not cleaned.get("name_withheld"):
            self.add_error(
                "public_name",
                gettext("Enter your name, or choose “Do not show my name”"),
            )
        if "organisation" in self.fields and not cleaned.get("organisation"):
            self.add_error(
                "organisation", gettext("Enter the organisation you speak for")
            )
        return cleaned

    @property
    def about_you(self):
        """The fields that say who is speaking; what an organisation needs comes last."""
        first = [name for name in self.sender_fields if name != "organisation"]
        names = (*first, "for_organisation", *self.of_organisations, "files")
        return [self[name] for name in names if name in self.fields]

    @property
    def said(self):
        """The fields that say something."""
        about = {field.name for field in self.about_you}
        return [field for field in self if field.name not in about]

    def sender(self):
        return {name: self.cleaned_data.get(name, "") for name in self.sender_fields}

    @property
    def others(self):
        """Those who sign with an organisation."""
        return self.cleaned_data.get("co_signatories", [])


# One comment: write it, change it.


class CommentFields(PublicForm):
    """What somebody says about one section, or about the whole."""

    quote = long_text_field(
        gettext_lazy("The words you mean"),
        gettext_lazy(
            "If your comment is about only some of the words, copy them from the section."
        ),
        rows=2,
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Do you support this section?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*Comment.Stance.choices, ("", gettext_lazy("None of these"))],
        initial="",
    )
    text = long_text_field(
        gettext_lazy("Your comment"),
        gettext_lazy("Plain words are best. Everyone can read what you write here."),
        required=True,
    )
    proposed_wording = long_text_field(
        gettext_lazy("Suggested wording"),
        gettext_lazy("If you suggest a change, write the words you would use."),
        rows=3,
    )

    comment_fields = ("text", "stance", "quote", "proposed_wording")
    field_order = comment_fields

    def __init__(self, *args, section_text=None, **kwargs):
        self.section_text = section_text
        super().__init__(*args, **kwargs)
        if section_text is None:
            del self.fields["quote"]
            self["stance"].label = gettext("Do you support this draft?")

    def clean_quote(self):
        """Return the quoted passage in the section's own words, in either language."""
        quote = self.cleaned_data["quote"]
        if not quote.strip():
            return ""
        section = self.section_text
        found = find_quote(quote, section.body) or find_quote(quote, section.welsh_body)
        if found is None:
            raise ValidationError(
                gettext(
                    "The words you mean are not in this section. Copy them exactly, or "
                    "leave this empty to comment on the whole section"
                )
            )
        return found.words

    def comment(self):
        """Return the fields of the comment."""
        fields = {name: self.cleaned_data.get(name, "") for name in self.comment_fields}
        return {**fields, "section_text": self.section_text}


class EditCommentForm(CommentFields):
    """Change a comment before closing; `version` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def save(self, comment):
        """Change the words by the verb; raises NotReady or Overtaken."""
        comment.version = self.cleaned_data["version"]
        fields = self.comment()
        fields.pop("section_text")
        actions.edit(comment, **fields)


class CommentForm(CommentFields, CommentSenderForm):
    """One comment on one section, or on the whole, with who is speaking."""

    def __init__(self, *args, consultation, **kwargs):
        self.consultation = consultation
        super().__init__(*args, **kwargs)

    @property
    def about_you(self):
        """The fields that say who is speaking."""
        return [field for field in super().about_you if field.name != "files"]

    @property
    def more(self):
        """What can be added to the words."""
        names = (*self.comment_fields[1:], "files")
        return [self[name] for name in names if name in self.fields]

    @property
    def adds_more(self):
        """Whether something of that was filled in, or is wrong."""
        return any(
            field.errors or (self.is_bound and field.value()) for field in self.more
        )

    def save(self):
        """Send it; raises NotReady where the consultation has closed."""
        return actions.receive(
            self.consultation,
            self.sender(),
            [self.comment()],
            co_signatories=self.others,
            files=self.cleaned_data["files"],
        )


# A whole submission: a box for each section, and the prompts.


def prompt_field(prompt):
    """Return the form field of a prompt."""
    common = {
        "label": prompt.text,
        "help_text": prompt.hint,
        "required": prompt.is_required,
        "error_messages": {
            "required": gettext("Answer “{label}”").format(label=prompt.text)
        },
    }
    if prompt.kind == Prompt.Kind.TEXT:
        return forms.CharField(
            max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **common
        )
    common["choices"] = prompt.options()
    if prompt.kind == Prompt.Kind.MULTIPLE:
        return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, **common)
    return forms.ChoiceField(widget=forms.RadioSelect, **common)


class PromptsForm(PublicForm):
    """What the consultation asks beside the text."""

    def __init__(self, *args, consultation, **kwargs):
        self.consultation = consultation
        super().__init__(*args, **kwargs)
        self.prompts = list(consultation.prompts.all())
        asked = {f"prompt-{q.pk}": prompt_field(q) for q in self.prompts}
        self.fields = {**asked, **self.fields}

    @property
    def asked(self):
        """The fields of the questions."""
        return [self[f"prompt-{prompt.pk}"] for prompt in self.prompts]

    def prompt_answers(self):
        """Return (prompt, text) for each prompt that was answered."""
        given = ((q, self.cleaned_data.get(f"prompt-{q.pk}")) for q in self.prompts)
        return [
            (q, "\n".join(value) if isinstance(value, list) else value)
            for q, value in given
            if value
        ]


class SectionsForm(PromptsForm):
    """A box for each section, one for the whole, and the questions."""

    whole = long_text_field(gettext_lazy("On the whole draft"), rows=5)

    @staticmethod
    def box(text):
        """Return the name of the box for one section's words."""
        return f"section-{text.section.key}"

    def __init__(self, *args, texts, **kwargs):
        self.texts = texts
        super().__init__(*args, **kwargs)
        boxes = {
            self.box(text): long_text_field(said(text, "heading"), rows=4)
            for text in texts
        }
        self.fields = {**boxes, "whole": self.fields.pop("whole"), **self.fields}

    def clean(self):
        """Ask for something to send."""
        cleaned = super().clean()
        if not self.errors and not self.comments() and not self.prompt_answers():
            raise ValidationError(
                gettext(
                    "Write in at least one box, or answer a question, before you send."
                )
            )
        return cleaned

    def comments(self):
        """Return the fields of a comment for each box that was filled."""
        targets = [(self.box(text), text) for text in self.texts] + [("whole", None)]
        return [
            {"text": self.cleaned_data[name], "section_text": text}
            for name, text in targets
            if self.cleaned_data.get(name, "").strip()
        ]


class SubmissionForm(SectionsForm, CommentSenderForm):
    """The whole response in one go, with who is speaking."""

    def save(self):
        """Send it; raises NotReady where the consultation has closed."""
        return actions.receive(
            self.consultation,
            self.sender(),
            self.comments(),
            prompt_answers=self.prompt_answers(),
            co_signatories=self.others,
            files=self.cleaned_data["files"],
        )


class UnfinishedSubmissionForm(SectionsForm):
    """The same boxes, kept to be finished later: nothing in it is required."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def save(self, organisation, email=""):
        """Keep what is written in a workspace, whose secret link leads back."""
        return Workspace.keep(
            self.consultation,
            organisation,
            self.comments(),
            dict(self.prompt_answers()),
            email,
        )


# A workspace: begin one, write in its boxes, send it.


class WorkspaceForm(PublicForm):
    """Begin a response that is written over several days, alone or together."""

    organisation = forms.CharField(
        label=gettext_lazy("Whose response is it?"),
        max_length=200,
        help_text=gettext_lazy(
            "The organisation or group, or “My own”. Everyone who has the link can see it."
        ),
    )
    email = email_field(
        gettext_lazy(
            "We use it only to find this response if you ask us to erase it. We send "
            "nothing to it, and keep only a scrambled form of it."
        ),
        required=False,
    )

    def save(self, consultation):
        """Make the workspace; its secret link is the only way in."""
        given = self.cleaned_data
        return Workspace.keep(
            consultation, given["organisation"], (), {}, given["email"]
        )


class ContributionsForm(PublicForm):
    """A box for each section and one for the whole, each with its version.

    Two people may save at once: a box that somebody else changed meanwhile is
    not overwritten, but shown with theirs, and the next save settles it.
    """

    author = forms.CharField(
        label=gettext_lazy("Your name or initials"),
        max_length=100,
        required=False,
        help_text=gettext_lazy(
            "So that your colleagues can see who wrote last. Not shown in public."
        ),
    )

    def __init__(self, *args, workspace, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace, self.texts = workspace, texts
        self.written = {c.section_text_id: c for c in workspace.contributions.all()}
        for text in [*texts, None]:
            self.add_box(text)
        self.fields["author"] = self.fields.pop("author")

    def add_box(self, text):
        """Add the box of one section, or of the whole (None)."""
        has = self.written.get(text and text.pk)
        name = self.box(text)
        self.fields[name] = long_text_field(
            said(text, "heading") if text else gettext("On the whole draft"), rows=4
        )
        self.fields[name].initial = has.text if has else ""
        if has and has.author:
            sentence = gettext("Last written by {author}")
            self.fields[name].help_text = sentence.format(author=has.author)
        self.fields[f"{name}-version"] = forms.IntegerField(
            initial=has.version if has else 0, widget=forms.HiddenInput, required=False
        )

    @staticmethod
    def box(text):
        """Return the name of the box for one section's words."""
        return f"section-{text.section.key}" if text else "whole"

    def save(self):
        """Save each box that changed; return whether every one was saved.

        A box that somebody else changed meanwhile gets an error with their
        words, and its version moves on so that the next save is knowing.
        """
        self.data = self.data.copy()
        for text in [*self.texts, None]:
            name = self.box(text)
            theirs = self.workspace.write(
                text,
                self.cleaned_data[name],
                version=self.cleaned_data.get(f"{name}-version") or 0,
                author=self.cleaned_data["author"],
            )
            if theirs:
                self.data[f"{name}-version"] = theirs.version
                sentence = gettext(
                    "Someone else has changed this box since you opened it, to: "
                    "“{text}”. Put both together, then save again."
                )
                self.add_error(name, sentence.format(text=theirs.text))
        return not self.errors


class WorkspaceSubmissionForm(PromptsForm, CommentSenderForm):
    """Send what the workspace holds, as one person on everybody's behalf.

    The questions beside the text are answered here, once for all.
    """

    def __init__(self, *args, workspace, initial=None, **kwargs):
        self.workspace = workspace
        kept = {
            f"prompt-{key}": text.split("\n") if "\n" in text else text
            for key, text in workspace.prompt_answers.items()
        }
        super().__init__(
            *args,
            consultation=workspace.consultation,
            initial={**kept, **(initial or {})},
            **kwargs,
        )

    def save(self):
        """Send it; raises NotReady where closed, empty or sent already."""
        return actions.send_workspace(
            self.workspace,
            self.sender(),
            prompt_answers=self.prompt_answers(),
            co_signatories=self.others,
            files=self.cleaned_data["files"],
        )


# A reader's flag, and the acts of moderators.


class FlagCommentForm(PublicForm):
    """Say that something is wrong with a published comment."""

    reason = forms.ChoiceField(
        label=gettext_lazy("What is wrong with it?"),
        choices=DeclineReason,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("Anything a moderator should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Not shown in public. Do not give your name."),
    )

    def save(self, comment):
        comment.flags.create(**self.cleaned_data)


DONE = "Done. It is on the record, and we have emailed the sender."
PROPOSED = (
    "Saved. You run what this is about, so nothing has changed yet: a second person "
    "decides, and can see your reason."
)


class ModerationForm(forms.Form):
    """An act on a comment as it was read: `version` notices who was first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    label = "Do it"
    person = None  # the account that acts, where the act asks who it is

    def __init__(self, *args, comment, **kwargs):
        # Several of these stand on one page: each needs ids of its own.
        super().__init__(*args, **{"auto_id": f"{type(self).__name__}_%s", **kwargs})
        self.comment = comment
        self.initial["version"] = comment.version

    def said_of(self, done):
        """Say what came of an act that may need a second person."""
        return DONE if done else PROPOSED

    def as_read(self):
        """Return the comment with the version that the moderator had read."""
        self.comment.version = self.cleaned_data["version"]
        return self.comment


class PublishCommentForm(ModerationForm):
    """Publish a comment, or what else `verbs` can publish."""

    label = "Publish"
    verbs = actions

    def save(self, *, by):
        self.verbs.publish(self.as_read(), by=by)


class DeclineCommentForm(ModerationForm):
    """Do not publish a comment, or what else `verbs` can decline."""

    reason = forms.ChoiceField(
        label="Why", choices=[("", "Choose"), *DeclineReason.choices]
    )
    words = forms.CharField(
        label="In a sentence",
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text="The sender reads this. Say what they could leave out or change.",
    )
    label = "Do not publish"
    verbs = actions

    def save(self, *, by):
        """Decline it; raises NotReady or Overtaken."""
        done = self.verbs.decline(
            self.as_read(),
            reason=self.cleaned_data["reason"],
            words=self.cleaned_data["words"],
            by=by,
            person=self.person,
        )
        return self.said_of(done)


class RedactCommentForm(ModerationForm):
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
        actions.redact(
            self.as_read(),
            self.cleaned_data["passage"].strip(),
            reason=self.cleaned_data["reason"],
            words=self.cleaned_data["words"],
            by=by,
            person=self.person,
        )


class ApproveEditForm(ModerationForm):
    """Publish the change that the sender asks for."""

    looked = forms.BooleanField(
        label="I have looked for each hidden passage that is no longer found",
        required=False,
    )
    label = "Publish the change"

    def __init__(self, *args, comment, **kwargs):
        super().__init__(*args, comment=comment, **kwargs)
        if not comment.is_changing or not comment.pending_edit.lost_passages():
            del self.fields["looked"]

    def save(self, *, by):
        """Publish it; raises NotReady or Overtaken."""
        looked = self.cleaned_data.get("looked", False)
        actions.approve_edit(self.as_read(), by=by, looked=looked)


class RefuseEditForm(ModerationForm):
    """Leave the comment as it is public."""

    words = forms.CharField(
        label="Why, in a sentence",
        widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"}),
        help_text="The sender reads this.",
    )
    label = "Leave it as it is"
    verbs = actions

    def save(self, *, by):
        words = self.cleaned_data["words"]
        done = self.verbs.refuse_edit(
            self.as_read(), words=words, by=by, person=self.person
        )
        return self.said_of(done)


class PartForm(ModerationForm):
    """An act on one name or one file that came with a comment."""

    part = forms.CharField(widget=forms.HiddenInput)

    def clean_part(self):
        """Return the sender's name, a co-signatory or a file, of this comment's."""
        kind, _, pk = self.cleaned_data["part"].partition("-")
        sent = self.comment.submission
        rows = {"signer": sent.co_signatories, "file": sent.attachments}
        if kind == "name":
            return sent
        found = kind in rows and pk.isdecimal() and rows[kind].filter(pk=pk[:18])
        if not found or not found.exists():
            raise forms.ValidationError("This did not come with the comment.")
        return found.get()


class WithholdForm(PartForm):
    """Hide one name or one file, and leave the rest as it is."""

    reason = forms.ChoiceField(
        label="Why", choices=[("", "Choose"), *DeclineReason.choices]
    )
    label = "Hide"

    def save(self, *, by):
        """Hide it; raises Overtaken."""
        done = actions.withhold(
            self.comment,
            self.cleaned_data["part"],
            reason=self.cleaned_data["reason"],
            by=by,
            person=self.person,
        )
        return self.said_of(done)


class ShowForm(PartForm):
    """Show a name or a file again."""

    label = "Show it again"

    def save(self, *, by):
        """Show it; raises Overtaken."""
        actions.show(self.comment, self.cleaned_data["part"], by=by)


class ReconsiderCommentForm(ModerationForm):
    """Put the comment back in the queue."""

    label = "Undo: put it back in the queue"

    def save(self, *, by):
        actions.reconsider(self.as_read(), by=by, person=self.person)


class RestoreCommentForm(ModerationForm):
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
        actions.restore(self.cleaned_data["redaction"], by=by)


class SettleFlagsForm(ModerationForm):
    """Say what came of a reader's flag."""

    flag = forms.IntegerField(widget=forms.HiddenInput)
    as_ = forms.CharField(
        label="What happened",
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="For example: left as it is, because it names no one.",
    )
    label = "Settle the flag"

    def clean_flag(self):
        """Return the flag, one of this comment's."""
        found = self.comment.flags.filter(pk=self.cleaned_data["flag"]).first()
        if found is None:
            raise forms.ValidationError("There is no such flag on this comment.")
        return found

    def save(self, *, by):
        self.cleaned_data["flag"].settle(self.cleaned_data["as_"])


FORMS = {
    "publish": PublishCommentForm,
    "decline": DeclineCommentForm,
    "redact": RedactCommentForm,
    "reconsider": ReconsiderCommentForm,
    "restore": RestoreCommentForm,
    "change": ApproveEditForm,
    "leave": RefuseEditForm,
    "withhold": WithholdForm,
    "show": ShowForm,
    "settle": SettleFlagsForm,
}

OFFERED = {
    "awaiting": ("publish", "decline", "redact"),
    "published": ("redact", "reconsider", "decline"),
    "declined": ("reconsider",),
}
"""The acts that the page offers, by the state of the comment."""
