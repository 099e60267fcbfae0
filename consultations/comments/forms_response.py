"""The whole response in one go: a box for each section, and the questions."""

from django import forms
from django.core.exceptions import ValidationError

from commissions.public.forms import PublicForm
from consultations.comments import submit, workspaces
from consultations.comments.forms import LONGEST, SenderForm, words
from consultations.models import Prompt, Workspace


def prompt_field(prompt):
    """Return the form field of a prompt."""
    common = {
        "label": prompt.text,
        "help_text": prompt.hint,
        "required": prompt.is_required,
        "error_messages": {"required": f"Answer “{prompt.text}”"},
    }
    choices = prompt.choice_list()
    if prompt.kind == Prompt.Kind.TEXT:
        return forms.CharField(
            max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **common
        )
    if prompt.kind == Prompt.Kind.MULTIPLE:
        return forms.MultipleChoiceField(
            choices=[(c, c) for c in choices],
            widget=forms.CheckboxSelectMultiple,
            **common,
        )
    if prompt.kind == Prompt.Kind.SCALE:
        ends = {"1": choices[0], "5": choices[-1]}
        labels = [
            (str(n), f"{n}: {ends[str(n)]}" if str(n) in ends else str(n))
            for n in range(1, 6)
        ]
        return forms.ChoiceField(choices=labels, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(
        choices=[(c, c) for c in choices], widget=forms.RadioSelect, **common
    )


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


class LetterForm(PromptsForm):
    """A box for each section, one for the whole, and the questions."""

    whole = words("On the whole draft", rows=5)

    @staticmethod
    def box(text):
        """Return the name of the box for one section's words."""
        return f"section-{text.section.key}"

    def __init__(self, *args, texts, **kwargs):
        self.texts = texts
        super().__init__(*args, **kwargs)
        boxes = {self.box(text): words(text.heading, rows=4) for text in texts}
        self.fields = {**boxes, "whole": self.fields.pop("whole"), **self.fields}

    def clean(self):
        """Ask for something to send."""
        cleaned = super().clean()
        if not self.errors and not self.comments() and not self.prompt_answers():
            raise ValidationError(
                "Write in at least one box, or answer a question, before you send."
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


class ResponseForm(LetterForm, SenderForm):
    """The whole response in one go, with who is speaking."""

    def save(self):
        """Send it; raises NotReady where the consultation has closed."""
        return submit.receive(
            self.consultation,
            self.sender(),
            self.comments(),
            prompt_answers=self.prompt_answers(),
            co_signatories=self.cleaned_data["co_signatories"],
            files=self.cleaned_data["files"],
        )


class LaterForm(LetterForm):
    """The same letter, kept to be finished later: nothing in it is required."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    def save(self, organisation):
        """Keep what is written in a workspace, whose secret link leads back."""
        return workspaces.keep(
            self.consultation,
            organisation,
            self.comments(),
            dict(self.prompt_answers()),
        )


# The forms of a workspace: begin one, write in its boxes, send it.


class BeginForm(PublicForm):
    """Begin a response that is written over several days, alone or together."""

    organisation = forms.CharField(
        label="Whose response is it?",
        max_length=200,
        help_text="The organisation or group, or “my own”. Seen by those who have the link.",
    )

    def save(self, consultation):
        """Make the workspace; its secret link is the only way in."""
        return Workspace.objects.create(
            consultation=consultation, organisation=self.cleaned_data["organisation"]
        )


class BoxesForm(PublicForm):
    """A box for each section and one for the whole, each with its version.

    Two people may save at once: a box that somebody else changed meanwhile is
    not overwritten, but shown with theirs, and the next save settles it.
    """

    author = forms.CharField(
        label="Your name or initials",
        max_length=100,
        required=False,
        help_text="So that your colleagues see who wrote last. Not shown in public.",
    )

    def __init__(self, *args, workspace, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace, self.texts = workspace, texts
        self.written = workspaces.written(workspace)
        for text in [*texts, None]:
            self.add_box(text)
        self.fields["author"] = self.fields.pop("author")

    def add_box(self, text):
        """Add the box of one section, or of the whole (None)."""
        has = self.written.get(text and text.pk)
        name = self.box(text)
        self.fields[name] = words(
            text.heading if text else "On the whole draft", rows=4
        )
        self.fields[name].initial = has.text if has else ""
        if has and has.author:
            self.fields[name].help_text = f"Last written by {has.author}"
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
            theirs = workspaces.write(
                self.workspace,
                text,
                self.cleaned_data[name],
                version=self.cleaned_data.get(f"{name}-version") or 0,
                author=self.cleaned_data["author"],
            )
            if theirs:
                self.data[f"{name}-version"] = theirs.version
                self.add_error(
                    name,
                    "Somebody else changed this box meanwhile, to: "
                    f"“{theirs.text}”. Put both together, then save again.",
                )
        return not self.errors


class SendForm(PromptsForm, SenderForm):
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
        return submit.send_workspace(
            self.workspace,
            self.sender(),
            prompt_answers=self.prompt_answers(),
            co_signatories=self.cleaned_data["co_signatories"],
            files=self.cleaned_data["files"],
        )
