"""What the codes of the law and the standards mean, in plain words.

Sources: Procurement Act 2023 and SI 2024/692 (notices), SI 2023/1348 (the NHS
regime), OCDS 1.1.5 (documents, methods, states), org-id.guide (registers),
Think Local Act Personal (the ladder).
"""

from commissions.law.language import gettext, marked
from commissions.law.notices import title_of
from commissions.text.languages import gettext_lazy

REGIMES = {
    "procurement_act": gettext_lazy(
        "The Procurement Act 2023 sets the steps: notices are "
        "published at each stage, and providers can challenge the choice."
    ),
    "psr": gettext_lazy(
        "The NHS Provider Selection Regime applies to health care services. "
        "The body must weigh quality, value, joined-up care, access and social value, "
        "and publish what it intends and why."
    ),
    "psr_wales": gettext_lazy(
        "The Welsh Provider Selection Regime applies to health services bought by "
        "NHS bodies and councils in Wales (WSI 2025/99)."
    ),
    "below_threshold": gettext_lazy(
        "The value is below the amount at which the full rules on "
        "procurement begin. Lighter rules apply."
    ),
    "scotland": gettext_lazy(
        "Scotland buys under regulations of its own: the Public Contracts "
        "(Scotland) Regulations 2015 and the Procurement (Scotland) Regulations 2016."
    ),
    "scotland_utilities": gettext_lazy(
        "The Utilities Contracts (Scotland) Regulations 2016 apply to "
        "water, energy, transport and post."
    ),
    "scotland_concessions": gettext_lazy(
        "The Concession Contracts (Scotland) Regulations 2016 apply "
        "where the provider is paid by the people who use the service."
    ),
    "grant": gettext_lazy(
        "Money is given for a purpose, on conditions. Nothing is bought, so the "
        "rules on buying do not apply."
    ),
    "in_house": gettext_lazy(
        "The public body runs the service itself. There is no tender."
    ),
    "old_regulations": gettext_lazy(
        "The notices name the law from before 24 February 2025: the Public "
        "Contracts Regulations 2015, or the rules for utilities or concessions of 2016."
    ),
}

LIGHT_TOUCH = gettext_lazy(
    "Light touch: health, social care and similar services to people have simpler "
    "rules and longer times for some notices."
)

ROUTES = {
    "open": gettext_lazy("Any provider can bid, in a single step."),
    "competitive_flexible": gettext_lazy(
        "Providers compete in steps that the body designs, such as "
        "shortlisting, talks and trials."
    ),
    "framework": gettext_lazy(
        "The provider is chosen from a list agreed earlier by competition."
    ),
    "dynamic_market": gettext_lazy(
        "Only providers that have joined an open list can bid. Any suitable "
        "provider can join at any time."
    ),
    "direct_award": gettext_lazy(
        "A provider is chosen without a competition, for a reason that the law allows."
    ),
    "psr_a": gettext_lazy("Only the current provider can do it, so it carries on."),
    "psr_b": gettext_lazy(
        "People choose their provider, and every provider that qualifies is offered "
        "a contract."
    ),
    "psr_c": gettext_lazy(
        "The current provider does well and the contract changes little, so it "
        "carries on."
    ),
    "psr_msp": gettext_lazy(
        "The body believes it can name the most suitable provider without a "
        "competition, and publishes how it judged."
    ),
    "psr_competitive": gettext_lazy(
        "Providers compete, and are judged on criteria published beforehand."
    ),
}

RUNGS = {
    1: gettext_lazy("People are told what will happen to them."),
    2: gettext_lazy("People are taught to understand the service, and are not asked."),
    3: gettext_lazy("People are told what is planned and why."),
    4: gettext_lazy("People are asked what they think; others decide."),
    5: gettext_lazy("People can put forward ideas and have some influence."),
    6: gettext_lazy("People help to design the service; others decide at the end."),
    7: gettext_lazy("People share the decisions, from the first idea to the review."),
}

