"""What the codes of the law and the standards mean, in plain words.

Sources: Procurement Act 2023 and SI 2024/692 (notices), SI 2023/1348 (the NHS
regime), OCDS 1.1.5 (documents, methods, states), org-id.guide (registers),
Think Local Act Personal (the ladder).
"""

from commissions.law.notices import title_of

REGIMES = {
    "procurement_act": "The Procurement Act 2023 sets the steps: notices are "
    "published at each stage, and providers can challenge the choice.",
    "psr": "The NHS Provider Selection Regime applies to health care services. "
    "The body must weigh quality, value, joined-up care, access and social value, "
    "and publish what it intends and why.",
    "psr_wales": "The Welsh Provider Selection Regime applies to health services bought by "
    "NHS bodies and councils in Wales (WSI 2025/99).",
    "below_threshold": "The value is below the amount at which the full rules on "
    "procurement begin. Lighter rules apply.",
    "scotland": "Scotland buys under regulations of its own: the Public Contracts "
    "(Scotland) Regulations 2015 and the Procurement (Scotland) Regulations 2016.",
    "scotland_utilities": "The Utilities Contracts (Scotland) Regulations 2016 apply to "
    "water, energy, transport and post.",
    "scotland_concessions": "The Concession Contracts (Scotland) Regulations 2016 apply "
    "where the provider is paid by the people who use the service.",
    "grant": "Money is given for a purpose, on conditions. Nothing is bought, so the "
    "rules on buying do not apply.",
    "in_house": "The public body runs the service itself. There is no tender.",
    "old_regulations": "The notices name the law from before 24 February 2025: the Public "
    "Contracts Regulations 2015, or the rules for utilities or concessions of 2016.",
}

LIGHT_TOUCH = (
    "Light touch: health, social care and similar services to people have simpler "
    "rules and longer times for some notices."
)

ROUTES = {
    "open": "Any provider may bid, in a single step.",
    "competitive_flexible": "Providers compete in steps that the body designs, such as "
    "shortlisting, talks and trials.",
    "framework": "The provider is chosen from a list agreed earlier by competition.",
    "dynamic_market": "Only providers that have joined an open list may bid. Any suitable "
    "provider can join at any time.",
    "direct_award": "A provider is chosen without a competition, for a reason that "
    "the law allows.",
    "psr_a": "Only the present provider can do it, so it carries on.",
    "psr_b": "People choose their provider, and every provider that qualifies is offered "
    "a contract.",
    "psr_c": "The present provider does well and the contract changes little, so it "
    "carries on.",
    "psr_msp": "The body believes it can name the most suitable provider without a "
    "competition, and publishes how it judged.",
    "psr_competitive": "Providers compete, and are judged on criteria published "
    "beforehand.",
}

RUNGS = {
    1: "People are told what will happen to them.",
    2: "People are taught to understand the service, and are not asked.",
    3: "People are told what is planned and why.",
    4: "People are asked what they think; others decide.",
    5: "People can put forward ideas and have some influence.",
    6: "People help to design the service; others decide at the end.",
    7: "People share the decisions, from the first idea to the review.",
}

TAGS = {
    "planning": "Early notice of a plan",
    "planningUpdate": "Change to a plan",
    "tender": "Tender notice",
    "tenderUpdate": "Change to a tender",
    "tenderAmendment": "Change to a tender",
    "tenderCancellation": "Tender cancelled",
    "award": "Award notice",
    "awardUpdate": "Change to an award",
    "awardCancellation": "Award cancelled",
    "contract": "Contract notice",
    "contractUpdate": "Change to a contract",
    "contractAmendment": "Change to a contract",
    "contractTermination": "Contract ended",
    "implementation": "Report on a contract",
    "implementationUpdate": "Change to a report on a contract",
}

RESERVED = {
    "shelteredWorkshop": "Supported employment: suppliers that employ disabled or "
    "disadvantaged people",
    "publicServiceMissionOrganization": "Public service mutuals",
    "smeVcse": "Small and medium-sized firms, and voluntary and community bodies",
    "sme": "Small and medium-sized firms",
    "vcse": "Voluntary and community bodies",
    "uk": "Suppliers in the United Kingdom",
    "local": "Local suppliers",
}
"""Who alone may bid, by the codes of OCDS and the portal's own for places."""

