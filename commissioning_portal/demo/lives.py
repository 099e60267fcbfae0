"""Lives told in short: one commission at every stage of every law's path.

A row says where it stands and since when; the days, the notices and the acts
before that follow from the table of `commissions.law.lifecycle`, as they would in
life. Short services (a season, a pilot) have run their course already.
"""

from itertools import pairwise

from commissioning_portal.demo.acts import award, contract, ended, notice, reach, tender
from commissioning_portal.demo.acts_of_choosing import direct_award
from commissioning_portal.demo.going_ahead import go_ahead
from commissioning_portal.demo.lives_by_contract import ACT, BELOW, PSR
from commissioning_portal.demo.lives_without_one import GRANTS, IN_HOUSE
from commissions.law.lifecycle import ORDER, move, path
from commissions.law.notices import NOTICE_TYPES

LASTS = {
    "intention": 24,
    "engagement": 38,
    "draft_open": 36,
    "considering": 26,
    "decided": 20,
    "tender": 36,
    "evaluation": 28,
    "direct_award": 22,
    "standstill": 24,
    "contract": 12,
    "mobilisation": 24,
    "delivery": 50,
    "review": 26,
}
"""How many days a life stays at each stage, unless its row says otherwise."""

OPEN_FOR = 28  # days: for bids and for engagement
COMMENTS = 33  # days: 28 whole ones wherever the weekends fall
KEY = 1_000_000  # pounds: from here on a decision of a council is a key one


class Life:
    """One row as a story: its path, the day of each stage, and its acts."""

    def __init__(self, regime, row):
        self.row, self.regime = row, regime
        self.route = row.get("route", "not_decided")
        self.light = row.get("light_touch", False)
        self.stages = self.passed_and_to_come()
        self.at = "cancelled" if "cancelled_from" in row else row["stage"]
        self.days = self.schedule()
        self.out = set()

    def passed_and_to_come(self):
        """Return the stages of its path, up to where it was called off."""
        line = path(self.regime, self.route, light_touch=self.light)
        if last := self.row.get("cancelled_from"):
            return (*line[: line.index(last) + 1], "cancelled")
        return line

    def schedule(self):
        """Return the day of each stage, past and planned."""
        lasts = LASTS | {"delivery": self.row.get("runs", LASTS["delivery"])}
        place = self.stages.index(self.at)
        days = {self.at: self.row["since"]}
        for code in reversed(self.stages[:place]):
            days[code] = min(days.values()) - lasts[code]
        for before, code in pairwise(self.stages[place:]):
            days[code] = days[before] + lasts[before]
        return days

    def known(self):
        """Return it as `commissions.add` wants it."""
        told = {
            name: self.row.get(name, "")
            for name in ("fixed", "still_open", "unknowns", "changes_for")
        }
        given = ("reference", "title", "organisation", "holder", "topic", "summary")
        return told | {
            **{name: self.row[name] for name in (*given, "need", "outcomes")},
            "regime": self.regime,
            "route": self.route,
            "light_touch": self.light,
            "value_min": self.row["value"],
            "value_max": self.row["value"],
            "value_vat": "included" if self.regime == "below_threshold" else "excluded",
            "rung": self.row.get("rung", 4),
            "published": self.days["intention"],
            "starts": self.days.get("delivery"),
            "ends": self.days.get("review"),
            "dates": self.planned(),
            "life": list(self.acts()),
        }

    def planned(self):
        """Return what was planned when it was published: all that lies ahead of a draft."""
        if self.at == "cancelled":
            return {"delivery": (self.days["cancelled"] + 120, "quarter")}
        ahead = [code for code in self.stages if ORDER[code] > ORDER["draft_open"]]
        return {code: (self.days[code], "month") for code in ahead}

    def acts(self):
        """Yield what happened, stage by stage, until where it stands."""
        come = self.stages[: self.stages.index(self.at) + 1]
        for before, code in pairwise(come):
            yield from self.notices(before, code)
            yield from ENTERED.get(code, plain)(self, code, self.days[code])
        if "contract" in come and self.days["contract"] + 8 < 0:
            yield from self.told(move(*self.law, "contract", "delivery").due)

    @property
    def law(self):
        """Its law and its route."""
        return self.regime, self.route

    def notices(self, before, code):
        """Yield the notices that the law wants before a move."""
        found = move(*self.law, before, code, light_touch=self.light)
        if found.once and not self.out & set(found.once):
            return
        for each in found.notices:
            if each not in self.out:
                yield self.noticed(each, self.days[code])

    def noticed(self, code, day):
        """Publish one notice."""
        self.out.add(code)
        title = self.row["title"]
        return notice(code, f"{NOTICE_TYPES[code].name}: {title}", day)

    def told(self, due):
        """Yield the notice that is due after the contract."""
        if due:
            yield self.noticed(due.code, self.days["contract"] + 8)

    def asked(self):
        """Return its consultation, as `consultations.book` wants it; or None."""
        opens = self.days.get("draft_open", 1)
        if opens > self.row["since"] or opens > 0:
            return None
        role, name, text, outcome, reason = self.row["voice"]
        said = {"day": opens + 4, "on": "aims", "role": role, "public_name": name}
        answered = self.days.get("decided", 1)
        known = {
            "commission": self.row["reference"],
            "opens": opens,
            "closes": opens + COMMENTS,
            "sections": {},
            "comments": [said | {"text": text, "outcome": outcome, "reason": reason}],
        }
        return known | ({"answered": answered - 4} if answered <= 0 else {})


