"""What a question is about, and who must answer because of it."""

from django.db import models

from commissions.commission.models import Commission
from commissions.decisions.models import Decision
from commissions.involvement.barriers import Barrier
from commissions.people.models import Commissioner, Tenure


class Asked(models.Model):
    """The part of a question that says what it is about: exactly one of four."""

    commission = models.ForeignKey(
        Commission, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    commissioner = models.ForeignKey(
        Commissioner, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )
    barrier = models.ForeignKey(
        Barrier, models.PROTECT, null=True, blank=True, related_name="enquiries"
    )

    class Meta:
        abstract = True

    @property
    def about(self):
        """The commission, the decision, the person or the barrier it is about."""
        return self.commission or self.decision or self.commissioner or self.barrier

    @property
    def record_about(self):
        """What it is about, as the record names it: of a person, the post alone."""
        if not self.commissioner_id:
            return self.about.record_name
        held = Tenure.objects.current().filter(commissioner=self.commissioner_id)
        tenure = held.filter(post__organisation=self.body_id).first()
        return (tenure.post if tenure else self.body).record_name

    @property
    def its_commission(self):
        """The commission it concerns: its own, or its decision's, if any."""
        return self.decision.commission if self.decision_id else self.commission

    @property
    def record_commission(self):
        """The reference of the commission it concerns, if any."""
        return self.its_commission.reference if self.its_commission else ""

    @property
    def holder(self):
        """The post or committee that must answer, where what it is about has one."""
        if self.commissioner_id or self.barrier_id:
            return None
        return self.about.post or self.about.committee
