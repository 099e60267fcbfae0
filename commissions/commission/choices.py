"""The choices of a commission (stage, law, route, money, window) and of a decision."""

from django.db import models

from commissions.law.lifecycle import STAGES
from commissions.text.languages import gettext_lazy

Stage = models.TextChoices(
    "Stage",
    {code.upper(): (code, gettext_lazy(stage.name)) for code, stage in STAGES.items()},
)


class Regime(models.TextChoices):
    """The law it runs under."""

    PROCUREMENT_ACT = "procurement_act", gettext_lazy("Procurement Act 2023")
    PSR = "psr", gettext_lazy("NHS Provider Selection Regime")
    PSR_WALES = "psr_wales", gettext_lazy("Welsh Provider Selection Regime")
    BELOW_THRESHOLD = "below_threshold", gettext_lazy("Below the threshold")
    SCOTLAND = "scotland", gettext_lazy("Scottish Regulations 2015 and 2016")
    SCOTLAND_UTILITIES = (
        "scotland_utilities",
        gettext_lazy("Utilities contracts in Scotland"),
    )
    SCOTLAND_CONCESSIONS = (
        "scotland_concessions",
        gettext_lazy("Concession contracts in Scotland"),
    )
    GRANT = "grant", gettext_lazy("Grant")
    IN_HOUSE = "in_house", gettext_lazy("Provided in-house")
    OLD_REGULATIONS = (
        "old_regulations",
        gettext_lazy("Regulations before February 2025"),
    )
    NOT_STATED = "not_stated", gettext_lazy("Not stated")


class Route(models.TextChoices):
    """How a provider is chosen, within the regime."""

    OPEN = "open", gettext_lazy("Open procedure")
    COMPETITIVE_FLEXIBLE = (
        "competitive_flexible",
        gettext_lazy("Competitive flexible procedure"),
    )
    FRAMEWORK = "framework", gettext_lazy("Call-off from a framework")
    DYNAMIC_MARKET = "dynamic_market", gettext_lazy("Dynamic market")
    DIRECT_AWARD = "direct_award", gettext_lazy("Direct award")
    PSR_A = "psr_a", gettext_lazy("Direct Award Process A")
    PSR_B = "psr_b", gettext_lazy("Direct Award Process B")
    PSR_C = "psr_c", gettext_lazy("Direct Award Process C")
    PSR_MSP = "psr_msp", gettext_lazy("Most Suitable Provider Process")
    PSR_COMPETITIVE = "psr_competitive", gettext_lazy("Competitive Process")
    OTHER = "other", gettext_lazy("Another procedure, or not stated")
    NOT_DECIDED = "not_decided", gettext_lazy("Not decided yet")


class Vat(models.TextChoices):
    """Whether the value counts VAT: the Act's thresholds do, many notices do not."""

    INCLUDED = "included", gettext_lazy("including VAT")
    EXCLUDED = "excluded", gettext_lazy("excluding VAT")
    NOT_STATED = "not_stated", gettext_lazy("VAT not stated")


class Window(models.TextChoices):
    """What people outside can do until the closing time."""

    COMMENT = "comment", gettext_lazy("Open for comment")
    ENGAGEMENT = "engagement", gettext_lazy("Open for engagement")
    BIDS = "bids", gettext_lazy("Open for bids")


class Rung(models.IntegerChoices):
    """The ladder of co-production (Think Local Act Personal)."""

    COERCION = 1, gettext_lazy("Coercion")
    EDUCATING = 2, gettext_lazy("Educating")
    INFORMING = 3, gettext_lazy("Informing")
    CONSULTATION = 4, gettext_lazy("Consultation")
    ENGAGEMENT = 5, gettext_lazy("Engagement")
    CO_DESIGN = 6, gettext_lazy("Co-design")
    CO_PRODUCTION = 7, gettext_lazy("Co-production")


class DecisionKind(models.TextChoices):
    """Who decides, in law."""

    EXECUTIVE = "executive", gettext_lazy("Executive decision")
    OFFICER = "officer", gettext_lazy("Officer’s decision")
    COMMITTEE = "committee", gettext_lazy("Committee’s decision")
    BOARD = "board", gettext_lazy("Decision of an NHS board or committee")
    PCC = "pcc", gettext_lazy("Police and crime commissioner’s decision")
    MINISTER = "minister", gettext_lazy("Government decision")


class Urgency(models.TextChoices):
    """Why a decision need not wait 28 clear days (SI 2012/2089 regs 10 and 11)."""

    NONE = "", gettext_lazy("28 clear days’ notice")
    GENERAL = (
        "general_exception",
        gettext_lazy("General exception: 5 clear days (regulation 10)"),
    )
    SPECIAL = "special_urgency", gettext_lazy("Special urgency (regulation 11)")
