"""Which notices a commission owes, by when, which are late, and which it does not owe.

Pure: no Django, no database. Facts of one commission go in, one `Due` for each
notice comes out, with its day counted by the law's clock and the counting in
words. Nothing is called late without a day the law sets: a notice that the law
wants “as soon as reasonably practicable” is due, and says since when. A missing
notice that a later one implies is “not recorded here”, since the platform may
well have it.
"""

from dataclasses import replace

from commissions.law.language import gettext, marked
from commissions.law.notices_due import below_threshold, procurement_act, psr
from commissions.law.notices_due.due import ORDER, NoticeDue, NoticeState
from commissions.law.notices_due.facts import (
    ContractChanged,
    ContractSigned,
    NoticeFacts,
    PublishedNotice,
)
from commissions.law.notices_due.organisation import (
    coming_for_organisations,
    last_day_of_notice,
    last_half_year,
    owed_by_organisation,
    pipeline_window,
)
from commissions.law.thresholds import doubt_about_law

__all__ = [
    "NO_NOTICES",
    "ContractChanged",
    "ContractSigned",
    "NoticeDue",
    "NoticeFacts",
    "NoticeState",
    "PublishedNotice",
    "coming_for_organisations",
    "doubt_about_law",
    "last_day_of_notice",
    "last_half_year",
    "notices_due",
    "owed_by_organisation",
    "pipeline_window",
]

BY_REGIME = {
    "procurement_act": procurement_act.owed_under_the_act,
    "below_threshold": below_threshold.owed_below_threshold,
    "psr": psr.owed_under_psr,
}
NO_NOTICES = {
    "grant": marked(
        "It is a grant. Nothing is bought, so the law on procurement asks for no notice."
    ),
    "in_house": marked(
        "The public body provides it itself. Nothing is bought, so the law on "
        "procurement asks for no notice."
    ),
    **dict.fromkeys(
        ("scotland", "scotland_utilities", "scotland_concessions"),
        marked(
            "It runs under Scotland’s own regulations. The portal shows their notices "
            "and does not count their days."
        ),
    ),
    "psr_wales": marked(
        "It runs under the Welsh Provider Selection Regime (WSI 2025/99). The portal "
        "shows its notices and does not count their days."
    ),
    "old_regulations": marked(
        "It runs under regulations from before 24 February 2025, whose notices are of "
        "other kinds. The portal shows them and does not count their days."
    ),
    "not_stated": marked(
        "Which law it runs under is not stated yet, so it is not known which notices "
        "are due."
    ),
}
"""Why no notice is counted, by regime, for the regimes that have none here."""


def notices_due(facts: NoticeFacts) -> list[NoticeDue]:
    """List each notice that the law of a commission knows, the most pressing first.

    Late ones come first, then those due, soonest first, then those published,
    those not recorded, those not yet due and those not needed. Empty for a
    regime of NO_NOTICES.
    """
    owed = BY_REGIME.get(facts.regime)
    rows = list(owed(facts)) if owed else []
    if facts.stage == "cancelled":
        rows = [called_off(due) for due in rows]
    return sorted(rows, key=lambda due: (ORDER.index(due.state), due.on or facts.far))


def called_off(due: NoticeDue) -> NoticeDue:
    """Return what a cancelled commission still owes: what its ending asks for."""
    open_ = due.state in {NoticeState.DUE, NoticeState.NOT_YET} and due.on is None
    if not open_ or due.notice.ends_procurement:
        return due
    return replace(
        due,
        state=NoticeState.NOT_NEEDED,
        why=gettext("The commission is cancelled."),
    )
