"""The names of the ground floor's models."""

from .amendments import Amendment, Extension
from .awards import Award
from .barriers import Barrier
from .bookmarks import Bookmark
from .commissions import Commission
from .contracts import Contract
from .decisions import Decision
from .direct_awards import DirectAward
from .documents import Document
from .exemptions import Exemption
from .handovers import Handover
from .holdings import Holding
from .holidays import Holiday
from .involvement import Involvement, Lesson
from .linking import LinkedOcid
from .lots import AwardCriterion, Lot
from .notices import Notice
from .options import Deferral, Option, Paper
from .organisations import Organisation, OrganisationIdentifier, OtherName
from .performance import Indicator, Rating
from .places import Area, AreaCode, CpvCode, Topic
from .posts import Commissioner, Committee, CommitteeMember, Post, Tenure
from .proposals import Proposal
from .record import Entry, Kind
from .refusals import NotReady, Overtaken
from .releases import Release
from .representations import Representations
from .services import Service
from .stages import StageDate, StageDateChange
from .tenders import Tender
from .terms import Stage
from .weighings import Weighing

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
