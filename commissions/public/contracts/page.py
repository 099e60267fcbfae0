"""One contract as its page shows it: who, for how much, until when, how it goes."""

from django.db.models import F, Q
from django.utils import timezone

from commissions.contracts.models import COMPETED
from commissions.law.contract_changes import SOURCE, percent
from commissions.models import Contract, Indicator, Organisation
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import RECORD, show_notice, shown, web
from commissions.public.commission.results import result
from commissions.public.contracts.performance_chart import Rated, rows
from commissions.public.contracts.published_copy import (
    changed_copies_of,
    copy_due,
    over_limit,
)
from commissions.public.contracts.rows import (
    department,
    ends,
    ends_soon,
    in_order,
    is_over,
    number_of,
    standing,
)
from commissions.public.contracts.term_chart import Term, facts, picture
from commissions.public.listing.excerpts import LONGEST, excerpt
from commissions.public.people.holder_history import entries_of
from commissions.public.people.holders import members, seat
from commissions.text.formats import amount, money, on_day

MOST = 500  # ratings, changes and suppliers' numbers read for one page
TENDERED = {
    True: "Yes: bids or quotes were invited",
    False: "No: it was awarded without a competition",
    None: "",
}


def page_context(contract, *, asked=""):
    """Return all that templates/commissions/contracts/detail.html shows.

    `contract` comes with its commission, its organisation, holder and tender,
    and with its post. `asked` names the list that a reader wants whole.
    """
    today = timezone.localdate()
    commission = contract.commission
    seat([commission.post, contract.post])
    sitting = members([commission.committee_id]) if commission.committee_id else {}
    options = list(contract.extensions.all())
    amendments = list(contract.amendments.order_by("made_on", "pk")[:MOST])
    term = term_of(contract, options, amendments)
    measured = performance(contract)
    entries = entries_of(contract, LONGEST + 1 if asked == "record" else RECORD + 1)
    return {
        "contract": contract,
        "commission": commission,
        "members": sitting.get(commission.committee_id, []),
        "standing": standing(contract, today),
        "signed": contract.is_signed,
        "ends": ends(contract, today),
        "suppliers": suppliers(contract),
        "particulars": particulars(contract),
        "term": picture(term, today),
        "days": facts(term, today),
        "changes": changes(contract, options, amendments),
        "performance": measured,
        "no_indicators": no_indicators(contract) if not measured else "",
        "copy": copy_of(contract, today),
        "changed_copies": changed_copies_of(contract, amendments, options, today),
        "next": following(contract),
        "asks_next": ends_soon(contract, today),
        "over": is_over(contract, today),
        "lessons": list(commission.lessons.standing()[:MOST]),
        "notices": notices(contract, asked),
        "record": commission_page.record(commission, entries, asked),
    }


def suppliers(contract):
    """List the suppliers with their numbers, in one query."""
    found = {}
    known = Organisation.objects.filter(contracts=contract).order_by("name", "pk")
    for slug, name, sme, vcse, *pair in known.values_list(
        "slug", "name", "is_sme", "is_vcse", "identifiers__scheme", "identifiers__value"
    )[:MOST]:
        body = found.setdefault(slug, {"slug": slug, "name": name, "pairs": []})
        body["kinds"] = kinds(sme, vcse)
        body["pairs"] += [tuple(pair)] if pair[0] else []
    for body in found.values():
        body["numbers"] = [number_of(*pair) for pair in in_order(body.pop("pairs"))]
    return list(found.values())


def kinds(sme, vcse):
    """Say what sort of body a supplier says it is."""
    said = [
        "Small or medium-sized firm" if sme else "",
        "Voluntary, community or social enterprise" if vcse else "",
    ]
    return [words for words in said if words]


def particulars(contract):
    """List (term, text) of what the register says of it; an empty text is not stated."""
    commission = contract.commission
    vat = contract.irrecoverable_vat
    tendered = TENDERED[contract.was_tendered]
    route = commission.get_route_display() if commission.route in COMPETED else ""
    return [
        ("Value", amount(contract.amount, contract.amount_gross, contract.currency)),
        ("VAT that cannot be recovered", "" if vat is None else money(vat)),
        ("Department responsible", department(contract)),
        ("Was it tendered?", ". ".join(filter(None, [tendered, route]))),
    ]


