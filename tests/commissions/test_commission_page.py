"""The page of one commission."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from commissions.models import (
    Award,
    Commission,
    Contract,
    Document,
    Entry,
    Kind,
    Lot,
    Representations,
    StageDate,
    Tender,
)
from commissions.public.commission.page import CommissionPage, for_page
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 20, 9, tzinfo=UTC)


def page(client, commission, **query):
    """Fetch a commission's page as the public reads it."""
    response = client.get(commission.get_absolute_url(), query)
    assert response.status_code == 200
    return flat(response)


def with_everything(rows):
    """Make a commission that has so many of everything a page can list."""
    commission = make.commission(
        topic=make.topic(), regime="psr", rung=4, stage="delivery"
    )
    tender = Tender.objects.create(commission=commission, title="Help at home")
    date_ = commission.stage_dates.get()
    for n in range(rows):
        day = date(2027, 4, 1)
        commission.areas.add(make.area())
        commission.partners.add(make.organisation())
        commission.services.add(make.service())
        make.notice(commission=commission, contact_email="desk@example.org")
        Document.objects.create(
            commission=commission, title=f"Paper {n}", url="https://example.org/"
        )
        lot = Lot.objects.create(tender=tender, lot_id=str(n))
        award = Award.objects.create(commission=commission, award_id=str(n))
        award.suppliers.add(make.organisation(kind="provider"))
        award.lots.add(lot)
        contract = Contract.objects.create(commission=commission, contract_id=str(n))
        contract.suppliers.add(make.organisation(kind="provider"))
        date_.changes.create(
            planned_before=day, planned_after=day + timedelta(30), reason="Late."
        )
        Entry.objects.append(Kind.COMMISSION_CHANGED, commission, by="demo")
    return commission


def test_page_begins_with_the_face_and_how_to_reach_it(client):
    organisation = make.organisation(name="Marlshire Council")
    post = make.post(
        organisation=organisation,
        title="Director of Care",
        may_decide="Buy care for adults.",
        ceiling=2_500_000,
        mailbox="care@marlshire.example",
        phone="01632 960 123",
        postal_address="County Hall",
    )
    person = make.commissioner(name="Amara Okafor", confirmed_on=date(2026, 10, 1))
    make.tenure(post=post, commissioner=person, started_on=date(2024, 3, 1))
    commission = make.commission(organisation=organisation, post=post)
    html = page(client, commission)
    words = [
        "Amara Okafor",
        "Director of Care",
        "Marlshire Council",
        "mailto:care@marlshire.example",
        "tel:01632960123",
        "What happens next",
        "responsible since 5 January 2026",
        "in the post since 1 March 2024",
        "Buy care for adults.",
        "£2.5 million in one decision",
        "care@marlshire.example</a>",
        "County Hall",
        "1 October 2026",
        "The record",
    ]
    first = html[html.index('id="holder"') : html.index('class="contents"')]
    html = first + html[html.index('id="next"') :]
    places = [html.index(word) for word in words]
    assert places == sorted(places)


def test_vacancy_says_since_when_and_who_covers(client):
    deputy = make.post(title="Deputy Director")
    cover = make.commissioner(name="Sam Cover")
    make.tenure(post=deputy, commissioner=cover)
    post = make.post(title="Director", deputy=deputy)
    make.tenure(post=post, ended_on=date(2026, 8, 3))
    html = page(client, make.commission(post=post))
    assert "Vacant since 3 August 2026" in html
    assert f'Covered by <a href="{cover.get_absolute_url()}">Sam Cover</a>' in html


def test_a_deputy_who_may_not_be_named_covers_as_a_post(client):
    deputy = make.post(title="Deputy Director", is_decision_level=False)
    make.tenure(post=deputy, commissioner=make.commissioner(name="Sam Secret"))
    html = page(client, make.commission(post=make.post(deputy=deputy)))
    assert "Covered by Deputy Director." in html
    assert "Sam Secret" not in html


def test_a_vacancy_that_nobody_covers_says_so(client):
    html = page(client, make.commission(post=make.post(created_on=date(2026, 2, 1))))
    assert "Vacant since 1 February 2026" in html
    assert "No one is named as covering this post." in html


def test_a_person_who_may_not_be_named_is_shown_as_a_post(client):
    post = make.post(title="Commissioning Officer", is_decision_level=False)
    person = make.commissioner(name="Robin Quiet", slug="robin-quiet")
    make.tenure(post=post, commissioner=person)
    html = page(client, make.commission(post=post))
    assert "Someone is in this post." in html
    assert "Commissioning Officer" in html
    assert "Robin" not in html
    assert "robin-quiet" not in html


