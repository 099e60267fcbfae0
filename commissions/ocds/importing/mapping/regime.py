"""Which law a release runs under, and by which route a provider is chosen.

Imports no models. "Not stated" is an answer: Contracts Finder's notices name
no law, and only what a notice says is claimed of it.
"""

ACT, PSR = "2023/54", "2023/1348"  # UKPGA and UKSI, as `legalBasis` writes them

ROUTES = [  # words of procurementMethodDetails, tried in this order
    ("direct award process a", "psr_a"),
    ("direct award process b", "psr_b"),
    ("direct award process c", "psr_c"),
    ("most suitable provider", "psr_msp"),
    ("provider selection regime", "psr_competitive"),
    ("framework", "framework"),
    ("dynamic", "dynamic_market"),
    ("direct award", "direct_award"),
    ("single tender", "direct_award"),
    ("without prior publication", "direct_award"),
    ("without competition", "direct_award"),
    ("competitive flexible", "competitive_flexible"),
    ("open", "open"),
]
UNSAID = {"", "not specified", "not applicable", "other"}
OF_PSR = {"psr_a", "psr_b", "psr_c", "psr_msp", "psr_competitive"}


def route_of(release):
    """Return the route that the notice names, "other" where it names none of ours."""
    tender = release.part("tender")
    details = " ".join(tender.raw("procurementMethodDetails").lower().split())
    details = details.strip(" -")
    for words, route in ROUTES:
        if words in details:
            return route
    method = tender.raw("procurementMethod") if details in UNSAID else ""
    return {"open": "open", "direct": "direct_award"}.get(method, "other")


def regime_of(release, *, coded, route):
    """Return the law; `coded` says that a notice of the Act (UK1-17) is among them."""
    tender = release.part("tender")
    basis = tender.part("legalBasis")
    details = tender.raw("procurementMethodDetails").lower()
    if basis.raw("id") == PSR or route in OF_PSR:
        return "psr"
    if basis.raw("scheme").upper() == "CELEX" or "(above threshold)" in details:
        return "old_regulations"
    if "(below threshold)" in details:
        return "below_threshold"
    if basis.raw("id") == ACT or coded:
        return "below_threshold" if below_threshold(release) else "procurement_act"
    return "not_stated"


def below_threshold(release):
    """Tell whether the notice says that it is below the threshold, throughout."""
    tender = release.part("tender")
    parts = [tender, *tender.parts("lots"), *release.parts("contracts")]
    said = [part.flag("aboveThreshold") for part in parts]
    said = [each for each in said if each is not None]
    return bool(said) and not any(said)


def light_touch(release):
    """Tell whether the notice claims the rules for health and social services."""
    return "lightTouch" in release.part("tender").words("specialRegime")