TAGS = {
    "planning": gettext_lazy("Early notice of a plan"),
    "planningUpdate": gettext_lazy("Change to a plan"),
    "tender": gettext_lazy("Tender notice"),
    "tenderUpdate": gettext_lazy("Change to a tender"),
    "tenderAmendment": gettext_lazy("Change to a tender"),
    "tenderCancellation": gettext_lazy("Tender cancelled"),
    "award": gettext_lazy("Award notice"),
    "awardUpdate": gettext_lazy("Change to an award"),
    "awardCancellation": gettext_lazy("Award cancelled"),
    "contract": gettext_lazy("Contract notice"),
    "contractUpdate": gettext_lazy("Change to a contract"),
    "contractAmendment": gettext_lazy("Change to a contract"),
    "contractTermination": gettext_lazy("Contract ended"),
    "implementation": gettext_lazy("Report on a contract"),
    "implementationUpdate": gettext_lazy("Change to a report on a contract"),
}

RESERVED = {
    "shelteredWorkshop": gettext_lazy(
        "Supported employment: suppliers that employ disabled or disadvantaged people"
    ),
    "publicServiceMissionOrganization": gettext_lazy("Public service mutuals"),
    "smeVcse": gettext_lazy(
        "Small and medium-sized firms, and voluntary and community bodies"
    ),
    "sme": gettext_lazy("Small and medium-sized firms"),
    "vcse": gettext_lazy("Voluntary and community bodies"),
    "uk": gettext_lazy("Suppliers in the United Kingdom"),
    "local": gettext_lazy("Local suppliers"),
}
"""Who alone may bid, by the codes of OCDS and the portal's own for places."""

RELATIONS = {
    "framework": gettext_lazy("Under the framework"),
    "parent": gettext_lazy("Part of"),
    "prior": gettext_lazy("After"),
    "planning": gettext_lazy("Planned as"),
    "unsuccessfulProcess": gettext_lazy("After one that was not awarded:"),
    "subContract": gettext_lazy("Subcontract of"),
    "replacementProcess": gettext_lazy("In place of"),
    "renewalProcess": gettext_lazy("Renewal of"),
}
"""How a related process is related (OCDS relatedProcess)."""

SAID_IN_WORDS = (
    "psr-approach",
    "psr-invitation",
    "psr-intention",
    "psr-award",
    "psr-changed",
    "psr-abandoned",
    "transparency",
    "changed",
)
"""Forms of notices that their own words, not their tags, say what they are."""

DOCUMENT_TYPES = {
    "plannedProcurementNotice": marked("Notice of a plan"),
    "marketEngagementNotice": marked("Market engagement notice"),
    "tenderNotice": marked("Tender notice"),
    "tenderCancellationNotice": marked("Notice that a tender is cancelled"),
    "awardNotice": marked("Award notice"),
    "contractNotice": marked("Contract notice"),
    "contractTerminationNotice": marked("Notice that a contract ended"),
    "implementationNotice": marked("Report on a contract"),
    "procurementPlan": marked("Plan for the tender"),
    "needsAssessment": marked("Assessment of the need"),
    "feasibilityStudy": marked("Feasibility study"),
    "marketStudies": marked("Study of the market"),
    "hearingNotice": marked("Notice of a public meeting"),
    "biddingDocuments": marked("Documents for bidders"),
    "submissionDocuments": marked("What bidders hand in"),
    "technicalSpecifications": marked("Specification"),
    "evaluationCriteria": marked("How bids are judged"),
    "evaluationReports": marked("Report on how bids were judged"),
    "eligibilityCriteria": marked("Who can bid"),
    "clarifications": marked("Answers to bidders’ questions"),
    "shortlistedFirms": marked("Shortlist"),
    "contractDraft": marked("Draft contract"),
    "contractSigned": marked("Signed contract"),
    "contractSchedule": marked("Parts of the contract"),
    "contractAnnexe": marked("Annexes to the contract"),
    "contractGuarantees": marked("Guarantees"),
    "contractArrangements": marked("How the contract ends"),
    "contractSummary": marked("Summary of the contract"),
    "subContract": marked("Subcontract"),
    "physicalProgressReport": marked("Report on progress"),
    "financialProgressReport": marked("Report on spending"),
    "finalAudit": marked("Final audit"),
    "completionCertificate": marked("Certificate of completion"),
    "environmentalImpact": marked("Effect on the environment"),
    "riskProvisions": marked("How risks are handled"),
    "assetAndLiabilityAssessment": marked("What the public body owns and owes"),
    "projectPlan": marked("Project plan"),
    "billOfQuantity": marked("Bill of quantities"),
    "bidders": marked("About the bidders"),
    "winningBid": marked("Winning bid"),
    "complaints": marked("Complaints and what happened"),
    "conflictOfInterest": marked("Conflicts of interest"),
    "debarments": marked("Providers excluded"),
    "illustration": marked("Picture"),
    "cancellationDetails": marked("Why it was cancelled"),
}

