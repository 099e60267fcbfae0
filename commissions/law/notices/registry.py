"""Every notice by its code, and those that a regime uses."""

from commissions.law.notices import types_procurement_act, types_psr
from commissions.law.notices.contents_contract import ACT, details_notice
from commissions.law.notices.contents_psr import PSR
from commissions.law.notices.contents_tender import Field, tender_notice
from commissions.law.notices.notice_type import NoticeType, cited

NOTICE_TYPES: dict[str, NoticeType] = {
    notice.code: notice
    for notice in (*types_procurement_act.NOTICES, *types_psr.NOTICES)
}
WITHOUT = ("grant", "in_house", "old_regulations")
"""Regimes under which none of these notices is published."""

OF_BODIES = tuple(c for c, n in NOTICE_TYPES.items() if n.about == "organisation")
"""Notices about an organisation: UK1, which may also be about one commission, and UK17."""

OF_BODIES_ALONE = tuple(code for code in OF_BODIES if not NOTICE_TYPES[code].section)
"""Those that are never about a commission, and have no place in OCDS."""


def name_of(code: str) -> str:
    """Name a notice inside a sentence; an unknown code as it is."""
    return cited(NOTICE_TYPES[code]) if code in NOTICE_TYPES else code


def codes_for(regime: str) -> tuple[str, ...]:
    """Return the codes that a commission under a regime can publish.

    Where the regime is not stated, that is all of them. Notices about the
    organisation are left out, but for the pipeline, which lists commissions.
    """
    return tuple(
        code
        for code, notice in NOTICE_TYPES.items()
        if code not in OF_BODIES_ALONE
        and (regime == "not_stated" or regime in notice.regimes)
    )


def contents_of(
    code: str, regime: str = "procurement_act", route: str = ""
) -> tuple[Field, ...]:
    """List what a notice has to say: that of UK4 and UK7 depends on law and route."""
    if code == "UK4":
        return tender_notice(regime, route)
    if code == "UK7":
        return details_notice(regime, route)
    return {**ACT, **PSR}[code]
