"""Preparing a consultation: in London time, announced whole, changed by verbs alone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from commissions.models import Entry
from consultations.models import Consultation
from tests import make

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
NO_PROMPTS = {"prompts-TOTAL_FORMS": "0", "prompts-INITIAL_FORMS": "0"}


@pytest.fixture
def desk(client):
    client.force_login(make.staff())
    return client


def filled(public, **typed):
    return {
        "commission": public.specification.commission_id,
        "kind": "draft_specification",
        "title": "Have your say",
        "draft": public.pk,
        "opens_at_0": "2027-03-01",
        "opens_at_1": "",
        "closes_at_0": "2027-04-09",
        "closes_at_1": "",
        **NO_PROMPTS,
        "_continue": "1",
        **typed,
    }


def add(desk, public, **typed):
    return desk.post(
        reverse("admin:consultations_consultation_add"), filled(public, **typed)
    )


def test_days_alone_mean_9am_to_5pm_in_london_and_twelve_weeks_to_answer(desk):
    add(desk, make.draft())
    made = Consultation.objects.get()
    assert made.opens_at == datetime(2027, 3, 1, 9, tzinfo=LONDON)
    assert made.closes_at == datetime(2027, 4, 9, 17, tzinfo=LONDON)
    assert made.closes_at.utcoffset() == timedelta(0)
    assert made.closes_at.astimezone(LONDON).hour == 17  # summer time by then
    assert made.response_due_on.isoformat() == "2027-07-02"
    assert made.published_at is None


def test_closing_before_opening_and_anothers_draft_are_refused(desk):
    draft = make.draft()
    page = add(desk, draft, closes_at_0="2027-02-01", draft=make.draft().pk)
    errors = page.context["adminform"].form.errors
    assert errors["closes_at"] == ["Choose a time after the opening."]
    assert errors["draft"] == ["Choose a version of this commission’s own draft."]
    assert not Consultation.objects.exists()


def test_form_begins_with_the_draft_that_one_comes_from(desk):
    draft = make.draft()
    url = reverse("admin:consultations_consultation_add")
    page = desk.get(f"{url}?commission={draft.specification.commission_id}")
    assert page.context["adminform"].form.initial["draft"] == draft


def prepared(**fields):
    now = timezone.now()
    return make.consultation(
        **{
            "published_at": None,
            "opens_at": now,
            "closes_at": now + timedelta(days=29),
            **fields,
        }
    )


def test_announcing_moves_the_commission_to_its_stage_and_enters_both(desk):
    consultation = prepared()
    url = reverse("admin:consultation-announce", args=[consultation.pk])
    assert desk.get(url).context["gaps"] == []
    desk.post(url)
    consultation.refresh_from_db()
    commission = consultation.commission
    commission.refresh_from_db()
    assert consultation.published_at is not None
    assert (commission.stage, commission.window_for) == ("draft_open", "comment")
    assert commission.window_closes_at == consultation.closes_at
    entries = Entry.objects.filter(commission=commission.reference).order_by("pk")
    assert [e.kind for e in entries if not e.kind.startswith("draft")] == [
        "commission.stage",
        "consultation.published",
    ]


def test_announcing_again_leaves_a_commission_that_is_further_where_it_is():
    consultation = prepared()
    consultation.commission.reach("considering", by="demo")
    consultation.publish(by="demo")
    assert consultation.commission.stage == "considering"


def test_asking_about_needs_moves_no_stage():
    consultation = prepared(kind="needs")
    consultation.publish(by="demo")
    assert consultation.commission.stage == "intention"


def test_too_short_is_refused_in_a_sentence_until_a_reason_is_given(desk):
    consultation = prepared(closes_at=timezone.now() + timedelta(days=10))
    url = reverse("admin:consultation-announce", args=[consultation.pk])
    form = reverse("admin:consultations_consultation_change", args=[consultation.pk])
    (gap,) = desk.get(url).context["gaps"]
    assert gap[0] == form
    assert "your organisation's least is 28" in gap[1]
    desk.post(url)
    consultation.refresh_from_db()
    assert consultation.published_at is None


def test_after_the_announcement_the_form_changes_nothing(desk):
    consultation = make.consultation(title="As announced")
    consultation.prompts.create(text="What matters?", kind="text")
    url = reverse("admin:consultations_consultation_change", args=[consultation.pk])
    page = desk.get(url)
    assert "Nothing in it changes any more" in page.content.decode()
    assert 'name="title"' not in page.content.decode()
    assert 'name="prompts-0-text"' not in page.content.decode()
    changed = filled(consultation.draft, title="Quietly changed")
    assert desk.post(url, changed).status_code == 403
    consultation.refresh_from_db()
    assert consultation.title == "As announced"


def test_two_who_prepare_at_once_lose_nothing(desk):
    consultation = prepared(title="Before")
    url = reverse("admin:consultations_consultation_change", args=[consultation.pk])
    stamp = desk.get(url).context["adminform"].form.initial["stamp"]
    Consultation.objects.update(title="Theirs")
    page = desk.post(url, filled(consultation.draft, title="Mine", stamp=stamp))
    form = page.context["adminform"].form
    assert "Somebody else saved this" in form.non_field_errors()[0]
    assert Consultation.objects.get().title == "Theirs"
    assert form["title"].value() == "Mine"


def test_extension_keeps_the_old_time_and_the_reason(desk):
    consultation = make.consultation()
    before = consultation.closes_at
    url = reverse("admin:consultation-extend", args=[consultation.pk])
    day = (before + timedelta(days=10)).date()
    page = desk.post(url, {"closes_on": day.isoformat(), "reason": " "})
    assert page.context["form"].errors["reason"] == ["Fill in “Reason”."]
    desk.post(url, {"closes_on": day.isoformat(), "reason": "Half-term."})
    consultation.refresh_from_db()
    assert consultation.closes_at == datetime(
        day.year, day.month, day.day, 17, tzinfo=LONDON
    )
    assert consultation.extensions.get().closes_before == before


def test_preview_shows_draft_and_questions_to_staff_alone(desk, client):
    consultation = prepared()
    consultation.prompts.create(text="What matters?", kind="text")
    url = reverse("admin:consultation-preview", args=[consultation.pk])
    html = desk.get(url).content.decode()
    assert "What matters?" in html
    client.logout()
    assert client.get(url).status_code == 302


def test_announced_consultation_cannot_be_deleted(desk):
    consultation = make.consultation()
    url = reverse("admin:consultations_consultation_delete", args=[consultation.pk])
    assert desk.post(url, {"post": "yes"}).status_code == 403
    assert Consultation.objects.get() == consultation


@pytest.fixture
def exempting(desk):
    commission, approver = make.commission(), make.held_post()
    return {
        "commission": commission.pk,
        "gate": "draft_open",
        "ground": "another",
        "another_ground": "Section 41",
        "reason": "Only one maker.",
        "approver": approver.pk,
    }


def test_exemption_is_entered_once_and_then_only_looked_at(desk, exempting):
    url = reverse("admin:commissions_exemption_add")
    desk.post(url, exempting)
    entry = Entry.objects.get(kind="exemption.asked")
    assert entry.facts["legal_ground"] == "Section 41"
    from_list = desk.get(reverse("admin:commissions_exemption_changelist"))
    (row,) = from_list.context["cl"].result_list
    change = reverse("admin:commissions_exemption_change", args=[row.pk])
    assert 'name="reason"' not in desk.get(change).content.decode()
    assert desk.post(change, {**exempting, "reason": "Other"}).status_code == 403
    page = desk.post(url, exempting)
    assert "This gate is exempted already, or" in page.content.decode()


def test_exemption_without_ground_or_person_is_refused(desk, exempting):
    url = reverse("admin:commissions_exemption_add")
    page = desk.post(url, {**exempting, "another_ground": ""})
    assert page.context["adminform"].form.errors["another_ground"] == [
        "Name the law that allows it."
    ]
    page = desk.post(url, {**exempting, "approver": make.post().pk})
    assert "Choose a post with someone in it" in page.content.decode()
    assert not Entry.objects.filter(kind="commission.exempted").exists()
