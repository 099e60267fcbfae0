"""Builders of OCDS releases, and the shortest way to import some."""

import io
import json

from commissions.ocds.importing.importer import Importer
from commissions.ocds.importing.releases import releases

OCID = "ocds-b5fd17-0001"


def party(**fields):
    """Make a council that buys."""
    return {
        "id": "GB-LAE-DUR",
        "name": "Durham County Council",
        "identifier": {"scheme": "GB-LAE", "id": "DUR"},
        "roles": ["buyer"],
        **fields,
    }


def supplier(number, name, **fields):
    """Make a supplier known by an account number."""
    return {"id": f"GB-CFS-{number}", "name": name, "roles": ["supplier"], **fields}


def release(**fields):
    """Make a tender release that can be imported."""
    buyer = fields.pop("party", None) or party()
    return {
        "ocid": OCID,
        "id": "1",
        "date": "2026-01-10T09:00:00Z",
        "tag": ["tender"],
        "parties": [buyer],
        "buyer": {"id": buyer["id"], "name": buyer["name"]},
        "tender": {"title": "Help at home", "status": "active"},
        **fields,
    }


def award(*suppliers, **fields):
    """Make an award release to some suppliers."""
    refs = [{"id": each["id"], "name": each["name"]} for each in suppliers]
    given = {
        "id": "a1",
        "status": "active",
        "date": "2026-02-01T00:00:00Z",
        "suppliers": refs,
    }
    return release(
        **{
            "id": "2",
            "tag": ["award"],
            "date": "2026-02-02T00:00:00Z",
            "parties": [party(), *suppliers],
            "awards": [given],
            **fields,
        }
    )


def package(*all_of_them):
    """Put releases in a package, as bytes."""
    return json.dumps({"releases": list(all_of_them)}).encode()


def bring_in(*all_of_them, raw=None, **options):
    """Import releases, or raw bytes; return the importer and the plans it said."""
    plans = []
    importer = Importer(say=plans.append, **options)
    data = package(*all_of_them) if raw is None else raw
    importer.take(releases(io.BytesIO(data), "test"))
    return importer, plans


def reasons(plans):
    """Return what was refused, as (release id or place, reason)."""
    return [
        (each.release_id or each.where, each.reason)
        for plan in plans
        for each in plan.refused
    ]


PAPERS = {  # code: (section, tags, documentType)
    "UK2": ("planning", ["planning"], "marketEngagementNotice"),
    "UK3": ("planning", ["planning"], "plannedProcurementNotice"),
    "UK4": ("tender", ["tender"], "tenderNotice"),
    "UK5": ("awards", ["award", "contract"], "awardNotice"),
    "UK6": ("awards", ["award", "contract"], "awardNotice"),
    "UK7": ("contracts", ["award", "contract"], "contractNotice"),
    "UK9": ("contracts", ["implementation"], "implementationNotice"),
    "UK10": ("contracts", ["contractAmendment"], "contractNotice"),
    "UK11": ("contracts", ["contractTermination"], "contractTerminationNotice"),
    "UK12": ("tender", ["tenderCancellation"], "tenderCancellationNotice"),
}
"""Where a notice of the Act says in its release what it is."""

AGREED = {
    "id": "c1",
    "awardID": "a1",
    "title": "Help at home",
    "value": {"amount": 6_000_000, "amountGross": 7_200_000, "currency": "GBP"},
    "period": {"startDate": "2025-10-01T00:00:00Z", "endDate": "2026-09-30T23:59:59Z"},
}
WON = {
    "id": "a1",
    "status": "active",
    "date": "2025-08-01T00:00:00Z",
    "suppliers": [{"id": "GB-CFS-7", "name": "Brook Ltd"}],
}
SECTIONS = {  # what else a notice says
    "UK5": {"awards": [{**WON, "status": "pending"}]},
    "UK6": {"awards": [WON], "contracts": [{**AGREED, "status": "pending"}]},
    "UK7": {"contracts": [{**AGREED, "status": "active", "dateSigned": "2025-09-01T00:00:00Z"}]},
    "UK9": {"contracts": [{**AGREED, "status": "active"}]},
    "UK10": {"contracts": [{**AGREED, "status": "active"}]},
    "UK11": {"contracts": [{**AGREED, "status": "terminated"}]},
}  # fmt: skip


def notice_of_the_act(code, on, **tender):
    """Make the release of a notice of the Procurement Act, as Find a Tender writes it."""
    section, tags, kind = PAPERS[code]
    number = f"{100000 + sum(map(ord, code))}-{on[:4]}"
    paper = {
        "id": number,
        "documentType": kind,
        "noticeType": code,
        "url": f"https://www.find-tender.service.gov.uk/Notice/{number}",
    }
    status = {"UK2": "planning", "UK3": "planned", "UK12": "cancelled"}
    told = {
        "tender": {
            "id": "1",
            "title": "Help at home",
            "legalBasis": {"scheme": "UKPGA", "id": "2023/54"},
            "status": status.get(code, "active"),
            **tender,
        },
        **{name: [dict(row) for row in rows] for name, rows in SECTIONS.get(code, {}).items()},
    }  # fmt: skip
    held = told.setdefault(section, {})
    (held if isinstance(held, dict) else held[0])["documents"] = [paper]
    parties = [party(), supplier(7, "Brook Ltd")]
    return release(**told, id=number, date=f"{on}T10:00:00Z", tag=tags, parties=parties)
