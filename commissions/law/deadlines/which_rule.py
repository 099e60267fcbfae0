"""Which rule applies: from the facts of a procurement to the name of a clock."""

from dataclasses import dataclass

from commissions.law.deadlines.rule import NoMinimum


@dataclass(frozen=True)
class Facts:
    """What the periods of the Procurement Act depend on, as section 54 lists it.

    `preselected`: only suppliers already selected may tender, to an authority
    outside central government or for a utilities contract; `agreed`: they and
    the authority have agreed the period between them.
    """

    light_touch: bool = False
    urgent: bool = False
    qualifying_planned_notice: bool = False
    dynamic_market: bool = False
    preselected: bool = False
    agreed: bool = False
    electronic: bool = True
    documents_together: bool = True


def tendering_rule(facts: Facts) -> str:
    """Name the rule of the shortest tendering period (section 54(4)).

    Raises NoMinimum where the Act sets none.
    """
    if facts.light_touch:
        raise NoMinimum(
            "A light touch contract has no shortest tendering period "
            "(Procurement Act 2023, section 54(4))."
        )
    if facts.preselected and facts.agreed:
        raise NoMinimum(
            "A tendering period agreed with the suppliers already selected has no "
            "minimum (Procurement Act 2023, section 54(4))."
        )
    if shortened(facts):
        return "pa_min_tender_deadline_10"
    hindrances = (not facts.electronic) + (not facts.documents_together)
    return f"pa_min_tender_deadline_{25 + 5 * hindrances}"


def shortened(facts: Facts) -> bool:
    """Say whether any of the circumstances holds that shorten tendering to 10 days."""
    return (
        facts.qualifying_planned_notice
        or facts.urgent
        or facts.dynamic_market
        or facts.preselected
    )


def participation_rule(facts: Facts) -> str:
    """Name the rule of the shortest participation period (section 54(3)).

    Raises NoMinimum for a light touch contract.
    """
    if facts.light_touch:
        raise NoMinimum(
            "A light touch contract has no shortest participation period "
            "(Procurement Act 2023, section 54(3))."
        )
    return f"pa_min_participation_deadline_{10 if facts.urgent else 25}"


NO_STANDSTILL = {
    "framework": "A call-off from a framework",
    "dynamic_market": "An award from a dynamic market",
    "psr_a": "Direct Award Process A",
    "psr_b": "Direct Award Process B",
}


def standstill_rule(
    regime: str, route: str = "", *, light_touch=False, urgent=False
) -> str:
    """Name the rule of the standstill (Act section 51, PSR regulation 12).

    `regime` and `route` are values of Commission.Regime and Commission.Route;
    `urgent` is a direct award for extreme and unavoidable urgency or to protect
    life. Raises NoMinimum where no standstill is mandatory: one that is
    announced all the same lasts 8 working days at least under the Act.
    """
    if regime == "psr" and not urgent and route not in {"psr_a", "psr_b"}:
        return "psr_representations_close"
    exempt = light_touch or urgent or route in NO_STANDSTILL
    if regime == "procurement_act" and not exempt:
        return "pa_standstill_last_day"
    raise NoMinimum(f"{without_standstill(regime, route, light_touch)}.")


def without_standstill(regime: str, route: str, light_touch: bool) -> str:
    """Say why no standstill is mandatory."""
    if regime not in {"procurement_act", "psr"}:
        return "Only the Procurement Act and the NHS regime have a standstill"
    if light_touch and regime == "procurement_act":
        what = "A light touch contract"
    else:
        what = NO_STANDSTILL.get(route, "An urgent direct award")
    if regime == "psr":
        return f"{what} has no standstill (SI 2023/1348, regulation 12(1))"
    return (
        f"{what} has no mandatory standstill (Procurement Act 2023, section 51(3)); "
        "one that its award notice announces lasts 8 working days at least"
    )


def contract_details_rule(*, light_touch: bool) -> str:
    """Name the rule for the contract details notice, UK7 (section 53(1))."""
    return f"pa_contract_details{'_light_touch' if light_touch else ''}"


def contract_copy_rule(*, light_touch: bool) -> str:
    """Name the rule for the copy of a contract over £5 million (section 53(3))."""
    return f"pa_contract_copy{'_light_touch' if light_touch else ''}"
