"""What people type, and what they must find first in the demonstration.

Misspelt words, words of the field, references, names, places, and phrases out of
drafts, decisions and questions: the same on both databases.
"""

import pytest
from django.http import QueryDict
from django.urls import reverse

from commissions.models import Findable
from commissions.public.search.page import SearchPage
from commissions.search import index as search_index

pytestmark = pytest.mark.django_db

FIRST = {
    # Misspelt
    "libary": "/services/libraries/",
    "libarys": "/services/libraries/",
    "hoem care": "/services/home-care/",
    "carehome": "/services/home-care/",
    "mental helth": "/commissions/NORF-1205/",
    "weelchair": "/commissions/NORF-1018/",
    "Adeyemmi": "/commissioners/margaret-adeyemi/",
    "drug and alchohol": "/services/drug-and-alcohol-recovery/",
    "sexual heath": "/commissions/NORF-1020/",
    "diabetis": "/commissions/NORF-1201/",
    "pot holes": "/services/road-maintenance/",
    "norfordshir": "/places/norfordshire/",
    # In other words
    "home care": "/services/home-care/",
    "homecare": "/services/home-care/",
    "domiciliary care": "/services/home-care/",
    "elderly": "/commissions/NORF-1007/",
    "SEND": "/commissions/NORF-1009/",
    "school bus": "/services/school-transport/",
    "buses": "/commissions/NORF-0906/",
    "CAMHS": "/commissions/NORF-1205/",
    "C.A.M.H.S.": "/commissions/NORF-1205/",
    "rubbish": "/services/household-waste-collection/",
    "bins": "/commissions/NORF-1023/",
    "doctor": "/commissions/NORF-1017/",
    "GP": "/commissions/NORF-1017/",
    "respite": "/services/short-breaks/",
    "domestic violence": "/services/domestic-abuse-support/",
    "addiction": "/services/drug-and-alcohol-recovery/",
    "stop smoking": "/commissions/NORF-1021/",
    "smoking cessation": "/commissions/NORF-1021/",
    "fostering": "/commissions/NORF-1405/",
    "homeless": "/commissions/NORF-1026/",
    "road repairs": "/services/road-maintenance/",
    "ICB": "/organisations/nhs-norfordshire-icb/",
    "coproduction": "/commissions/NORF-1015/#documents",
    "A&E": "/commissions/NORF-1205/",
    # Other forms, accents, apostrophes, hyphens
    "libraries": "/services/libraries/",
    "wheelchair": "/commissions/NORF-1018/",
    "recycled waste collections": "/services/household-waste-collection/",
    "crisis cafe": "/commissions/NORF-0907/",
    "crisis cafés": "/commissions/NORF-0907/",
    "children's homes": "/commissions/NORF-1013/",
    "CHILDRENS HIPS": "/commissions/NORF-1210/",
    "home-care": "/services/home-care/",
    "talking therapy": "/commissions/NORF-1019/",
    "drop in coughs": "/commissions/NORF-1208/",
    # References
    "NORF-1001": "/commissions/NORF-1001/",
    "norf-1001": "/commissions/NORF-1001/",
    "NORF1010": "/commissions/NORF-1010/",
    "norf 1010": "/commissions/NORF-1010/",
    "norf-1007-1": "/contracts/NORF-1007-1/",
    "NORF 1006 1": "/contracts/NORF-1006-1/",
    "norf d04": "/decisions/NORF-D04/",
    "NORF-1012-award": "/decisions/NORF-1012-AWARD/",
    # People, posts, committees
    "Margaret Adeyemi": "/commissioners/margaret-adeyemi/",
    "adeyemi": "/commissioners/margaret-adeyemi/",
    "cllr rahman": "/commissioners/nadia-rahman/",
    "Dr Okonjo": "/commissioners/samuel-okonjo/",
    "priya": "/commissioners/priya-raghunathan/",
    "Head of Highways": "/commissioners/gareth-llewellyn/",
    "head of childrens commissioning": "/commissioners/priya-raghunathan/",
    "eastmarsh cabinet": "/organisations/eastmarsh-district-council/",
    # Bodies, suppliers, places
    "Norfordshire County Council": "/organisations/norfordshire-county-council/",
    "norfordshire council": "/organisations/norfordshire-county-council/",
    "eastmarsh district council": "/organisations/eastmarsh-district-council/",
    "fire service": "/organisations/norfordshire-fire-and-rescue-service/",
    "clinical commissioning group": "/organisations/nhs-norfordshire-ccg/",
    "Hearthside": "/organisations/hearthside-care/",
    "hearthside care cic": "/organisations/hearthside-care/",
    "tarmount highways": "/organisations/tarmount-highways/",
    "Greenbarrow": "/organisations/greenbarrow-waste/",
    "speak up": "/organisations/speak-up-norfordshire/",
    "Westholt": "/places/westholt/",
    "swing bridge": "/commissions/NORF-1102/",
    "eastmarsh": "/places/eastmarsh/",
    "East of England": "/places/east-of-england/",
    # What is written in drafts, decisions, documents and questions
    "TUPE": "/commissions/NORF-1023/",
    "Care Act": "What cannot change",
    "shortest visit": "/commissions/NORF-1001/",
    "same few faces": "The same few faces",
    "will my mother keep the same carers": "Will my mother keep the same carers?",
    "own stock system": "May a bidder use its own stock system?",
    "easy read": "/commissions/NORF-1010/#documents",
    '"emergency department"': "/commissions/NORF-1205/",
    "where do men meet": "/commissions/NORF-1307/",
    "who decides about libraries": "/services/libraries/",
    "who may bid for children's homes": "/commissions/NORF-1013/",
    "insurance": "Small operators cannot insure for £10 million",
    "church clock": "/commissions/NORF-1152/",
    "hoists": "/commissions/NORF-1004/",
    "swimming": "/commissions/NORF-1308/",
}


