"""“My details”: a commissioner confirms what the public sees of them."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from commissions.models import Entry
from tests import make

pytestmark = pytest.mark.django_db
MINE = reverse("admin:commissioner-mine")


@pytest.fixture
def person(client):
    """Sign in as a commissioner who holds nothing yet."""
    user = User.objects.create_user("jo", is_staff=True)
    client.force_login(user)
    return make.commissioner(user=user)


def test_confirming_notes_the_day_and_names_the_post_on_the_record(client, person):
    post = make.tenure(commissioner=person).post
    assert "Never confirmed." in client.get(MINE).content.decode()
    assert not Entry.objects.exists()
    client.post(MINE)
    person.refresh_from_db()
    assert person.confirmed_on == timezone.localdate()
    entry = Entry.objects.get(kind="details.confirmed")
    assert (entry.subject, entry.by) == (post.record_name, post.record_name)
    assert person.name not in entry.body
    assert (
        "be out of date" not in client.get(person.get_absolute_url()).content.decode()
    )


def test_a_member_of_a_committee_confirms_in_its_name(client, person):
    committee = make.committee()
    committee.memberships.create(commissioner=person, started_on=timezone.localdate())
    client.post(MINE)
    assert Entry.objects.get().subject == committee.record_name


def test_whoever_holds_nothing_has_nothing_to_confirm(client, person):
    html = client.post(MINE, follow=True).content.decode()
    assert "there is nothing to confirm" in html
    person.refresh_from_db()
    assert person.confirmed_on is None


def test_an_account_without_a_commissioner_has_no_details(client):
    client.force_login(make.staff())
    answer = client.get(MINE, follow=True)
    assert answer.redirect_chain == [(reverse("admin:index"), 302)]
    assert "not that of a commissioner" in answer.content.decode()
    assert f'<a href="{MINE}">My details</a>' in answer.content.decode()


def test_nobody_confirms_for_somebody_else_in_the_form(client):
    client.force_login(make.staff())
    url = reverse(
        "admin:commissions_commissioner_change", args=[make.commissioner().pk]
    )
    assert "confirmed_on" not in client.get(url).context["adminform"].form.fields
