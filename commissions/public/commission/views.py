"""A commission's public page, and the list of commissions."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from commissions.models import Commission
from commissions.public.commission.exports import EXPORT
from commissions.public.commission.filters import (
    CommissionFilter,
    commissions_in_words,
    count_facets,
    count_without_each_filter,
    label_choices,
)
from commissions.public.commission.page import CommissionPage, for_page
from commissions.public.commission.rows import describe_commissions
from commissions.public.listing.page import ListPage, list_view
from commissions.text.languages import said


@require_safe
def detail(request, reference):
    """Show one commission that is public."""
    public = for_page(Commission.objects.published())
    commission = public.filter(reference=reference).first()
    if commission is None:
        return redirect(successor(reference), permanent=True)
    page = CommissionPage(commission, asked=request.GET.get("all", ""))
    return render(request, "commissions/commission/detail.html", {"page": page})


@require_safe
def easy_read(request, reference):
    """Show the Easy Read version of a public commission, where its body gave one."""
    public = Commission.objects.published().select_related("organisation")
    commission = get_object_or_404(public, reference=reference)
    parts = list(commission.easy_read.all())
    if not parts:
        raise Http404("There is no Easy Read version.")
    title = said(commission, "title")
    shown = {"commission": commission, "title": title, "parts": parts}
    return render(request, "commissions/commission/easy_read.html", shown)


def successor(reference):
    """Return the commission for which one known from notices only stood in."""
    public = Commission.objects.published()
    return get_object_or_404(public, linked_ocids__stand_in__reference=reference)


# The list of commissions: searched, filtered, in order, page by page.


WIDENED = 1_000  # what taking a filter off would leave is counted up to here


class CommissionList(ListPage):
    """One page of the list of commissions, with the counts beside the filters."""

    filter_set = CommissionFilter
    template = "commissions/commission/list.html"
    title = gettext_lazy("Commissions")
    export = EXPORT

    def __init__(self, request):
        super().__init__(request)
        self.counts = count_facets(self.filters)
        label_choices(self.filters, self.counts)

    @property
    def count(self):
        """How many commissions are left, in words."""
        return f"{self.counts.said}."

    def present(self, rows):
        """Say a page of commissions in words."""
        return describe_commissions(rows, self.filters.at)

    @cached_property
    def wider(self):
        """Which filters to take off, and how many commissions that would show."""
        if self.rows or not self.chosen:
            return []
        links = {each["key"]: each for each in self.chosen}
        return [
            {
                **links[name],
                "found": commissions_in_words(number)
                if number <= WIDENED
                else gettext("more than {n} commissions").format(n=f"{WIDENED:,}"),
            }
            for name, number in count_without_each_filter(self.filters, WIDENED + 1)
        ]


index = list_view(CommissionList)
