"""The list of who decides, and the page of one person."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commissions.models import Commissioner
from commissions.public.listing.page import ListPage, list_view
from commissions.public.people.filters import PostFilter, describe_posts
from commissions.public.people.page import PersonPage


class PostList(ListPage):
    """One page of posts, each with who is in it."""

    filter_set = PostFilter
    template = "commissions/people/list.html"
    title, noun, nouns = "Who decides", "post", "posts"

    def present(self, rows):
        """Read, in two queries, who is in these posts and how much each holds."""
        return describe_posts(rows)


index = list_view(PostList)


@require_safe
def detail(request, slug):
    """Show one person whose name may be public; anybody else is not found."""
    person = get_object_or_404(Commissioner.objects.named(), slug=slug)
    page = PersonPage(person, asked=request.GET.get("all", ""))
    return render(request, "commissions/people/detail.html", {"page": page})
