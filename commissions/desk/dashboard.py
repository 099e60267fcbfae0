"""What the desk says where the facts show another stage than the one stated.

It only says so, with a link to the move, its stage and day filled in: the staff
decide. Where a notice from the platform waits for somebody to confirm the same,
that comes first.
"""

from dataclasses import dataclass

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from commissions.desk.base import acting_as
from commissions.desk.permissions import visible_to
from commissions.law.lifecycle import InferredStage
from commissions.models import Commission, Post, Proposal
from commissions.public.commission.stages import lagging_commissions

MOST = 10
SENTENCE = '{} <a href="{}">{}</a>.'


@dataclass(frozen=True)
class StageReminder:
    """One commission of which the facts show another stage.

    `proposal` is the notice from the platform that says so too and waits, or None.
    """

    commission: Commission
    shown: InferredStage
    proposal: int | None = None

    @property
    def move_url(self) -> str:
        """Where to move it, with the stage and the day filled in."""
        asked = {"stage": self.shown.step}
        if self.shown.on:
            asked["on"] = self.shown.on.isoformat()
        address = reverse("admin:commission-move", args=[self.commission.pk])
        return f"{address}?{urlencode(asked)}"

    @property
    def url(self) -> str:
        """Where to act: the notice to confirm, if one waits, or else the move."""
        if self.proposal:
            return reverse("admin:proposal-settle", args=[self.proposal])
        return self.move_url

    @property
    def todo(self) -> str:
        """What to do there, as the words of a link."""
        return "Confirm what the notice says" if self.proposal else self.shown.todo

    @property
    def sentence(self) -> str:
        """The fact, and the link to what is to be done, as safe HTML."""
        return format_html(SENTENCE, self.shown.why, self.url, self.todo)


def reminder_of(commission):
    """Return the reminder of one commission, or None where its stage is right."""
    return next(iter(reminders(Commission.objects.filter(pk=commission.pk))), None)


def reminders_for(user):
    """List what the desk's first page shows its user, and tell whether there is more.

    What their own post holds comes first, then what was changed longest ago.
    """
    post = acting_as(user)
    mine = Value(1)
    if isinstance(post, Post):
        mine = Case(When(post=post, then=0), default=1)
    seen = visible_to(user, Commission.objects.order_by(mine, "changed_at", "pk"))
    found = reminders(seen, most=MOST + 1)
    return found[:MOST], len(found) > MOST


def reminders(commissions, most=None):
    """List the reminders of some commissions, in their order; `most` of them."""
    found = lagging_commissions(commissions, most=most)
    waiting = dict(
        Proposal.objects.waiting()
        .filter(commission__in=[each.pk for each, _ in found], changes__has_key="stage")
        .values_list("commission", "pk")
    )
    return [StageReminder(each, shown, waiting.get(each.pk)) for each, shown in found]
