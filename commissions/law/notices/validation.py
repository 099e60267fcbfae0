"""What keeps a notice from being recorded: each check gives a sentence, or nothing.

Platform first (SI 2024/692, regulation 5(11)): a notice is shown here only with
the reference, address and time under which its platform published it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from commissions.law.dates import write_time_and_day
from commissions.law.notices.platforms import PLATFORMS, platform_host
from commissions.law.notices.table import (
    NOTICE_TYPES,
    OF_BODIES,
    OF_BODIES_ALONE,
    WITHOUT,
    codes_for,
    name_of,
    notice_type,
)
from commissions.law.regimes import REGIMES

COMPETED = ("open", "competitive_flexible", "dynamic_market")


@dataclass(frozen=True)
class FiledNotice:
    """A notice as somebody wants it recorded, with what its commission runs under.

    `regime` and `route` are values of Commission.Regime and Commission.Route;
    `is_of_a_body` says that it is an organisation's own, of no commission.
    """

    code: str
    platform: str
    reference: str
    url: str
    published_at: datetime | None
    title: str = ""
    regime: str = "not_stated"
    route: str = "not_decided"
    light_touch: bool = False
    is_of_a_body: bool = False


def notice_problems(
    filed: FiledNotice, others: Iterable[tuple[str, datetime]], now: datetime
) -> dict[str, str]:
    """Return what is amiss, as sentences by the field that would put it right.

    `others` are the code and the time of each notice already recorded.
    """
    found = {
        "code": code_problem(filed),
        "platform": platform_problem(filed),
        "reference": reference_problem(filed),
        "url": address_problem(filed),
        "published_at": time_problem(filed, now) or order_problem(filed, list(others)),
    }
    return {field: sentence for field, sentence in found.items() if sentence}


def code_problem(filed: FiledNotice) -> str:
    """Refuse a notice that this commission's law does not know, or no body owes."""
    if filed.is_of_a_body:
        return "" if filed.code in OF_BODIES else NOT_OF_A_BODY
    if not filed.code:
        return "" if filed.title.strip() else "Choose which notice it is, or title it."
    if filed.code not in NOTICE_TYPES:
        return f"There is no notice “{filed.code}”. Choose one from the list."
    if filed.code in codes_for(filed.regime):
        return ""
    name = name_of(filed.code)
    if filed.code in OF_BODIES_ALONE:
        return f"The {name} is about the organisation, not about one commission."
    law = REGIMES.get(filed.regime, "another law")
    instead = (
        "Choose “Another notice” and give its title"
        if filed.regime in WITHOUT
        else "Choose one of its own notices"
    )
    return (
        f"This commission runs under {law}, which does not have the {name}. {instead}, "
        "or correct which law applies on the form of the commission."
    )


NOT_OF_A_BODY = (
    f"Choose the {' or the '.join(map(name_of, OF_BODIES))}. Any other notice is about "
    "a commission: record it there."
)


def platform_problem(filed: FiledNotice) -> str:
    """Ask which platform it was; one of the Act or the NHS regime has to be central."""
    if not filed.platform.strip():
        return "Say which platform published it."
    platform = PLATFORMS.get(filed.platform)
    if filed.code and platform and not platform.central:
        return (
            f"The {name_of(filed.code)} is published on Find a Tender first (SI 2024/692, "
            f"regulation 5), not on {platform.name}. Give its place there."
        )
    return ""


def reference_problem(filed: FiledNotice) -> str:
    """Ask for the reference, in the platform's own shape."""
    if not filed.reference.strip():
        return "Give the reference under which the platform published it."
    platform = PLATFORMS.get(filed.platform)
    if platform and not platform.takes(filed.reference):
        return (
            f"“{filed.reference}” is not a reference of {platform.name}: that is "
            f"{platform.shape}."
        )
    return ""


def address_problem(filed: FiledNotice) -> str:
    """Ask for the notice's address, on the platform's own site."""
    if not filed.url.strip():
        return "Give the address of the notice on its platform."
    platform = PLATFORMS.get(filed.platform)
    if platform and not platform.holds(filed.url):
        return (
            f"This address is not on {platform.host}, the site of {platform.name}. Copy "
            f"it from the notice there, for example {platform.example}."
        )
    if not platform_host(filed.url):
        return "Give a web address that begins with https://."
    return ""


def time_problem(filed: FiledNotice, now: datetime) -> str:
    """Ask for the time of publication, which must have come."""
    if filed.published_at is None:
        return "Give the day and the time at which the platform published it."
    if filed.published_at > now:
        return (
            f"{write_time_and_day(filed.published_at)} is still to come. Record the notice once the "
            "platform has published it: it cannot be shown here before."
        )
    return ""


def order_problem(filed: FiledNotice, others: list[tuple[str, datetime]]) -> str:
    """Refuse a notice without, or before, the one that must precede it.

    Refuse one also that is later than a notice which must follow it.
    """
    notice = NOTICE_TYPES.get(filed.code)
    if notice is None:
        return ""
    return without_its_forerunner(filed, others) or after_its_follower(filed, others)


def without_its_forerunner(filed, others) -> str:
    """Say which notice has to be recorded first, or was published later."""
    wanted = forerunner_codes(filed)
    before = [at for code, at in others if code in NOTICE_TYPES[filed.code].after]
    name = name_of(filed.code)
    if not before and wanted:
        first = " or the ".join(name_of(code) for code in wanted)
        return (
            f"Record the {first} first: the {name} comes after it, and none is "
            "recorded yet."
        )
    if before and filed.published_at < min(before):
        return (
            f"The {name} comes after the "
            f"{' or the '.join(map(name_of, NOTICE_TYPES[filed.code].after))}, which was "
            f"published at {write_time_and_day(min(before))}. Check both times."
        )
    return ""


def forerunner_codes(filed: FiledNotice) -> tuple[str, ...]:
    """Return the notices of which one must be recorded already.

    A call-off from a framework has no tender notice of its own; a user’s own
    choice under light touch (Schedule 5, paragraph 15) has no award notice;
    below the threshold only what was published counts.
    """
    notice = NOTICE_TYPES[filed.code]
    if filed.regime == "below_threshold" or not notice.after:
        return ()
    if notice.awards:
        opens = WAYS.get(filed.route)
        return tuple(c for c in notice.after if notice_type(c).stage == opens)
    if notice.signs_contract and filed.route == "direct_award" and filed.light_touch:
        return ()
    return notice.after


WAYS = {**dict.fromkeys(COMPETED, "tender"), "direct_award": "direct_award"}
"""By route the stage whose notice comes before the award notice of the Act."""


def after_its_follower(filed, others) -> str:
    """Say which notice, already recorded, must not come before this one."""
    if any(code == filed.code for code, _ in others):
        return ""  # a later one of the same sort: a change, or another lot
    for code, at in others:
        follows = code in NOTICE_TYPES and filed.code in NOTICE_TYPES[code].after
        alone = follows and not any(
            other in NOTICE_TYPES[code].after for other, _ in others
        )
        if alone and filed.published_at > at:
            return (
                f"The {name_of(filed.code)} comes before the {name_of(code)}, which was "
                f"published at {write_time_and_day(at)}. Check both times."
            )
    return ""
