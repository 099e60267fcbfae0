"""What people who hold a commission are asked, because of a notice."""

from commissions.models import Proposal
from commissions.ocds.proposals import snapshots
from commissions.ocds.proposals.diff import asked, came, differences, unasked


class Asking:
    """The part of the planner that asks instead of changing.

    It needs `plan`, `held`, `now` and `organisation` of the planner.
    """

    def propose(self, ocid, commission, found, notices):
        """Plan what people are asked to confirm, in place of what waited before."""
        key = commission.pk, ocid
        waiting = self.held.waiting.get(key)
        if waiting:
            self.plan.put(waiting, {"state": Proposal.State.SUPERSEDED})
        theirs = snapshots.theirs(found, self.slug)
        changes = differences(self.held.side(commission), theirs)
        changes = unasked(changes, self.held.decided[key])
        newest = max(notices, key=lambda notice: notice.published_at)
        if changes:
            self.plan.add(
                Proposal(
                    commission=commission,
                    notice=newest,
                    ocid=ocid,
                    changes=changes,
                    came=came(theirs["plans"]),
                    proposed_at=self.now,
                )
            )
        self.plan.remarks.append(
            f"{newest.release_id} joins commission {commission.reference}, which "
            f"people hold: {asked(changes)}."
        )

    def leave_to_staff(self, ocid, found):
        """Join nothing by itself to a commission of which another body leads.

        Anybody who publishes notices can name any process as the one that its
        own follows on from. Staff link such an OCID by hand where it is right.
        """
        joined = self.stored.joined
        if ocid not in joined.named or self.is_one_of(joined.links[ocid], found):
            return
        commission = joined.links.pop(ocid)
        joined.named.discard(ocid)
        del self.stored.commissions[ocid]
        self.plan.remarks.append(
            f"{ocid} names commission {commission.reference}, but another body "
            "publishes it: staff link it by hand where that is right."
        )

    def is_one_of(self, commission, found):
        """Tell whether a body that buys leads a commission, or is its partner."""
        slugs = {self.slug(party) for party in (found.lead, *found.partners)}
        bodies = (commission.organisation, *commission.partners.all())
        return bool(slugs & {body.slug for body in bodies})

    def slug(self, party):
        """Return the slug of the body that a party is."""
        return self.organisation(party).slug
