"""What staff do and try is kept, shown to whom it concerns, and changed by nobody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from commissioning_portal.models import StaffAct
from commissioning_portal.staff_trail import models as trail
from consultations import retention
from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def body():
    return make.organisation(name="Ours")


@pytest.fixture
def publisher(body):
    user = User.objects.create_user("pat", password=PASSWORD, is_staff=True)
    tenure = make.tenure(
        post=make.post(organisation=body), commissioner=make.commissioner(user=user)
    )
    user.post = tenure.post
    return make.role(user, body, "publisher", "moderator")


def acts(**fields):
    return list(StaffAct.objects.filter(**fields).order_by("pk"))


def test_an_act_that_was_done_says_who_when_as_what_on_what_and_from_where(
    client, body, publisher
):
    draft = make.draft_commission(organisation=body, post=publisher.post)
    client.force_login(publisher)
    url = reverse("admin:commission-publish", args=[draft.pk])
    client.post(url, headers={"X-Forwarded-For": "203.0.113.77"})
    [act] = acts(act="commission-publish")
    draft.refresh_from_db()
    assert draft.published_at
    assert (act.user, act.organisation, act.result) == (publisher, body, "done")
    assert act.roles == "moderator, publisher"
    assert act.post == publisher.post.record_name
    assert act.subject == draft.record_name
    assert act.network.endswith("/24")
    assert timezone.now() - act.at < timedelta(minutes=1)


def test_a_refused_act_says_why(client, body, publisher):
    empty = make.draft_commission(organisation=body, need="", post=None)
    client.force_login(publisher)
    client.post(reverse("admin:commission-publish", args=[empty.pk]))
    [act] = acts(act="commission-publish")
    assert act.result == "refused"
    assert act.why


def test_an_act_on_what_is_another_body_s_is_kept_for_that_body(client, publisher):
    theirs = make.commission()
    client.force_login(publisher)
    client.post(reverse("admin:commission-move", args=[theirs.pk]), {"stage": "x"})
    [act] = acts(act="commission-move")
    assert (act.organisation, act.result) == (theirs.organisation, "refused")
    assert (act.roles, act.subject) == ("", theirs.record_name)


def test_a_form_saved_names_the_fields_and_not_their_words(client, body):
    admin = make.role(
        User.objects.create_user("ad", is_staff=True), body, "administrator"
    )
    client.force_login(admin)
    post = make.post(organisation=body, title="Clerk")
    url = reverse("admin:commissions_post_change", args=[post.pk])
    form = client.get(url).context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    sent = {k: v for k, v in sent.items() if v not in (None, "", False)}
    sent |= {"may_decide": "Secret words", "tenures-TOTAL_FORMS": 0}
    client.post(url, {**sent, "tenures-INITIAL_FORMS": 0})
    [act] = acts(act="commissions_post_change")
    assert (act.result, act.changed) == ("done", ["may_decide"])
    assert "Secret" not in str(StaffAct.objects.values())


def test_who_declined_a_comment_is_found(client, body, publisher):
    commission = make.commission(organisation=body)
    draft = make.draft(1, specification=make.specification(commission=commission))
    comment = make.comment(
        consultation=make.consultation(draft=draft), state="awaiting"
    )
    client.force_login(
        make.role(User.objects.create_user("mo", is_staff=True), body, "moderator")
    )
    page = reverse("admin:comment-moderate", args=[comment.reference])
    client.post(
        page,
        {
            "act": "decline",
            "version": comment.version,
            "reason": "unrelated",
            "words": "Off.",
        },
    )
    comment.refresh_from_db()
    assert comment.state == "declined"
    [act] = acts(act="comment-moderate")
    assert (act.user.username, act.result) == ("mo", "done")
    assert act.subject == comment.record_name
    assert comment.text not in str(StaffAct.objects.values())


def test_files_for_staff_alone_are_acts_and_looking_is_none(client, body, publisher):
    commission = make.commission(organisation=body)
    draft = make.draft(1, specification=make.specification(commission=commission))
    consultation = make.consultation(draft=draft)
    client.force_login(publisher)
    client.get(reverse("admin:index"))
    client.get(reverse("admin:commissions_commission_changelist"))
    client.get(f"{consultation.get_absolute_url()}comments.csv")
    assert acts() == [each for each in acts() if each.act == "sign-in"]
    taken = client.get(f"{consultation.get_absolute_url()}comments.csv?fields=all")
    b"".join(taken.streaming_content)
    assert [each.act for each in acts()][-1] == "comment-export"


def test_signing_in_out_and_in_vain_is_kept_and_no_password(client, publisher):
    login = reverse("admin:login")
    client.post(login, {"username": "pat", "password": "wrong words here"})
    client.post(login, {"username": "nobody", "password": "wrong words here"})
    client.post(login, {"username": "pat", "password": PASSWORD})
    client.post(reverse("admin:logout"))
    found = [(each.act, each.result) for each in acts() if each.act.startswith("sign")]
    assert found == [("sign-in", "refused"), ("sign-in", "done"), ("sign-out", "done")]
    assert "wrong words" not in str(StaffAct.objects.values())
    assert "nobody" not in str(StaffAct.objects.values())


def test_nobody_changes_or_deletes_one(publisher):
    act = StaffAct.objects.create(user=publisher, act="x", result="done")
    for change in (
        lambda: StaffAct.objects.update(act="y"),
        lambda: StaffAct.objects.all().delete(),
        lambda: act.save(),
    ):
        with pytest.raises(DatabaseError, match="kept as it was"), transaction.atomic():
            change()
    assert acts() == [act]


def test_they_are_erased_after_the_time_the_privacy_page_says(client, publisher):
    now = timezone.now()
    old = now - trail.KEPT_FOR - timedelta(days=1)
    StaffAct.objects.create(user=publisher, act="old", result="done", at=old)
    StaffAct.objects.create(user=publisher, act="new", result="done")
    retention.apply(now)
    assert [each.act for each in acts()] == ["new"]
    assert "What staff did or tried at the desk" in client.get("/privacy/").text


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("auditor", True),
        ("administrator", True),
        ("publisher", False),
        ("editor", False),
    ],
)
def test_its_auditor_and_its_administrator_read_it_and_no_other(
    client, body, publisher, role, sees
):
    theirs = make.organisation(name="Theirs")
    StaffAct.objects.create(
        user=publisher, organisation=body, act="own-act", result="done"
    )
    StaffAct.objects.create(organisation=theirs, act="other-act", result="done")
    client.force_login(
        make.role(User.objects.create_user("who", is_staff=True), body, role)
    )
    url = reverse("admin:commissioning_portal_staffact_changelist")
    page = client.get(url)
    assert page.status_code == (200 if sees else 403)
    file = client.get(reverse("admin:staff-trail-csv"), {"q": "own"})
    assert file.status_code == (200 if sees else 403)
    if sees:
        assert "own-act" in page.text
        assert "other-act" not in page.text
        lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
        assert lines[0].startswith("at,account,body,roles,post,act,on_what,result")
        assert len(lines) == 2
        assert "pat,Ours" in lines[1]
