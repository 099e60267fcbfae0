"""The acts on a contract, each a page of its own: signed, extended, changed, rated, ended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from commissions.desk.action_views import (
    form_page,
    get_row,
    redirect_to_row,
    render_page,
    save_form,
)
from commissions.desk.base import visible_to
from commissions.desk.contracts import forms
from commissions.law.lifecycle.transitions import COMMIT


def commission_asked_for(request):
    """Return the commission that the address or the form names, or None."""
    key = request.POST.get("commission") or request.GET.get("commission", "")
    whole = key.isascii() and key.isdigit() and len(key) < 19
    rows = visible_to(request.user, forms.public_commissions())
    return rows.filter(pk=int(key)).first() if whole else None


def sign_contract(request, *, desk):
    """Ask for the terms of a contract that was signed; record it."""
    form = forms.SignContractForm(
        request.POST or None,
        user=request.user,
        commission=commission_asked_for(request),
    )
    if save_form(request, form):
        return redirect("admin:commissions_contract_change", form.contract.pk)
    return render_page(
        request,
        "admin/commissions/contract/sign.html",
        desk,
        title="Record a signed contract",
        label="Record it",
        form=form,
    )


def record_signature(request, pk, *, desk):
    """Record the signature of a contract that a notice proposed."""
    contract = get_row(request, pk, desk)
    if not request.user.has_perm(COMMIT):
        raise PermissionDenied
    if contract.is_signed:
        messages.error(request, "This contract is signed already.")
        return redirect_to_row(desk, pk)
    form = forms.RecordSignatureForm(request.POST or None, contract=contract)
    title = "Record its signature"
    return form_page(request, desk, contract, form, title=title, label="Record it")


def contract_act(form_class, title, label):
    """Make the page of one act."""

    def view(request, pk, *, desk):
        contract = get_row(request, pk, desk)
        if hindrance := form_class.hindrance(contract):
            messages.error(request, hindrance)
            return redirect_to_row(desk, pk)
        form = form_class(request.POST or None, contract=contract)
        return form_page(request, desk, contract, form, title=title, label=label)

    return view


PAGES = {
    "signature": record_signature,
    "extend": contract_act(
        forms.ExtendContractForm, "Use an option to extend", "Extend it"
    ),
    "amend": contract_act(forms.AmendContractForm, "Record a change", "Record it"),
    "offer": contract_act(
        forms.OfferExtensionForm, "Add an option to extend", "Add it"
    ),
    "measure": contract_act(
        forms.AddIndicatorForm, "Add a performance indicator", "Add it"
    ),
    "rate": contract_act(
        forms.RateIndicatorsForm, "Rate a period", "Publish the ratings"
    ),
    "end": contract_act(forms.EndContractForm, "Record the end", "Record it"),
}
