"""Which organisation a party is: by its numbers first, then by its name."""

import pytest

from commissions.models import Organisation, OrganisationIdentifier
from tests import make
from tests.commissions.ocds.releases import award, bring_in, party, release, supplier

pytestmark = pytest.mark.django_db


def known(organisation, *identifiers):
    for identifier in identifiers:
        scheme, _, value = identifier.rpartition("=")
        OrganisationIdentifier.objects.create(
            organisation=organisation, scheme=scheme, value=value
        )
    return organisation


def names():
    return sorted(Organisation.objects.values_list("name", flat=True))


def test_the_same_buyer_under_two_names_is_one_organisation():
    bring_in(release(), release(ocid="x", party=party(name="Durham CC")))
    organisation = Organisation.objects.get()
    assert organisation.name == "Durham County Council"
    assert [other.name for other in organisation.other_names.all()] == ["Durham CC"]
    assert organisation.commissions.count() == 2


def test_every_number_of_a_party_is_kept():
    bring_in(
        release(
            party=party(
                id="GB-PPON-PMPB-8772-VYWM",
                identifier={"scheme": "GB-PPON", "id": "PMPB-8772-VYWM"},
                additionalIdentifiers=[
                    {"scheme": "GB-LAE", "id": "DUR"},
                    {"scheme": "GB-COH", "id": "158718"},
                    {"scheme": "GB-COH", "id": "N/A"},
                ],
            )
        )
    )
    assert list(map(str, Organisation.objects.get().identifiers.all())) == [
        "GB-COH-00158718",
        "GB-LAE-DUR",
        "GB-PPON-PMPB-8772-VYWM",
    ]


def test_two_numbers_of_two_organisations_keep_both_and_say_so():
    one = known(make.organisation(name="One"), "GB-LAE=DUR")
    two = known(make.organisation(name="Two"), "GB-NHS=RXP")
    buyer = party(name="One", additionalIdentifiers=[{"scheme": "GB-NHS", "id": "RXP"}])
    _, plans = bring_in(release(party=buyer))
    assert names() == ["One", "Two"]
    assert one.commissions.count() == 1
    assert plans[0].remarks == [
        f"“One” has the numbers of two organisations, {one.slug} and {two.slug}. "
        f"Both stay; {one.slug} was taken. Merge them if they are one."
    ]


def test_a_buyer_with_a_new_number_is_the_public_body_of_that_name():
    council = known(make.organisation(name="Leicester City Council"), "GB-LAE=LCE")
    for number in (1, 2):
        buyer = party(
            id=f"GB-CFS-{number}", name="LEICESTER  City council", identifier={}
        )
        bring_in(release(ocid=f"x{number}", party=buyer))
    assert Organisation.objects.get() == council
    assert list(map(str, council.identifiers.all())) == [
        "GB-CFS-1",
        "GB-CFS-2",
        "GB-LAE-LCE",
    ]


def test_a_name_never_joins_what_a_register_tells_apart():
    known(make.organisation(name="Durham County Council"), "GB-LAE=OTHER")
    bring_in(release())
    assert names() == ["Durham County Council", "Durham County Council"]


@pytest.mark.parametrize(
    ("name", "organisations"), [("Care Ltd", 1), ("Axis Europe PLC", 1), ("J Smith", 2)]
)
def test_suppliers_with_two_accounts_join_only_by_a_registered_name(
    name, organisations
):
    bring_in(award(supplier(1, name), supplier(2, name.upper())))
    providers = Organisation.objects.providers()
    assert providers.count() == organisations


def test_two_companies_of_one_name_stay_two():
    suppliers = [
        {"id": f"GB-COH-0000000{n}", "name": "Care Ltd", "roles": ["supplier"]}
        for n in (1, 2)
    ]
    bring_in(award(*suppliers))
    assert Organisation.objects.providers().count() == 2


def test_a_party_without_a_number_is_the_body_of_that_name_and_of_no_like_name():
    buyer = {"id": "org-3", "name": "Trivallis", "roles": ["buyer"]}
    for n, name in enumerate(("Trivallis", " trivallis ", "Trivallis Homes")):
        bring_in(release(ocid=f"x{n}", party={**buyer, "name": name}))
    assert names() == ["Trivallis", "Trivallis Homes"]


def test_a_party_without_a_number_joins_neither_of_two_bodies_of_its_name():
    known(make.organisation(name="Smith", kind="provider"), "GB-CFS=1")
    known(make.organisation(name="Smith", kind="provider"), "GB-CFS=2")
    nameless = {"id": "org-9", "name": "Smith", "roles": ["supplier"]}
    _, plans = bring_in(award(nameless))
    assert names() == ["Durham County Council", "Smith", "Smith", "Smith"]
    assert plans[0].remarks == [
        "“Smith” comes without a number, and 2 organisations have that name. "
        "It was kept apart from them."
    ]
    bring_in(award(nameless, ocid="again"))
    assert Organisation.objects.count() == 4


def test_a_provider_that_later_buys_gets_its_right_kind():
    university = {"id": "GB-UKPRN-1", "name": "Durham University"}
    bring_in(award({**university, "roles": ["supplier"]}))
    assert Organisation.objects.get(name="Durham University").kind == "provider"
    bring_in(release(ocid="x", party={**university, "roles": ["buyer"]}))
    assert Organisation.objects.get(name="Durham University").kind == "education"


def test_a_kind_that_staff_corrected_stays():
    known(make.organisation(name="Durham County Council", kind="other"), "GB-LAE=DUR")
    bring_in(release())
    assert Organisation.objects.get().kind == "other"


def test_a_supplier_has_no_address_and_a_buyer_has():
    where = {"address": {"streetAddress": "1 High Street", "postalCode": "DH1 5UL"}}
    bring_in(award(supplier(1, "J Smith", **where), parties=[party(**where)]))
    bring_in(award(supplier(1, "J Smith", **where), ocid="x"))
    addresses = Organisation.objects.values_list("name", "contact_address")
    assert sorted(addresses) == [
        ("Durham County Council", "1 High Street\nDH1 5UL"),
        ("J Smith", ""),
    ]
