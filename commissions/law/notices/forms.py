"""What a notice is that no code of the Act names: by its words, tags and documents.

The Provider Selection Regime's notices are published on older forms and say in words
what they are. Beside them Find a Tender, Sell2Wales and Public Contracts Scotland still
carry the European forms (F01 to F25, and eForms), and Contracts Finder has notices of
its own. `FORMS` has a row for each; `recognised` finds the row, or the code of a notice
of the NHS regime. What cannot be told has no row, and so means nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from commissions.law.notices.notice_type import (
    PSR,
    NoticeEffect,
    NoticeLevel,
    NoticeType,
)
from commissions.law.regimes import says_psr

OLDER = ("old_regulations", "scotland", "scotland_utilities", "scotland_concessions")
Form = partial(NoticeType, law="", content="", when="", regimes=OLDER)
OfPsr = partial(NoticeType, law="", content="", when="", regimes=(PSR, "psr_wales"))

FORMS = {
    form.code: form
    for form in (
        OfPsr(
            "psr-approach", "Notice of the intended approach", effect=NoticeEffect.PLANS
        ),
        OfPsr(
            "psr-invitation",
            "Notice inviting offers",
            effect=NoticeEffect.OPENS,
            level=NoticeLevel.LOTS,
            stage="tender",
        ),
        OfPsr(
            "psr-intention",
            "Intention to award notice",
            effect=NoticeEffect.INTENDS,
            level=NoticeLevel.AWARDS,
            stage="standstill",
        ),
        OfPsr(
            "psr-award",
            "Award notice",
            effect=NoticeEffect.SIGNS,
            level=NoticeLevel.CONTRACTS,
            stage="contract",
        ),
        OfPsr(
            "psr-changed",
            "Contract modification notice",
            effect=NoticeEffect.CHANGES,
            level=NoticeLevel.CONTRACTS,
        ),
        OfPsr(
            "psr-abandoned",
            "Abandonment notice",
            effect=NoticeEffect.ENDS,
            level=NoticeLevel.LOTS,
            stage="cancelled",
        ),
        Form("planned", "Prior information notice", effect=NoticeEffect.PLANS),
        Form(
            "engagement",
            "Early engagement notice",
            effect=NoticeEffect.ENGAGES,
            stage="engagement",
        ),
        Form(
            "opportunity",
            "Tender notice",
            effect=NoticeEffect.OPENS,
            level=NoticeLevel.LOTS,
            stage="tender",
        ),
        Form(
            "transparency",
            "Voluntary ex-ante transparency notice",
            effect=NoticeEffect.INTENDS,
            level=NoticeLevel.AWARDS,
            stage="direct_award",
            explains=True,
        ),
        Form(
            "award",
            "Award notice",
            effect=NoticeEffect.AWARDS,
            level=NoticeLevel.AWARDS,
        ),
        Form(
            "awarded",
            "Contract award notice",
            effect=NoticeEffect.SIGNS,
            level=NoticeLevel.CONTRACTS,
            stage="contract",
        ),
        Form(
            "changed",
            "Modification notice",
            effect=NoticeEffect.CHANGES,
            level=NoticeLevel.CONTRACTS,
        ),
        Form(
            "performance",
            "Contract performance notice",
            effect=NoticeEffect.REPORTS,
            level=NoticeLevel.CONTRACTS,
        ),
        Form(
            "ended",
            "Contract termination notice",
            effect=NoticeEffect.ENDS,
            level=NoticeLevel.CONTRACTS,
            stage="review",
        ),
        Form(
            "cancelled",
            "Cancellation notice",
            effect=NoticeEffect.ENDS,
            level=NoticeLevel.LOTS,
            stage="cancelled",
        ),
    )
}
"""The rows of notices without a code, by a key of the portal's own, never shown."""


@dataclass(frozen=True)
class Shape:
    """What tells the sort of a notice: its tags, documents, platform and words.

    `documents` are OCDS document types, `words` its title, description and details of
    the method, `title` its title alone; `older` says that its legal basis is a European
    directive, `amends` that its contracts list amendments, `unnumbered` that no number of
    the NHS regime can be given: it is that of Wales, or the place it is published at
    is not known.
    """

    tags: Sequence[str] = ()
    documents: frozenset[str] = frozenset()
    platform: str = ""
    title: str = ""
    words: str = ""
    older: bool = False
    amends: bool = False
    unnumbered: bool = False

    def tagged(self, *starts: str) -> bool:
        return any(tag.startswith(starts) for tag in self.tags)


AWARDS_ARE_CONTRACTS = (
    "Contracts Finder",
    "Sell2Wales",
    "Public Contracts Scotland",
    "eTendersNI",
)
"""Platforms whose award notices tell of contracts that are made, and come after."""

