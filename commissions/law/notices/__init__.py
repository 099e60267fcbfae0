"""The notices the law requires: what each is, when it is due, what comes before it.

Pure: no Django, no database. `table` has a row for each; `contents` says what it
has to hold, `platforms` where it is published, `validation` what keeps one from being
recorded. (Schedule 9 of SI 2023/1348 is a letter to providers, not a notice, PSR-AB is
its abandonment notice, which no Schedule describes, and Find a Tender has no UK8.)
"""

from commissions.law.notices.contents import NoticeField
from commissions.law.notices.notice_type import (
    NoticeEffect,
    NoticeLevel,
    NoticeType,
    notice_cited,
)
from commissions.law.notices.platforms import PLATFORMS, NoticePlatform
from commissions.law.notices.table import (
    NOTICE_TYPES,
    OF_BODIES,
    OF_BODIES_ALONE,
    codes_for,
    codes_that,
    contents_of,
    is_of_the_act,
    name_of,
    notice_type,
    title_of,
)
from commissions.law.notices.validation import FiledNotice, notice_problems

__all__ = [
    "NOTICE_TYPES",
    "OF_BODIES",
    "OF_BODIES_ALONE",
    "PLATFORMS",
    "FiledNotice",
    "NoticeEffect",
    "NoticeField",
    "NoticeLevel",
    "NoticePlatform",
    "NoticeType",
    "codes_for",
    "codes_that",
    "contents_of",
    "is_of_the_act",
    "name_of",
    "notice_cited",
    "notice_problems",
    "notice_type",
    "title_of",
]
