"""The CPV codes of a release, wherever it gives them."""


def cpv_codes(*parts):
    """Return the CPV codes of tenders, lots, items and awards, main ones first."""
    found = []
    for part in parts:
        each = [part.part("classification"), *part.parts("additionalClassifications")]
        found += [
            code.raw("id")[:8]
            for code in each
            if code.raw("scheme").upper() in {"CPV", ""}
        ]
        found += cpv_codes(*part.parts("items"))
    return [code for code in dict.fromkeys(found) if len(code) == 8 and code.isdigit()]


def cpv_codes_of_release(release):
    """Return the CPV codes, the tender's first."""
    tender = release.part("tender")
    return cpv_codes(
        tender,
        *tender.parts("lots"),
        *release.parts("awards"),
        *release.parts("contracts"),
    )
