"""Import releases batch by batch: check, plan, say the plan, apply it."""

from dataclasses import dataclass, field

from django.db import DatabaseError
from django.utils import timezone

from commissions.ocds.importing.existing import Gazetteer
from commissions.ocds.importing.mapping.json_reader import Unusable
from commissions.ocds.importing.match import OrganisationRegister
from commissions.ocds.importing.plan import ImportTotals, apply_plan
from commissions.ocds.importing.planner import ImportPlanner
from commissions.ocds.importing.releases import (
    RefusedRelease,
    check_release,
    release_id,
)

BATCH = 500  # releases
BATCH_BYTES = 8 * 1024 * 1024
ATTEMPTS = 3


@dataclass
class Importer:
    """One run of importing: its totals, what it said, and its way of working.

    `say` is called with each plan before it is applied; `step` with the
    totals after. With `dry` nothing is written.
    """

    dry: bool = False
    say: object = None
    step: object = None
    totals: ImportTotals = field(default_factory=ImportTotals)
    planner: ImportPlanner = None

    def take(self, found, also=None):
        """Import what a source yields; `also` runs with its last batch."""
        batch, refused, size = [], [], 0
        for each in found:
            good = self.check(each, refused)
            if good:
                batch.append(good)
                size += len(good.text)
            if len(batch) >= BATCH or size > BATCH_BYTES or len(refused) >= BATCH:
                self.batch(batch, refused)
                batch, refused, size = [], [], 0
        self.batch(batch, refused, also)

    def check(self, found, refused):
        """Return a release that can be kept; put any other with the refused."""
        if isinstance(found, RefusedRelease):
            refused.append(found)
            return None
        try:
            return check_release(found)
        except Unusable as error:
            refused.append(
                RefusedRelease(found.where, str(error), release_id(found.value))
            )
            return None

    def batch(self, batch, refused, also=None):
        """Plan a batch, say the plan, and apply it; plan anew if overtaken."""
        for attempt in range(ATTEMPTS):
            plan = self.plan(batch, fresh=attempt > 0)
            plan.refused[:0] = refused
            if self.say and not attempt:
                self.say(plan)
            try:
                if not self.dry:
                    apply_plan(plan, also)
            except DatabaseError as error:
                problem = error
                continue
            self.count(plan)
            return
        self.one_by_one(batch, refused, also, problem)

    def plan(self, batch, fresh=False):
        """Return the plan of a batch; `fresh` forgets what another run changed."""
        if self.planner is None or fresh:
            self.planner = ImportPlanner(
                OrganisationRegister(), Gazetteer(), timezone.now()
            )
        self.planner.now = timezone.now()
        return self.planner.batch(batch)

    def count(self, plan):
        """Count a plan that was applied."""
        if not self.dry:
            self.planner.register.settle(plan.bodies)
        self.totals.add(plan.totals())
        if self.step:
            self.step(self.totals)

    def one_by_one(self, batch, refused, also, problem):
        """Import a batch release by release, where the database refuses it whole."""
        self.planner = None
        if not batch:
            raise problem
        if len(batch) == 1:
            reason = f"The database could not keep it ({type(problem).__name__})."
            refused += [RefusedRelease(each.where, reason, each.id) for each in batch]
            self.batch([], refused, also)
            return
        middle = len(batch) // 2
        self.batch(batch[:middle], refused)
        self.batch(batch[middle:], [], also)
