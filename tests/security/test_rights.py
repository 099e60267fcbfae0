"""Whose staff may do what: every model, act and address of the desk, by role and body.

Two bodies have one row of everything each, with the body's own mark in its words; a
third is a partner in the first one's commission. What each role may do is written down
once more below: a right that is given to a role, or taken from one, makes it differ.
"""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from commissioning_portal.models import StaffAct
from commissions.desk import permissions
from commissions.models import Document, EasyReadPart, Tender
from consultations.models import Correction, Response
from tests import make

pytestmark = pytest.mark.django_db
ROLES = ("editor", "publisher", "moderator", "administrator", "auditor")
ACTS = {
    "view": "v",
    "add": "a",
    "change": "c",
    "delete": "d",
    "publish": "p",
    "commit": "s",
}
GRID = {
    "commission": "vacd vacdps v - v",
    "document": "vacd vacdp - - v",
    "easyreadpart": "vacd vacdp - - v",
    "contract": "v vacps - - v",
    "decision": "vacd vacdp - - v",
    "service": "vacd vacdp - - v",
    "barrier": "v vacdp - - v",
    "post": "v v - vacp v",
    "tenure": "v v - vacp v",
    "commissioner": "v v - vacp v",
    "committee": "v v - vacp v",
    "organisation": "v vcp v vcp v",
    "staffrole": "- - - vacd v",
    "staffact": "- - - v v",
    "specification": "vac vacp - - v",
    "draft": "vac vacp - - v",
    "consultation": "vacd vacdp v - v",
    "event": "vacd vacdp - - v",
    "comment": "v v vc - v",
    "submission": "v v d - v",
    "question": "v vcp v - v",
    "notice": "v v v v v",
    "stagedate": "vacd vacdp - - v",
    "tender": "v v v v v",
    "award": "v v v v v",
    "involvement": "v vacdp - - v",
    "lesson": "v vacdp - - v",
    "theme": "vacd vacdp - - v",
    "response": "vac vacp - - v",
    "correction": "v vcp - - v",
}
"""{model: what each of ROLES may do to a row of its body}, a letter an act of ACTS."""


INSIDE = (
    "deferral directaward exemption linkedocid option organisationidentifier othername "
)
INSIDE += "paper proposal representations committeemember"
"""Models whose rows are in the forms and acts of those tried, by the same way."""


def rows_of(body):
    """Make one row of everything for a body; return them by the names of their models."""
    mark = f"Mark{body.pk}"
    person = make.commissioner(name=f"{mark} person")
    tenure = make.tenure(
        post=make.post(organisation=body, title=f"{mark} post"), commissioner=person
    )
    commission = make.commission(
        organisation=body, post=tenure.post, title=f"{mark} commission"
    )
    document = Document(
        commission=commission, title=f"{mark} document", url="https://a.example/"
    )
    document.attach(by="tests")
    specification = make.specification(
        commission=commission, title=f"{mark} specification"
    )
    consultation = make.consultation(
        draft=make.draft(1, specification=specification), title=f"{mark} consultation"
    )
    comment = make.comment(
        consultation=consultation, text=f"{mark} comment", state="awaiting"
    )
    bought = make.commission(
        organisation=body, post=tenure.post, title=f"{mark} bought"
    )
    account = User.objects.create_user(f"{mark}-auditor", is_staff=True)
    make.role(account, body, "auditor")
    return {
        "commission": commission,
        "document": document,
        "easyreadpart": EasyReadPart.objects.create(
            commission=commission, order=1, words=mark
        ),
        "contract": make.contract(commission=bought, title=f"{mark} contract"),
        "decision": make.decision(organisation=body, title=f"{mark} decision"),
        "service": make.service(organisation=body, name=f"{mark} service"),
        "barrier": make.barrier(organisation=body, title=f"{mark} barrier"),
        "post": tenure.post,
        "tenure": tenure,
        "commissioner": person,
        "committee": make.committee(organisation=body, name=f"{mark} committee"),
        "organisation": body,
        "staffrole": account.staff_roles.get(),
        "specification": specification,
        "draft": consultation.draft,
        "consultation": consultation,
        "event": make.event(commission=commission, title=f"{mark} event"),
        "comment": comment,
        "submission": comment.submission,
        "question": make.question(
            body=body, commission=commission, title=f"{mark} question"
        ),
        "notice": make.notice(commission=commission, title=f"{mark} notice"),
        "stagedate": commission.stage_dates.first(),
        "tender": Tender.objects.create(
            commission=bought, title=f"{mark} tender", closes_at=timezone.now()
        ),
        "award": bought.awards.create(award_id="1", title=f"{mark} award"),
        "involvement": commission.involvements.create(
            group="residents",
            rung=3,
            how=f"{mark} how",
            started_on=timezone.localdate(),
        ),
        "lesson": commission.lessons.create(learnt=f"{mark} lesson"),
        "theme": consultation.themes.create(
            title=f"{mark} theme", you_said="x", we_did="y"
        ),
        "response": Response.objects.create(
            consultation=consultation, draft=consultation.draft
        ),
        "staffact": StaffAct.objects.create(
            user=account, organisation=body, act=f"{mark}-act", result="done"
        ),
        "correction": Correction.objects.create(
            about=commission.record_name, text=f"{mark} report"
        ),
    }


