"""The names of the ground floor's models."""

from .barriers import Barrier
from .bookmarks import Bookmark
from .commissions import Commission
from .contracts import Award, Contract
from .decisions import Decision
from .exemptions import Exemption
from .holdings import Holding
from .holidays import Holiday
from .involvement import Involvement, Lesson
from .notices import Document, Notice, Release
from .options import Deferral, Option, Paper
from .organisations import Organisation, OrganisationIdentifier, OtherName
from .places import Area, AreaCode, CpvCode, Topic
from .posts import Commissioner, Committee, CommitteeMember, Post, Tenure
from .record import Entry, Kind
from .refusals import NotReady, Overtaken
from .services import Service
from .stages import StageDate, StageDateChange
from .tenders import Lot, Tender
from .terms import Stage

__all__ = [
    "Area",
    "AreaCode",
    "Award",
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
    "Document",
    "Entry",
    "Exemption",
    "Holding",
    "Holiday",
    "Involvement",
    "Kind",
    "Lesson",
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
    "Release",
    "Service",
    "Stage",
    "StageDate",
    "StageDateChange",
    "Tender",
    "Tenure",
    "Topic",
]
