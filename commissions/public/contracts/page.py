"""One contract as its page shows it: who, for how much, until when, how it goes."""

from functools import cached_property

from django.db.models import F, Q
from django.utils import timezone

from commissions.contracts.models import COMPETED
from commissions.law.contract_changes import SOURCE, percent
from commissions.law.notices import codes_that
from commissions.law.thresholds import is_large
from commissions.models import Contract, Indicator, Organisation
from commissions.people.holders import members, read_holders
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import RECORD, show_notice, shown, web
from commissions.public.commission.results import result
from commissions.public.contracts.performance_chart import Rated, rows
from commissions.public.contracts.published_copy import changed_copies_of, copy_due
from commissions.public.contracts.rows import (
    COLOURS,
    amount_of,
    department,
    ends,
    numbers,
    replacing,
)
from commissions.public.contracts.term_chart import Term, facts, picture
from commissions.public.listing.excerpts import LONGEST, excerpt
from commissions.public.people.holder_history import entries_of
from commissions.text.formats import money, on_day

MOST = 500  # ratings, changes and suppliers' numbers read for one page
TENDERED = {
    True: "Yes: bids or quotes were invited",
    False: "No: it was awarded without a competition",
    None: "",
}
"""The notices about the award, the contract and what became of it, by code."""


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