@pytest.fixture
def town():
    """Two bodies, each with one row of everything, and a partner of the first."""
    ContentType.objects.clear_cache()  # a test that was rolled back may have filled it
    ours, theirs, partner = (
        make.organisation(name=name) for name in ["Ours", "Theirs", "Both"]
    )
    own, other = rows_of(ours), rows_of(theirs)
    own["commission"].partners.add(partner)
    return ours, own, theirs, other, partner


def account(body, *roles):
    user = User.objects.create_user(f"who-{'-'.join(roles)}", is_staff=True)
    return make.role(user, body, *roles)


def fresh(user):
    """Return an account whose roles are read anew, as each request does."""
    return User.objects.get(pk=user.pk)


def letters(user, row):
    """Write what an account may do to a row, a letter an act."""
    opts = row._meta
    user = fresh(user)
    return "".join(
        letter
        for act, letter in ACTS.items()
        if user.has_perm(f"{opts.app_label}.{act}_{opts.model_name}", row)
    )


def grid(rows, users):
    """Write what each account may do to each row."""
    return {
        name: " ".join(letters(user, row) or "-" for user in users)
        for name, row in rows.items()
    }


def test_each_role_may_do_to_its_body_s_rows_what_is_written_down(town):
    ours, own, *_ = town
    assert grid(own, [account(ours, role) for role in ROLES]) == GRID


def test_nobody_may_do_anything_to_another_body_s_rows(town):
    ours, _, _, other, _ = town
    users = [account(ours, role) for role in ROLES]
    assert set(grid(other, users).values()) == {"- - - - -"}


def test_a_partner_s_staff_may_do_to_what_is_shared_what_their_role_permits(town):
    _, own, _, other, partner = town
    users = [account(partner, role) for role in ROLES]
    shared = [
        "commission",
        "document",
        "easyreadpart",
        "stagedate",
        "notice",
        "involvement",
        "lesson",
        "specification",
        "draft",
        "consultation",
        "event",
        "comment",
        "submission",
        "theme",
        "response",
    ]
    found = grid(own, users)
    assert {name: found[name] for name in shared} == {
        name: GRID[name] for name in shared
    }
    alone = {found[name] for name in own if name not in shared}
    assert alone == {"- - - - -"}
    assert set(grid(other, users).values()) == {"- - - - -"}


@pytest.mark.parametrize("role", ROLES)
def test_one_right_more_or_less_makes_the_table_differ(town, monkeypatch, role):
    ours, own, *_ = town
    user = account(ours, role)
    opts = [row._meta for row in own.values()]
    every = {
        f"{each.app_label}.{act}_{each.model_name}" for each in opts for act in ACTS
    }
    given = permissions.RIGHTS[role]
    place = ROLES.index(role)
    written = {name: each.split()[place] for name, each in GRID.items()}
    for right in sorted(every):
        changed = given ^ {right}
        monkeypatch.setitem(permissions.RIGHTS, role, changed)
        name = right.rpartition(".")[2].partition("_")[2]
        assert (letters(user, own[name]) or "-") != written[name], right


@pytest.mark.parametrize("role", ROLES)
def test_a_role_counts_from_its_first_day_to_its_last(town, role):
    ours, own, *_ = town
    today = timezone.localdate()
    user = User.objects.create_user("who", is_staff=True)
    make.role(user, ours, role, starts_on=today.replace(year=today.year + 1))
    assert letters(user, own["commission"]) == ""
    user.staff_roles.update(starts_on=today.replace(year=2020), ends_on=today)
    counted = letters(user, own["commission"]) or "-"
    assert counted == GRID["commission"].split()[ROLES.index(role)]
    user.staff_roles.update(ends_on=today.replace(year=2021))
    assert letters(user, own["commission"]) == ""


def test_roles_at_several_bodies_do_not_mix(town):
    ours, own, theirs, other, _ = town
    user = account(ours, "publisher")
    make.role(user, theirs, "auditor")
    assert "p" in letters(user, own["decision"])
    assert letters(user, other["decision"]) == "v"


def test_an_account_that_was_closed_may_nothing(town):
    ours, own, *_ = town
    user = account(ours, "publisher")
    User.objects.update(is_active=False)
    assert letters(user, own["commission"]) == ""


# What the desk shows, address by address.


def registered(rows):
    """Yield (name, admin, row) of the rows that the desk has a page for."""
    for name, row in rows.items():
        if type(row) in admin.site._registry:
            yield name, admin.site._registry[type(row)], row


def addresses_of(desk, row):
    """Return every address of the desk that is about one row."""
    found = []
    for pattern in desk.get_urls():
        asked = pattern.pattern.converters
        named = {"object_id": row.pk, "pk": row.pk, "reference": ""}
        named |= {"code": "UK1", "act": "x"}
        if pattern.name and set(asked) & {"object_id", "pk", "reference"}:
            if "reference" in asked:
                named["reference"] = getattr(row, "reference", "") or "x"
            values = {key: named.get(key, "1") for key in asked}
            found.append(reverse(f"admin:{pattern.name}", kwargs=values))
    return found


