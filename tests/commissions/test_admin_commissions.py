"""The desk at 5pm: write, be refused in sentences, preview, publish, move on."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commissions.models import Commission, Entry, StageDate
from tests import make

pytestmark = pytest.mark.django_db

CHANGE = "admin:commissions_commission_change"
NO_INLINES = {
    f"{prefix}-{name}_FORMS": "0"
    for prefix in ("stage_dates", "documents", "easy_read")
    for name in ("TOTAL", "INITIAL")
}


@pytest.fixture
def commissioner(client, everywhere):
    """Sign in as a commissioner, who is no superuser and holds a post."""
    user = User.objects.create_user("jo", is_staff=True)
    everywhere(user, "publisher", "administrator")
    make.tenure(commissioner=make.commissioner(user=user))
    client.force_login(user)
    return user


def filled(commission, **typed):
    """Return what the form of a commission posts, changed by what was typed."""
    kept = {
        "organisation": commission.organisation_id,
        "post": commission.post_id or "",
        "committee": commission.committee_id or "",
        "held_since": commission.held_since or "",
        "title": commission.title,
        "need": commission.need,
        "value_vat": commission.value_vat,
        "regime": commission.regime,
        "route": commission.route,
        "version": commission.changed_at.isoformat() if commission.pk else "",
    }
    return {**kept, **NO_INLINES, "_continue": "1", **typed}


def dated(commission, **typed):
    """Return the posted date of a commission's only planned stage."""
    day = commission.stage_dates.get()
    posted = {
        "id": day.pk,
        "commission": commission.pk,
        "planned_on": day.planned_on.isoformat(),
        "precision": day.precision,
        **typed,
    }
    return {
        "stage_dates-TOTAL_FORMS": "1",
        "stage_dates-INITIAL_FORMS": "1",
        **{f"stage_dates-0-{name}": value for name, value in posted.items()},
    }


def save(client, commission, **typed):
    """Save the form of a commission."""
    return client.post(
        reverse(CHANGE, args=[commission.pk]), filled(commission, **typed)
    )


def test_title_and_organisation_are_enough_for_a_draft(client, commissioner):
    blank = Commission(organisation=make.organisation(), title="Day centre")
    response = client.post(
        reverse("admin:commissions_commission_add"), filled(blank, _publish="1")
    )
    draft = Commission.objects.get()
    assert response.url == reverse("admin:commission-publish", args=[draft.pk])
    assert (draft.title, draft.published_at) == ("Day centre", None)
    assert list(Entry.objects.all()) == []


def test_new_draft_begins_with_the_post_of_the_person_signed_in(client, commissioner):
    post = commissioner.commissioner.tenures.get().post
    page = client.get(reverse("admin:commissions_commission_add"))
    initial = page.context["adminform"].form.initial
    assert (initial["post"], initial["organisation"]) == (post, post.organisation)


def test_publishing_is_refused_in_sentences_that_lead_to_their_fields(
    client, commissioner
):
    draft = make.draft_commission(post=None, need="")
    draft.stage_dates.all().delete()
    url = reverse("admin:commission-publish", args=[draft.pk])
    page = client.post(url)
    form = reverse(CHANGE, args=[draft.pk])
    assert page.context["gaps"] == [
        ("id_post", draft.publication_gaps()[0]),
        ("id_need", draft.publication_gaps()[1]),
        ("stage_dates-group", draft.publication_gaps()[2]),
    ]
    assert f'<a href="{form}#id_need">State the need' in page.content.decode()
    draft.refresh_from_db()
    assert draft.published_at is None


def test_publishing_names_the_post_that_did_it(client, commissioner):
    draft = make.draft_commission()
    url = reverse("admin:commission-publish", args=[draft.pk])
    assert "cannot be deleted afterwards" in client.get(url).content.decode()
    assert client.post(url).url == reverse(CHANGE, args=[draft.pk])
    assert client.get(draft.get_absolute_url()).status_code == 200
    entry = Entry.objects.get(kind="commission.published")
    assert entry.by == commissioner.commissioner.tenures.get().post.record_name


