"""The contracts register: what was signed with whom, until when, and what comes next."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissions.public.contracts.exports import EXPORT
from commissions.public.contracts.filters import ContractFilter
from commissions.public.contracts.page import ContractPage, contracts_with_page
from commissions.public.contracts.rows import describe_contracts
from commissions.public.listing.page import ListPage, list_view


class ContractList(ListPage):
    """One page of the register of contracts."""

    filter_set = ContractFilter
    template = "commissions/contracts/list.html"
    title = gettext_lazy("Contracts")
    noun, nouns = gettext_lazy("contract"), gettext_lazy("contracts")
    export = EXPORT

    def present(self, rows):
        return describe_contracts(rows, self.filters.today)


index = list_view(ContractList)


@require_safe
def detail(request, reference):
    """Show one contract under a public commission."""
    contract = get_object_or_404(contracts_with_page(), reference=reference)
    page = ContractPage(contract, timezone.now(), whole=request.GET.get("all", ""))
    return render(request, "commissions/contracts/detail.html", {"page": page})
