"""The names of the ground floor's models."""

from commissions.commission.choices import Stage
from commissions.commission.documents import Document
from commissions.commission.exemptions import Exemption
from commissions.commission.models import Commission
from commissions.commission.stage_dates import StageDate, StageDateChange
from commissions.contracts.amendments import Amendment, Extension
from commissions.contracts.models import Contract
from commissions.contracts.performance import Indicator, Rating
from commissions.decisions.models import Decision
from commissions.decisions.options import Deferral, Option, Paper
from commissions.involvement.barriers import Barrier
from commissions.involvement.models import Involvement, Lesson
from commissions.ocds.bookmarks import Bookmark
from commissions.ocds.models import LinkedOcid
from commissions.ocds.proposals.models import Proposal
from commissions.organisations.holidays import Holiday
from commissions.organisations.models import (
    Organisation,
    OrganisationIdentifier,
    OtherName,
)
from commissions.people.handovers import Handover
from commissions.people.holdings import Holding
from commissions.people.models import (
    Commissioner,
    Committee,
    CommitteeMember,
    Post,
    Tenure,
)
from commissions.places.models import Area, AreaCode, CpvCode, Topic
from commissions.procurement.models.award import Award
from commissions.procurement.models.direct_award import DirectAward
from commissions.procurement.models.lots import AwardCriterion, Lot
from commissions.procurement.models.notice import Notice
from commissions.procurement.models.releases import Release
from commissions.procurement.models.representations import Representations
from commissions.procurement.models.tender import Tender
from commissions.procurement.models.weighings import Weighing
from commissions.record.exceptions import NotReady, Overtaken
from commissions.record.models import Entry, Kind
from commissions.services.models import Service

__all__ = [
    "Amendment",
    "Area",
    "AreaCode",
    "Award",
    "AwardCriterion",
    "Barrier",
    "Bookmark",
    "Commission",
    "Commissioner",
    "Committee",
    "CommitteeMember",
    "Contract",
    "CpvCode",
    "Decision",
    "Deferral",
    "DirectAward",
    "Document",
    "Entry",
    "Exemption",
    "Extension",
    "Handover",
    "Holding",
    "Holiday",
    "Indicator",
    "Involvement",
    "Kind",
    "Lesson",
    "LinkedOcid",
    "Lot",
    "NotReady",
    "Notice",
    "Option",
    "Organisation",
    "OrganisationIdentifier",
    "OtherName",
    "Overtaken",
    "Paper",
    "Post",
    "Proposal",
    "Rating",
    "Release",
    "Representations",
    "Service",
    "Stage",
    "StageDate",
    "StageDateChange",
    "Tender",
    "Tenure",
    "Topic",
    "Weighing",
]