def test_looking_at_the_publishing_page_publishes_nothing(client, commissioner):
    draft = make.draft_commission()
    client.get(reverse("admin:commission-publish", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.published_at is None


def test_preview_is_the_public_page_under_a_banner(client, commissioner):
    draft = make.draft_commission(title="Home care", need="People wait.")
    page = client.get(reverse("admin:commission-preview", args=[draft.pk]))
    assert "commissions/commission/detail.html" in [t.name for t in page.templates]
    assert "Only staff can see this page" in page.content.decode()
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["preview", "publish", "move"])
def test_acts_are_for_staff_only(client, name):
    url = reverse(f"admin:commission-{name}", args=[make.draft_commission().pk])
    assert client.post(url).url.startswith("/admin/login/")
    client.force_login(User.objects.create_user("reader", is_staff=True))
    assert client.get(url).status_code == 404


def test_change_after_publication_is_on_the_record_without_its_text(
    client, commissioner
):
    commission = make.commission()
    save(client, commission, need="Confidential words", summary="New")
    commission.refresh_from_db()
    assert commission.need == "Confidential words"
    entry = Entry.objects.get()
    assert (entry.kind, entry.facts) == (
        "commission.changed",
        {"fields": ["need", "summary"]},
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"regime": "in_house", "route": "not_decided"}, "under the law stated"),
        ({"regime": "below_threshold"}, "under the law stated"),
        ({"light_touch": "on"}, "rules with a standstill"),
    ],
)
def test_a_law_is_not_changed_to_get_round_a_gate(
    client, commissioner, typed, sentence
):
    law = {"regime": "procurement_act", "route": "open"}
    commission = make.commission(stage="evaluation", **law)
    assert sentence in save(client, commission, **typed).content.decode()
    assert Commission.objects.filter(**law, light_touch=False).exists()
    unstated = make.commission(stage="tender")
    assert save(client, unstated, **law).status_code == 302
    before = make.commission(stage="decided", **law)
    assert save(client, before, **typed).status_code == 302
    commission.refresh_from_db()
    assert save(client, commission, route="direct_award").status_code == 302


def test_a_public_document_is_not_replaced_without_a_trace(client, commissioner):
    commission = make.commission()
    paper = commission.documents.create(title="Draft", url="https://x.example/1")
    posted = {"id": paper.pk, "commission": commission.pk, "title": "Draft"}
    posted |= {"url": "https://x.example/2", "is_accessible": "unknown"}
    inline = {f"documents-0-{name}": value for name, value in posted.items()}
    counts = {"documents-TOTAL_FORMS": "1", "documents-INITIAL_FORMS": "1"}
    assert save(client, commission, **counts, **inline).status_code == 302
    assert commission.documents.get().url == "https://x.example/2"
    assert Entry.objects.get().facts == {"fields": ["documents"]}


def test_a_slip_in_a_year_or_a_sum_stops_no_list(client, commissioner):
    typed = {"starts_on": "0206-04-01", "ends_on": "9999-12-31", "value_max": "9" * 16}
    page = save(client, make.commission(), **typed).content.decode()
    assert page.count("Check the year: give a day from 1972 to 2199.") == 4
    assert "Check the sum" in page


def test_saving_without_a_change_adds_nothing_to_the_record(client, commissioner):
    save(client, make.commission())
    assert list(Entry.objects.all()) == []


def hand_over(client, commission, **typed):
    """Post the hand-over page of a commission."""
    posted = {"since": timezone.localdate().isoformat(), "why": "She retired."}
    url = reverse("admin:commission-hand-over", args=[commission.pk])
    return client.post(url, {**posted, **typed})


def test_form_of_a_public_commission_does_not_change_its_holder(client, commissioner):
    commission = make.commission()
    save(client, commission, post=make.held_post().pk)
    assert Commission.objects.get().post == commission.post
    assert list(Entry.objects.all()) == []


