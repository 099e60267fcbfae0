"""A release as plain values of ours: OCDS in, columns out. Imports no models."""

from dataclasses import dataclass

from commissions.ocds.importing.mapping.json_reader import (
    Part,
    Unusable,
    on,
    plain,
    shorten,
)
from commissions.ocds.importing.mapping.parties import buyer_of, parties_of, partners_of
from commissions.ocds.importing.mapping.places import place_of
from commissions.ocds.importing.mapping.sections import (
    amounts,
    awards_of,
    contracts_of,
    cpv_codes,
    criteria_of,
    documents_of,
    lots_of,
    period,
    tender_of,
)
from commissions.ocds.importing.mapping.stage import Progress

PLACEHOLDER = 1  # pounds: forms that demand a value are given 0, 0.01 or 1
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
    lots: dict
    criteria: dict
    awards: dict
    contracts: dict
    documents: dict


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
    progress = Progress(release, history, now)
    return Mapped(
        lead=lead,
        partners=partners_of(parties, lead),
        columns={
            **words(release),
            **law(release, progress),
            **times(release, progress),
        },
        cpv=codes(release),
        places=places(release),
        dates=progress.stage_dates(),
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


def law(release, progress):
    """Return the regime, the route and the value."""
    stage, route = progress.stage(), route_of(release)
    if stage in UNDECIDED and route == "other":
        route = "not_decided"
    least, most, vat = worth(release)
    return {
        "regime": regime_of(release, coded=any(progress.codes), route=route),
        "route": route,
        "light_touch": light_touch(release),
        "value_min": least,
        "value_max": most,
        "value_vat": vat,
    }


def times(release, progress):
    """Return the term, the stage, and what is open until when."""
    starts_on, ends_on, extension = term(release)
    window_for, opens_at, closes_at = progress.window()
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "extension": extension,
        "stage": progress.stage(),
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


def worth(release):
    """Return the lowest and highest value in pounds, and what is said of VAT.

    From the tender, else its lots, else the contracts, else the awards. Only
    `amountGross` says that VAT is counted (UK extension of OCDS); a plain
    `amount` beside it does not count it; alone, it does not say.
    """
    tender = release.part("tender")
    stated = [amounts(tender)]
    lowest = amounts(tender, "minValue")
    lists = (tender.parts("lots"), release.parts("contracts"), release.parts("awards"))
    for parts in lists:
        if stated_in_pounds(stated):
            break
        stated, lowest = [amounts(part) for part in parts], {}
    if not stated_in_pounds(stated):
        return None, None, "not_stated"
    gross = all(value["amount_gross"] for value in stated_in_pounds(stated))
    column = "amount_gross" if gross else "amount"
    highest = sum(value[column] or 0 for value in stated_in_pounds(stated))
    least = lowest.get(column) if lowest and stated_in_pounds([lowest]) else None
    ends = sorted((least or highest, highest))
    return *ends, "included" if gross else "not_stated"


def stated_in_pounds(values):
    """Keep the values that say something: pounds, and more than a placeholder."""
    return [
        value
        for value in values
        if value["currency"] == "GBP"
        and max(value["amount"] or 0, value["amount_gross"] or 0) > PLACEHOLDER
    ]


def term(release):
    """Return when the service starts and ends, and how it may be extended."""
    tender = release.part("tender")
    spans = [(tender, "contractPeriod")]
    spans += [(contract, "period") for contract in release.parts("contracts")]
    spans += [(award, "contractPeriod") for award in release.parts("awards")]
    spans += [(lot, "contractPeriod") for lot in tender.parts("lots")]
    known = [period(part, key) for part, key in spans]
    known = [span for span in known if any(span)]
    more = [part.part("renewal").text("description", 300) for part, _ in spans]
    starts_on, ends_on = known[0] if known else (None, None)
    return on(starts_on), on(ends_on), next(filter(None, more), "")


ACT, PSR = "2023/54", "2023/1348"  # UKPGA and UKSI, as `legalBasis` writes them

ROUTES = [  # words of procurementMethodDetails, tried in this order
    ("direct award process a", "psr_a"),
    ("direct award process b", "psr_b"),
    ("direct award process c", "psr_c"),
    ("most suitable provider", "psr_msp"),
    ("provider selection regime", "psr_competitive"),
    ("framework", "framework"),
    ("dynamic", "dynamic_market"),
    ("direct award", "direct_award"),
    ("single tender", "direct_award"),
    ("without prior publication", "direct_award"),
    ("without competition", "direct_award"),
    ("competitive flexible", "competitive_flexible"),
    ("open", "open"),
]
UNSAID = {"", "not specified", "not applicable", "other"}
OF_PSR = {"psr_a", "psr_b", "psr_c", "psr_msp", "psr_competitive"}


def route_of(release):
    """Return the route that the notice names, "other" where it names none of ours."""
    tender = release.part("tender")
    details = " ".join(tender.raw("procurementMethodDetails").lower().split())
    details = details.strip(" -")
    for words, route in ROUTES:
        if words in details:
            return route
    method = tender.raw("procurementMethod") if details in UNSAID else ""
    return {"open": "open", "direct": "direct_award"}.get(method, "other")


def regime_of(release, *, coded, route):
    """Return the law; `coded` says that a notice of the Act (UK1-17) is among them."""
    tender = release.part("tender")
    basis = tender.part("legalBasis")
    details = tender.raw("procurementMethodDetails").lower()
    if basis.raw("id") == PSR or route in OF_PSR:
        return "psr"
    if basis.raw("scheme").upper() == "CELEX" or "(above threshold)" in details:
        return "old_regulations"
    if "(below threshold)" in details:
        return "below_threshold"
    if basis.raw("id") == ACT or coded:
        return "below_threshold" if below_threshold(release) else "procurement_act"
    return "not_stated"


def below_threshold(release):
    """Tell whether the notice says that it is below the threshold, throughout."""
    tender = release.part("tender")
    parts = [tender, *tender.parts("lots"), *release.parts("contracts")]
    said = [part.flag("aboveThreshold") for part in parts]
    said = [each for each in said if each is not None]
    return bool(said) and not any(said)


def light_touch(release):
    return "lightTouch" in release.part("tender").words("specialRegime")
