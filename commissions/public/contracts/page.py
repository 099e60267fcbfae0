"""One contract as its page shows it: who, for how much, until when, how it goes."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from commissions.contracts.models import COMPETED
from commissions.law.contract_changes import SOURCE, per_cent_in_words
from commissions.law.deadlines import contract_copy_rule, count
from commissions.law.notices import codes_that
from commissions.law.notices_due import ContractSigned, NoticeFacts, NoticeState
from commissions.law.notices_due.contracts import changed_copies
from commissions.law.regimes import BEGAN
from commissions.law.thresholds import is_large
from commissions.models import Contract, Indicator, Organisation
from commissions.people.holdings import committee_members, read_holders
from commissions.procurement.notice import contract_changes_of
from commissions.public.commission import page as commission_page
from commissions.public.commission.page import RECORD, show_notice, show_rows
from commissions.public.commission.rows import commission_result
from commissions.public.contracts.charts import (
    ContractTerm,
    RatedPeriod,
    draw_term,
    indicator_rows,
    term_facts,
)
from commissions.public.contracts.rows import (
    COLOURS,
    amount_of,
    department_of_post,
    end_in_words,
    replaced_by,
    supplier_numbers,
)
from commissions.public.listing.page import MOST_ROWS, excerpt
from commissions.public.notices.notices_due import show_notice_due
from commissions.public.people.holder_history import entries_of
from commissions.text.formats import money, on_day, web_address


@dataclass(frozen=True)
class PublishedCopy:
    """What is to be said: a sentence, whether it is late, the working, the law."""

    said: str
    late: bool = False
    counting: str = ""
    source: str = ""


def copy_due(
    signed_on: date | None,
    regime: str,
    light_touch: bool,
    large: bool | None,
    today: date,
) -> PublishedCopy:
    """Say what the law asks of a contract whose copy is not published here.

    `large` is what `thresholds.is_large` tells; `regime` a value of Commission.Regime.
    """
    if regime != "procurement_act":
        return PublishedCopy(
            gettext("Not published. The law it runs under asks for no copy.")
        )
    if large is False:
        return PublishedCopy(
            gettext(
                "Not published. The law asks for a copy of contracts worth more than "
                "£5 million, including VAT."
            )
        )
    if signed_on is None:
        return PublishedCopy(
            gettext("Not published. The day it was signed is not stated.")
        )
    if signed_on < BEGAN[regime]:
        return PublishedCopy(
            gettext("Not published. It was signed before the law asked for a copy.")
        )
    clock = count(contract_copy_rule(light_touch=light_touch), signed_on)
    said = copy_not_published(large, late=today > clock.date)
    return PublishedCopy(
        said.format(day=on_day(clock.date)),
        large is not None and today > clock.date,
        clock.counting,
        clock.source,
    )


def copy_not_published(large, *, late):
    """Say that a copy that the law may ask for was due, or is; `{day}` is left open."""
    if large is None and late:
        return gettext(
            "Not published yet. It was due by {day}, if the contract is worth more "
            "than £5 million including VAT."
        )
    if large is None:
        return gettext(
            "Not published yet. It is due by {day}, if the contract is worth more "
            "than £5 million including VAT."
        )
    if late:
        return gettext("Not published yet. It was due by {day}.")
    return gettext("Not published yet. It is due by {day}.")


def changed_copies_of(contract, amendments, options, today):
    """List where the copy of a contract as changed is, or by when it must be."""
    commission = contract.commission
    facts = NoticeFacts(
        today,
        commission.regime,
        light_touch=commission.light_touch,
        nation=commission.organisation.nation,
    )
    signed = ContractSigned(
        signed_on=contract.signed_on,
        amount=contract.amount,
        gross=contract.amount_gross,
        changes=tuple(contract_changes_of(contract, amendments, options)),
        changed_copied_on=contract.changed_copy_published_on,
    )
    found = changed_copies(facts, signed) if law_asks_for_copies(facts, signed) else ()
    return [
        {
            **show_notice_due(due),
            "late": due.state == NoticeState.LATE,
            "on": due.published_on,
            "url": web_address(contract.changed_copy_url),
        }
        for due in found
    ]


def law_asks_for_copies(facts, signed):
    """Tell whether a contract was signed under the law that asks for copies."""
    began = BEGAN["procurement_act"]
    under = facts.regime == "procurement_act"
    return under and bool(signed.signed_on) and signed.signed_on >= began


MOST = 500  # ratings, changes and suppliers' numbers read for one page
TENDERED = {
    True: gettext_lazy("Yes: bids or quotes were invited"),
    False: gettext_lazy("No: it was awarded without a competition"),
    None: "",
}
"""The notices about the award, the contract and what happened to it, by code."""


def contracts_with_page():
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
        """Its state, in words."""
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
        return end_in_words(self.contract, self.on)

    @cached_property
    def members(self):
        """Who sits on the committee that holds the commission."""
        key = self.commission.committee_id
        return committee_members([key]).get(key, []) if key else []

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
            body["kinds"] = notice_kinds(sme, vcse)
            body["pairs"] += [tuple(pair)] if pair[0] else []
        for body in found.values():
            body["numbers"] = supplier_numbers(body.pop("pairs"))
        return list(found.values())

    @cached_property
    def particulars(self):
        """(term, text) of what the register says of it; an empty text is not stated."""
        contract, commission = self.contract, self.commission
        vat = contract.irrecoverable_vat
        tendered = str(TENDERED[contract.was_tendered])
        route = commission.get_route_display() if commission.route in COMPETED else ""
        return [
            (gettext("Value"), amount_of(contract)),
            (
                gettext("VAT that cannot be recovered"),
                "" if vat is None else money(vat),
            ),
            (gettext("Department responsible"), department_of_post(contract)),
            (gettext("Was it tendered?"), ". ".join(filter(None, [tendered, route]))),
            *(
                (heading, text)
                for heading, text in (
                    (
                        gettext("Expected to be signed"),
                        on_day(contract.signing_expected_on),
                    ),
                    (gettext("How it can be renewed"), contract.extension),
                    (gettext("What can be added"), contract.options),
                )
                if text
            ),
        ]

    @cached_property
    def copy(self):
        """Where the copy of the contract is, or what the law asks of who keeps it here."""
        contract, commission = self.contract, self.commission
        return {
            "url": web_address(contract.copy_url),
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
        return ContractTerm(
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
        return draw_term(self.term, self.on)

    @cached_property
    def days(self):
        return term_facts(self.term, self.on)

    @cached_property
    def changes(self):
        """What changed since the signature, oldest first, with each reason."""
        made = [
            (
                o.used_on,
                gettext("Extended, as the contract allows."),
                o.why,
                o.change(),
            )
            for o in self.extensions
            if o.used_on
        ]
        made += [
            (a.made_on, a.changed, a.reason, a.change(), gross_moved(a))
            for a in self.amendments
        ]
        made.sort(key=lambda each: each[0])
        return [change_row(self.contract, *each) for each in made]

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
                ratings.append(RatedPeriod(key, *rating))
        return indicator_rows(indicators.values(), ratings)

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
        return gettext(
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
        found = replaced_by().filter(replaces=self.contract)
        return [
            commission_result(commission, self.at)
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
        return show_rows(listed, show_notice)

    @cached_property
    def record(self):
        """The entries about it, newest first."""
        most = MOST_ROWS if self.whole == "record" else RECORD
        entries = entries_of(self.contract, most + 1)
        return commission_page.list_record(self.commission, entries, self.whole)


def notice_kinds(sme, vcse):
    """Say what sort of body a supplier says it is."""
    said = [
        gettext("Small or medium-sized firm") if sme else "",
        gettext("Voluntary, community or social enterprise") if vcse else "",
    ]
    return [words for words in said if words]


def gross_moved(amendment):
    """Say from what to what the value with VAT moved."""
    return moves_of_contract(amendment.gross_before, amendment.gross_after, money, None)


def change_row(contract, on, what, reason, moved, gross=""):
    """Say one change: when, what, why, how much, and whether a notice comes first."""
    kept = contract.commission.kept_here
    notice = contract.why_notice(moved) if kept else []
    return {
        "says_vat": kept or bool(gross),
        "gross": gross,
        "on": on,
        "what": what,
        "reason": reason,
        "value": moves_of_contract(
            moved.amount_before, moved.amount_after, money, moved.value_percent
        ),
        "end": moves_of_contract(
            moved.ends_before,
            moved.ends_after,
            on_day,
            moved.term_percent,
            of_term=True,
        ),
        "notice": notice,
        "source": SOURCE if notice else "",
    }


MOVED = "{said} ({share})"


def moves_of_contract(before, after, write, share, *, of_term=False):
    """Say from what to what something moved, and how far; nothing where it stayed."""
    if after is None:
        return ""
    said = gettext("{before} to {after}") if before else gettext("to {after}")
    said = said.format(before=write(before), after=write(after))
    if not share:
        return said
    moved = gettext("{said} ({share} of the longest term)") if of_term else MOVED
    sign = "+" if share > 0 else "−"
    return moved.format(said=said, share=f"{sign}{per_cent_in_words(share)}")
