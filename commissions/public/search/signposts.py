"""Pages that answer what somebody searched for better than any one thing does.

“Direct awards”, “vacant posts” and “contracts register” are lists, and no row of one has
those words. A search is led there by the words of a page's own names.
"""

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from commissions.public.search.page import Answer
from commissions.search.words import stems

SIGNPOSTS = [
    (
        "commissions:direct-award-list",
        gettext_lazy("Contracts given without a competition"),
        "direct award|direct awards list|no competition|without competition|"
        "single tender|waiver|uncontested",
    ),
    (
        "commissions:contract-list",
        gettext_lazy("All contracts"),
        "contract register|contracts list|expiring contract|contract ending|"
        "who has the contract|spend|transparency code",
    ),
    (
        "commissions:pipeline",
        gettext_lazy("What is coming"),
        "what is coming|pipeline|forward plan|upcoming|future tender|planned tender",
    ),
    (
        "commissions:decision-list",
        gettext_lazy("Decisions"),
        "key decision|decision list|agenda|forward plan of decisions|cabinet decision",
    ),
    (
        "commissions:commissioner-list",
        gettext_lazy("Who decides"),
        "who decides|who is responsible|vacant|vacant post|vacancy|commissioner|"
        "director list|named person",
    ),
    (
        "commissions:notice-list",
        gettext_lazy("Notices late and due"),
        "late notice|notice due|procurement notice|uk notice",
    ),
    (
        "commissions:scorecard-list",
        gettext_lazy("Scorecards"),
        "scorecard|league table|performance of council|how well council do",
    ),
    (
        "commissions:place-list",
        gettext_lazy("Where you live"),
        "near me|my area|my council|postcode|where i live|map",
    ),
]
"""Each page: the name of its address, its title, and the searches that it answers."""

BY_WORDS = {
    frozenset(stems(phrase)): (name, title)
    for name, title, phrases in SIGNPOSTS
    for phrase in phrases.split("|")
}


def answer_with_page(typed):
    """Return the page that a search asks for by one of its names, or None."""
    found = BY_WORDS.get(frozenset(stems(typed)))
    if not found:
        return None
    name, title = found
    return Answer(str(title), reverse(name), gettext("A page of this site"))
