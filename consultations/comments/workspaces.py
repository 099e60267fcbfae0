"""The forms of a workspace: begin one, write in its boxes, send it."""

from django import forms

from commissions.public.forms import PublicForm
from consultations.comments import submit
from consultations.comments.forms import SenderForm, words
from consultations.comments.forms_response import QuestionsForm
from consultations.drafts import workspace_locks
from consultations.models import Workspace


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
        self.written = workspace_locks.written(workspace)
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
            theirs = workspace_locks.write(
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


class SendForm(QuestionsForm, SenderForm):
    """Send what the workspace holds, as one person on everybody's behalf.

    The questions beside the text are answered here, once for all.
    """

    def __init__(self, *args, workspace, initial=None, **kwargs):
        self.workspace = workspace
        kept = {
            f"question-{key}": text.split("\n") if "\n" in text else text
            for key, text in workspace.answers.items()
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
            answers=self.answers(),
            co_signatories=self.cleaned_data["co_signatories"],
            files=self.cleaned_data["files"],
        )