class ContractPage:
    """What the public sees of one contract of `public`, on a day.

    `whole` names the list that the reader wants whole: notices or record.
    """

    def __init__(self, contract, at, *, whole=""):
        self.contract, self.commission = contract, contract.commission
        self.at, self.on, self.whole = at, timezone.localdate(at), whole
        read_holders([self.commission.post, contract.post])

    @cached_property
    def standing(self):
        return self.contract.standing(self.on)

    @property
    def state(self):
        """Where it stands, in words."""
        return self.standing.label_of(self.commission)

    @property
    def colour(self):
        return COLOURS[self.standing.state] if self.commission.kept_here else ""

    @cached_property
    def latest_notice(self):
        """The newest notice seen of its commission, known from notices; or None."""
        return commission_page.latest_notice(self.commission)

    @property
    def lacks_next(self):
        """Whether it ends soon, and its body says nothing of what replaces it."""
        return self.commission.kept_here and self.standing.ends_soon and not self.next

    @cached_property
    def ends(self):
        return ends(self.contract, self.on)

    @cached_property
    def members(self):
        """Who sits on the committee that holds the commission."""
        key = self.commission.committee_id
        return members([key]).get(key, []) if key else []

    @cached_property
    def suppliers(self):
        """The suppliers with their numbers, in one query."""
        found = {}
        known = Organisation.objects.filter(contracts=self.contract)
        for slug, name, sme, vcse, *pair in known.order_by("name", "pk").values_list(
            "slug",
            "name",
            "is_sme",
            "is_vcse",
            "identifiers__scheme",
            "identifiers__value",
        )[:MOST]:
            body = found.setdefault(slug, {"slug": slug, "name": name, "pairs": []})
            body["kinds"] = kinds(sme, vcse)
            body["pairs"] += [tuple(pair)] if pair[0] else []
        for body in found.values():
            body["numbers"] = numbers(body.pop("pairs"))
        return list(found.values())

    @cached_property
    def particulars(self):
        """(term, text) of what the register says of it; an empty text is not stated."""
        contract, commission = self.contract, self.commission
        vat = contract.irrecoverable_vat
        tendered = TENDERED[contract.was_tendered]
        route = commission.get_route_display() if commission.route in COMPETED else ""
        return [
            ("Value", amount_of(contract)),
            ("VAT that cannot be recovered", "" if vat is None else money(vat)),
            ("Department responsible", department(contract)),
            ("Was it tendered?", ". ".join(filter(None, [tendered, route]))),
        ]

    @cached_property
    def copy(self):
        """Where the copy of the contract is, or what the law asks of who keeps it here."""
        contract, commission = self.contract, self.commission
        return {
            "url": web(contract.copy_url),
            "on": contract.copy_published_on,
            "due": commission.kept_here
            and copy_due(
                contract.signed_on,
                commission.regime,
                commission.light_touch,
                is_large(contract.amount, contract.amount_gross),
                self.on,
            ),
        }

    @cached_property
    def changed_copies(self):
        """Where the copy of the contract as changed is, or by when it must be."""
        if not self.commission.kept_here:
            return []
        return changed_copies_of(
            self.contract, self.amendments, self.extensions, self.on
        )

    @cached_property
    def extensions(self):
        return list(self.contract.extensions.all())

    @cached_property
    def amendments(self):
        return list(self.contract.amendments.order_by("made_on", "pk")[:MOST])

    @cached_property
    def term(self):
        """The days of the contract."""
        contract, used = self.contract, [o for o in self.extensions if o.used_on]
        moved = [(o.used_on, o.ends_before) for o in used]
        moved += [(a.made_on, a.ends_before) for a in self.amendments if a.ends_after]
        first = [end for _, end in sorted(moved, key=lambda pair: pair[0]) if end]
        return Term(
            signed_on=contract.signed_on,
            starts_on=contract.starts_on,
            first_end=first[0] if first else contract.ends_on,
            ends_on=contract.ends_on,
            latest_end_on=contract.latest_end_on,
            ended_on=contract.ended_on,
            review_on=contract.review_on,
            used=tuple(o.until for o in used),
            unused=tuple(o.until for o in self.extensions if contract.may_use(o)),
        )

    @cached_property
    def chart(self):
        return picture(self.term, self.on)

    @cached_property
    def days(self):
        return facts(self.term, self.on)

    @cached_property
    def changes(self):
        """What changed since the signature, oldest first, with each reason."""
        made = [
            (o.used_on, "Extended, as the contract allows.", o.why, o.change())
            for o in self.extensions
            if o.used_on
        ]
        made += [(a.made_on, a.changed, a.reason, a.change()) for a in self.amendments]
        made.sort(key=lambda each: each[0])
        return [change(self.contract, *each) for each in made]

    @cached_property
    def performance(self):
        """The indicators with their ratings over time, in one query."""
        found = Indicator.objects.filter(contract=self.contract)
        indicators, ratings = {}, []
        for key, title, target, *rating in found.order_by(
            "pk", "ratings__starts_on"
        ).values_list(
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

    @cached_property
    def no_indicators(self):
        """Why a contract has no performance indicators, or that nobody says."""
        contract, commission = self.contract, self.commission
        if contract.no_indicators_because:
            return contract.no_indicators_because
        if not commission.kept_here or commission.light_touch:
            return ""
        if commission.regime != "procurement_act":
            return ""
        if not is_large(contract.amount, contract.amount_gross):
            return ""
        return (
            "The contract is worth more than £5 million. The law asks for at least "
            "three indicators, or for the reason why there are none (Procurement Act "
            "2023, section 52). Neither is stated here."
        )

    @cached_property
    def lessons(self):
        return list(self.commission.lessons.standing()[:MOST])

    @cached_property
    def next(self):
        """The public commissions that replace it."""
        found = replacing().filter(replaces=self.contract)
        return [
            result(commission, self.at)
            for commission in found.select_related("organisation").order_by("pk")[:10]
        ]

    @cached_property
    def notices(self):
        """The notices about it on the national platforms, newest first."""
        codes = codes_that(lambda notice: notice.tells_of_contract)
        about = Q(code__in=codes) | Q(tags__contains="contract")
        found = self.commission.notices.filter(about, published_at__lte=self.at)
        newest = found.order_by(F("published_at").desc(), "-pk")
        listed = excerpt(newest, "notices", first=10, asked=self.whole)
        return shown(listed, show_notice)

    @cached_property
    def record(self):
        """The entries about it, newest first."""
        most = LONGEST if self.whole == "record" else RECORD
        entries = entries_of(self.contract, most + 1)
        return commission_page.record(self.commission, entries, self.whole)


def kinds(sme, vcse):
    """Say what sort of body a supplier says it is."""
    said = [
        "Small or medium-sized firm" if sme else "",
        "Voluntary, community or social enterprise" if vcse else "",
    ]
    return [words for words in said if words]


def change(contract, on, what, reason, moved):
    """Say one change: when, what, why, how much, and whether a notice comes first."""
    notice = contract.why_notice(moved) if contract.commission.kept_here else []
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