def test_handing_over_names_the_new_holder_and_says_why(client, commissioner):
    commission, post = make.commission(), make.held_post()
    hand_over(client, commission, post=post.pk)
    before, commission = commission.post, Commission.objects.get()
    assert (commission.post, commission.held_since) == (post, timezone.localdate())
    entry = Entry.objects.get()
    assert (entry.kind, entry.by) == (
        "holder.handed-over",
        commissioner.commissioner.tenures.get().post.record_name,
    )
    assert entry.facts["before"] == before.record_name
    assert entry.facts["why"] == "She retired."


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("why", {"why": " "}, "Say why it passes to somebody else. The public sees it."),
        ("post", {"post": ""}, "Choose one: a post, or a committee."),
        ("post", {"post": "vacant"}, "The public sees who holds this. Choose a post with a person in it, or a committee with members."),
        ("__all__", {"since": f"{timezone.localdate().year + 2}-01-01"}, "Choose a day in the future, within a year."),
        ("since", {"since": "2999-01-01"}, "Check the year: give a day from 1972 to 2199."),
        ("__all__", {"post": "same"}, "This post or committee holds it already. Choose another."),
        ("__all__", {"since": "2000-01-01"}, "Choose a day on or after the one on which the present holder took it."),
    ],
)  # fmt: skip
def test_handing_over_is_refused_in_a_sentence_and_changes_nothing(
    client, commissioner, field, typed, sentence
):
    commission = make.draft_commission(held_since=date(2026, 1, 5))
    commission.publish(by="demo")
    posts = {"vacant": make.post().pk, "same": commission.post_id, "": ""}
    post = posts[typed["post"]] if "post" in typed else make.held_post().pk
    page = hand_over(client, commission, **{**typed, "post": post})
    assert page.context["form"].errors[field] == [sentence]
    assert Commission.objects.get().post == commission.post


def test_draft_is_not_handed_over_but_given_a_holder_in_its_form(client, commissioner):
    commission = make.draft_commission()
    answer = hand_over(client, commission, post=make.held_post().pk)
    assert answer.url == reverse(
        "admin:commissions_commission_change", args=[commission.pk]
    )
    assert Commission.objects.get().post == commission.post


def test_second_of_two_savers_is_refused_and_keeps_what_they_typed(
    client, commissioner
):
    commission = make.commission()
    save(client, commission, need="Theirs")
    page = save(client, commission, need="Mine")
    refusal = page.context["adminform"].form.non_field_errors()
    assert "Somebody else saved this" in refusal[0]
    assert list(refusal)[1:] == ["The need is now: Theirs"]
    assert page.context["adminform"].form["need"].value() == "Mine"
    commission.refresh_from_db()
    assert commission.need == "Theirs"
    again = page.context["adminform"].form["version"].value()
    save(client, commission, need="Both", version=again)
    commission.refresh_from_db()
    assert commission.need == "Both"


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_many_who_save_at_once_one_is_first_and_the_others_are_told():
    commission = make.commission()
    user = make.staff()
    start = threading.Barrier(4)

    def typed(need):
        browser = Client()
        browser.force_login(user)
        start.wait()
        response = save(browser, commission, need=need)
        connection.close()
        return response.status_code

    with ThreadPoolExecutor(4) as people:
        answers = list(people.map(typed, ["one", "two", "three", "four"]))
    assert sorted(answers) == [200, 200, 200, 302]
    assert Entry.objects.filter(kind="commission.changed").count() == 1


def test_form_without_its_version_is_refused(client, commissioner):
    commission = make.commission()
    save(client, commission, need="Blind", version="")
    commission.refresh_from_db()
    assert commission.need == "People wait too long."


def test_date_of_a_draft_moves_without_a_reason(client, commissioner):
    draft = make.draft_commission()
    save(client, draft, **dated(draft, planned_on="2027-07-20"))
    day = draft.stage_dates.get()
    assert (day.planned_on, list(day.changes.all())) == (date(2027, 7, 1), [])


def test_public_date_moves_only_with_a_reason(client, commissioner):
    commission = make.commission()
    page = save(client, commission, **dated(commission, planned_on="2027-07-20"))
    assert page.context["inline_admin_formsets"][0].formset.errors == [
        {"reason": ["Say why this date moves. The public sees it."]}
    ]
    moved = dated(commission, planned_on="2027-07-20", reason="The survey is late.")
    save(client, commission, **moved)
    change = commission.stage_dates.get().changes.get()
    assert (change.planned_before, change.planned_after, change.reason) == (
        date(2027, 4, 1),
        date(2027, 7, 1),
        "The survey is late.",
    )
    assert [entry.kind for entry in Entry.objects.all()] == ["commission.date-moved"]


