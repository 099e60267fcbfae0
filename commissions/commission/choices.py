"""The choices of a commission (stage, law, route, money, window) and of a decision."""

from django.db import models

from commissions.law.lifecycle import STAGES

Stage = models.TextChoices(
    "Stage", {code.upper(): (code, stage.name) for code, stage in STAGES.items()}
)


class Regime(models.TextChoices):
    """The law it runs under."""

    PROCUREMENT_ACT = "procurement_act", "Procurement Act 2023"
    PSR = "psr", "NHS Provider Selection Regime"
    PSR_WALES = "psr_wales", "Welsh Provider Selection Regime"
    BELOW_THRESHOLD = "below_threshold", "Below the threshold"
    SCOTLAND = "scotland", "Scottish Regulations 2015 and 2016"
    SCOTLAND_UTILITIES = "scotland_utilities", "Utilities contracts in Scotland"
    SCOTLAND_CONCESSIONS = "scotland_concessions", "Concession contracts in Scotland"
    GRANT = "grant", "Grant"
    IN_HOUSE = "in_house", "Provided in-house"
    OLD_REGULATIONS = "old_regulations", "Regulations before February 2025"
    NOT_STATED = "not_stated", "Not stated"


class Route(models.TextChoices):
    """How a provider is chosen, within the regime."""

    OPEN = "open", "Open procedure"
    COMPETITIVE_FLEXIBLE = "competitive_flexible", "Competitive flexible procedure"
    FRAMEWORK = "framework", "Call-off from a framework"
    DYNAMIC_MARKET = "dynamic_market", "Dynamic market"
    DIRECT_AWARD = "direct_award", "Direct award"
    PSR_A = "psr_a", "Direct Award Process A"
    PSR_B = "psr_b", "Direct Award Process B"
    PSR_C = "psr_c", "Direct Award Process C"
    PSR_MSP = "psr_msp", "Most Suitable Provider Process"
    PSR_COMPETITIVE = "psr_competitive", "Competitive Process"
    OTHER = "other", "Another procedure, or not stated"
    NOT_DECIDED = "not_decided", "Not decided yet"


class Vat(models.TextChoices):
    """Whether the value counts VAT: the Act's thresholds do, many notices do not."""

    INCLUDED = "included", "including VAT"
    EXCLUDED = "excluded", "excluding VAT"
    NOT_STATED = "not_stated", "VAT not stated"


class Window(models.TextChoices):
    """What people outside can do until the closing time."""

    COMMENT = "comment", "Open for comment"
    ENGAGEMENT = "engagement", "Open for engagement"
    BIDS = "bids", "Open for bids"


class Rung(models.IntegerChoices):
    """The ladder of co-production (Think Local Act Personal)."""

    COERCION = 1, "Coercion"
    EDUCATING = 2, "Educating"
    INFORMING = 3, "Informing"
    CONSULTATION = 4, "Consultation"
    ENGAGEMENT = 5, "Engagement"
    CO_DESIGN = 6, "Co-design"
    CO_PRODUCTION = 7, "Co-production"


class DecisionKind(models.TextChoices):
    """Who decides, in law."""

    EXECUTIVE = "executive", "Executive decision"
    OFFICER = "officer", "Officer’s decision"
    COMMITTEE = "committee", "Committee’s decision"
    BOARD = "board", "Decision of an NHS board or committee"
    PCC = "pcc", "Police and crime commissioner’s decision"
    MINISTER = "minister", "Government decision"


class Urgency(models.TextChoices):
    """Why a decision need not wait 28 clear days (SI 2012/2089 regs 10 and 11)."""

    NONE = "", "28 clear days’ notice"
    GENERAL = "general_exception", "General exception: 5 clear days (regulation 10)"
    SPECIAL = "special_urgency", "Special urgency (regulation 11)"
