"""A release as plain values of ours: OCDS in, columns out. Imports no models."""

import re
from dataclasses import dataclass

from commissions.law.notices import is_of_the_act
from commissions.law.notices.forms import psr_route
from commissions.law.regimes import Stated, regime_of, says_psr
from commissions.ocds.importing.mapping.awards import awards_of, contracts_of
from commissions.ocds.importing.mapping.contract_life import (
    amendments_of,
    indicators_of,
)
from commissions.ocds.importing.mapping.json_reader import (
    Part,
    Unusable,
    day_of_text,
    plain_text,
    shorten_text,
)
from commissions.ocds.importing.mapping.notice import words_of
from commissions.ocds.importing.mapping.parties import (
    buyer_of,
    parties_of,
    partners_of,
    place_of,
    referred_party,
)
from commissions.ocds.importing.mapping.stage import (
    ENDED,
    UNMADE,
    Progress,
    cancelled_lots,
)
from commissions.ocds.importing.mapping.tender import criteria_of, lots_of, tender_of
from commissions.ocds.importing.mapping.values import (
    amount_columns,
    cpv_codes_of_release,
    documents_of,
    first_and_last_day,
    parts_by_id,
)

PLACEHOLDER = 1  # pounds: forms that demand a value are given 0, 0.01 or 1
LONGEST_SUMMARY = 5_000
UNDECIDED = {"intention", "engagement"}


class NoBuyer(Unusable):
    """A release names nobody who buys; an earlier one of its OCID may."""


@dataclass
class MappedRelease:
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
    amendments: dict
    indicators: dict
    buyers: dict
    dropped: list


def map_release(value, *, history, notices, now):
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
    contracts = contracts_of(release, parties, awards)
    lots = lots_of(release)
    progress = Progress(release, history, now)
    set_states(progress, lots, awards, contracts)
    found = MappedRelease(
        lead=lead,
        partners=partners_of(parties, lead),
        columns={
            **title_and_summary(release),
            **regime_and_value(release, progress, lead),
            **term_and_stage(release, progress),
        },
        cpv=cpv_codes_of_release(release),
        places=delivery_places(release),
        dates=progress.stage_dates(),
        tender=tender_of(release),
        lots=lots,
        criteria=criteria_of(release),
        awards=awards,
        contracts=contracts,
        documents=documents_of(release, notices),
        amendments={},
        indicators={},
        buyers={},
        dropped=[],
    )
    found.indicators |= indicators(release, progress.told)
    found.dropped += release.dropped
    return found


def indicators(release, told):
    """Return the indicators of each contract that is signed, by its id."""
    listed = parts_by_id(release.parts("contracts"))
    return {key: indicators_of(listed[key]) for key in told.signed}


def buyers_of(references, value):
    """Return by award id the party that a release names as who made it."""
    if not references:
        return {}
    parties = parties_of(Part(value))
    named = {
        key: referred_party(Part(each), parties) for key, each in references.items()
    }
    return {key: party for key, party in named.items() if party.name}


def amend(found, releases):
    """Add to a mapped release how its contracts changed, from all releases.

    The end and the value that an amendment itself states are the contract's from then
    on: what it had before stands with the amendment.
    """
    rows, now = amendments_of(releases)
    signed = {
        key
        for key, (columns, *_) in found.contracts.items()
        if columns["status"] not in UNMADE or columns["signed_on"]
    }
    found.amendments |= {key: each for key, each in rows.items() if key in signed}
    for key in now.keys() & signed:
        columns = found.contracts[key][0]
        values = {"ends_on": "ends", "amount": "amount", "amount_gross": "gross"}
        columns |= {c: now[key][n] for c, n in values.items() if n in now[key]}
        latest, ends = columns["latest_end_on"], columns["ends_on"]
        if latest and ends and latest < ends:
            columns["latest_end_on"] = None


def set_states(progress, lots, awards, contracts):
    """Give lots, awards and contracts the state that the notices give them.

    A lot whose awards came to nothing is cancelled, whether it says so or not. What is
    only intended is not chosen yet; what no notice says is signed is only proposed, and
    its day of signing the day on which that is expected.
    """
    told = progress.told
    for key in cancelled_lots(told.release):
        if lots[key]["status"] not in ENDED:
            lots[key]["status"] = "cancelled"
    for columns, *_ in awards.values():
        if told.only_intended and columns["status"] == "active":
            columns["status"] = "pending"
    for key, (columns, *_) in contracts.items():
        settle(columns, key in told.signed, progress.today)


def settle(columns, signed, today):
    """Make a contract one that is only proposed, unless it is signed; or not ended yet."""
    if not signed:
        make_proposed(columns)
    elif (columns.get("ended_on") or today) > today:
        unend(columns)


def unend(columns):
    """Leave out when and why a contract ended: it has not."""
    for name in ("ended_on", "ending", "ended_why"):
        columns.pop(name, None)


def make_proposed(columns):
    """Make a contract one that is only proposed."""
    unend(columns)
    columns |= {"signed_on": None, "signing_expected_on": columns["signed_on"]}
    if columns["status"] not in UNMADE:
        columns["status"] = "pending"


