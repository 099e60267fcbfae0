"""The OCIDs under which central platforms know a commission of ours."""

import re

from django.db import models, transaction
from django.utils import timezone

from commissions.commission.models import Commission
from commissions.record.models import Entry, Kind, actor
from commissions.record.references import NotReady

SHAPE = re.compile(r"ocds-[a-z0-9]{6}-\S+", re.IGNORECASE)
SHAPELESS = (
    "An OCID begins with “ocds-”, then six letters or digits and a dash: for "
    "example ocds-h6vhtk-0525b3. Copy it from the notice on the platform."
)


class LinkedOcid(models.Model):
    """An OCID that a platform gave to a commission of ours.

    A platform mints its own identifiers (Find a Tender: ocds-h6vhtk-…), so a
    release joins a commission by this link. `linked_by` is a post, an
    organisation or "import", as the record names them; never a person.
    `stand_in` is the commission that an import made for it before, known from
    its notices only: it is shown no more, and its address leads to this one.
    """

    commission = models.ForeignKey(
        Commission, models.PROTECT, related_name="linked_ocids"
    )
    ocid = models.CharField(
        "OCID",
        max_length=240,
        unique=True,
        error_messages={"unique": "This OCID is linked to a commission already."},
    )
    stand_in = models.OneToOneField(
        Commission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stands_for",
    )
    linked_by = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "linked OCID"
        ordering = ["linked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="linked_ocid_names_who_linked_it",
                condition=~models.Q(linked_by=""),
            ),
            models.CheckConstraint(
                name="linked_ocid_is_no_stand_in_for_itself",
                condition=models.Q(stand_in__isnull=True)
                | ~models.Q(stand_in=models.F("commission")),
            ),
        ]

    def __str__(self):
        return self.ocid

    @property
    def record_name(self):
        return f"{self.commission.record_name}/ocids/{self.ocid}"

    @property
    def record_commission(self):
        return self.commission.reference

    @classmethod
    def link(cls, commission, ocid, *, by, at=None, stand_in=None):
        """Say that a platform's OCID means this commission, on the record.

        `stand_in` is the commission that has this OCID so far, and gives way.
        Raises NotReady where it is no OCID, or means a commission already.
        """
        ocid = ocid.strip()
        if not commission.published_at:
            raise NotReady(
                "Publish the intention first: its notices are shown on its public page."
            )
        if not SHAPE.fullmatch(ocid):
            raise NotReady(SHAPELESS)
        taken = Commission.objects.filter(ocid=ocid).first()
        if taken and taken != stand_in:
            raise NotReady(taken_already(taken, commission))
        if other := cls.objects.filter(ocid=ocid).select_related("commission").first():
            raise NotReady(taken_already(other.commission, commission))
        with transaction.atomic():
            linked = cls.objects.create(
                commission=commission,
                ocid=ocid,
                stand_in=stand_in,
                linked_by=actor(by),
                linked_at=at or timezone.now(),
            )
            facts = {"instead_of": stand_in.record_name} if stand_in else {}
            Entry.objects.append(
                Kind.OCID_LINKED, linked, by=by, at=at, ocid=ocid, **facts
            )
        return linked


def taken_already(holder, commission):
    """Say whose an OCID is."""
    if holder == commission:
        return "Notices under this OCID join this commission already."
    return (
        f"This OCID belongs to “{holder}” ({holder.reference}). An OCID means one "
        "commission: check the number."
    )


# Where a long import stopped, so that the next run goes on from there.


class Bookmark(models.Model):
    """The next page of a platform's answer to one question.

    `source` is the question: the address of its first page. Saved with each
    page, in the same transaction; deleted when there is no further page.
    """

    source = models.CharField(max_length=1000, unique=True)
    next_page = models.CharField(max_length=2000)
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.source} continues at {self.next_page}"
