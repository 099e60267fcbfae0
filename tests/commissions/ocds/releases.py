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
