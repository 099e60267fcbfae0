"""Linking: the page on which a platform's OCID is said to mean a commission."""

from django import forms

from commissions.desk.action_views import back, found, page, performed
from commissions.ocds.actions import link_ocid


class LinkForm(forms.Form):
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


def link(request, pk, *, desk):
    """Link a platform's OCID to a commission."""
    commission = found(request, pk, desk)
    form = LinkForm(request.POST or None, commission=commission)
    if performed(request, form):
        return back(desk, pk)
    return page(
        request,
        "admin/commissions/commission/link.html",
        desk,
        original=commission,
        title="Link a platform’s OCID",
        linked=commission.linked_ocids.all(),
        form=form,
    )