def term_of(contract, options, amendments):
    """Gather the days of a contract."""
    moved = [(o.used_on, o.ends_before) for o in options if o.used_on]
    moved += [(a.made_on, a.ends_before) for a in amendments if a.ends_after]
    first = [end for _, end in sorted(moved, key=lambda pair: pair[0]) if end]
    return Term(
        signed_on=contract.signed_on,
        starts_on=contract.starts_on,
        first_end=first[0] if first else contract.ends_on,
        ends_on=contract.ends_on,
        latest_end_on=contract.latest_end_on,
        ended_on=contract.ended_on,
        review_on=contract.review_on,
        used=tuple(o.until for o in options if o.used_on),
        unused=tuple(
            o.until
            for o in options
            if not o.used_on
            and not contract.ended_on
            and not (contract.ends_on and o.until <= contract.ends_on)
        ),
    )


def changes(contract, options, amendments):
    """List what changed since the signature, oldest first, with each reason."""
    used = [(o.used_on, extension(contract, o)) for o in options if o.used_on]
    made = [(a.made_on, amendment(contract, a)) for a in amendments]
    return [said for _, said in sorted(used + made, key=lambda pair: pair[0])]


def change(contract, on, what, reason, moved):
    """Say one change: when, what, why, how much, and whether a notice comes first."""
    notice = contract.why_notice(moved)
    return {
        "on": on,
        "what": what,
        "reason": reason,
        "value": moves(
            moved.amount_before, moved.amount_after, money, moved.value_percent
        ),
        "end": moves(
            moved.ends_before,
            moved.ends_after,
            on_day,
            moved.term_percent,
            " of the longest term",
        ),
        "notice": notice,
        "source": SOURCE if notice else "",
    }


def moves(before, after, write, share, of=""):
    """Say from what to what something moved, and how far; nothing where it stayed."""
    if after is None:
        return ""
    said = f"{write(before)} to {write(after)}" if before else f"to {write(after)}"
    if not share:
        return said
    return f"{said} ({'+' if share > 0 else '−'}{percent(share)}{of})"


def extension(contract, option):
    """Say the use of an option to extend."""
    what = "Extended, as the contract allows."
    return change(contract, option.used_on, what, option.why, option.change())


def amendment(contract, made):
    """Say an amendment."""
    return change(contract, made.made_on, made.changed, made.reason, made.change())


def performance(contract):
    """Return the indicators with their ratings over time, in one query."""
    found = Indicator.objects.filter(contract=contract).order_by(
        "pk", "ratings__starts_on"
    )
    indicators, ratings = {}, []
    for key, title, target, *rating in found.values_list(
        "pk",
        "title",
        "target",
        "ratings__starts_on",
        "ratings__ends_on",
        "ratings__level",
        "ratings__note",
    )[:MOST]:
        indicators[key] = (key, title, target)
        if rating[0]:
            ratings.append(Rated(key, *rating))
    return rows(indicators.values(), ratings)


def no_indicators(contract):
    """Say why a contract has no performance indicators, or that nobody says."""
    if contract.no_indicators_because:
        return contract.no_indicators_because
    commission = contract.commission
    if commission.regime != "procurement_act" or commission.light_touch:
        return ""
    if over_limit(contract.amount, contract.amount_gross) != "yes":
        return ""
    return (
        "The contract is worth more than £5 million. The law asks for at least three "
        "indicators, or for the reason why there are none (Procurement Act 2023, "
        "section 52). Neither is stated here."
    )


def copy_of(contract, today):
    """Return where the copy of a contract is, or what the law asks."""
    commission = contract.commission
    return {
        "url": web(contract.copy_url),
        "on": contract.copy_published_on,
        "due": copy_due(
            contract.signed_on,
            commission.regime,
            commission.light_touch,
            over_limit(contract.amount, contract.amount_gross),
            today,
        ),
    }


def following(contract):
    """List the public commissions that replace a contract."""
    found = contract.replaced_by.published().exclude(stage="cancelled")
    now = timezone.now()
    return [
        result(commission, now)
        for commission in found.select_related("organisation").order_by("pk")[:10]
    ]


def notices(contract, asked):
    """List the notices about the award, the contract and what became of it."""
    codes = ("UK5", "UK6", "UK7", "UK8", "UK9", "UK10", "UK11")
    about = Q(code__in=codes) | Q(tags__contains="contract")
    found = contract.commission.notices.filter(about, published_at__lte=timezone.now())
    newest = found.order_by(F("published_at").desc(), "-pk")
    return shown(excerpt(newest, "notices", first=10, asked=asked), show_notice)


def public():
    """Select the contracts that have a page, with all that it names."""
    return Contract.objects.published().select_related(
        "commission__organisation",
        "commission__post__organisation",
        "commission__post__deputy",
        "commission__committee__organisation",
        "commission__tender",
        "post__organisation",
        "post__deputy",
    )