def title_and_summary(release):
    """Return the commission's title and summary."""
    tender, planning = release.part("tender"), release.part("planning")
    named = [tender, release, *release.parts("contracts"), *release.parts("awards")]
    titles = [part.text("title", 500) for part in named]
    stories = [part.text("description") for part in (tender, *named[2:])]
    stories += [planning.text("rationale")]
    summary = next(filter(None, stories), "")
    title = next(filter(None, titles), "") or shorten_text(summary, 120)
    title = " ".join(title.split())
    return {
        "title": title or f"Notice {plain_text(release.raw('id'))}"[:500],
        "summary": shorten_text(summary, LONGEST_SUMMARY),
    }


def regime_and_value(release, progress, lead):
    """Return the regime, the route and the value."""
    stage, route = progress.stage, route_of(release)
    if stage in UNDECIDED and route == "other":
        route = "not_decided"
    least, most, vat = value_in_pounds(release)
    return {
        "regime": regime_of(stated_of(release, progress.history, lead, route)),
        "route": route,
        "light_touch": light_touch(release),
        "value_min": least,
        "value_max": most,
        "value_vat": vat,
    }


def term_and_stage(release, progress):
    """Return the term, the stage, and what is open until when."""
    starts_on, ends_on, extension = term_of_release(release)
    window_for, opens_at, closes_at = progress.window()
    return {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "extension": extension,
        "stage": progress.stage,
        "window_for": window_for,
        "window_opens_at": opens_at,
        "window_closes_at": closes_at,
    }


def delivery_places(release):
    """Return the codes of the places of delivery, none twice."""
    tender = release.part("tender")
    holders = [tender, *release.parts("awards"), *release.parts("contracts")]
    items = [item for part in holders for item in part.parts("items")]
    addresses = [
        a for part in (*items, tender) for a in part.parts("deliveryAddresses")
    ]
    addresses += [item.part("deliveryAddress") for item in items]
    return [code for code in dict.fromkeys(map(place_of, addresses)) if code]


def value_in_pounds(release):
    """Return the lowest and highest value in pounds, and what is said of VAT.

    From the tender, else its lots, else the contracts, else the awards. Only
    `amountGross` says that VAT is counted (UK extension of OCDS); a plain
    `amount` beside it does not count it; alone, it does not say.
    """
    tender = release.part("tender")
    stated = [amount_columns(tender)]
    lowest = amount_columns(tender, "minValue")
    lists = (tender.parts("lots"), release.parts("contracts"), release.parts("awards"))
    for parts in lists:
        if stated_in_pounds(stated):
            break
        stated, lowest = [amount_columns(part) for part in parts], {}
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


def term_of_release(release):
    """Return when the service starts and ends, and how it may be extended."""
    tender = release.part("tender")
    spans = [(tender, "contractPeriod")]
    spans += [(contract, "period") for contract in release.parts("contracts")]
    spans += [(award, "contractPeriod") for award in release.parts("awards")]
    spans += [(lot, "contractPeriod") for lot in tender.parts("lots")]
    known = [first_and_last_day(part, key) for part, key in spans]
    known = [span for span in known if any(span)]
    more = [part.part("renewal").text("description", 300) for part, _ in spans]
    starts_on, ends_on = known[0] if known else (None, None)
    return day_of_text(starts_on), day_of_text(ends_on), next(filter(None, more), "")


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
UNSAID = {"", "not specified", "not applicable", "other", "unknown"}
OF_PSR = {"psr_a", "psr_b", "psr_c", "psr_msp", "psr_competitive"}
BELOW_THRESHOLD = re.compile(r"^below[- ]threshold\s*-?\s*")


def route_of(release):
    """Return the route that the notice names, "other" where it names none of ours.

    A notice of the NHS regime names its process in its own words.
    """
    tender = release.part("tender")
    details = " ".join(tender.raw("procurementMethodDetails").lower().split())
    words = f"{details}\n{words_of(release)}"
    if says_psr(words) and (route := psr_route(words)):
        return route
    details = BELOW_THRESHOLD.sub("", details.strip(" -"))
    for words, route in ROUTES:
        if words in details:
            return route
    method = tender.raw("procurementMethod") if details in UNSAID else ""
    return {"open": "open", "direct": "direct_award"}.get(method, "other")


def stated_of(release, history, lead, route):
    """Return what the notices state of the law that applies."""
    tender = release.part("tender")
    basis = tender.part("legalBasis")
    codes = [sent.code for sent in history if sent.code]
    nhs = any("psr" in sent.type.regimes for sent in history) or route in OF_PSR
    return Stated(
        scheme=basis.raw("scheme"),
        basis=basis.raw("id"),
        details=tender.raw("procurementMethodDetails"),
        words=words_of(release),
        nation=lead.nation,
        scottish=release.raw("ocid").lower().startswith("ocds-r6ebe6"),
        coded=any(is_of_the_act(code) for code in codes),
        psr=nhs,
        above=above_threshold(release),
        began=day_of_text(min((sent.at for sent in history), default=None)),
    )


def above_threshold(release):
    """Tell what the notices say of the threshold: False where all say below, or None."""
    tender = release.part("tender")
    parts = [tender, *tender.parts("lots")]
    parts += [*release.parts("awards"), *release.parts("contracts")]
    said = [part.flag("aboveThreshold") for part in parts]
    said = [each for each in said if each is not None]
    return any(said) if said else None


def light_touch(release):
    return "lightTouch" in release.part("tender").words("specialRegime")
