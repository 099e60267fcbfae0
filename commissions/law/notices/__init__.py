"""The notices the law requires: what each is, when it is due, what comes before it.

Pure: no Django, no database. UK1 to UK17 are the notices of the Procurement
Act 2023; PSR2 to PSR14 are those of the NHS regime, numbered by the Schedule
of SI 2023/1348 that sets their content, and PSR-AB is its abandonment notice,
which no Schedule describes. (Schedule 9 is a letter to providers, not a
notice, and Find a Tender has no UK8.)
"""

from commissions.law.notices.contents_tender import Field
from commissions.law.notices.notice_type import NoticeType, cited
from commissions.law.notices.platforms import PLATFORMS, Platform
from commissions.law.notices.registry import (
    NOTICE_TYPES,
    OF_BODIES,
    OF_BODIES_ALONE,
    codes_for,
    contents_of,
    name_of,
)
from commissions.law.notices.types_procurement_act import NOTICES as ACT_NOTICES
from commissions.law.notices.types_psr import NOTICES as PSR_NOTICES
from commissions.law.notices.validation import Filed, problems

__all__ = [
    "ACT_NOTICES",
    "NOTICE_TYPES",
    "OF_BODIES",
    "OF_BODIES_ALONE",
    "PLATFORMS",
    "PSR_NOTICES",
    "Field",
    "Filed",
    "NoticeType",
    "Platform",
    "cited",
    "codes_for",
    "contents_of",
    "name_of",
    "problems",
]
