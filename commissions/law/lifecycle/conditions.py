"""The conditions that stand before a move: each refuses in one sentence.

A sentence may have blanks that `commissions.commission.gates` fills: {title}, {day},
{from_day}, {notice}, {name}. `fills` says where what is missing is supplied, as
the name of an address of the desk; it is empty where only time supplies it. `waivable` where the law, or good practice,
lets a named person do without, for a reason on the record: an exemption.
"""

from dataclasses import dataclass

from commissions.law.language import marked

FORM = "admin:commissions_commission_change"
NOTICE = "admin:commissions_commission_notice"
DECISIONS = "admin:commissions_decision_add"
EXEMPTION = "admin:commissions_exemption_add"
MOVE = "admin:commission-move"


@dataclass(frozen=True)
class GateCondition:
    """One gate: its code, its sentence, where to supply it, who may waive it.

    `waivable` names the gate in words as an exemption shows it; empty where
    nobody may waive it.
    """

    code: str
    sentence: str
    fills: str
    waivable: str = ""


CONDITIONS = {
    each.code: each
    for each in (
        GateCondition(
            "holder",
            "Name the holder: hand it over to a post with a person in it, or to a "
            "committee with members.",
            "admin:commission-hand-over",
            marked("Somebody is named as its holder"),
        ),
        GateCondition(
            "draft_open",
            "Publish a draft specification and open it for comment, or enter an "
            "exemption that says which law allows going without.",
            "admin:specification-of",
            marked("A draft was open for comment, and the response published"),
        ),
        GateCondition(
            "draft_published",
            "Publish the draft specification first: there is nothing to comment on "
            "until then.",
            "admin:specification-of",
        ),
        GateCondition(
            "comments_closed",
            "Comments are open until {day}. Wait until then: what people say "
            "before it closes counts.",
            "",
        ),
        GateCondition(
            "decision",
            "Record the decision to go ahead, with its reasons: an officer’s "
            "decision is enough. Announce it, then record the outcome.",
            f"{DECISIONS}?commission=",
            marked("The decision is recorded with its reasons"),
        ),
        GateCondition(
            "key_notice",
            "“{title}” is a key decision and was taken on {day}, before "
            "28 clear days had passed since its notice ({from_day} at the earliest). "
            "Enter an exemption that names the urgency (SI 2012/2089, regulation 10 or 11).",
            f"{EXEMPTION}?gate=key_notice&commission=",
            marked("28 clear days’ notice of the key decision"),
        ),
        GateCondition(
            "regime",
            "State the law it runs under: choose a regime that applies to what "
            "begins now, under “Law and route”.",
            f"{FORM}#id_regime",
        ),
        GateCondition(
            "route",
            "Say how a provider is chosen: choose a route of {name}.",
            f"{FORM}#id_route",
        ),
        GateCondition(
            "notice",
            "Publish the {notice} on the central platform first, then record its "
            "reference, address and time here.",
            NOTICE,
        ),
        GateCondition(
            "notice_late",
            "The {notice} was due by {day}. Publish it on the central platform, "
            "then record its reference, address and time here.",
            NOTICE,
        ),
        GateCondition(
            "performance",
            "Publish the {notice} on the central platform first, then record its "
            "reference, address and time here: “{title}” has key performance indicators, "
            "and the results are published before it is closed.",
            NOTICE,
        ),
        GateCondition(
            "bids_closed",
            "Bids are taken until {day}. Evaluation begins when that time has passed.",
            "",
        ),
        GateCondition(
            "wait_of_14_days",
            "The most suitable provider can be chosen on {from_day} at the earliest: "
            "14 days after the notice PSR5 (SI 2023/1348, regulation 10(5)).",
            "",
        ),
        GateCondition(
            "standstill_over",
            "Wait until the standstill is over: the contract cannot be signed before.",
            "",
            marked("The standstill is kept"),
        ),
        GateCondition(
            "no_standstill",
            "Announce the choice and wait for the standstill, or enter an exemption "
            "that says which urgency allows going without.",
            f"{EXEMPTION}?gate=standstill_over&commission=",
        ),
        GateCondition(
            "under_way",
            "Move it stage by stage from the intention. Where its contract was made "
            "before this portal was used, enter an exemption that says so.",
            f"{EXEMPTION}?gate=under_way&commission=",
            marked("Its contract was made before this portal was used"),
        ),
        GateCondition(
            "reason",
            "Say why: this move needs a reason, which the public sees.",
            f"{MOVE}#id_reason",
        ),
    )
}
"""Every condition by its code."""

CHOSEN_OPENLY = ("holder", "draft_open", "decision", "key_notice")
"""What must be shown before a commission is decided, and again before a choice."""

WAIVED_BY = {"no_standstill": "standstill_over"}
"""A condition that another one's exemption lifts."""
