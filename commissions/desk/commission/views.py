"""Preview, publish and move to another stage: acts of a commission, each a page of its own."""

from contextlib import suppress
from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.shortcuts import render
from django.utils import timezone

from commissions.commission import gates
from commissions.desk import proposals
from commissions.desk.action_views import (
    get_row,
    redirect_to_row,
    render_page,
    run_verb,
    save_form,
)
from commissions.desk.people import hand_over
from commissions.desk.procurement import admin as procurement_views
from commissions.law.lifecycle import LINE, ORDER, STAGES
from commissions.models import Commission, Stage
from commissions.public.commission.page import CommissionPage, for_page


class MoveStageForm(forms.Form):
    """Which stage was reached, when, why, and until when others can take part."""

    stage = forms.ChoiceField(
        label="Stage reached",
        error_messages={"required": "Choose the stage it reached."},
    )
    on = forms.DateField(
        label="On",
        widget=AdminDateWidget,
        error_messages={"invalid": "Write the day as 3/11/2026 or 2026-11-03."},
    )
    closes_at = forms.SplitDateTimeField(
        label="Open to others until",
        required=False,
        widget=AdminSplitDateTime,
        help_text="For engagement, a draft open for comment, or a tender: when it "
        "closes. Leave it empty for every other stage.",
    )
    reason = forms.CharField(
        label="Why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed where it goes back a stage or is called off. The public "
        "reads this. Say nothing about anybody’s health or private life.",
    )

    def __init__(self, *args, commission, moves, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission
        self.fields["stage"].choices = [
            ("", "Choose"),
            *(
                (each.to, STAGES[each.to].name)
                for each in sorted(moves, key=place_of_stage)
            ),
        ]
        self.initial.setdefault("on", timezone.localdate())
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
            said["stage"],
            by=by,
            on=said["on"],
            closes_at=said["closes_at"],
            reason=said["reason"],
        )
        return f"Moved to “{Stage(said['stage']).label}”. It is on the record."


def place_of_stage(move):
    """Return where a move leads to on the line; what stands beside it comes last."""
    return move.to not in LINE, ORDER[move.to]


def stages_shut(onward):
    """Return what is still shut: (stage, gaps, the gate that can be waived or nothing).

    That a contract was made before is said once, by the exemption for it.
    """
    return [
        {
            "stage": STAGES[move.to],
            "gaps": gaps,
            "waivable": next((gap.waivable for gap in gaps if gap.waivable), ""),
        }
        for move, gaps in onward
        if gaps and not any(gap.gate == "under_way" for gap in gaps)
    ]


def filled_choices(asked):
    """Return the stage and the day that an address fills in; a day that is none is not."""
    found = {"stage": asked.get("stage", "")}
    with suppress(ValueError):
        found["on"] = date.fromisoformat(asked.get("on", ""))
    return found


def move_stage(request, pk, *, desk):
    """Move a public commission to a stage that it has reached.

    `stage` and `on` in the address fill the form in; the person still decides.
    """
    commission = get_row(request, pk, desk)
    if not commission.published_at:
        messages.error(request, "Publish it first: a draft has no stages.")
        return redirect_to_row(desk, pk)
    onward = gates.onward(commission)
    mine = [each for each, _ in onward if request.user.has_perm(each.who, commission)]
    form = MoveStageForm(
        request.POST or None,
        initial=filled_choices(request.GET),
        commission=commission,
        moves=mine,
    )
    if save_form(request, form):
        return redirect_to_row(desk, pk)
    return render_page(
        request,
        "admin/commissions/commission/move.html",
        desk,
        original=commission,
        commission=commission,
        title="Move to another stage",
        shut=stages_shut(onward),
        adopting=[gap for _, gaps in onward for gap in gaps if gap.gate == "under_way"],
        others=[STAGES[each.to].name for each, _ in onward if each not in mine],
        is_over=not onward,
        form=form,
    )


GAP_ANCHORS = {"post": "id_post", "need": "id_need", "stage_dates": "stage_dates-group"}


def preview_commission(request, pk, *, desk):
    """Show the page exactly as the public will see it, under a banner."""
    commission = get_row(request, pk, desk, "view")
    shown = for_page(Commission.objects.filter(pk=commission.pk)).get()
    context = {"page": CommissionPage(shown, preview=not shown.published_at)}
    return render(request, "admin/commissions/commission/preview.html", context)


def publish_commission(request, pk, *, desk):
    """Say what is missing, or ask once more; then publish."""
    commission = get_row(request, pk, desk)
    if commission.published_at:
        messages.info(request, "This commission is public already.")
        return redirect_to_row(desk, pk)
    done = "Published. Everybody can see it now."
    if request.method == "POST" and run_verb(request, commission.publish, done):
        return redirect_to_row(desk, pk)
    gaps = commission.publication_gaps_by_field()
    return render_page(
        request,
        "admin/commissions/commission/publish.html",
        desk,
        original=commission,
        commission=commission,
        title="Publish this intention?" if not gaps else "Not ready to publish",
        gaps=[(GAP_ANCHORS[field], sentence) for field, sentence in gaps.items()],
    )


PAGES = {
    "preview": preview_commission,
    "publish": publish_commission,
    "move": move_stage,
    "hand-over": hand_over,
    "link": proposals.link_ocid_view,
    **procurement_views.PAGES,
}
