"""The list of commissions: searched, filtered, in order, page by page."""

from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_safe

from commissions.public.commission import facets
from commissions.public.commission.exports import FORMATS
from commissions.public.commission.listing import Listing, for_robots
from commissions.public.commission.rows import described, light
from commissions.public.listing.chosen import chosen
from commissions.public.listing.csv_json import files
from commissions.public.listing.filter_panel import panel
from commissions.public.listing.keyset import turn

WIDENED = 1_000  # what taking a filter off would leave is counted up to here


HINT = "Take one of the filters off, or search for fewer or other words."
REFUSED = "Mend what is named above, or take a filter off."


@require_safe
def index(request):
    """Show one page of the list that was asked for."""
    listing = Listing(request.GET)
    page, mangled = turn(listing.read(light), request.GET)
    counts = facets.count(listing.filters)
    facets.label(listing.filters, counts)
    found = chosen(request, listing.filters)
    context = {
        "form": listing.form,
        "panel": panel(request, listing.filters, listing.order),
        "rows": described(page.rows, listing.at),
        "mangled": mangled,
        "counts": counts,
        "chosen": found,
        "wider": [] if page.rows else wider(found, listing.filters),
        "hint": HINT,
        "files": files(request, "commissions", FORMATS),
        **page.links(request.GET),
        **for_robots(request),
    }
    return render(request, "commissions/commission/list.html", context)


def wider(chosen, filters):
    """Say which filter to take off, and how many commissions that would show."""
    links = {each["key"]: each for each in chosen}
    found = facets.widened(filters, WIDENED + 1) if chosen else []
    return [
        {
            **links[name],
            "found": f"{number:,} commission{pluralize(number)}"
            if number <= WIDENED
            else f"more than {WIDENED:,} commissions",
        }
        for name, number in found
    ]
