"""Recording that a contract was signed: a new one, or one that a notice proposed."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone

from commissions.desk.action_views import ask, back, found, page, performed
from commissions.desk.base import visible_to
from commissions.desk.widgets import Chooser, Choosers
from commissions.law.lifecycle.transitions import COMMIT
from commissions.models import Award, Commission, Contract, Organisation
from commissions.public.listing.filters import PoundsField

OPTIONS = ("option_1", "option_2", "option_3")


def day(label, **kwargs):
    """Return a field for a day."""
    return forms.DateField(label=label, widget=AdminDateWidget, **kwargs)


class SignForm(forms.Form):
    """Under which commission, with whom, for how much and for how long."""

    commission = forms.ModelChoiceField(
        Commission.objects.none(),
        help_text="The commission that led to it. Type part of its title.",
    )
    suppliers = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Supplier",
        help_text="One or more. If it is not listed, add it under “Organisations” "
        "with its company or charity number.",
        error_messages={"required": "Name the supplier with whom it is signed."},
    )
    on = day("Signed on", help_text="The day on which the last of the two signed.")
    starts_on = day("First day of the service")
    ends_on = day("Last day", help_text="If no extension is used.")
    option_1 = day("May be extended to", required=False)
    option_2 = day("then to", required=False)
    option_3 = day("then to", required=False)
    amount = PoundsField(
        label="Value, excluding VAT",
        help_text="Over the whole term, without extensions: 250,000 or 1.2 million.",
    )
    amount_gross = PoundsField(
        label="Value, including VAT",
        required=False,
        help_text="It decides whether a copy must be published: above £5 million.",
    )
    description = forms.CharField(
        label="What the supplier does",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In plain words. You can complete it later.",
    )
    award = forms.ModelChoiceField(
        Award.objects.none(),
        required=False,
        empty_label="None, or not recorded here",
        help_text="The award that it follows.",
    )

    def __init__(self, *args, user, commission=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.choose("commission", Chooser, visible_to(user, public()))
        bodies = visible_to(user, Organisation.objects.all())
        self.choose("suppliers", Choosers, bodies)
        self.fields["award"].queryset = awards = Award.objects.filter(
            commission=commission
        )
        if not awards:
            del self.fields["award"]
        self.initial = {"on": timezone.localdate(), "commission": commission}
        self.initial |= known(commission, awards)

    def choose(self, name, widget, rows):
        """Let somebody type part of a name to choose from some rows."""
        of = Contract._meta.get_field(name)
        field = self.fields[name]
        field.widget = widget(of, admin.site, attrs={"class": "vTextField"})
        field.queryset = rows

    def clean(self):
        """Refuse what is upside down beside the field that says it."""
        said = super().clean()
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "The last day must not lie before the first.")
        options = [said[name] for name in OPTIONS if said.get(name)]
        if len(set(options)) < len(options):
            self.add_error("option_2", "Give each extension a day of its own.")
        if ends and options and min(options) <= ends:
            self.add_error("option_1", "An extension ends after the last day.")
        return said

    def save(self, *, by):
        """Record the signature; return the sentence that says so."""
        said = dict(self.cleaned_data)
        options = [said.pop(name) for name in OPTIONS]
        self.contract = Contract.sign(
            said.pop("commission"), options=sorted(filter(None, options)), by=by, **said
        )
        return "Recorded. Complete what the register asks for, below."


def public():
    """Select the commissions under which a contract can be signed."""
    return Commission.objects.published()


def known(commission, awards):
    """Return what the commission and its only award tell of its contract."""
    if commission is None:
        return {}
    found = {"starts_on": commission.starts_on, "ends_on": commission.ends_on}
    if len(awards) == 1:
        (award,) = awards
        found |= {
            "award": award,
            "suppliers": list(award.suppliers.values_list("pk", flat=True)),
            "amount": award.amount,
            "amount_gross": award.amount_gross,
            "starts_on": award.starts_on or commission.starts_on,
            "ends_on": award.ends_on or commission.ends_on,
        }
    return found


def asked_for(request):
    """Return the commission that the address or the form names, or None."""
    key = request.POST.get("commission") or request.GET.get("commission", "")
    whole = key.isascii() and key.isdigit() and len(key) < 19
    rows = visible_to(request.user, public())
    return rows.filter(pk=int(key)).first() if whole else None


def sign(request, *, desk):
    """Ask for the terms of a contract that was signed; record it."""
    form = SignForm(
        request.POST or None, user=request.user, commission=asked_for(request)
    )
    if performed(request, form):
        return redirect("admin:commissions_contract_change", form.contract.pk)
    return page(
        request,
        "admin/commissions/contract/sign.html",
        desk,
        title="Record a signed contract",
        label="Record it",
        form=form,
    )


class SignatureForm(forms.Form):
    """On which day a contract that a notice proposed was signed."""

    on = day("Signed on", help_text="The day on which the last of the two signed.")

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.initial["on"] = timezone.localdate()

    def save(self, *, by):
        """Record it; return the sentence that says so."""
        self.contract.record_signature(on=self.cleaned_data["on"], by=by)
        return "Recorded. Complete what the register asks for, below."


def signature(request, pk, *, desk):
    """Record the signature of a contract that a notice proposed."""
    contract = found(request, pk, desk)
    if not request.user.has_perm(COMMIT):
        raise PermissionDenied
    if contract.is_signed:
        messages.error(request, "This contract is signed already.")
        return back(desk, pk)
    form = SignatureForm(request.POST or None, contract=contract)
    title = "Record its signature"
    return ask(request, desk, contract, form, title=title, label="Record it")


PAGES = {"signature": signature}
