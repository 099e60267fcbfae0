"""What is coming, by quarter: the picture and its table."""

from django.http import QueryDict
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.views.decorators.http import require_safe

from commissions.law.deadlines import count
from commissions.public.commission.filters import for_robots
from commissions.public.contracts.filters import ContractFilter
from commissions.public.listing.csv_json import files
from commissions.public.listing.filter_panel import chosen, panel
from commissions.public.listing.keyset import turn
from commissions.public.listing.views import COUNTED
from commissions.public.pipeline.chart import draw
from commissions.public.pipeline.exports import FORMATS
from commissions.public.pipeline.filters import PipelineFilter
from commissions.public.pipeline.rows import described

SIZE = 15
TITLE = 40  # letters of a title that fit a phone's width in the picture
ENDING = "ends=366&next=nothing"  # asked of the contracts register
ENDS = 5  # contracts shown that end with nothing planned
EMPTY = {
    "": "Nothing that is planned matches.",
    "passed": "No planned date has passed without the stage being reached.",
    "none": "Every commission here gives a date for what comes next.",
}


@require_safe
def index(request):
    """Show one page of what is coming."""
    filters = PipelineFilter(request.GET)
    page, mangled = turn(filters.read(), request.GET, SIZE)
    rows = described(page.rows, filters.today)
    context = {
        "form": filters.form,
        "panel": panel(request, filters, filters.usual),
        "rows": rows,
        "picture": picture(rows, filters.today),
        "state": filters.state,
        "empty": EMPTY[filters.state],
        "count": how_many(filters),
        "mangled": mangled,
        "chosen": chosen(request, filters),
        "files": files(request, "pipeline", FORMATS),
        "ending": [] if request.GET else ending(),
        "ending_asked": ENDING,
        "notice": count("pipeline", filters.today),
        **page.links(request.GET),
        **for_robots(request),
    }
    return render(request, "commissions/pipeline/list.html", context)


def picture(rows, today):
    """Draw those that have a date to be listed by; None where none has."""
    titled = [(shortened(row.commission.title), row.coming) for row in rows]
    dated = [pair for pair in titled if pair[1].by]
    return draw(dated, today) if dated else None


def shortened(title):
    """Cut a title to what fits across a phone."""
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


def how_many(filters):
    """Say how many are left, in one query that stops at COUNTED."""
    number = filters.rows().order_by()[: COUNTED + 1].count()
    if number > COUNTED:
        return f"More than {COUNTED:,} commissions"
    return f"{number:,} commission{pluralize(number)}"


def ending():
    """List the contracts that end first within a year, with nothing planned after."""
    return ContractFilter(QueryDict(ENDING)).read().page(size=ENDS).rows