def plain(life, code, day):
    """Reach a stage; engagement stays open for a while."""
    closes = day + OPEN_FOR if code == "engagement" else None
    yield reach(code, day, closes=closes)


def by_its_draft(life, code, day):
    """Nothing more: announcing the draft moves it here."""
    yield from ()


def decided(life, code, day):
    """Decide to go ahead, for the row's reasons."""
    key = life.row["value"] >= KEY
    yield from go_ahead(day, key=key, words=life.row["decided"])


def invited(life, code, day):
    """Ask for bids, or for applications."""
    closes = day + OPEN_FOR
    if life.regime != "grant":
        yield tender(
            day,
            closes=closes,
            title=life.row["title"],
            cpv=life.row["cpv"],
            amount=life.row["value"],
        )
    yield reach(code, day, closes=closes)


def justified(life, code, day):
    """Say why there is no competition; of Process C its own notice says so later."""
    if life.route == "psr_msp":
        yield direct_award(day, "psr_msp", why=life.row["why"])
    elif life.route != "psr_c" and code == "direct_award":
        yield because(life, day)
    yield reach(code, day)


def because(life, day):
    """Return the act that justifies a direct award."""
    return direct_award(
        day,
        life.row.get("ground", life.route),
        why=life.row["why"],
        supplier=life.row["supplier"],
        amount=life.row["value"],
    )


def announced(life, code, day):
    """Say who was chosen."""
    supplier, value = life.row["supplier"], life.row["value"]
    if life.route == "psr_c":
        yield because(life, day)
    yield award(day, supplier, amount=value, why=life.row["why"])
    yield reach(code, day)


def signed(life, code, day):
    """Sign; where no standstill came before, the choice is told that day."""
    supplier, value = life.row["supplier"], life.row["value"]
    if "standstill" not in life.stages:
        yield award(day, supplier, amount=value, why=life.row["why"])
    yield contract(day, supplier, amount=value)
    yield reach(code, day)


def looked_back(life, code, day):
    """The contract has run its term; how it went is looked at."""
    if "contract" in life.stages:
        yield ended(day)
    yield reach(code, day)


def called_off(life, code, day):
    """Call it off, for the row's reason."""
    yield reach(code, day, reason=life.row["called_off"])


ENTERED = {
    "draft_open": by_its_draft,
    "decided": decided,
    "tender": invited,
    "evaluation": justified,
    "direct_award": justified,
    "standstill": announced,
    "contract": signed,
    "review": looked_back,
    "cancelled": called_off,
}

LIVES = [
    Life(regime, row)
    for regime, rows in (
        ("procurement_act", ACT),
        ("below_threshold", BELOW),
        ("psr", PSR),
        ("grant", GRANTS),
        ("in_house", IN_HOUSE),
    )
    for row in rows
]
COMMISSIONS = [life.known() for life in LIVES]
CONSULTATIONS = [known for life in LIVES if (known := life.asked())]