@pytest.mark.parametrize("role", ROLES)
def test_no_list_of_the_desk_shows_another_body_s_rows(town, client, role):
    ours, own, theirs, other, _ = town
    user = account(ours, role)
    client.force_login(user)
    for name, desk, row in registered(other):
        url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
        page = client.get(url)
        assert page.status_code in (200, 403), name
        assert f"Mark{theirs.pk}" not in page.text, name
        request = RequestFactory().get(url)
        request.user = fresh(user)
        seen = set(desk.get_queryset(request).values_list("pk", flat=True))
        assert row.pk not in seen, name
        if page.status_code == 200 and name not in ("comment",):
            assert own[name].pk in seen, name
    for url in ("/admin/", "/admin/commissions/", "/admin/consultations/"):
        assert f"Mark{theirs.pk}" not in client.get(url).text


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_another_body_s_row_opens(town, client, role, method):
    ours, _, theirs, other, _ = town
    client.force_login(account(ours, role))
    asked = 0
    for name, desk, row in registered(other):
        for url in addresses_of(desk, row):
            page = getattr(client, method)(url)
            asked += 1
            refused = page.status_code in (403, 404)
            led_away = page.status_code == 302 and str(theirs.pk) not in page.url
            assert refused or led_away, (name, url, page.status_code)
            assert f"Mark{theirs.pk}" not in page.text, url
    assert asked > 60


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_reads_everything_changes_nothing(town, client, method):
    ours, own, *_ = town
    client.force_login(account(ours, "auditor"))
    before = {
        name: type(row).objects.filter(pk=row.pk).values().get()
        for name, row in own.items()
    }
    for _, desk, row in registered(own):
        for url in addresses_of(desk, row):
            page = getattr(client, method)(url)
            assert page.status_code in (200, 302, 403, 404), url
    after = {
        name: type(row).objects.filter(pk=row.pk).values().get()
        for name, row in own.items()
    }
    assert before == after


def test_a_form_offers_only_bodies_for_which_one_may_write(town, client):
    ours, _, theirs, _, _ = town
    client.force_login(account(ours, "editor"))
    url = reverse("admin:commissions_decision_add")
    sent = {"organisation": theirs.pk, "title": "Slipped in"}
    errors = client.post(url, sent).context["adminform"].form.errors
    assert "valid choice" in str(errors["organisation"])
    offered = client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "commissions",
            "model_name": "decision",
            "field_name": "organisation",
        },
    ).json()["results"]
    assert [each["text"] for each in offered] == ["Ours"]
    offered = client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "commissions",
            "model_name": "commission",
            "field_name": "partners",
        },
    ).json()["results"]
    assert {"Ours", "Theirs"} <= {each["text"] for each in offered}


def test_files_for_staff_are_for_the_staff_of_the_body(town, client):
    ours, own, _, other, _ = town
    client.force_login(account(ours, "publisher"))
    for ending in ("csv?fields=all", "xlsx?fields=all", "docx"):
        path = f"{other['consultation'].get_absolute_url()}comments.{ending}"
        assert client.get(path).status_code == 403
        path = f"{own['consultation'].get_absolute_url()}comments.{ending}"
        answer = client.get(path)
        assert answer.status_code == 200
        b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_who_administers_a_body_gives_and_ends_roles_there_alone(town, client):
    ours, _, theirs, _, _ = town
    client.force_login(account(ours, "administrator"))
    someone = User.objects.create_user("someone", is_staff=True)
    url = reverse("admin:commissions_staffrole_add")
    sent = {"username": "someone", "role": "editor", "starts_on": "1/12/2026"}
    refused = client.post(url, {**sent, "organisation": theirs.pk})
    assert "valid choice" in str(refused.context["adminform"].form.errors)
    refused = client.post(url, {**sent, "username": "nobody", "organisation": ours.pk})
    assert "No active staff account" in str(refused.context["adminform"].form.errors)
    assert client.post(url, {**sent, "organisation": ours.pk}).status_code == 302
    given = someone.staff_roles.get()
    assert (given.organisation, given.role) == (ours, "editor")
    change = reverse("admin:commissions_staffrole_change", args=[given.pk])
    assert client.post(change, {"ends_on": "2/12/2026"}).status_code == 302
    given.refresh_from_db()
    assert (given.role, str(given.ends_on)) == ("editor", "2026-12-02")


def test_every_model_of_the_desk_that_belongs_to_a_body_is_tried(town):
    _, own, *_ = town
    tried = {row._meta.label_lower for row in own.values()}
    inside = {"commissions.lot", "commissions.awardcriterion", "commissions.weighing"}
    inside |= {f"commissions.{each}" for each in INSIDE.split()}
    inside |= {"consultations.prompt", "consultations.promptanswer"}
    inside |= {"consultations.attachment"}
    assert set(permissions.BODY_PATHS) - inside == tried
