"""Who is speaking: the fields that every way of commenting shares."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from commissions.public.forms import PublicForm
from consultations.comments import attachments, submit
from consultations.comments.quotes import find_quote
from consultations.models import Comment, DeclineReason, Submission

LONGEST = 10_000  # characters
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
            raise ValidationError(
                f"Choose at most {attachments.MOST_FILES} files. You can put several "
                "pictures into one document."
            )
        return [attachments.checked(file) for file in files]


def words(label, hint="", *, rows=6, required=False, or_file=True):
    """Return a field for text of any length people are likely to write.

    `or_file` says whether the form takes a file instead of too long a text.
    """
    too_long = f"Shorten “{label}” to {LONGEST:,} characters"
    return forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={
            "max_length": f"{too_long}, or attach a file" if or_file else too_long
        },
    )


class SenderForm(PublicForm):
    """Who is speaking, and where the confirmation goes."""

    role = forms.ChoiceField(
        label="Who are you?",
        choices=Submission.Role,
        widget=forms.RadioSelect,
        help_text="Shown with your comment.",
    )
    public_name = forms.CharField(
        label="Your name",
        max_length=200,
        required=False,
        help_text="Shown with your comment, unless you choose otherwise below.",
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    name_withheld = forms.BooleanField(
        label="Do not show my name",
        required=False,
        help_text="We show “Name withheld”, or your organisation if you give one.",
    )
    organisation = forms.CharField(
        label="Organisation you speak for",
        max_length=200,
        required=False,
        help_text="Leave empty if you speak for yourself. Shown with your comment.",
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label="Your email address",
        help_text="Never shown. We send one link to confirm your comment, "
        "then tell you what became of it.",
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an email address in the right form, such as name@example.org"
        },
    )
    co_signatories = forms.CharField(
        label="Others who sign with your organisation",
        required=False,
        max_length=LONGEST,
        help_text="One a line: name, organisation, email address. Each is asked by "
        "email, and shown once they agree.",
        widget=forms.Textarea({"rows": 3}),
    )
    files = FilesField(
        label="Attach files",
        required=False,
        help_text="Up to three: PDF, Word (.docx) or pictures, at most 10 MB each. "
        "If the form comes back with a problem, choose them again.",
    )
    asked_for = ("public_name",)
    sender_fields = ("role", "public_name", "name_withheld", "organisation", "email")

    def clean_co_signatories(self):
        """Return the co-signatories as dicts, one a line."""
        lines = [
            line
            for line in self.cleaned_data["co_signatories"].splitlines()
            if line.strip()
        ]
        if len(lines) > MOST_CO_SIGNATORIES:
            raise ValidationError(
                f"Name at most {MOST_CO_SIGNATORIES} others. Send a second response for more."
            )
        return [self.co_signatory(number, line) for number, line in enumerate(lines, 1)]

    def co_signatory(self, number, line):
        """Read one line: name, organisation, email address."""
        parts = [part.strip() for part in line.split(",")]
        name, email = parts[0], parts[-1]
        try:
            validate_email(email)
        except ValidationError:
            email = ""
        if len(parts) < 2 or not name or not email:
            raise ValidationError(
                f"Line {number}: write a name, an organisation and an email address, "
                "with commas between, such as: Ada Obi, Riverside Carers, ada@example.org"
            )
        return {
            "name": name[:200],
            "organisation": ", ".join(parts[1:-1])[:200],
            "email": email,
        }

    def clean(self):
        """Ask for a name where one is to be shown and no organisation stands for it."""
        cleaned = super().clean()
        if not cleaned.get("public_name") and not cleaned.get("name_withheld"):
            self.add_error(
                "public_name", "Enter your name, or choose “Do not show my name”"
            )
        if cleaned.get("co_signatories") and not cleaned.get("organisation"):
            self.add_error(
                "organisation", "Enter the organisation that the others sign with"
            )
        return cleaned

    @property
    def is_trapped(self):
        """Whether a robot filled `homepage`, the input that people do not see."""
        return bool(self.data.get("homepage"))

    @property
    def about_you(self):
        """The fields that say who is speaking."""
        return [self[name] for name in (*self.sender_fields, "co_signatories", "files")]

    @property
    def said(self):
        """The fields that say something."""
        about = {field.name for field in self.about_you}
        return [field for field in self if field.name not in about]

    def sender(self):
        """Return the fields of the submission."""
        return {name: self.cleaned_data[name] for name in self.sender_fields}


# The forms of one comment: write it, change it, flag somebody else's.


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
