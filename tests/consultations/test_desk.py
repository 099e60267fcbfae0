"""The first page of the desk: whose comments wait for an answer."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from consultations.corrections.models import settle
from consultations.models import Correction
from tests import make

pytestmark = pytest.mark.django_db


def closed(title, post, days):
    """Make a closed consultation whose response is due in so many days."""
    today = timezone.localdate()
    return make.consultation(
        commission=make.commission(post=post),
        title=title,
        published_at=timezone.now() - timedelta(days=50),
        opens_at=timezone.now() - timedelta(days=40),
        closes_at=timezone.now() - timedelta(days=2),
        response_due_on=today + timedelta(days=days),
    )


def listed(client):
    """Return the titles on the desk, and whether it says that there are more."""
    waits = client.get(reverse("admin:index")).context["waits"]
    return [row.title for row in waits["to_answer"]], waits["more"]


def test_what_their_own_post_holds_comes_first_then_the_soonest_due(client):
    person = make.staff()
    tenure = make.tenure(commissioner=make.commissioner(user=person))
    client.force_login(person)
    closed("Due last, mine", tenure.post, 30)
    closed("Due second", make.held_post(), 20)
    closed("Due first", make.held_post(), 10)
    assert listed(client) == (["Due last, mine", "Due first", "Due second"], False)


@pytest.mark.parametrize(("number", "more"), [(10, False), (11, True)])
def test_ten_are_listed_and_the_desk_says_whether_there_are_more(client, number, more):
    client.force_login(make.staff())
    post = make.held_post()
    for n in range(number):
        closed(f"Number {n}", post, n)
    titles, said = listed(client)
    assert titles == [f"Number {n}" for n in range(10)]
    assert said is more


def test_questions_without_an_answer_and_reported_errors_are_counted(client):
    client.force_login(make.staff())
    make.question()
    make.question(state="awaiting")
    commission = make.commission()
    Correction.objects.create(about=commission.record_name, text="She left.")
    html = client.get(reverse("admin:index")).content.decode()
    assert "Public questions without an answer: 1</a>" in html
    assert "Errors that readers reported: 1</a>" in html
    reported = reverse("admin:consultations_correction_changelist")
    assert client.get(f"{reported}?state__exact=open").status_code == 200
    report = Correction.objects.get()
    settle(report, "corrected", answer="Mended.", by="tests")
    html = client.get(reverse("admin:index")).content.decode()
    assert "Errors that readers reported" not in html


def test_who_may_not_answer_is_told_of_nothing_to_answer(client):
    make.question()
    client.force_login(User.objects.create_user("al", is_staff=True))
    assert (
        "without an answer" not in client.get(reverse("admin:index")).content.decode()
    )