def test_a_committee_is_shown_with_its_members_the_chair_first(client):
    committee = make.committee(name="Care Committee", may_decide="Award contracts.")
    today = timezone.localdate()
    for name, role, ended in (
        ("Zoe Head", "Chair", None),
        ("Abe Gone", "", today - timedelta(days=1)),
    ):
        committee.memberships.create(
            commissioner=make.commissioner(name=name),
            role=role,
            started_on=date(2025, 1, 6),
            ended_on=ended,
        )
    html = page(client, make.commission(committee=committee))
    assert html.index("Care Committee") < html.index("Zoe Head") < html.index("Member<")
    assert "Award contracts." in html
    assert "Abe Gone" not in html


def test_an_imported_commission_says_up_to_which_notice_it_is_known(client):
    commission = make.commission(post=None)
    make.notice(commission=commission, contact_name="Old Desk", published_at=MAY)
    make.notice(
        commission=commission,
        contact_name="Purchasing",
        contact_email="buy@example.org",
        published_at=MAY + timedelta(days=2),
    )
    html = page(client, commission)
    holder = html[html.index("Who holds this") : html.index("On this page")]
    assert "Which post or committee decides is not recorded here." in holder
    assert "Latest notice seen:" in html
    assert "names this contact for the notice. It does not say who decides." in holder
    assert "Purchasing" in holder
    assert "mailto:buy@example.org" in holder
    assert "Old Desk" not in holder


def test_an_imported_commission_without_a_contact_says_so(client):
    html = page(client, make.notice().commission)
    assert "Its notices give no contact that is recorded here." in html


def test_a_working_draft_is_not_found(client):
    assert client.get(make.draft_commission().get_absolute_url()).status_code == 404


def test_a_commission_that_becomes_public_tomorrow_is_not_found(client):
    tomorrow = timezone.now() + timedelta(days=1)
    commission = make.commission(published_at=tomorrow)
    assert client.get(commission.get_absolute_url()).status_code == 404


def test_preview_shows_a_draft_as_the_public_will_see_it_under_a_banner(client):
    draft = make.draft_commission(title="Buses at night")
    shown = for_page(Commission.objects.all()).get(pk=draft.pk)
    context = {"page": CommissionPage(shown, preview=True)}
    request = RequestFactory().get("/")
    html = render_to_string("commissions/commission/detail.html", context, request)
    assert "Buses at night" in html
    assert "Only staff can see this page." in html
    assert '<meta name="robots" content="noindex">' in html


def test_moved_dates_show_how_far_and_why(client):
    commission = make.commission()
    for day in (date(2027, 5, 1), date(2027, 6, 1)):
        StageDate.plan(commission, "tender", day, by="demo", reason=f"Because {day}.")
    html = page(client, commission)
    assert "Moved 2 times, 61 days in all" in html
    assert "it moved from April 2027. Reason: Because 2027-05-01." in html
    assert "it moved from 1 May 2027. Reason: Because 2027-06-01." in html


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (
            None,
            datetime(2026, 6, 12, 16, tzinfo=UTC),
            "Open for comment until 5pm on Friday 12 June 2026, in 23 days",
        ),
        (
            datetime(2026, 5, 25, 8, tzinfo=UTC),
            datetime(2026, 6, 12, 16, tzinfo=UTC),
            "Open for comment from 9am on Monday 25 May 2026, in 5 days,",
        ),
        (
            None,
            datetime(2026, 5, 18, 23, 30, tzinfo=UTC),
            "ended at 12:30am on Tuesday 19 May 2026, yesterday",
        ),
    ],
)
def test_what_is_open_is_said_in_london_s_time(client, opens, closes, words):
    commission = make.commission(
        window_for="comment",
        window_opens_at=opens,
        window_closes_at=closes,
        published_at=MAY - timedelta(days=9),
    )
    with time_machine.travel(MAY, tick=False):
        assert words in page(client, commission)


def test_when_nothing_is_open_the_holder_can_still_be_written_to(client):
    post = make.held_post(mailbox="care@example.org")
    html = page(client, make.commission(post=post))
    assert "Nothing is open for comment or for bids now." in html
    assert (
        f'At any time you can <a href="mailto:{post.mailbox}">email the {post.title}'
        in html
    )


