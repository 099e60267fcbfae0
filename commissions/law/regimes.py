"""The laws that a commission may run under, and which of them a notice says it is.

The keys are the values of Commission.Regime. `regime_of` is the one place that says
which law applies, from what notices state: the legal basis, the form, the method's
details, and their own words. Where these do not tell, the law is not stated.

Sources: Procurement Act 2023, in force since 24 February 2025 (SI 2024/716), with the
Procurement Regulations 2024 (SI 2024/692) or, for Welsh bodies, the Procurement (Wales)
Regulations 2024 (WSI 2024/782); SI 2023/1348 and WSI 2025/99 for health care services;
the Public Contracts (Scotland) Regulations 2015 (SSI 2015/446), and of 2016 the
Procurement (SSI 2016/145), Utilities Contracts (SSI 2016/49) and Concession Contracts
(SSI 2016/65) (Scotland) Regulations, which are still in force.
"""

import re
from dataclasses import dataclass
from datetime import date

from commissions.law.language import gettext, marked

REGIMES = {
    "procurement_act": marked("the Procurement Act 2023"),
    "psr": marked("the NHS Provider Selection Regime"),
    "psr_wales": marked("the Welsh Provider Selection Regime"),
    "below_threshold": marked("the rules below the threshold"),
    "scotland": marked("the Scottish procurement regulations of 2015 and 2016"),
    "scotland_utilities": marked("the Scottish regulations on utilities contracts"),
    "scotland_concessions": marked("the Scottish regulations on concession contracts"),
    "grant": marked("the rules on grants"),
    "in_house": marked("no procurement law, being provided in-house"),
    "old_regulations": marked("the regulations before February 2025"),
    "not_stated": marked("a legal regime that is not stated"),
}

ACT_BEGAN = date(2025, 2, 24)  # SI 2024/716

BEGAN = {
    "procurement_act": ACT_BEGAN,
    "below_threshold": ACT_BEGAN,
    "psr": date(2024, 1, 1),
    "psr_wales": ACT_BEGAN,  # WSI 2025/99
}
"""The day from which each law governs what begins, and what is awarded, under it."""

OTHER_NOTICES = (
    "psr_wales",
    "scotland",
    "scotland_utilities",
    "scotland_concessions",
    "grant",
    "in_house",
    "old_regulations",
)
"""Regimes under which none of the notices in `commissions.law.notices` is due."""

UNCOUNTED = (
    "old_regulations",
    "not_stated",
    "psr_wales",
    "scotland",
    "scotland_utilities",
    "scotland_concessions",
)
"""Regimes whose standstill the clocks do not know, though there may be one."""

IN_WALES = marked(
    "For a Welsh body the Procurement (Wales) Regulations 2024 (WSI 2024/782) set what "
    "its notices say."
)


NOT_COUNTED = marked(
    "The portal does not count its days: neither by when its notices are due, nor "
    "before which day the contract cannot be signed."
)


def regulations_of(regime: str, nation: str) -> str:
    """Say which Regulations govern a body of a nation, or that a law is not counted here."""
    if regime in UNCOUNTED and regime != "not_stated":
        return gettext(NOT_COUNTED)
    under = regime in ("procurement_act", "below_threshold")
    return gettext(IN_WALES) if under and nation == "wales" else ""


@dataclass(frozen=True)
class Stated:
    """What the notices of one procurement state of its law.

    `scheme` and `basis` are the legal basis, `details` the method's; `words` are the
    titles and descriptions, with the words of the legal basis. `nation` is the buyer's,
    `scottish` whether the platform is Scotland's. `coded`: one of them is a notice of
    the Act; `psr`: one is of the NHS regime. `above` says whether it is above the
    threshold, None where nothing does. `began` is the day of its first notice.
    """

    scheme: str = ""
    basis: str = ""
    details: str = ""
    words: str = ""
    nation: str = "england"
    scottish: bool = False
    coded: bool = False
    psr: bool = False
    above: bool | None = None
    began: date | None = None


ACT_BASES = {"2023/54"}
PSR_BASES = {"2023/1348": "psr", "2025/99": "psr_wales"}

DIRECTIVES = {
    "32014L0024": "scotland",
    "32014L0025": "scotland_utilities",
    "32014L0023": "scotland_concessions",
    "32009L0081": "old_regulations",
}
"""The European directives that older forms name, with the law they mean in Scotland."""

BEFORE_THE_ACT = ("2015/102", "2016/274", "2016/273")
"""The regulations on public, utilities and concession contracts, by UKSI number."""

SCOTTISH = {
    "2015/446": "scotland",
    "2016/145": "scotland",
    "2016/49": "scotland_utilities",
    "2016/65": "scotland_concessions",
}

