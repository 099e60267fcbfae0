"""What a notice would change on a commission that people hold, for them to confirm.

Nothing that a platform publishes moves such a commission by itself. The
importer proposes; whoever holds the commission takes what is right, or
declines with a reason that the public sees. An organisation may let its
notices move its commissions (`Organisation.moved_by_notices`): then the
importer takes them at once, as far as no gate refuses.
"""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from commissions.commission.models import Commission
from commissions.ocds.proposals.accept import accept_changes
from commissions.procurement.notice import Notice
from commissions.record.models import Entry, Kind, actor
from commissions.record.references import NotReady, Overtaken

ORDER = (
    *("stage", "closes_at", "plan", "value", "starts_on", "ends_on", "extension"),
    *("regime", "route", "light_touch", "tender", "lot", "criteria"),
    *("award", "contract", "documents"),
)
"""Changes in the order in which people are asked: a database keeps none."""


def in_order(changes):
    """Return the keys of changes in the order of ORDER, lots and such by their id."""

    def place(what):
        kind, _, key = what.partition("/")
        return ORDER.index(kind), len(key), key

    return sorted(changes, key=place)


class ProposalQuerySet(models.QuerySet):
    """Proposals by what is to be done with them."""

    def waiting(self):
        return self.filter(state=Proposal.State.WAITING)


class Proposal(models.Model):
    """The differences between a commission of ours and what its notices say.

    `changes` is {what: [ours, theirs]} in plain JSON values: amounts as
    "1200000.00", days and times in ISO 8601. What: stage, closes_at, value,
    route and the other columns of a commission; plan/STAGE for a planned day;
    tender, criteria, lot/ID, award/ID, contract/ID, documents. `came` are the
    days on which stages came, as the notices say. `taken` are those of the
    changes that were confirmed.
    """

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Confirmed"
        DECLINED = "declined", "Declined"
        SUPERSEDED = "superseded", "Replaced by a newer notice"

    commission = models.ForeignKey(Commission, models.CASCADE, related_name="proposals")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="proposals")
    ocid = models.CharField(max_length=255)
    changes = models.JSONField(encoder=DjangoJSONEncoder)
    came = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    taken = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=255, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "notice to confirm"
        verbose_name_plural = "notices to confirm"
        ordering = ["-proposed_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-proposed_at"], name="proposal_by_state")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "ocid"],
                condition=Q(state="waiting"),
                name="one_proposal_waits_for_a_commission_and_ocid",
            ),
            models.CheckConstraint(
                name="proposal_says_who_and_when_together",
                condition=Q(decided_by="", decided_at__isnull=True)
                | (~Q(decided_by="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="proposal_is_decided_by_somebody",
                condition=Q(
                    state__in=["waiting", "superseded"], decided_at__isnull=True
                )
                | Q(state__in=["accepted", "declined"], decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_is_declined_for_a_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
                violation_error_message="Say why it is not right. The public sees it.",
            ),
        ]

    def __str__(self):
        return f"{self.commission}: notice {self.notice.release_id}"

    def accept(self, chosen, *, by, at=None):
        """Take the chosen changes; the rest is left as it is.

        A change of stage goes through the commission's own verb, gates and
        all. Raises NotReady where nothing is chosen or a gate refuses, and
        Overtaken where somebody has just settled it; then nothing has changed.
        """
        taken = [what for what in in_order(self.changes) if what in chosen]
        if not taken:
            raise NotReady("Tick what is right. If nothing is, decline it and say why.")
        left = [what for what in in_order(self.changes) if what not in taken]
        with transaction.atomic():
            settled = self.settle(self.State.ACCEPTED, by=by, at=at, taken=taken)
            commission = Commission.objects.select_for_update().get(
                pk=self.commission_id
            )
            accept_changes(commission, self, taken, by=by, at=at)
            self.note(Kind.NOTICE_CONFIRMED, by=by, at=at, fields=taken, left=left)
        self.commission = commission
        self.hold(settled)

    def decline(self, reason, *, by, at=None):
        """Leave everything as it is, for a reason that the public sees."""
        if not reason.strip():
            raise NotReady("Say why it is not right. The public sees it.")
        with transaction.atomic():
            settled = self.settle(self.State.DECLINED, by=by, at=at, reason=reason)
            self.note(
                Kind.NOTICE_DECLINED,
                by=by,
                at=at,
                fields=in_order(self.changes),
                reason=reason,
            )
        self.hold(settled)

    def settle(self, state, *, by, at, **columns):
        """Note what became of it, once; return the columns that say so."""
        columns |= {
            "state": state,
            "decided_by": actor(by),
            "decided_at": at or timezone.now(),
        }
        waiting = Proposal.objects.waiting().filter(pk=self.pk)
        if not waiting.update(**columns):
            raise Overtaken(
                "Somebody else has settled this, or a newer notice has replaced it. "
                "Look at the list again."
            )
        return columns

    def hold(self, columns):
        """Say of itself what is now stored: only once nothing can refuse any more."""
        for name, value in columns.items():
            setattr(self, name, value)

    def note(self, kind, *, by, at, **facts):
        """Put on the record what was done with what the notice says."""
        if self.commission.published_at:
            Entry.objects.append(kind, self.notice, by=by, at=at, **facts)