def test_who_may_object_to_a_choice_is_led_there_until_the_contract(client):
    way = "/award/#object"
    chosen, before = make.commission(stage="standstill"), make.commission()
    signed = make.commission(stage="contract")
    for commission in (chosen, signed):
        Award.objects.create(commission=commission, award_id="1")
    assert f"{chosen.reference}{way}" in page(client, chosen)
    assert [way in page(client, each) for each in (before, signed)] == [False, False]


def test_what_is_not_said_is_named_once(client):
    html = page(client, make.commission(outcomes="Nobody waits."))
    assert (
        "Not stated yet: a summary; who it changes things for; what is fixed; "
        "what you can still influence; what we do not know yet." in html
    )
    assert "Nobody waits." in html


def test_law_and_money_are_in_plain_words(client):
    html = page(
        client,
        make.commission(
            regime="procurement_act",
            light_touch=True,
            route="open",
            value_min=1_000_000,
            value_max=1_200_000,
            value_vat="included",
            rung=6,
        ),
    )
    assert "£1 million to £1.2 million including VAT" in html
    assert "Any provider can bid, in a single step." in html
    assert "simpler rules" in html
    assert "Co-design: step 6 of 7" in html


def test_only_a_holder_can_say_that_the_route_is_not_decided(client):
    held, known_from_notices = make.commission(), make.commission(post=None)
    said = ["Not decided yet" in page(client, c) for c in (held, known_from_notices)]
    assert said == [True, False]


def test_documents_say_type_format_and_whether_a_screen_reader_can_read_them(client):
    commission = make.commission()
    Document.objects.create(
        commission=commission,
        title="The draft",
        url="https://example.org/d",
        document_type="technicalSpecifications",
        format="application/pdf",
        is_accessible=True,
    )
    html = page(client, commission)
    assert '<a href="https://example.org/d">The draft</a>' in html
    assert "<li>Specification</li><li>PDF</li>" in html
    assert "A screen reader can read it" in html


def test_documents_without_a_date_come_last(client):
    commission = make.commission()
    for title, day in (("Old", MAY), ("Undated", None), ("New", MAY + timedelta(9))):
        Document.objects.create(
            commission=commission,
            title=f"{title} paper",
            url="https://example.org/",
            published_at=day,
        )
    html = page(client, commission)
    places = [html.index(f"{title} paper") for title in ("New", "Old", "Undated")]
    assert places == sorted(places)


def test_an_address_that_is_not_the_web_s_is_never_a_link(client):
    commission = make.commission()
    for made in (Document(title="Trap"), make.notice(commission=commission)):
        made.commission = commission
        made.url = "javascript:alert(1)"
        made.save()
    assert "javascript:" not in page(client, commission)


def test_hostile_words_are_shown_as_words(client):
    trap = "<script>alert(1)</script>"
    commission = make.commission(title=trap, need=trap, summary=trap)
    html = page(client, commission)
    assert trap not in html
    assert "&lt;script&gt;alert(1)" in html


def test_notices_are_named_with_platform_reference_and_time(client):
    notice = make.notice(
        url="https://example.org/n", release_id="000123-2026", published_at=MAY
    )
    html = page(client, notice.commission)
    assert '<a href="https://example.org/n">Tender notice</a>' in html
    assert "Find a Tender" in html
    assert "Reference 000123-2026" in html
    assert "10am on Wednesday 20 May 2026" in html


def test_tender_award_and_contract_name_lots_and_suppliers(client):
    commission = make.commission()
    supplier = make.organisation(name="Bright Care CIC", kind="provider")
    tender = Tender.objects.create(
        commission=commission, title="Care", method="open", amount=90_000
    )
    lot = Lot.objects.create(tender=tender, lot_id="7", amount=50_000)
    award = Award.objects.create(
        commission=commission,
        award_id="1",
        amount=45_000,
        currency="EUR",
        status="active",
    )
    award.suppliers.add(supplier)
    award.lots.add(lot)
    contract = Contract.objects.create(
        commission=commission,
        contract_id="1",
        amount=45_000,
        amount_gross=54_000,
        ends_on=date(2026, 11, 22),
    )
    contract.suppliers.add(supplier)
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC)):
        commission.published_at = MAY
        commission.save()
        html = page(client, commission)
    link = f'<a href="{supplier.get_absolute_url()}">Bright Care CIC</a>'
    assert html.count(link) == 2
    for words in (
        "Anyone can bid",
        "£90,000 excluding VAT",
        "<li>For Lot 7",
        "<li>Announced</li>",
        "End: 22 November 2026, today",
        "45,000 EUR excluding VAT",
        "£45,000 excluding VAT, £54,000 including VAT",
    ):
        assert words in html


