"""The contracts register: what was signed with whom, until when, and what comes next."""

from django.views.decorators.http import require_safe

from commissions.lists.contracts import ContractFilter, described
from commissions.lists.shorter import page_of
from commissions.views.contract_files import FORMATS


@require_safe
def index(request):
    """Show one page of the register."""
    return page_of(
        request,
        "commissions/contract_list.html",
        ContractFilter(request.GET),
        names=("Contracts", "contract", "contracts"),
        present=described,
        formats=FORMATS,
    )
