"""Commissions that pass the gate without comments, and the law that allows it."""

from commissioning_portal.demo.acts import holder
from commissions.models import Commission, Exemption, Post

OLD_CONTRACT = "Public Contracts Regulations 2015: the contract was made before this portal was used"
EXEMPTIONS = [  # commission, gate, day, legal ground, reason, approver
    (
        "NORF-1017",
        "draft_open",
        -35,
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 9 (Direct Award Process C)",
        "The partnership of practices does this well now, and the committee weighed the five criteria in public. A draft would have asked people to choose among one.",
        "head-of-community-services",
    ),
    (
        "NORF-1051",
        "draft_open",
        -70,
        "Health Care Services (Provider Selection Regime) Regulations 2023, regulation 9 (Direct Award Process C)",
        "Little changes, and the people who use it were asked by letter: 611 of 940 answered.",
        "head-of-community-services",
    ),
    (
        "NORF-1018",
        "under_way",
        -425,
        "The contract was made in 2022, under the regulations before the NHS regime",
        "Wheelchairs were commissioned four years before this portal was used. What comes after this contract starts with a draft that anyone can comment on.",
        "head-of-community-services",
    ),
    (
        "NORF-1021",
        "under_way",
        -428,
        OLD_CONTRACT,
        "The service was running when the county began to use this portal. It is shown here so that its review can be read.",
        "consultant-in-public-health",
    ),
    (
        "NORF-1027",
        "under_way",
        -426,
        OLD_CONTRACT,
        "The lights were being changed when the county began to use this portal. It is shown here so that its review can be read.",
        "head-of-highways",
    ),
    *(
        (
            reference,
            "under_way",
            -427,
            OLD_CONTRACT,
            "The tender was over when the county began to use this portal. It is shown here so that everybody can see how the contract goes.",
            "head-of-highways",
        )
        for reference in ("NORF-0905", "NORF-0906")
    ),
    (
        "NORF-0907",
        "under_way",
        -426,
        OLD_CONTRACT,
        "The pilot was running when the board began to use this portal. It is shown here so that what was learnt can be read.",
        "head-of-community-services",
    ),
    (
        "NORF-1031",
        "draft_open",
        -16,
        "Procurement Act 2023, section 41 and Schedule 5, paragraph 6 (single supplier)",
        "Only one maker’s handsets are approved for the national network, so no other could bid for the first 9,000. Fourteen crews tried them, and what they said changed the order.",
        "programme-director-emergency-communications",
    ),
]


def load(story):
    """Book each exemption that is not on the record yet."""
    for reference, gate, day, *told in EXEMPTIONS:
        commission = Commission.objects.get(reference=reference)
        if not commission.exemptions.exists():
            story.book(day, enter, commission, gate, *told)


def enter(commission, gate, legal_ground, reason, approver, *, at):
    """Enter one by its verb."""
    commission.refresh_from_db()
    Exemption.enter(
        commission,
        gate=gate,
        legal_ground=legal_ground,
        reason=reason,
        approver=Post.objects.get(slug=approver),
        by=holder(commission),
        at=at,
    )
