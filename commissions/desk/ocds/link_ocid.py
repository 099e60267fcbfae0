"""Linking: the page on which a platform's OCID is said to mean a commission."""

from django import forms

from commissions.desk.action_views import (
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.ocds.actions import link_ocid


class LinkOcidForm(forms.Form):
    """The OCID as the platform writes it."""

    ocid = forms.CharField(
        label="The platform’s OCID",
        max_length=240,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off"}),
        help_text="It stands on the notice: for example ocds-h6vhtk-0525b3.",
        error_messages={"required": "Copy the OCID from the notice on the platform."},
    )

    def __init__(self, *args, commission, **kwargs):
        super().__init__(*args, **kwargs)
        self.commission = commission

    def save(self, *, by):
        """Link it; return the sentence that says so."""
        ocid = self.cleaned_data["ocid"].strip()
        link = link_ocid(self.commission, ocid, by=by)
        said = f"Linked. Notices under {link.ocid} now join this commission."
        if link.stand_in:
            said += " Those received before came over; see what they would change."
        return said


def link_ocid_view(request, pk, *, desk):
    """Link a platform's OCID to a commission."""
    commission = get_row(request, pk, desk)
    form = LinkOcidForm(request.POST or None, commission=commission)
    if save_form(request, form):
        return redirect_to_row(desk, pk)
    return render_page(
        request,
        "admin/commissions/commission/link.html",
        desk,
        original=commission,
        title="Link a platform’s OCID",
        linked=commission.linked_ocids.all(),
        form=form,
    )
