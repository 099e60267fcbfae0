"""An exemption waits for the post that was asked, which answers under its own name."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from commissions.commission import gates
from commissions.commission.exemptions import ANSWER_WITHIN
from commissions.models import Entry, Exemption, NotReady, Overtaken
from tests import make
from tests.outline import flat

pytestmark = pytest.mark.django_db
TOLD = {
    "legal_ground": "Procurement Act 2023, section 41",
    "reason": "The roof fell in.",
}


def asked(commission=None, gate="draft_open", **fields):
    """Ask a post of the same body for an exemption."""
    commission = commission or make.commission()
    fields.setdefault("approver", make.held_post(organisation=commission.organisation))
    return Exemption.ask(
        commission, gate=gate, **{**TOLD, "by": commission.post, **fields}
    )


def lacks(commission, gate="draft_open"):
    return gate in {gap.gate for gap in gates.gaps(commission, "decided")}


def kinds(commission):
    found = Entry.objects.filter(commission=commission.reference).order_by("pk")
    return [each.kind for each in found if "exempt" in each.kind]


def test_nothing_passes_before_the_approver_has_approved():
    exemption = asked()
    commission = exemption.commission
    assert lacks(commission)
    exemption.approve(by=exemption.approver)
    assert not lacks(commission)
    assert kinds(commission) == ["exemption.asked", "commission.exempted"]
    entry = Entry.objects.get(kind="commission.exempted")
    assert entry.by == exemption.approver.record_name


def test_a_refusal_has_a_reason_which_the_public_reads(client):
    exemption = asked()
    with pytest.raises(NotReady, match="Say why you refuse it"):
        exemption.refuse(reason=" ", by=exemption.approver)
    exemption.refuse(reason="There is time to ask people.", by=exemption.approver)
    assert lacks(exemption.commission)
    page = flat(client.get(exemption.commission.get_absolute_url()))
    assert "Why it was refused: There is time to ask people." in page
    assert "Asked to go ahead without" in page
    assert asked(exemption.commission).state == "asked"


def test_the_public_sees_that_it_waits_and_no_name_in_its_favour(client):
    exemption = asked()
    person = exemption.approver.named_person
    page = flat(client.get(exemption.commission.get_absolute_url()))
    part = page.partition('id="exemptions"')[2].partition("<h2")[0]
    assert "Waits for its approver" in part
    assert "Who was asked" in part
    assert person.name not in part
    exemption.approve(by=exemption.approver)
    page = flat(client.get(exemption.commission.get_absolute_url()))
    part = page.partition('id="exemptions"')[2].partition("<h2")[0]
    assert "Approved by" in part
    assert person.name in part


def test_only_the_post_that_was_asked_answers_and_once():
    exemption = asked()
    with pytest.raises(NotReady, match="that post was asked"):
        exemption.approve(by=make.held_post())
    with pytest.raises(NotReady, match="that post was asked"):
        exemption.approve(by="staff")
    again = Exemption.objects.get(pk=exemption.pk)
    exemption.approve(by=exemption.approver)
    with pytest.raises(Overtaken):
        again.refuse(reason="No.", by=again.approver)
    assert kinds(exemption.commission).count("commission.exempted") == 1


def test_nobody_approves_what_they_ask_for():
    commission = make.commission()
    with pytest.raises(ValidationError, match="somebody else approves"):
        asked(commission, approver=commission.post)


def test_what_is_not_answered_in_time_lapses_and_can_be_asked_again():
    long_ago = timezone.now() - ANSWER_WITHIN - timedelta(hours=1)
    commission = make.commission()
    old = asked(commission, at=None)
    Exemption.objects.filter(pk=old.pk).update(entered_at=long_ago)
    old.refresh_from_db()
    with pytest.raises(NotReady, match="has lapsed"):
        old.approve(by=old.approver)
    new = asked(commission)
    old.refresh_from_db()
    assert (old.state, new.state) == ("lapsed", "asked")
    assert "exemption.lapsed" in kinds(commission)


@pytest.mark.parametrize(
    "said",
    [
        {"state": "approved"},
        {"state": "refused", "answered_at": timezone.now()},
        {"answer": "No."},
    ],
)
def test_the_database_keeps_an_answer_whole(said):
    exemption = asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemption.objects.filter(pk=exemption.pk).update(**said)


def test_the_approver_finds_it_at_the_desk_and_answers_with_their_own_account(client):
    exemption = asked()
    body, post = exemption.commission.organisation, exemption.approver
    user = User.objects.create_user("ann", is_staff=True)
    person = post.tenure.commissioner
    person.user = user
    person.save()
    client.force_login(make.role(user, body, "publisher"))
    answer = reverse("admin:exemption-answer", args=[exemption.pk])
    assert answer in flat(client.get(reverse("admin:index")))
    form = reverse("admin:commissions_exemption_change", args=[exemption.pk])
    assert client.get(form).url == answer
    page = client.post(answer, {"answer": "refuse"})
    assert "Say why you refuse it" in flat(page)
    assert client.post(answer, {"answer": "approve"}).status_code == 302
    exemption.refresh_from_db()
    assert exemption.state == "approved"
    assert answer not in flat(client.get(reverse("admin:index")))


def test_another_account_of_the_same_body_cannot_answer_in_their_name(client):
    exemption = asked()
    user = User.objects.create_user("bob", is_staff=True)
    client.force_login(make.role(user, exemption.commission.organisation, "publisher"))
    answer = reverse("admin:exemption-answer", args=[exemption.pk])
    assert answer not in flat(client.get(reverse("admin:index")))
    page = client.post(answer, {"answer": "approve"})
    assert "that post was asked" in flat(page)
    exemption.refresh_from_db()
    assert exemption.state == "asked"
