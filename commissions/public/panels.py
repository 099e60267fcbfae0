"""What an app above adds to public pages: panels, and links to pages of its own.

It registers both in its `AppConfig.ready`. Nothing here knows what they are, and
without them the pages are whole.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

PANELS = defaultdict(list)
CONDITIONS = defaultdict(dict)
LINKS = {}


@dataclass(frozen=True)
class Panel:
    """A part of a page: its template, and what gives the template's context.

    `only_with` names the part of the context without which it is not shown.
    """

    template: str
    build: Callable
    only_with: str = ""


def add(page, *, after, template, build, only_with=""):
    """Show a panel on every page of a kind, after a named part of it.

    `build` takes what the page is about and returns the context of the template.
    Panels that share it share what it has read for one page.
    """
    PANELS[page, after].append(Panel(template, build, only_with))


def add_condition(page, name, condition):
    """Let what a page is about be fetched with a condition, in the page's own query.

    So a panel asks nothing where it has nothing to show: `build` finds the answer as
    the attribute `name` of what it takes. `condition` returns the expression.
    """
    CONDITIONS[page][name] = condition


def conditions(page):
    """Return the conditions to fetch what a page is about with."""
    return {name: condition() for name, condition in CONDITIONS[page].items()}


def add_link(name, address):
    """Let pages lead to a page of the app above; `address` makes its address."""
    LINKS[name] = address


def link(name, *args, **kwargs):
    """Return the address of such a page; empty where no app above has one."""
    return LINKS[name](*args, **kwargs) if name in LINKS else ""


class Panels:
    """The panels of one page about one thing, each built once."""

    def __init__(self, page, subject):
        self.page, self.subject = page, subject
        self.built = {}

    def after(self, part):
        """List (panel, context) of those that stand after a part of the page."""
        found = [(each, self.context(each)) for each in PANELS[self.page, part]]
        return [
            (panel, context)
            for panel, context in found
            if not panel.only_with or context[panel.only_with]
        ]

    def context(self, panel):
        """Return the context of a panel's template."""
        if panel.build not in self.built:
            self.built[panel.build] = panel.build(self.subject)
        return self.built[panel.build]