@pytest.mark.parametrize("typed", FIRST)
def test_what_was_meant_is_found_first(demonstration_copy, typed):
    asked = QueryDict(mutable=True)
    asked["q"] = typed
    row = SearchPage(asked).rows[0].row
    wanted = FIRST[typed]
    assert (row.url if wanted.startswith("/") else row.title) == wanted


def test_what_the_record_filled_is_what_is_made_afresh(demonstration_copy):
    """Each act put what it changed into the index: nothing is missing or too much."""

    def whole():
        return {row.pk: search_index.said(row) for row in Findable.objects.all()}

    filled = whole()
    for _ in search_index.rebuild():
        pass
    assert whole() == filled


@pytest.mark.parametrize(
    "typed", ["home care", "hoem caer", "mental helth zzzzq", "xylophone visit", "care"]
)
@pytest.mark.parametrize("kind", ["", "decision"])
def test_a_search_costs_few_queries(
    demonstration_copy, client, django_assert_max_num_queries, typed, kind
):
    with django_assert_max_num_queries(15):
        found = client.get(reverse("commissions:search"), {"q": typed, "kind": kind})
    assert found.status_code in (200, 302)


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/commissions/norf-1001/", "/commissions/NORF-1001/"),
        ("/commissions/NORF1010/changes/", "/commissions/NORF-1010/changes/"),
        ("/contracts/norf-1006-1/", "/contracts/NORF-1006-1/"),
        ("/decisions/norf%20d04/", "/decisions/NORF-D04/"),
        ("/consultations/norf-1001-1/", "/consultations/NORF-1001-1/"),
    ],
)
def test_an_address_may_spell_a_reference_otherwise(
    demonstration_copy, client, typed, leads_to
):
    assert client.get(typed).headers["Location"] == leads_to
    assert client.get(leads_to).status_code == 200


def test_an_address_of_nothing_leads_nowhere(demonstration_copy, client):
    assert client.get("/commissions/norf-9999/").status_code == 404
    assert client.get("/contracts/norf-1001/").status_code == 404
