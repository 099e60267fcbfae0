"""Recording a notice that its platform has published: platform first, then here."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.urls import path
from django.utils.html import format_html

from commissions.desk import dashboard
from commissions.desk.action_views import (
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.law.notices import NOTICE_TYPES, PLATFORMS, codes_for
from commissions.models import Notice

ANOTHER = "another"


class RecordNoticeForm(forms.Form):
    """Where and when the platform published it, in the platform's own words."""

    code = forms.ChoiceField(label="Which notice")
    title = forms.CharField(
        label="Its title",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="As the notice gives it. Needed only for another notice.",
    )
    platform = forms.ChoiceField(
        label="Platform",
        choices=[("", "Choose"), *((name, name) for name in PLATFORMS)],
        help_text="The law asks for Find a Tender first (SI 2024/692, regulation 5).",
    )
    reference = forms.CharField(
        label="Its reference there",
        max_length=255,
        help_text="The notice number. On Find a Tender: six digits, a hyphen and the "
        "year, such as 012345-2026.",
    )
    url = forms.URLField(
        label="Its address there",
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text="Copy it from the notice. On Find a Tender: "
        "https://www.find-tender.service.gov.uk/Notice/012345-2026.",
        error_messages={"invalid": "Give a whole web address, with https://."},
    )
    published_at = forms.SplitDateTimeField(
        label="Published there at",
        widget=AdminSplitDateTime,
        help_text="The day and the time that the notice shows.",
        error_messages={
            "invalid_date": "Write the day as 3/11/2026 or 2026-11-03.",
            "invalid_time": "Write the time as 14:30.",
        },
    )
    contact_name = forms.CharField(
        label="Contact that the notice names",
        max_length=255,
        required=False,
        help_text="Only what the notice itself publishes: a name or a post, the work "
        "address and telephone (regulation 13(f)).",
    )
    contact_email = forms.EmailField(label="Contact’s email address", required=False)
    contact_phone = forms.CharField(
        label="Contact’s telephone", max_length=100, required=False
    )

    def __init__(self, *args, about, codes, more=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.about = about
        known = [(code, NOTICE_TYPES[code].label) for code in codes]
        self.fields["code"].choices = [("", "Choose"), *known, *more]
        day, hour = self.fields["published_at"].widget.widgets
        day.attrs["aria-label"] = "Published there at: day"
        hour.attrs["aria-label"] = "Published there at: time"

    def clean_code(self):
        """Return the code, empty for another notice."""
        code = self.cleaned_data["code"]
        return "" if code == ANOTHER else code

    def clean(self):
        """Say beside each field what keeps the notice from being recorded."""
        said = super().clean()
        for field, sentence in Notice.refusals(self.about, **self.filed()).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return said

    def filed(self):
        """Return what was typed of the notice's place, empty where it made no sense."""
        said = self.cleaned_data
        words = ("code", "title", "platform", "reference", "url")
        return {
            **{name: said.get(name) or "" for name in words},
            "published_at": said.get("published_at"),
        }

    def save(self, *, by):
        """Record it; return the sentence that says so."""
        said = self.cleaned_data
        contact = (said["contact_name"], said["contact_email"], said["contact_phone"])
        notice = Notice.publish(self.about, **self.filed(), contact=contact, by=by)
        return (
            f"Recorded: {notice.platform} published {notice.release_id}. The public "
            "sees it now."
        )


class RecordCommissionNoticeForm(RecordNoticeForm):
    """Such a notice about a commission; it may call for the commission to move."""

    def save(self, *, by):
        """Record it; say so, and which move it asks for."""
        done, code = super().save(by=by), self.cleaned_data["code"]
        prompt = dashboard.reminder_of(self.about)
        told = prompt and code and f"({code})" in prompt.shown.why
        return format_html("{} {}", done, prompt.sentence) if told else done


def record_notice_view(request, pk, *, desk):
    """Record one published notice of a public commission; `code` may be in the address."""
    commission = get_row(request, pk, desk)
    if not commission.published_at:
        messages.error(
            request, "Publish the intention first: a draft shows no notices."
        )
        return redirect_to_row(desk, pk)
    asked = {"code": request.GET.get("code", "")}
    form = RecordCommissionNoticeForm(
        request.POST or None,
        about=commission,
        codes=codes_for(commission.regime),
        more=[(ANOTHER, "Another notice, which has no code: give its title")],
        initial=asked,
    )
    if save_form(request, form):
        return redirect_to_row(desk, pk)
    return render_page(
        request,
        "admin/commissions/commission/notice.html",
        desk,
        original=commission,
        title="Record a published notice",
        form=form,
    )


def record_notice_urls(desk):
    """Return the address of this page, which gates name in their refusals."""
    view = desk.admin_site.admin_view(record_notice_view, cacheable=False)
    name = "commissions_commission_notice"
    return [path("<int:pk>/notice/", view, {"desk": desk}, name=name)]
