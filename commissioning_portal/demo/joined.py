"""Notices that come in about commissions which people hold, through the importer.

One tender came out other than consulted on, and what its notice says was
confirmed; one award waits at the desk for whoever holds the commission.
"""

import io
import json

from commissioning_portal.demo.acts import PLATFORM, holder
from commissions.models import Commission, LinkedOcid, Organisation
from commissions.ocds.importing.importer import Importer
from commissions.ocds.importing.releases import releases

TENDER, AWARD = "ocds-n0rf01-equipment", "ocds-n0rf01-homes"
PLACE = "https://find-a-tender.example/Notice/"


def load(story):
    """Book both, as the last thing that happens."""
    if not LinkedOcid.objects.filter(ocid__in=[TENDER, AWARD]).exists():
        story.book(0, tender_came_out_otherwise, story)
        story.book(0, award_waits, story)


def tender_came_out_otherwise(story, *, at):
    """Bring in the tender of the equipment store, and confirm what it says."""
    commission = Commission.objects.get(reference="NORF-1004")
    bring_in(commission, tender_release(story, commission))
    proposal = commission.proposals.get()
    taken = [what for what in proposal.changes if what not in ("stage", "closes_at")]
    proposal.accept(taken, by=holder(commission))


def award_waits(story, *, at):
    """Bring in the award of the children's homes; nobody has confirmed it yet."""
    commission = Commission.objects.get(reference="NORF-1013")
    LinkedOcid.link(commission, AWARD, by=holder(commission))
    bring_in(commission, award_release(story, commission))


def bring_in(commission, release):
    """Import one release, as `import_ocds` would."""
    body = commission.organisation
    (number,) = body.identifiers.all()
    buyer = {
        "id": str(number),
        "name": body.name,
        "identifier": {"scheme": number.scheme, "id": number.value},
        "roles": ["buyer"],
    }
    release["parties"].append(buyer)
    release["buyer"] = {"id": buyer["id"], "name": body.name}
    package = {"publisher": {"name": PLATFORM}, "releases": [release]}
    stream = io.BytesIO(json.dumps(package).encode())
    Importer().take(releases(stream, "the demonstration"))


def period(first, last):
    """Write a period of two days."""
    return {"startDate": f"{first}T00:00:00Z", "endDate": f"{last}T00:00:00Z"}


def pounds(net):
    """Write an amount of pounds, with 20% VAT beside it."""
    return {"amount": net, "amountGross": net * 6 // 5, "currency": "GBP"}


def judged(*criteria):
    """Write what bids are judged by: (type, name, per cent)."""
    return {
        "criteria": [
            {"type": kind, "name": name, "description": str(weight)}
            for kind, name, weight in criteria
        ]
    }


def lot(number, title, net, *criteria):
    """Write one lot."""
    return {
        "id": str(number),
        "title": title,
        "value": pounds(net),
        "awardCriteria": judged(*criteria),
    }


def tender_release(story, commission):
    """Write the tender notice: dearer, a year shorter, and in two lots."""
    (notice,) = commission.notices.filter(code="UK4")
    ends = story.day(250 + 6 * 365)
    return {
        "ocid": TENDER,
        "id": notice.release_id,
        "date": notice.published_at.isoformat(),
        "tag": ["tender"],
        "parties": [],
        "tender": {
            "id": "1",
            "title": commission.tender.title,
            "status": "active",
            "procurementMethod": "open",
            "value": pounds(36_000_000),
            "contractPeriod": period(commission.starts_on, ends),
            "renewal": {"description": "Two more years, one at a time"},
            "lots": [
                lot(
                    1,
                    "Beds, hoists and chairs",
                    29_000_000,
                    ("quality", "Same-day delivery and repair", 50),
                    ("quality", "Re-use", 15),
                    ("price", "Price", 35),
                ),
                lot(
                    2,
                    "Rails, ramps and alarms",
                    7_000_000,
                    ("quality", "Fitting within five days", 45),
                    ("quality", "Work for local people", 15),
                    ("price", "Price", 40),
                ),
            ],
            "documents": [paper("UK4", notice.release_id)],
        },
    }


def paper(code, number):
    """Write the document that is the notice itself."""
    return {"id": "1", "noticeType": code, "url": f"{PLACE}{number}"}


def award_release(story, commission):
    """Write the award notice: two of the three lots, to two providers."""
    number = f"DEMO900-{story.today.year}"
    winners = Organisation.objects.filter(slug__in=["beacon-youth", "lantern-housing"])
    parties = [party(winner) for winner in winners.order_by("slug")]
    award = {
        "id": "1",
        "title": "Children’s homes framework: providers chosen",
        "status": "pending",
        "date": f"{story.day(-3)}T09:00:00Z",
        "value": pounds(112_000_000),
        "suppliers": [{"id": each["id"], "name": each["name"]} for each in parties],
        "relatedLots": ["1", "2"],
        "contractPeriod": period(commission.starts_on, commission.ends_on),
        "standstillPeriod": {"endDate": f"{story.day(9)}T23:59:59Z"},
        "documents": [paper("UK6", number)],
    }
    return {
        "ocid": AWARD,
        "id": number,
        "date": story.time(-1).isoformat(),
        "tag": ["award"],
        "parties": parties,
        "awards": [award],
    }


def party(body):
    """Write a provider as a party."""
    number = body.identifiers.get()
    return {
        "id": str(number),
        "name": body.name,
        "identifier": {"scheme": number.scheme, "id": number.value},
        "roles": ["supplier"],
    }
