"""The names of the ground floor's models."""

from commissions.classification.models import CpvCode, Topic
from commissions.commission.choices import Stage
from commissions.commission.documents import Document
from commissions.commission.easy_read import EasyReadPart
from commissions.commission.exemptions import Exemption
from commissions.commission.models import Commission
from commissions.commission.stage_dates import StageDate, StageDateChange
from commissions.contracts.amendments import Amendment, Extension
from commissions.contracts.models import Contract
from commissions.contracts.performance import Indicator, Rating
from commissions.decisions.models import Decision, Deferral, Option, Paper
from commissions.involvement.models import Barrier, Involvement, Lesson
from commissions.ocds.models import Bookmark, LinkedOcid
from commissions.ocds.proposals.models import Proposal
from commissions.organisations.models import (
    Holiday,
    Organisation,
    OrganisationIdentifier,
    OtherName,
)
from commissions.people.holdings import Handover, Holding
from commissions.people.models import (
    Commissioner,
    Committee,
    CommitteeMember,
    Post,
    Tenure,
)
from commissions.people.staff_roles import StaffRole
from commissions.places.models import (
    Area,
    AreaCode,
    AreaExtent,
    PostcodeDistrict,
)
from commissions.procurement.award import Award
from commissions.procurement.direct_award import DirectAward
from commissions.procurement.notice import Notice, Release
from commissions.procurement.representations import Representations, Weighing
from commissions.procurement.tender import AwardCriterion, Lot, Tender
from commissions.record.models import Entry, Kind
from commissions.record.references import NotReady, Overtaken
from commissions.search.models import Findable, KnownWord, Synonym
from commissions.services.models import Service

__all__ = [
    "Amendment",
    "Area",
    "AreaCode",
    "AreaExtent",
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
    "EasyReadPart",
    "Entry",
    "Exemption",
    "Extension",
    "Findable",
    "Handover",
    "Holding",
    "Holiday",
    "Indicator",
    "Involvement",
    "Kind",
    "KnownWord",
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
    "PostcodeDistrict",
    "Proposal",
    "Rating",
    "Release",
    "Representations",
    "Service",
    "StaffRole",
    "Stage",
    "StageDate",
    "StageDateChange",
    "Synonym",
    "Tender",
    "Tenure",
    "Topic",
    "Weighing",
]
