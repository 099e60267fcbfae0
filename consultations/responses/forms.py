"""The forms of considering: an outcome for some comments, the themes, the response."""

from datetime import datetime, time

from django import forms
from django.forms import modelformset_factory
from django.utils import timezone

from consultations.comments import actions as comment_actions
from consultations.models import (
    Comment,
    Outcome,
    Response,
    Section,
    SectionText,
    Submission,
    Theme,
)
from consultations.responses import actions

WIDE = {"class": "vLargeTextField", "rows": 3}


class CommentOutcomeForm(forms.Form):
    """One outcome, with its reason, for every comment that is ticked.

    Each tick carries the version that was read, so that two people who answer
    the same comment at once do not overwrite each other.
    """

    comments = forms.MultipleChoiceField(
        error_messages={"required": "Tick the comments that this outcome is for."}
    )
    outcome = forms.ChoiceField(choices=[("", "Choose"), *Outcome.choices])
    reason = forms.CharField(
        widget=forms.Textarea(WIDE),
        help_text="Each person who commented reads this, once the response is published.",
    )
    section = forms.ModelChoiceField(
        Section.objects.none(),
        required=False,
        label="Section that it changed",
        empty_label="None",
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), required=False, empty_label="None"
    )
    new_theme = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput({"class": "vTextField"})
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.fields["theme"].queryset = consultation.themes.all()
        self.fields["comments"].choices = [
            (comment.tick, comment.reference)
            for comment in consultation.comments.public().only("reference", "version")
        ]
        self.fields["comments"].error_messages["invalid_choice"] = (
            "Somebody else has just changed one of these comments. Look again."
        )
        if consultation.draft_id:
            self.offer_sections(consultation.draft.specification)

    def offer_sections(self, specification):
        """Offer the sections of the newest version, by their headings."""
        newest = specification.drafts.order_by("-version").first()
        texts = newest.texts.select_related("section")
        field = self.fields["section"]
        field.queryset = specification.sections.all()
        field.choices = [("", "None")] + [(t.section_id, t.heading) for t in texts]

    @property
    def given(self):
        """The fields that say what the ticked comments get."""
        return [field for field in self if field.name != "comments"]

    def ticked(self):
        """Return the ticked comments with the versions that were read."""
        versions = dict(tick.split(".") for tick in self.cleaned_data["comments"])
        comments = list(self.consultation.comments.filter(reference__in=versions))
        for comment in comments:
            comment.version = int(versions[comment.reference])
        return comments

    def save(self):
        """Give them the outcome; return those that somebody else was first with."""
        said = self.cleaned_data
        theme = said["theme"]
        if said["new_theme"].strip():
            theme, _ = self.consultation.themes.get_or_create(
                title=said["new_theme"].strip()
            )
        return actions.give_outcomes(
            self.ticked(),
            said["outcome"],
            reason=said["reason"],
            section=said["section"],
            theme=theme,
        )


ThemeFormSet = modelformset_factory(
    Theme,
    fields=["title", "you_said", "we_did", "order"],
    widgets={
        "title": forms.TextInput({"class": "vTextField"}),
        "you_said": forms.Textarea(WIDE),
        "we_did": forms.Textarea(WIDE),
    },
    extra=1,
    can_delete=True,
)


class ResponseForm(forms.ModelForm):
    """The words above the response, and the version that the comments led to."""

    class Meta:
        model = Response
        fields = ["introduction", "draft"]
        labels = {"draft": "New version"}
        widgets = {"introduction": forms.Textarea(WIDE)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        consultation = self.instance.consultation
        drafts = self.fields["draft"].queryset.published()
        if consultation.draft_id:
            drafts = drafts.filter(
                specification=consultation.draft.specification,
                version__gt=consultation.draft.version,
            )
        else:
            drafts = drafts.none()
        self.fields["draft"].queryset = drafts


class PaperCommentForm(forms.Form):
    """A letter, a call or a meeting's note, entered on somebody's behalf."""

    channel = forms.ChoiceField(
        label="How it reached us",
        choices=[c for c in Submission.Channel.choices if c[0] != "web"],
    )
    received_on = forms.DateField(
        label="Received on", widget=forms.DateInput({"type": "date"})
    )
    role = forms.ChoiceField(
        label="Who they are", choices=[("", "Choose"), *Submission.Role.choices]
    )
    public_name = forms.CharField(
        label="Name to show",
        required=False,
        max_length=200,
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Only if they agreed. Leave empty for “Name withheld”.",
    )
    organisation = forms.CharField(
        required=False, max_length=200, widget=forms.TextInput({"class": "vTextField"})
    )
    email = forms.EmailField(
        required=False,
        widget=forms.EmailInput({"class": "vTextField"}),
        help_text="If they gave one, we email them what happened to their comment.",
    )
    section = forms.ModelChoiceField(
        None, required=False, label="Section", empty_label="The whole draft"
    )
    stance = forms.ChoiceField(
        required=False, choices=[("", "Not said"), *Comment.Stance.choices]
    )
    text = forms.CharField(
        label="What they said",
        widget=forms.Textarea({**WIDE, "rows": 8}),
        help_text="In their words, without names and addresses of others.",
    )

    def __init__(self, *args, consultation, **kwargs):
        super().__init__(*args, **kwargs)
        self.consultation = consultation
        self.fields["section"].queryset = SectionText.objects.filter(
            draft=consultation.draft_id
        ).order_by("order")

    def save(self, *, by):
        """Enter it; it is published at once, marked as what it is."""
        said = self.cleaned_data
        sender = {
            name: said[name]
            for name in ("channel", "role", "public_name", "organisation", "email")
        }
        comment = {
            "text": said["text"],
            "stance": said["stance"],
            "section_text": said["section"],
        }
        midday = datetime.combine(said["received_on"], time(12))
        return comment_actions.enter_paper(
            self.consultation,
            {**sender, "received_at": timezone.make_aware(midday)},
            [comment],
            by=by,
        )