def test_a_service_that_is_not_public_yet_is_not_named(client):
    commission = make.commission()
    commission.services.add(make.service(name="Open service"))
    commission.services.add(make.service(name="Secret service", published_at=None))
    html = page(client, commission)
    assert "Open service" in html
    assert "Secret service" not in html


def test_the_record_is_told_in_sentences_newest_first(client):
    commission = make.draft_commission()
    commission.publish(by=commission.post)
    commission.reach("engagement", by=commission.post, on=date(2026, 6, 8))
    html = page(client, commission)
    newer = html.index("Reached “Engagement” on 8 June 2026")
    older = f"Responsible: {commission.post.title}"
    assert newer < html.index(older)


def test_a_long_list_is_cut_and_shown_whole_on_request(client):
    commission = make.commission()
    for n in range(12):
        Document.objects.create(
            commission=commission, title=f"Paper {n}.", url="https://example.org/"
        )
    html = page(client, commission)
    assert html.count("Paper ") == 10
    assert '<a href="?all=documents#documents">See all documents</a>' in html
    whole = page(client, commission, all="documents")
    assert whole.count("Paper ") == 12
    assert "See all documents" not in whole


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_much_it_lists(
    client, rows, django_assert_num_queries
):
    commission = with_everything(rows)
    with django_assert_num_queries(12):
        page(client, commission)


@pytest.mark.parametrize("vacant", [True, False])
def test_no_way_of_holding_costs_more_than_twelve_queries(
    client, vacant, django_assert_max_num_queries
):
    deputy = make.held_post()
    post = make.post(deputy=deputy)
    if not vacant:
        make.tenure(post=post)
    commission = make.commission(post=post)
    with django_assert_max_num_queries(12):
        page(client, commission)


def test_the_page_sets_no_cookie_and_is_light(client):
    commission = with_everything(3)
    response = client.get(commission.get_absolute_url())
    with open(finders.find("portal.css"), "rb") as css:
        assert len(response.content) + len(css.read()) <= 60_000
    assert response.cookies == {}


def test_the_page_names_its_own_address_and_what_it_is(client):
    commission = make.commission(title="Buses at night", summary="Buses after ten.")
    html = page(client, commission)
    url = commission.get_absolute_url()
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{url}">' in html
    assert "<title>Buses at night – Commissioning Portal</title>" in html
    assert f'content="Intention. {commission.organisation}. Buses after ten."' in html


def test_the_end_of_a_standstill_is_counted_where_no_award_states_it(client):
    commission = make.commission(
        stage="standstill", regime="procurement_act", route="open"
    )
    make.notice(
        commission=commission,
        code="UK6",
        published_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
    )
    html = flat(client.get(commission.get_absolute_url()))
    assert "Until the end of 11 November 2026" in html
    assert "Procurement Act 2023, sections 51(2) and 123(1)." in html


@time_machine.travel("2026-11-22 12:00", tick=False)
def test_representations_hold_up_the_standstill_that_is_expected_to_end(client):
    commission = make.commission(stage="standstill", regime="psr", route="psr_c")
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    make.notice(commission=commission, code="PSR3", published_at=at)
    counted = "Until the end of 13 November 2026"
    address = commission.get_absolute_url()
    assert counted in flat(client.get(address))
    review = Representations.open(commission, mailbox="nhs@example.org", by="tests")
    review.receive(1, by="tests")
    html = flat(client.get(address))
    assert (counted in html, "Act on the representations" in html) == (False, True)
    assert "the standstill lasts until each is settled" in html
    review.settle(
        outcome="go_ahead", reasons="It stands.", told_on=date(2026, 11, 20), by="tests"
    )
    html = flat(client.get(address))
    assert "Until the end of 27 November 2026" in html
    assert "Act on the representations" not in html


def test_the_page_says_who_covers_for_the_holder(client):
    post = make.held_post(deputy=make.post(title="Deputy Head of Roads"))
    html = flat(client.get(make.commission(post=post).get_absolute_url()))
    assert "Deputy Head of Roads, when the post is vacant" in html


def test_why_it_was_called_off_comes_first_of_what_happens_next(client):
    commission = make.commission()
    assert "Why:" not in flat(client.get(commission.get_absolute_url()))
    commission.reach("cancelled", by="tests", reason="The money <b>is</b> gone.")
    html = flat(client.get(commission.get_absolute_url()))
    line = html.partition('<h2 id="next">')[2].partition("<svg")[0]
    assert "<p>Why: The money &lt;b&gt;is&lt;/b&gt; gone.</p>" in line