def test_another_day_of_the_same_month_is_no_move(client, commissioner):
    commission = make.commission()
    save(client, commission, **dated(commission, planned_on="2027-04-20"))
    assert list(Entry.objects.all()) == []
    assert commission.stage_dates.get().planned_on == date(2027, 4, 1)


@pytest.mark.parametrize("typed", ["31/2/2027", "next spring", ""])
def test_bad_date_gets_a_message_and_keeps_the_rest(client, commissioner, typed):
    draft = make.draft_commission()
    page = save(client, draft, need="Typed at 5pm", **dated(draft, planned_on=typed))
    errors = page.context["inline_admin_formsets"][0].formset.errors
    assert list(errors[0]) == ["planned_on"]
    assert page.context["adminform"].form["need"].value() == "Typed at 5pm"


def test_public_commission_cannot_be_deleted_and_a_draft_can(client, commissioner):
    public, draft = make.commission(), make.draft_commission()
    delete = "admin:commissions_commission_delete"
    for commission in (public, draft):
        client.post(reverse(delete, args=[commission.pk]), {"post": "yes"})
    assert list(Commission.objects.all()) == [public]


def test_moving_to_a_stage_sets_its_day_and_its_closing_time(client, commissioner):
    commission = make.commission()
    closes = timezone.localtime() + timedelta(days=30)
    client.post(
        reverse("admin:commission-move", args=[commission.pk]),
        {
            "stage": "engagement",
            "on": "2026-01-05",
            "closes_at_0": f"{closes:%d/%m/%Y}",
            "closes_at_1": "17:00",
        },
    )
    commission.refresh_from_db()
    assert (commission.stage, commission.window_for) == ("engagement", "engagement")
    assert timezone.localtime(commission.window_closes_at).hour == 17
    day = StageDate.objects.get(stage="engagement")
    assert day.actual_on == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"on": "2126-01-05"}, "on", "A stage is reached today or earlier"),
        ({"stage": "intention"}, "stage", "Select a valid choice"),
        (
            {"closes_at_0": "01/01/2020", "closes_at_1": "17:00"},
            "closes_at",
            "still to come",
        ),
        (
            {"stage": "decided", "closes_at_0": "01/01/2126", "closes_at_1": "17:00"},
            "closes_at",
            "has no closing time",
        ),
    ],
)
def test_impossible_move_is_refused_in_a_sentence(
    client, commissioner, typed, field, sentence
):
    commission = make.commission()
    page = client.post(
        reverse("admin:commission-move", args=[commission.pk]),
        {"stage": "engagement", "on": "2026-01-05", **typed},
    )
    assert sentence in page.context["form"].errors[field][0]
    commission.refresh_from_db()
    assert commission.stage == "intention"


def test_draft_has_no_stages_to_move_through(client, commissioner):
    draft = make.draft_commission()
    url = reverse("admin:commission-move", args=[draft.pk])
    assert client.post(url, {"stage": "closed", "on": "2026-01-05"}).status_code == 302
    draft.refresh_from_db()
    assert draft.stage == "intention"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_long_it_is(
    client, commissioner, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        make.commission()
    with django_assert_max_num_queries(9):
        page = client.get(reverse("admin:commissions_commission_changelist"))
    assert page.context["cl"].result_count == rows


def test_list_says_what_is_missing_and_filters_by_it(client, commissioner):
    ready, empty = make.draft_commission(), make.draft_commission(post=None, need=" ")
    empty.stage_dates.all().delete()
    make.commission()
    url = reverse("admin:commissions_commission_changelist")
    page = client.get(url, {"seen": "draft", "holder": "nobody"})
    assert list(page.context["cl"].queryset) == [empty]
    assert "holder, need, date" in page.content.decode()
    drafts = client.get(url, {"seen": "draft"}).context["cl"].queryset
    assert set(drafts) == {ready, empty}
