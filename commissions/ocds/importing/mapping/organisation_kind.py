"""Guess what kind of body a buyer is, from registers, names and classes.

Imports no models. Tried in this order, the first that says something wins:
the register that knows it, the words of its name, the classes its notices give
(UK_CA_TYPE, TED_CA_TYPE, COFOG). Classes come last because publishers' are
coarse: NHS trusts are "sub-central", regulators "regional or local".
A guess: staff correct it in the admin, and a correction is never overwritten.
"""

import re

BY_SCHEME = {
    "GB-LAE": "local_authority",
    "GB-LAS": "local_authority",
    "GB-LANI": "local_authority",
    "GB-PLA": "local_authority",
    "GB-NHS": "nhs",
    "GB-GOR": "central",
    "GB-EDU": "education",
    "GB-UKPRN": "education",
}

BY_NAME = [
    ("police", r"police|policing|constabulary"),
    ("fire", r"fire (and|&) rescue|fire authority|fire brigade|fire service"),
    (
        "nhs",
        r"nhs|health board|integrated care|hospitals?|ambulance|bwrdd iechyd"
        r"|health and social care (trust|board)|clinical commissioning group",
    ),
    ("parish", r"(parish|town|community) council|cyngor (tref|cymuned)"),
    (
        "combined_authority",
        r"combined (county )?authority|greater london authority|city region",
    ),
    (
        "central",
        r"(research|arts|sports?|british|design|medical|dental|midwifery"
        r"|social work|countryside) council",
    ),
    (
        "local_authority",
        r"council|cyngor (sir|dinas)|(london|royal) borough of|borough of"
        r"|city (and|&) county of|corporation of london|city of london corporation",
    ),
    ("devolved", r"welsh government|llywodraeth cymru|scottish government"),
    ("devolved", r"scottish ministers|northern ireland (executive|office)"),
    (
        "education",
        r"universit(y|ies)|prifysgol|colleges?|schools?|academ(y|ies)|multi.academy"
        r"|learning trust|education trust|educational trust",
    ),
    (
        "central",
        r"department (for|of)|ministry of|home office|cabinet office|treasury"
        r"|foreign|his majesty|her majesty|hm|crown|homes england|met office"
        r"|ofcom|ofsted|ofgem|uk research (and|&) innovation|standards agency"
        r"|environment agency|national highways|network rail|natural england"
        r"|national wealth fund|shared business services|defra|desnz|dvsa|dvla"
        r"|cps|mod|dwp|hmrc|dft|dfe|dhsc|dbt|dsit|dcms|fcdo|mhclg|ukri|ukhsa",
    ),
    ("housing", r"housing|homes|places for people|\w+ tai|tai|cartrefi|rsl"),
]
BY_NAME = [
    (kind, re.compile(rf"\b({words})\b", re.IGNORECASE)) for kind, words in BY_NAME
]

BY_CLASS = {
    ("UK_CA_TYPE", "publicauthoritycentralgovernment"): "central",
    ("COFOG", "07"): "nhs",
    ("COFOG", "09"): "education",
    ("COFOG", "06"): "housing",
}
TOLD_BY_CLASS = re.compile(r"registered social landlord|\brsl\b", re.IGNORECASE)
NATIONAL = "ministry or any other national"  # TED_CA_TYPE


def kind_of_buyer(name, schemes, classes):
    """Return the kind of a body that buys.

    `schemes` are those of its identifiers, `classes` triples of scheme, code
    and description.
    """
    for scheme in schemes:
        if scheme in BY_SCHEME:
            return BY_SCHEME[scheme]
    for kind, words in BY_NAME:
        if words.search(name):
            return kind
    return kind_by_class(classes)


def kind_by_class(classes):
    """Return the kind that its classes tell, else "other"."""
    told = [
        BY_CLASS[scheme, code.lower()]
        for scheme, code, _ in classes
        if (scheme, code.lower()) in BY_CLASS
    ]
    if any(TOLD_BY_CLASS.search(f"{code} {words}") for _, code, words in classes):
        return "housing"
    if any(code.lower().startswith(NATIONAL) for _, code, _ in classes):
        told.append("central")
    return told[0] if told else "other"
