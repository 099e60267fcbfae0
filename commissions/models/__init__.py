"""The names of the ground floor's models."""

from .bookmarks import Bookmark
from .commissions import Commission
from .contracts import Award, Contract
from .exemptions import Exemption
from .holidays import Holiday
from .notices import Document, Notice, Release
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
    "Bookmark",
    "Commission",
    "Commissioner",
    "Committee",
    "CommitteeMember",
    "Contract",
    "CpvCode",
    "Document",
    "Entry",
    "Exemption",
    "Holiday",
    "Kind",
    "Lot",
    "NotReady",
    "Notice",
    "Organisation",
    "OrganisationIdentifier",
    "OtherName",
    "Overtaken",
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
