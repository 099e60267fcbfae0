"""What is said of one sort of notice, and how a notice is named in a sentence."""

from dataclasses import dataclass

ACT = "procurement_act"
BELOW = "below_threshold"
PSR = "psr"


@dataclass(frozen=True)
class NoticeType:
    """One sort of notice, as a row of a table.

    `law` sets the duty, `content` says what the notice must hold. `when` is
    when it is due, in plain words. `rule` names the clock that gives its
    deadline, `light_touch_rule` the one for a light touch contract, and
    `event` the day it counts from; all empty where the law sets no number of
    days. `regimes` are the values of Commission.Regime it belongs to;
    `light_touch` is false where it is not required of light touch contracts.
    `about` is what it concerns: a commission, the organisation, or a market.
    `section`, `document_type` and `tags` are its place in OCDS, empty where
    Find a Tender publishes none. `after` are notices of which one comes
    before it; see `checks.order`.
    """

    code: str
    name: str
    law: str
    content: str
    when: str
    regimes: tuple[str, ...] = (ACT,)
    about: str = "commission"
    rule: str = ""
    light_touch_rule: str = ""
    event: str = ""
    light_touch: bool = True
    section: str = ""
    document_type: str = ""
    tags: tuple[str, ...] = ()
    status: str = ""
    after: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Its code and name, as a choice on a form."""
        return f"{self.code}: {self.name[0].lower()}{self.name[1:]}"

    @property
    def first_tags(self) -> tuple[str, ...]:
        """The OCDS tags of the notice as first published, not of a later change."""
        first = [t for t in self.tags if not t.endswith(("Update", "Amendment"))]
        return tuple(first) or self.tags


def cited(notice: NoticeType) -> str:
    """Name a notice inside a sentence: contract award notice (UK6)."""
    words = notice.name
    words = words if words.startswith("NHS") else f"{words[0].lower()}{words[1:]}"
    return f"{words} ({notice.code})"