METHODS = {
    "open": gettext_lazy("Anyone can bid"),
    "selective": gettext_lazy("Only shortlisted providers can bid"),
    "limited": gettext_lazy("Only invited providers can bid"),
    "direct": gettext_lazy("One provider, without a competition"),
}

STATES = {
    "pending": gettext_lazy("Proposed, not final"),
    "planned": gettext_lazy("Planned"),
    "planning": gettext_lazy("In planning"),
    "active": gettext_lazy("In force"),
    "cancelled": gettext_lazy("Cancelled"),
    "unsuccessful": gettext_lazy("Ended without a result"),
    "complete": gettext_lazy("Complete"),
    "terminated": gettext_lazy("Ended"),
    "withdrawn": gettext_lazy("Withdrawn"),
}

LOT_STATES = {**STATES, "active": gettext_lazy("Open or being assessed")}
AWARD_STATES = {**STATES, "active": gettext_lazy("Announced")}

FORMATS = {
    "text/html": gettext_lazy("web page"),
    "application/pdf": gettext_lazy("PDF"),
    "application/msword": gettext_lazy("Word"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": gettext_lazy(
        "Word"
    ),
    "application/vnd.ms-excel": gettext_lazy("Excel"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": gettext_lazy(
        "Excel"
    ),
    "application/zip": gettext_lazy("ZIP archive"),
    "text/csv": gettext_lazy("CSV"),
    "text/plain": gettext_lazy("plain text"),
}

REGISTERS = {
    "GB-COH": gettext_lazy("Companies House number"),
    "GB-CHC": gettext_lazy("Charity number, England and Wales"),
    "GB-SC": gettext_lazy("Charity number, Scotland"),
    "GB-NIC": gettext_lazy("Charity number, Northern Ireland"),
    "GB-MPR": gettext_lazy("Mutuals register number"),
    "GB-LAE": gettext_lazy("Council code, England"),
    "GB-LAS": gettext_lazy("Council code, Scotland"),
    "GB-LANI": gettext_lazy("Council code, Northern Ireland"),
    "GB-PLA": gettext_lazy("Council code, Wales"),
    "GB-NHS": gettext_lazy("NHS organisation code"),
    "GB-GOV": gettext_lazy("Government department code"),
    "GB-UKPRN": gettext_lazy("Learning provider number"),
    "GB-EDU": gettext_lazy("School number"),
    "GB-PPON": gettext_lazy("Central digital platform number (PPON)"),
    "GB-GSS": gettext_lazy("Statistics code (GSS)"),
    "GB-SRS": gettext_lazy("Sid4Gov supplier number"),
    "XI-DUNS": gettext_lazy("D-U-N-S number"),
}

ACCESSIBLE = {
    True: gettext_lazy("A screen reader can read it"),
    False: gettext_lazy(
        "A screen reader cannot read all of it. Ask the contact above for another format."
    ),
    None: gettext_lazy("It has not been checked whether a screen reader can read it"),
}


def notice_name(code, tags, form=""):
    """Name a notice by its code or form, else by the first of its tags that has a name."""
    if title := title_of(code) or (title_of(form) if form in SAID_IN_WORDS else ""):
        return title
    named = (TAGS[tag.strip()] for tag in tags.split(",") if tag.strip() in TAGS)
    return str(next(named, gettext_lazy("Notice")))


def notice_in_full(code, tags, form=""):
    """Name a notice with its code, where it has one."""
    name = notice_name(code, tags, form)
    return f"{name} ({code})" if code else name


def document_type(code):
    """Name a document's type, or nothing where its code is not one we know."""
    return gettext(DOCUMENT_TYPES.get(code, ""))


def file_format(mime):
    """Name a format as people do; an unknown one as it was given."""
    return str(FORMATS.get(mime.lower(), mime))