RELATIONS = {
    "framework": "Under the framework",
    "parent": "Part of",
    "prior": "After",
    "planning": "Planned as",
    "unsuccessfulProcess": "After one that was not awarded:",
    "subContract": "Subcontract of",
    "replacementProcess": "In place of",
    "renewalProcess": "Renewal of",
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
    "plannedProcurementNotice": "Notice of a plan",
    "marketEngagementNotice": "Market engagement notice",
    "tenderNotice": "Tender notice",
    "tenderCancellationNotice": "Notice that a tender is cancelled",
    "awardNotice": "Award notice",
    "contractNotice": "Contract notice",
    "contractTerminationNotice": "Notice that a contract ended",
    "implementationNotice": "Report on a contract",
    "procurementPlan": "Plan for the tender",
    "needsAssessment": "Assessment of the need",
    "feasibilityStudy": "Feasibility study",
    "marketStudies": "Study of the market",
    "hearingNotice": "Notice of a public meeting",
    "biddingDocuments": "Documents for bidders",
    "submissionDocuments": "What bidders hand in",
    "technicalSpecifications": "Specification",
    "evaluationCriteria": "How bids are judged",
    "evaluationReports": "Report on how bids were judged",
    "eligibilityCriteria": "Who may bid",
    "clarifications": "Answers to bidders’ questions",
    "shortlistedFirms": "Shortlist",
    "contractDraft": "Draft contract",
    "contractSigned": "Signed contract",
    "contractSchedule": "Parts of the contract",
    "contractAnnexe": "Annexes to the contract",
    "contractGuarantees": "Guarantees",
    "contractArrangements": "How the contract ends",
    "contractSummary": "Summary of the contract",
    "subContract": "Subcontract",
    "physicalProgressReport": "Report on progress",
    "financialProgressReport": "Report on spending",
    "finalAudit": "Final audit",
    "completionCertificate": "Certificate of completion",
    "environmentalImpact": "Effect on the environment",
    "riskProvisions": "How risks are handled",
    "assetAndLiabilityAssessment": "What the public body owns and owes",
    "projectPlan": "Project plan",
    "billOfQuantity": "Bill of quantities",
    "bidders": "About the bidders",
    "winningBid": "Winning bid",
    "complaints": "Complaints and what became of them",
    "conflictOfInterest": "Conflicts of interest",
    "debarments": "Providers shut out",
    "illustration": "Picture",
    "cancellationDetails": "Why it was cancelled",
}

METHODS = {
    "open": "Anyone may bid",
    "selective": "Only shortlisted providers may bid",
    "limited": "Only invited providers may bid",
    "direct": "One provider, without a competition",
}

STATES = {
    "pending": "Proposed, not final",
    "planned": "Planned",
    "planning": "In planning",
    "active": "In force",
    "cancelled": "Cancelled",
    "unsuccessful": "Ended without a result",
    "complete": "Complete",
    "terminated": "Ended",
    "withdrawn": "Withdrawn",
}

LOT_STATES = {**STATES, "active": "Open or being assessed"}
AWARD_STATES = {**STATES, "active": "Announced"}

FORMATS = {
    "text/html": "web page",
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/zip": "ZIP archive",
    "text/csv": "CSV",
    "text/plain": "plain text",
}

REGISTERS = {
    "GB-COH": "Companies House number",
    "GB-CHC": "Charity number, England and Wales",
    "GB-SC": "Charity number, Scotland",
    "GB-NIC": "Charity number, Northern Ireland",
    "GB-MPR": "Mutuals register number",
    "GB-LAE": "Council code, England",
    "GB-LAS": "Council code, Scotland",
    "GB-LANI": "Council code, Northern Ireland",
    "GB-PLA": "Council code, Wales",
    "GB-NHS": "NHS organisation code",
    "GB-GOV": "Government department code",
    "GB-UKPRN": "Learning provider number",
    "GB-EDU": "School number",
    "GB-PPON": "Central digital platform number (PPON)",
    "GB-GSS": "Statistics code (GSS)",
    "GB-SRS": "Sid4Gov supplier number",
    "XI-DUNS": "D-U-N-S number",
}

ACCESSIBLE = {
    True: "A screen reader can read it",
    False: "A screen reader cannot read all of it. Ask the contact above for another format.",
    None: "Nobody has checked whether a screen reader can read it",
}


def notice_name(code, tags, form=""):
    """Name a notice by its code or form, else by the first of its tags that has a name."""
    if title := title_of(code) or (title_of(form) if form in SAID_IN_WORDS else ""):
        return title
    named = (TAGS[tag.strip()] for tag in tags.split(",") if tag.strip() in TAGS)
    return next(named, "Notice")


def notice_in_full(code, tags, form=""):
    """Name a notice with its code, where it has one."""
    name = notice_name(code, tags, form)
    return f"{name} ({code})" if code else name


def document_type(code):
    """Name a document's type, or nothing where its code is not one we know."""
    return DOCUMENT_TYPES.get(code, "")


def file_format(mime):
    """Name a format as people do; an unknown one as it was given."""
    return FORMATS.get(mime.lower(), mime)