OTHERWISE = (
    r"(?:does|do|will) not (?:apply|fall)|(?:is|are|was) not (?:subject|covered)"
)
PSR_WORDS = re.compile(
    r"provider selection regime|\bpsr\b"
    r"|\bdirect award process [abc]\b|most suitable provider process",
    re.IGNORECASE,
)
NOT_PSR = re.compile(
    r"(?:not (?:subject to|covered by|governed by|under|within|made under|part of)"
    r"|outside|instead of|rather than|exempt from)[^.;]{0,60}"
    r"(?:provider selection regime|\bpsr\b)"
    rf"|(?:provider selection regime|\bpsr\b)[^.;]{{0,60}}(?:{OTHERWISE})",
    re.IGNORECASE,
)
WELSH_PSR = re.compile(
    r"health services \(provider selection regime\) \(wales\)"
    r"|provider selection regime (?:\(?wales\)?|in wales)"
    r"|welsh provider selection regime|psr wales|wsi 2025/99",
    re.IGNORECASE,
)
BELOW = re.compile(r"\bbelow[- ]threshold\b|\bsub[- ]threshold\b", re.IGNORECASE)
ABOVE = re.compile(r"\babove[- ]threshold\b", re.IGNORECASE)

BY_WORDS = (
    (
        "scotland_utilities",
        re.compile(r"utilities contracts \(scotland\) regulations", re.IGNORECASE),
    ),
    (
        "scotland_concessions",
        re.compile(r"concession contracts \(scotland\) regulations", re.IGNORECASE),
    ),
    (
        "scotland",
        re.compile(
            r"(?:public contracts|procurement) \(scotland\) regulations 201[56]"
            r"|procurement reform \(scotland\) act",
            re.IGNORECASE,
        ),
    ),
    (
        "old_regulations",
        re.compile(
            r"(?:public contracts|utilities contracts|concession contracts) "
            r"regulations 201[56]|\bpcr ?2015\b",
            re.IGNORECASE,
        ),
    ),
)
"""Laws that notices name in full, in the legal basis or the details of the method."""

BY_DETAILS = (
    ("grant", re.compile(r"^(?:other[ -]+)?grants?(?: (?:agreement|funding|award))?$")),
    (
        "in_house",
        re.compile(r"\b(?:teckal|in[- ]house (?:award|arrangement|provision))\b"),
    ),
)
"""What is no procurement, by the details of the method alone, in lower case."""


def regime_of(stated: Stated) -> str:
    """Return the law that applies, as far as notices state it: the surest sign first."""
    found = (by_psr, by_basis, by_size, by_form, by_name)
    return next(filter(None, (sign(stated) for sign in found)), "not_stated")


def by_psr(stated: Stated) -> str:
    """Recognise health care services' regimes, also on the forms of older laws."""
    if stated.basis in PSR_BASES:
        return PSR_BASES[stated.basis]
    if not (stated.psr or says_psr(f"{stated.details}\n{stated.words}")):
        return ""
    words = f"{stated.details}\n{stated.words}"
    return "psr_wales" if is_welsh_psr(words, stated.nation) else "psr"


def is_welsh_psr(words: str, nation: str) -> bool:
    """Tell whether the regime for health services that words name is that of Wales."""
    return nation == "wales" or bool(WELSH_PSR.search(words))


def says_psr(words: str) -> bool:
    """Tell whether words name the regime, and do not say that it is another."""
    return bool(PSR_WORDS.search(words)) and not NOT_PSR.search(words)


def by_basis(stated: Stated) -> str:
    """Read the legal basis: a directive, or an Act or Regulations by number."""
    if stated.basis in SCOTTISH and stated.scheme.upper() not in {"UKPGA", "CELEX"}:
        return SCOTTISH[stated.basis]
    if stated.basis in BEFORE_THE_ACT and stated.scheme.upper() == "UKSI":
        return "old_regulations"
    if stated.scheme.upper() == "CELEX":
        return directive(stated)
    if stated.basis in ACT_BASES:
        return by_size(stated) or "procurement_act"
    return ""


def directive(stated: Stated) -> str:
    """Return what a European directive on an older form stands for."""
    scottish = stated.scottish or stated.nation == "scotland"
    if scottish:
        return DIRECTIVES.get(stated.basis.upper(), "scotland")
    return "old_regulations"


def by_size(stated: Stated) -> str:
    """Recognise what is said to be below the threshold."""
    if stated.scottish or stated.nation == "scotland":
        return ""
    if stated.above is False or (stated.above is None and BELOW.search(stated.details)):
        return "below_threshold"
    return ""


def by_form(stated: Stated) -> str:
    """Read the form: a notice of the Act, of Scotland's, or of Contracts Finder."""
    if stated.coded:
        return "procurement_act"
    if stated.scottish:
        return "scotland"
    above = ABOVE.search(stated.details) and stated.nation != "scotland"
    return "old_regulations" if above else ""


def by_name(stated: Stated) -> str:
    """Read a law that is named in full, or a method that is no procurement."""
    words = f"{stated.details}\n{stated.words}"
    for regime, pattern in BY_WORDS:
        if pattern.search(words):
            return regime
    details = " ".join(stated.details.lower().split()).strip(" -")
    for regime, pattern in BY_DETAILS:
        if pattern.search(details):
            return regime
    return ""
