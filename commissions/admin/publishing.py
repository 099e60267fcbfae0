"""Preview, publish, move: the acts of a commission, each a page of its own."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from commissions import gates
from commissions.admin import handing
from commissions.admin.scope import acting_as
from commissions.lifecycle import LINE, STAGES
from commissions.models import Commission, NotReady, Overtaken, Stage
from commissions.views.commissions import page_context

FORM = "admin:commissions_commission_change"
GAP_ANCHORS = {"post": "id_post", "need": "id_need", "stage_dates": "stage_dates-group"}


def found(request, pk, desk):
    """Return the commission, if this user may see and change it."""
    commission = desk.get_queryset(request).filter(pk=pk).first()
    if commission is None:
        raise Http404("There is no such commission, or you may not see it.")
    if not desk.has_change_permission(request, commission):
        raise PermissionDenied
    return commission


def page(request, name, commission, **context):
    """Render one of these pages inside the admin."""
    return render(
        request,
        f"admin/commissions/commission/{name}.html",
        {
            **admin.site.each_context(request),
            "opts": Commission._meta,
            "commission": commission,
            "original": commission,
            "subtitle": None,
            "is_popup": False,
            "is_nav_sidebar_enabled": False,
            **context,
        },
    )


def preview(request, pk, *, desk):
    """Show the page exactly as the public will see it, under a banner."""
    commission = found(request, pk, desk)
    context = page_context(commission, preview=not commission.published_at)
    return render(request, "admin/commissions/commission/preview.html", context)


def publish(request, pk, *, desk):
    """Say what is missing, or ask once more; then publish."""
    commission = found(request, pk, desk)
    if commission.published_at:
        messages.info(request, "This commission is public already.")
        return redirect(FORM, pk)
    if request.method == "POST":
        try:
            commission.publish(by=acting_as(request.user))
        except (NotReady, Overtaken) as refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, "Published. Everybody can see it now.")
            return redirect(FORM, pk)
    gaps = commission.publication_gaps_by_field()
    return page(
        request,
        "publish",
        commission,
        title="Publish this intention?" if not gaps else "Not ready to publish",
        gaps=[(GAP_ANCHORS[field], sentence) for field, sentence in gaps.items()],
    )


def following(stage):
    """Return the stages to which a commission may be moved, the next one first."""
    place = LINE.index(stage) + 1 if stage in LINE else LINE.index("standstill")
    beside = [code for code in ("direct_award", "cancelled") if code != stage]
    return [*LINE[place:], *beside]


class MoveForm(forms.Form):
    """Which stage was reached, when, and until when others can take part."""

    stage = forms.ChoiceField(label="Stage reached")
    on = forms.DateField(label="On", widget=AdminDateWidget)
    closes_at = forms.SplitDateTimeField(
        label="Open to others until",
        required=False,
        widget=AdminSplitDateTime,
        help_text="For engagement, a draft open for comment, or a tender: when it "
        "closes. Leave it empty for every other stage.",
    )

    def __init__(self, *args, commission, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission
        self.fields["stage"].choices = [
            (code, STAGES[code].name) for code in following(commission.stage)
        ]
        self.initial["on"] = timezone.localdate()
        day, hour = self.fields["closes_at"].widget.widgets
        day.attrs["aria-label"] = "Open to others until: day"
        hour.attrs["aria-label"] = "Open to others until: time"

    def clean_on(self):
        """Refuse a stage reached in the future: that is a planned date."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(
                "A stage is reached today or earlier. Plan a later day under “Dates”."
            )
        return on

    def clean(self):
        """Ask for a closing time in the future where the stage needs one."""
        cleaned = super().clean()
        stage, closes_at = cleaned.get("stage"), cleaned.get("closes_at")
        if closes_at and stage not in Commission.WINDOWS:
            self.add_error(
                "closes_at", "This stage has no closing time: leave it empty."
            )
        if closes_at and closes_at <= timezone.now():
            self.add_error("closes_at", "Give a closing time that is still to come.")
        return cleaned

    def save(self, *, by):
        """Move it, in the name of whoever holds it."""
        said = self.cleaned_data
        self.commission.reach(
            said["stage"], by=by, on=said["on"], closes_at=said["closes_at"]
        )


def move(request, pk, *, desk):
    """Move a public commission to a stage that it has reached."""
    commission = found(request, pk, desk)
    if not commission.published_at:
        messages.error(request, "Publish it first: a draft has no stages.")
        return redirect(FORM, pk)
    form = MoveForm(request.POST or None, commission=commission)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(by=acting_as(request.user))
        except (NotReady, Overtaken) as refusal:
            form.add_error(None, getattr(refusal, "reasons", None) or str(refusal))
        else:
            stage = Stage(commission.stage).label
            messages.success(request, f"Moved to “{stage}”. It is on the record.")
            return redirect(FORM, pk)
    return page(
        request,
        "move",
        commission,
        title="Move to another stage",
        gaps=gates.gaps(commission),
        form=form,
        media=desk.media + form.media,
    )


PAGES = {
    "preview": preview,
    "publish": publish,
    "move": move,
    "hand-over": handing.hand_over,
}