EX_ANTE = re.compile(r"voluntary ex[- ]?ante transparency|\bveat\b", re.IGNORECASE)
BY_TAG = (
    ("cancelled", ("tenderCancellation", "awardCancellation")),
    ("ended", ("contractTermination",)),
    ("performance", ("implementation",)),
    ("changed", ("contractAmendment",)),
    ("awarded", ("contract",)),
    ("award", ("award",)),
    ("opportunity", ("tender",)),
    ("planned", ("planning",)),
)
"""The form that a tag begins, of several tags the first here."""


def recognised(shape: Shape) -> str:
    """Return the code of an NHS notice, or the key of a form; empty where unknown."""
    if says_psr(shape.words):
        return psr_notice(shape)
    key = next((key for key, tags in BY_TAG if shape.tagged(*tags)), "")
    return SORTS[key](shape) if key in SORTS else key


def award(shape: Shape) -> str:
    """Tell an intention from a choice, and that from a contract that is made."""
    if EX_ANTE.search(shape.words):
        return "transparency"
    if shape.amends:
        return "changed"
    made = shape.older or shape.platform in AWARDS_ARE_CONTRACTS
    return "awarded" if made or shape.tagged("contract") else "award"


def planned(shape: Shape) -> str:
    return "engagement" if "marketEngagementNotice" in shape.documents else "planned"


SORTS = {"award": award, "awarded": award, "planned": planned}


# The NHS regime says what a notice is in words: “This is a Provider Selection Regime
# (PSR) intention to award notice.”

OPENING = re.compile(
    r"this is an? [^.\n]{0,40}?(?:provider selection regime|psr)\W[^.\n]{0,120}",
    re.IGNORECASE,
)
KINDS = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        ("abandoned", r"\babandon"),
        ("urgent change", r"urgent[^.]{0,40}modif"),
        ("changed", r"\bmodif(?:y|ication|ied)"),
        ("urgent award", r"urgent[^.]{0,40}award|award[^.]{0,40}urgent"),
        ("award", r"confirm\w*[^.]{0,40}award|award confirm"),
        ("approach", r"intention to follow|intended approach|intends? to follow"),
        ("intention", r"inten(?:tion|ds?|ded)(?: to)?(?: \w+)? award|notice of intent"),
        ("award", r"award notice|has been awarded|was awarded|contract award"),
        ("invitation", r"inviting offers|invitation to (?:tender|bid|offer)"),
    )
)
PROCESSES = tuple(
    (route, re.compile(words, re.IGNORECASE))
    for route, words in (
        ("psr_a", r"direct award(?: process)? ?\(?a\b"),
        ("psr_b", r"direct award(?: process)? ?\(?b\b"),
        ("psr_c", r"direct award(?: process)? ?\(?c\b"),
        ("psr_msp", r"most suitable provider|\bmsp\b"),
        ("psr_competitive", r"competitive process|psr competitive"),
    )
)
CODES = {
    "intention": {"psr_c": "PSR3", "psr_msp": "PSR6", "psr_competitive": "PSR10"},
    "award": {
        "psr_a": "PSR2",
        "psr_b": "PSR2",
        "psr_c": "PSR4",
        "psr_msp": "PSR7",
        "psr_competitive": "PSR11",
    },
}
"""The code of an intention or an award, by the process that it follows."""

ONE_CODE = {
    "abandoned": "PSR-AB",
    "urgent change": "PSR14",
    "changed": "PSR12",
    "urgent award": "PSR13",
    "approach": "PSR5",
    "invitation": "PSR8",
}
PLAIN = {"urgent change": "changed", "urgent award": "award"}
"""The kinds that have no row of their own where they have no number."""


def psr_route(words: str) -> str:
    """Return the process that words of the NHS regime name; nothing where none does."""
    return next((route for route, it in PROCESSES if it.search(words)), "")


def psr_notice(shape: Shape) -> str:
    """Return which of the NHS regime's notices it is, by how it opens, else its tags."""
    opening = OPENING.search(shape.words)
    said = (opening[0] if opening else "", shape.title, shape.words)
    kind = next(filter(None, map(psr_kind, said)), "") or psr_kind_of_tags(shape)
    if shape.unnumbered:
        known = ""
    else:
        known = ONE_CODE.get(kind) or CODES.get(kind, {}).get(psr_route(shape.words))
    return known or (f"psr-{PLAIN.get(kind, kind)}" if kind else "")


def psr_kind(words: str) -> str:
    return next((kind for kind, pattern in KINDS if pattern.search(words)), "")


def psr_kind_of_tags(shape: Shape) -> str:
    """Tell by its tags what a notice is that does not say so."""
    if shape.tagged("award", "contract"):
        return "award"
    if shape.tagged("tenderCancellation"):
        return "abandoned"
    return "invitation" if shape.tagged("tender") else ""
