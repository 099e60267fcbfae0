"""A release as plain values of ours: OCDS in, columns out. Imports no models."""

from dataclasses import dataclass, field

from commissions.ocds.importing.mapping.awards_contracts import (
    awards_of,
    contracts_of,
    documents_of,
)
from commissions.ocds.importing.mapping.html_to_text import plain
from commissions.ocds.importing.mapping.json_reader import Part, Unusable, shorten
from commissions.ocds.importing.mapping.parties import buyer_of, parties_of, partners_of
from commissions.ocds.importing.mapping.places import place_of
from commissions.ocds.importing.mapping.regime import light_touch, regime_of, route_of
from commissions.ocds.importing.mapping.stage import Life
from commissions.ocds.importing.mapping.tender import (
    cpv_codes,
    criteria_of,
    lots_of,
    tender_of,
    term,
    worth,
)

LONGEST_SUMMARY = 5_000
UNDECIDED = {"intention", "engagement"}


class NoBuyer(Unusable):
    """A release names nobody who buys; an earlier one of its OCID may."""


@dataclass
class Mapped:
    """What a commission's merged release says, in our own terms."""

    lead: object
    partners: list
    columns: dict
    cpv: list
    places: list
    dates: dict
    tender: dict | None
    lots: dict = field(default_factory=dict)
    criteria: dict = field(default_factory=dict)
    awards: dict = field(default_factory=dict)
    contracts: dict = field(default_factory=dict)
    documents: dict = field(default_factory=dict)

    def parties(self):
        """Return every party that becomes an organisation, none twice."""
        listed = [self.lead, *self.partners]
        for _, suppliers, _ in (*self.awards.values(), *self.contracts.values()):
            listed += suppliers
        return list({id(party): party for party in listed}.values())


def mapped(value, *, history, notices, now):
    """Map a merged release; raise Unusable, with a sentence, where it cannot be.

    `history` is what was sent and when (Sent), `notices` the addresses of the
    notices, `now` the time for which the stage is told.
    """
    release = Part(value)
    parties = parties_of(release)
    lead = buyer_of(release, parties)
    if lead is None:
        raise NoBuyer(
            "It names no buyer, so nobody could be shown as responsible for it."
        )
    awards = awards_of(release, parties)
    life = Life(release, history, now)
    return Mapped(
        lead=lead,
        partners=partners_of(parties, lead),
        columns={**words(release), **law(release, life), **times(release, life)},
        cpv=codes(release),
        places=places(release),
        dates=life.stage_dates(),
        tender=tender_of(release),
        lots=lots_of(release),
        criteria=criteria_of(release),
        awards=awards,
        contracts=contracts_of(release, parties, awards),
        documents=documents_of(release, notices),
    )


def words(release):
    """Return the commission's title and summary."""
    tender, planning = release.part("tender"), release.part("planning")
    named = [tender, release, *release.parts("contracts"), *release.parts("awards")]
    titles = [part.text("title", 500) for part in named]
    stories = [part.text("description") for part in (tender, *named[2:])]
    stories += [planning.text("rationale")]
    summary = next(filter(None, stories), "")
    title = next(filter(None, titles), "") or shorten(summary, 120)
    title = " ".join(title.split())
    return {
        "title": title or f"Notice {plain(release.raw('id'))}"[:500],
        "summary": shorten(summary, LONGEST_SUMMARY),
    }


def law(release, life):
    """Return the regime, the route and the value."""
    stage, route = life.stage(), route_of(release)
    if stage in UNDECIDED and route == "other":
        route = "not_decided"
    least, most, vat = worth(release)
    return {
        "regime": regime_of(release, coded=any(life.codes), route=route),
        "route": route,
        "light_touch": light_touch(release),
        "value_min": least,
        "value_max": most,
        "value_vat": vat,
    }


def times(release, life):
    """Return the term, the stage, and what is open until when."""
    starts_on, ends_on, extension = term(release)
    window_for, opens_at, closes_at = life.window()
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "extension": extension,
        "stage": life.stage(),
        "window_for": window_for,
        "window_opens_at": opens_at,
        "window_closes_at": closes_at,
    }


def codes(release):
    """Return the CPV codes, the tender's first."""
    tender = release.part("tender")
    return cpv_codes(
        tender,
        *tender.parts("lots"),
        *release.parts("awards"),
        *release.parts("contracts"),
    )


def places(release):
    """Return the codes of the places of delivery, none twice."""
    tender = release.part("tender")
    holders = [tender, *release.parts("awards"), *release.parts("contracts")]
    items = [item for part in holders for item in part.parts("items")]
    addresses = [
        a for part in (*items, tender) for a in part.parts("deliveryAddresses")
    ]
    addresses += [item.part("deliveryAddress") for item in items]
    return [code for code in dict.fromkeys(map(place_of, addresses)) if code]
