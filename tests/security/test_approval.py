"""What is public is exactly what was approved: on pages, in files, in mail."""

import csv
import io
import json
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from commissions.models import Entry, NotReady, Organisation, Overtaken
from consultations.comments import actions
from consultations.models import (
    Attachment,
    Comment,
    CoSignatory,
    Message,
    Question,
    Response,
    Submission,
)
from consultations.questions import actions as questions
from consultations.signed_links import signed_key
from tests import make

pytestmark = pytest.mark.django_db
SECRET = "SECRETNAME"
REFUSED_BY_DATABASE = (IntegrityError,)


def staff(name, *roles, at=None):
    """Make an account with roles at a body, or at each that there is."""
    user = User.objects.create_user(name, password="x", is_staff=True)
    for body in [at] if at else Organisation.objects.all():
        make.role(user, body, *roles)
    return user


def root():
    """Return the administrator of the installation, one for each test."""
    known = User.objects.filter(username="root").first()
    return known or User.objects.create_superuser("root", password="x")


@pytest.fixture
def desk(client, everywhere):
    client.force_login(everywhere(staff("mo"), "moderator"))
    return client


def post(desk, comment, act, **fields):
    page = reverse("admin:comment-moderate", args=[comment.reference])
    return desk.post(page, {"act": act, "version": comment.version, **fields})


def as_sender(client, comment, text, **fields):
    """Ask for a change by the private link."""
    key = signed_key("private", comment.submission.key)
    path = reverse("consultations:comment-edit", args=[key, comment.reference])
    comment.refresh_from_db()
    return client.post(path, {"text": text, "version": comment.version, **fields})


def hidden_comment(**fields):
    """Make a comment with SECRETNAME hidden in it."""
    comment = make.comment(**{"text": f"Ask {SECRET} about it.", **fields})
    comment.redact(SECRET, reason="personal", words="a name", by="demo")
    return comment


def words_of_workbook(content):
    rows = load_workbook(io.BytesIO(content), read_only=True).active.iter_rows()
    return " ".join(str(cell.value) for row in rows for cell in row)


def words_of_report(content):
    return "\n".join(each.text for each in Document(io.BytesIO(content)).paragraphs)


def body(response):
    """Return what came back, streamed or not."""
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


CHANNELS = {
    "section": lambda c: reverse(
        "consultations:section-detail",
        args=[c.consultation.reference, c.section_text.section.key],
    ),
    "list": lambda c: reverse(
        "consultations:comment-list", args=[c.consultation.reference]
    ),
    "comment": lambda c: reverse(
        "consultations:comment-detail", args=[c.consultation.reference, c.reference]
    ),
    "flag": lambda c: reverse(
        "consultations:comment-flag", args=[c.consultation.reference, c.reference]
    ),
    "csv": lambda c: export(c, "csv"),
    "json": lambda c: export(c, "json"),
    "xlsx": lambda c: export(c, "xlsx"),
    "report": lambda c: export(c, "docx"),
    "response": lambda c: reverse(
        "consultations:response-detail", args=[c.consultation.reference]
    ),
    "paper": lambda c: reverse(
        "consultations:response-print", args=[c.consultation.reference]
    ),
}
READ = {"xlsx": words_of_workbook, "report": words_of_report}


def export(comment, ending):
    return reverse(
        "consultations:comment-export", args=[comment.consultation.reference, ending]
    )


def read(client, channel, comment):
    """Return what one channel says of a comment."""
    if channel == "report":
        client.force_login(root())
    response = client.get(CHANNELS[channel](comment))
    assert response.status_code == 200
    content = body(response)
    return READ.get(channel, bytes.decode)(content)


# A redaction cannot be undone, and no change is public before it is approved.


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    "words",
    [
        f"Ask  {SECRET} about it.",
        "Ask SECRET NAME about it.",
        "Ask Secret-\u200bName about it.",
        f"Ask x{SECRET}x about it.",
    ],
)
def test_no_edit_shows_a_hidden_name_in_any_channel(client, channel, words):
    consultation = make.closed_consultation()
    comment = hidden_comment(consultation=consultation, state="published")
    comment.give_outcome("accepted", reason="Yes.")
    Comment.objects.filter(pk=comment.pk).update(version=comment.version)
    for state in ("asked", "approved"):
        if state == "asked":
            before = consultation.closes_at.replace(
                year=consultation.closes_at.year - 1
            )
            comment.edit(
                text=words, quote="", stance="", proposed_wording="", at=before
            )
        else:
            comment.approve_edit(by="demo")
            if channel in ("response", "paper"):
                Response.objects.create(consultation=consultation).publish(by="demo")
        if state == "asked" and channel in ("response", "paper"):
            continue
        shown = read(client, channel, comment)
        flat = "".join(letter for letter in shown.casefold() if letter.isalnum())
        assert "secretname" not in flat
        if channel != "response":
            assert "Passage removed" in shown
        client.logout()


@pytest.mark.parametrize("channel", ["section", "list", "comment", "csv", "json"])
def test_an_approved_comment_stays_public_while_a_change_is_checked(client, channel):
    comment = make.comment(text="Hello.")
    as_sender(client, comment, "Buy my pills.")
    shown = read(client, channel, comment)
    assert "Hello." in shown
    assert "pills" not in shown
    if channel in ("section", "list", "comment"):
        assert "A change is being checked" in shown
    comment.refresh_from_db()
    comment.approve_edit(by="demo")
    shown = read(client, channel, comment)
    assert "Buy my pills." in shown
    assert "Hello." not in shown


def test_moderator_reads_the_change_with_what_is_hidden_marked(desk):
    comment = hidden_comment()
    as_sender(desk, comment, f"Please ask {SECRET} about the benches.")
    comment.refresh_from_db()
    queue = desk.get(reverse("admin:comment-queue"))
    assert comment in queue.context["rows"]
    page = desk.get(reverse("admin:comment-moderate", args=[comment.reference]))
    assert "Please ask [Passage removed: a name] about the benches." in (
        page.content.decode()
    )
    post(desk, comment, "change")
    comment.refresh_from_db()
    assert comment.approved.text == (
        "Please ask [Passage removed: a name] about the benches."
    )
    assert Message.objects.filter(subject="Your change is published").count() == 1
    assert Entry.objects.filter(kind="comment.edited").count() == 1


def test_change_without_the_hidden_passage_needs_a_moderators_look(desk):
    comment = hidden_comment()
    as_sender(desk, comment, "Ask S3CRETN4ME about it.")
    comment.refresh_from_db()
    page = post(desk, comment, "change").content.decode()
    assert "is hidden now and is not found in the new words" in page
    comment.refresh_from_db()
    assert comment.text == f"Ask {SECRET} about it."
    post(desk, comment, "change", looked="on")
    comment.refresh_from_db()
    assert comment.text == "Ask S3CRETN4ME about it."


def test_change_that_is_refused_leaves_what_was_approved_and_says_why(desk):
    comment = make.comment(text="Hello.")
    as_sender(desk, comment, "Buy my pills.")
    comment.refresh_from_db()
    post(desk, comment, "leave", words="It is advertising.")
    comment.refresh_from_db()
    assert (comment.approved.text, comment.is_changing) == ("Hello.", False)
    assert "It is advertising." in Message.objects.get().body


def test_passage_that_runs_into_the_proposed_wording_is_hidden_in_both(client):
    comment = make.comment(
        text="Ask Jo Bloggs of", proposed_wording="4 High Street, every day."
    )
    comment.redact(
        "Jo Bloggs of\n4 High Street", reason="personal", words="who", by="demo"
    )
    assert comment.approved.text == "Ask [Passage removed: who]"
    assert comment.approved.proposed_wording == "[Passage removed: who], every day."
    row = next(csv.DictReader(io.StringIO(read(client, "csv", comment))))
    assert "Bloggs" not in json.dumps(row)
    assert "High Street" not in json.dumps(row)


def test_hidden_word_is_not_hidden_inside_others_where_it_is_a_word():
    comment = make.comment(text="Ask Ann. We cannot wait; Ann knows.")
    comment.redact("Ann", reason="personal", words="a name", by="demo")
    assert comment.approved.text == (
        "Ask [Passage removed: a name]. We cannot wait; [Passage removed: a name] knows."
    )


# The database itself refuses what no verb does.


@pytest.mark.parametrize("field", ["text", "quote", "stance", "proposed_wording"])
def test_database_refuses_to_change_approved_words(field):
    comment = make.comment()
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**{field: "change"})


def test_words_that_are_not_the_approved_ones_are_not_shown(client):
    comment = make.comment(text="Hello.")
    Comment.objects.filter(pk=comment.pk).update(
        text="Buy my pills.", approved_sha256="0" * 64
    )
    for channel in ("section", "list", "comment", "flag", "csv", "xlsx", "report"):
        shown = read(client, channel, comment)
        assert "pills" not in shown
        assert "A moderator is checking this comment" in shown
        client.logout()


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Submission, "public_name"),
        (Submission, "organisation"),
        (CoSignatory, "name"),
        (Attachment, "name"),
        (Attachment, "sha256"),
    ],
)
def test_database_refuses_to_change_an_approved_name_or_file(model, field):
    sent_with_all()
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        model.objects.update(**{field: "other"})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unconfirmed", "declined"),
        ("awaiting", "unconfirmed"),
        ("published", "unconfirmed"),
        ("declined", "published"),
        ("withdrawn", "published"),
        ("withdrawn", "awaiting"),
        ("withdrawn", "declined"),
    ],
)
def test_database_refuses_a_step_that_no_verb_makes(old, new):
    comment = make.comment(state=old, decline_reason="abusive")
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(
            state=new, approved_sha256="0" * 64
        )


@pytest.mark.parametrize("field", ["confirmed_at", "withdrawn_at"])
def test_database_refuses_to_publish_what_its_sender_did_not_send(field):
    comment = make.comment(state="awaiting")
    at = None if field == "confirmed_at" else comment.stated_at
    Submission.objects.update(**{field: at})
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Comment.objects.update(state="published", approved_sha256="0" * 64)


VERBS = {
    "publish": lambda c: c.publish(by="demo"),
    "decline": lambda c: c.decline(reason="abusive", words="x", by="demo"),
    "reconsider": lambda c: c.reconsider(by="demo"),
    "redact": lambda c: c.redact("More", reason="abusive", words="x", by="demo"),
    "withdraw": lambda c: c.withdraw(),
    "approve_edit": lambda c: c.approve_edit(by="demo"),
    "refuse_edit": lambda c: c.refuse_edit(by="demo", words="No."),
}
MAY = {
    "publish": {"awaiting"},
    "decline": {"awaiting", "published"},
    "reconsider": {"published", "declined"},
    "redact": {"awaiting", "published"},
    "withdraw": {"unconfirmed", "awaiting", "published", "declined"},
    "approve_edit": set(),
    "refuse_edit": set(),
}
STATES = ("unconfirmed", "awaiting", "published", "declined", "withdrawn")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_starts_only_from_its_states(verb, state):
    submission = make.submission(
        **({"confirmed_at": None} if state == "unconfirmed" else {})
    )
    comment = make.comment(
        submission=submission,
        state=state,
        decline_reason="abusive" if state == "declined" else "",
    )
    if state in MAY[verb]:
        VERBS[verb](comment)
        return
    before = Comment.objects.values().get()
    entries = Entry.objects.filter(subject=comment.record_name).count()
    with pytest.raises(Overtaken):
        VERBS[verb](comment)
    assert Comment.objects.values().get() == before
    assert Entry.objects.filter(subject=comment.record_name).count() == entries


@pytest.mark.parametrize("act", ["publish", "decline", "redact", "reconsider"])
def test_forged_act_on_an_unconfirmed_comment_finds_nothing(desk, act):
    comment = make.comment(
        submission=make.submission(confirmed_at=None), state="unconfirmed"
    )
    fields = {"reason": "abusive", "words": "x", "passage": "More"}
    assert post(desk, comment, act, **fields).status_code == 404
    assert Comment.objects.get().state == "unconfirmed"
    assert Entry.objects.filter(subject=comment.record_name).count() == 0


@pytest.mark.parametrize("act", ["publish", "decline", "redact", "reconsider"])
def test_forged_act_on_a_withdrawn_comment_changes_nothing(desk, act):
    comment = make.comment(state="withdrawn")
    post(desk, comment, act, reason="abusive", words="x", passage="More")
    assert Comment.objects.get().state == "withdrawn"


# Unconfirmed words are nobody's to read.


def test_nobody_at_the_desk_reads_an_unconfirmed_word(client):
    client.force_login(root())
    submission = make.submission(confirmed_at=None, public_name="Hidden Person")
    comment = make.comment(
        submission=submission, state="unconfirmed", text="Unconfirmed words."
    )
    file = keep_file(submission)
    changelist = reverse("admin:consultations_comment_changelist")
    for path, status in (
        (changelist, 200),
        (f"{changelist}?q=Unconfirmed", 200),
        (reverse("admin:comment-queue"), 200),
        (export(comment, "csv") + "?fields=all", 200),
        (reverse("admin:comment-moderate", args=[comment.reference]), 404),
        (reverse("admin:comment-erase", args=[comment.reference]), 404),
        (reverse("admin:attachment-look", args=[file.reference]), 404),
        (reverse("admin:consultations_comment_change", args=[comment.pk]), 404),
    ):
        response = client.get(path)
        assert response.status_code == status, path
        said = body(response).decode().replace('value="Unconfirmed"', "")
        assert "Unconfirmed words" not in said
        assert "Hidden Person" not in said


# Each name and each file is approved, and can be withheld, alone.


def keep_file(submission):
    kept = Attachment(
        submission=submission,
        name="photo.png",
        content_type="image/png",
        size=3,
        sha256="0" * 64,
    )
    kept.state = Attachment.State.READY
    kept.file.save("x.png", ContentFile(b"png"))
    return kept


def sent_with_all():
    """Publish a comment of a body with two who signed and two files."""
    submission = make.submission(public_name="Jo Bloggs", organisation="Riverside")
    for name in ("Bo Li", "Cy Ng"):
        submission.co_signatories.create(
            name=name, confirmed_at=submission.confirmed_at
        )
    files = [keep_file(submission), keep_file(submission)]
    comment = make.comment(submission=submission, state="awaiting")
    comment.publish(by="demo")
    return comment, files


def download(file):
    return reverse("consultations:attachment-download", args=[file.reference])


def test_one_file_is_withheld_and_the_other_stays(desk):
    comment, (first, second) = sent_with_all()
    post(desk, comment, "withhold", part=f"file-{first.pk}", reason="personal")
    assert desk.get(download(first)).status_code == 404
    assert body(desk.get(download(second))) == b"png"
    page = read(desk, "section", comment)
    assert download(first) not in page
    assert download(second) in page
    assert "A name or a file with your comment is hidden" in str(
        Message.objects.values_list("subject", flat=True)
    )
    post(desk, comment, "show", part=f"file-{first.pk}")
    assert body(desk.get(download(first))) == b"png"


def test_one_name_is_withheld_and_the_others_stay(desk):
    comment, _ = sent_with_all()
    signer = comment.submission.co_signatories.get(name="Bo Li")
    post(desk, comment, "withhold", part=f"signer-{signer.pk}", reason="abusive")
    for channel in ("section", "comment", "csv", "json", "xlsx"):
        shown = read(desk, channel, comment)
        assert "Bo Li" not in shown
        assert "Cy Ng" in shown
        assert "Jo Bloggs, Riverside" in shown
    post(desk, comment, "withhold", part="name", reason="abusive")
    for channel in ("section", "comment", "csv", "json", "xlsx", "report"):
        assert "Bloggs" not in read(desk, channel, comment)


@pytest.mark.parametrize("part", ["signer-1", "file-99", "name-x", "", "file-x"])
def test_part_of_another_comment_cannot_be_withheld_from_here(desk, part):
    sent_with_all()
    other = make.comment()
    post(desk, other, "withhold", part=part, reason="abusive")
    if part != "name-x":
        assert not CoSignatory.objects.exclude(withheld_as="").exists()
        assert not Attachment.objects.exclude(withheld_as="").exists()


def test_co_signatory_added_by_the_submitter_waits_for_a_moderator(client):
    known = make.submission(public_name="Jo", organisation="Riverside")
    make.comment(submission=known)
    sent = actions.receive(
        make.consultation(),
        {
            "role": "resident",
            "public_name": "Jo",
            "organisation": "Riverside",
            "email": known.email,
        },
        [{"text": "Hello.", "section_text": None}],
        co_signatories=[{"name": "The King", "email": "k@example.org"}],
    )
    actions.confirm(sent)
    sent.co_signatories.get().sign()
    comment = sent.comments.get()
    assert comment.state == "awaiting"
    comment.publish(by="demo")
    page = read(client, "comment", comment)
    assert "The King" in page


# Who they say they speak for.


def send(email, **fields):
    consultation = make.consultation()
    sender = {"role": "resident", "public_name": "Jo", "email": email, **fields}
    text = f"Words to {consultation.reference}."
    sent = actions.receive(consultation, sender, [{"text": text, "section_text": None}])
    actions.confirm(sent)
    return sent


def test_known_address_under_another_name_or_body_is_looked_at_first():
    first = send("jo@example.org")
    first.comments.get().publish(by="demo")
    assert send("jo@example.org").comments.get().state == "published"
    other = send("jo@example.org", public_name="The Leader").comments.get()
    assert other.state == "awaiting"
    assert send("jo@example.org", organisation="Oak Council").comments.get().state == (
        "awaiting"
    )
    assert send("jo@example.org", role="colleague").comments.get().state == "awaiting"


@pytest.mark.parametrize("typed", ["Oak Council", " oak  COUNCIL.", "Oak-Council"])
def test_body_known_here_is_asked_by_its_mailbox(client, typed):
    body_known = make.organisation(
        name="Oak Council", slug="oak-council", contact_email="post@oak.example"
    )
    sent = send("jo@example.org", organisation=typed)
    comment = sent.comments.get()
    assert not Message.objects.filter(to="post@oak.example").exists()
    actions.publish(comment, by="demo")
    mail = Message.objects.get(to="post@oak.example")
    page = reverse(
        "consultations:comment-detail",
        args=[sent.consultation.reference, comment.reference],
    )
    unsure = "(not confirmed by that organisation)"
    assert unsure in client.get(page).content.decode()
    link = reverse("consultations:submission-body", args=[signed_key("body", sent.key)])
    assert link in mail.body
    assert not re.search(r"\bJo\b", mail.body)
    assert client.get(link).status_code == 200
    assert unsure in client.get(page).content.decode()
    client.post(link, {"answer": "yes"})
    assert unsure not in client.get(page).content.decode()
    client.post(link, {"answer": "no"})
    sent.refresh_from_db()
    assert (sent.speaks_for, sent.body_denied_at) == (body_known, None)


def test_body_that_says_no_is_no_longer_named(client):
    make.organisation(
        name="Oak Council", slug="oak-council", contact_email="post@oak.example"
    )
    sent = send("jo@example.org", organisation="Oak Council")
    comment = sent.comments.get()
    actions.publish(comment, by="demo")
    link = reverse("consultations:submission-body", args=[signed_key("body", sent.key)])
    client.post(link, {"answer": "no"})
    for channel in ("comment", "list", "csv", "json"):
        channel_says = read_whole(client, channel, comment)
        assert "Oak Council" not in channel_says
    again = send("jo@example.org", organisation="Oak Council").comments.get()
    assert again.state == "awaiting"


def read_whole(client, channel, comment):
    return body(client.get(CHANNELS[channel](comment))).decode()


# Who runs a consultation does not decline what criticises it.


def runner(name):
    return staff(name, "publisher", "moderator")


DECLINED = {"reason": "unrelated", "words": "It criticises us."}


@pytest.mark.parametrize("state", ["awaiting", "published"])
def test_second_person_declines_for_those_who_run_the_consultation(client, state):
    comment = make.comment(state=state)
    client.force_login(runner("ann"))
    post(client, comment, "decline", **DECLINED)
    comment.refresh_from_db()
    assert (comment.state, comment.decline_proposed_by.username) == (state, "ann")
    again = post(client, comment, "decline", **DECLINED).content.decode()
    assert "a second person decides" in again
    comment.refresh_from_db()
    assert comment.state == state
    client.force_login(runner("bob"))
    post(client, comment, "decline", **DECLINED)
    comment.refresh_from_db()
    assert (comment.state, comment.declined_by.username) == ("declined", "bob")


def test_moderator_who_does_not_run_it_declines_alone(desk):
    comment = make.comment(state="awaiting")
    post(desk, comment, "decline", **DECLINED)
    comment.refresh_from_db()
    assert comment.state == "declined"


def test_those_who_run_it_cannot_hide_the_whole_of_it(client):
    comment = make.comment(text="You are wrong!")
    client.force_login(runner("ann"))
    page = post(client, comment, "redact", passage="You are wrong", **DECLINED)
    assert "a second person then decides" in page.content.decode()
    comment.refresh_from_db()
    assert comment.approved.text == "You are wrong!"


def test_database_refuses_one_person_as_both(client):
    ann = runner("ann")
    make.comment(state="declined", decline_reason="abusive", decline_proposed_by=ann)
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Comment.objects.update(declined_by=ann)


def test_body_of_one_person_says_so_in_public(client):
    comment = make.comment(state="awaiting")
    organisation = comment.consultation.commission.organisation
    page = comment.consultation.get_absolute_url()
    said = "one person who runs this consultation and also decides"
    assert said not in client.get(page).content.decode()
    organisation.same_people_decline = True
    organisation.save()
    assert said in client.get(page).content.decode()
    client.force_login(runner("ann"))
    post(client, comment, "decline", **DECLINED)
    comment.refresh_from_db()
    assert comment.state == "declined"


def test_declining_needs_words_of_whoever_proposes_it(client):
    comment = make.comment(state="awaiting")
    with pytest.raises(NotReady, match="Say in a sentence"):
        comment.propose_declining(reason="abusive", words=" ", person=runner("ann"))


def test_picture_that_nobody_could_look_at_is_not_approved(desk):
    submission = make.submission()
    file = keep_file(submission)
    Attachment.objects.update(state="waiting")
    comment = make.comment(submission=submission, state="awaiting")
    page = post(desk, comment, "publish").content.decode()
    assert "is still being checked" in page
    comment.refresh_from_db()
    assert comment.state == "awaiting"
    Attachment.objects.update(state="refused")
    post(desk, comment, "publish")
    assert Comment.objects.get().state == "published"
    assert desk.get(download(file)).status_code == 404


# Questions to a holder: the same rules.


def asker_page(question, name="question-edit"):
    token = signed_key("question", question.key)
    return reverse(f"consultations:{name}", args=[token])


def ask_for_change(client, question, **fields):
    """Ask for a change by the private link."""
    question.refresh_from_db()
    words = {"title": question.title, "text": question.text}
    data = {**words, "version": question.version, **fields}
    return client.post(asker_page(question), data)


def decide(client, question, act, **fields):
    question.refresh_from_db()
    page = reverse("admin:question-open", args=[question.reference])
    return client.post(page, {"act": act, "version": question.version, **fields})


def test_approved_question_stays_public_while_a_change_is_checked(client):
    question = make.question(title="Will it open?", text="On Saturdays.")
    ask_for_change(client, question, title="Buy pills", text="Cheap pills.")
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Will it open?" in page
    assert "A change is being checked" in page
    assert "pills" not in page
    mine = client.get(asker_page(question, "question-mine")).content.decode()
    assert "Will it open?" in mine
    assert "Cheap pills." in mine
    client.force_login(staff("mo", "moderator"))
    queue = client.get(reverse("admin:question-queue"))
    assert list(queue.context["rows"]) == [question]
    decide(client, question, "change")
    page = client.get(question.get_absolute_url()).content.decode()
    assert "Cheap pills." in page
    assert "Will it open?" not in page
    subjects = Message.objects.values_list("subject", flat=True)
    assert "Your change is published: Buy pills" in subjects


def test_change_of_a_question_that_is_refused_leaves_it_and_says_why(desk):
    question = make.question(title="Will it open?")
    ask_for_change(desk, question, title="Buy pills")
    decide(desk, question, "leave", words="It is advertising.")
    question = Question.objects.get()
    assert (question.approved.title, question.is_changing) == ("Will it open?", False)
    assert "It is advertising." in Message.objects.get().body


def test_answer_is_to_the_words_that_are_public_and_drops_a_change(client):
    question = make.question(title="Will it open?", text="On Saturdays.")
    ask_for_change(client, question, text="Cheap pills.")
    questions.answer(Question.objects.get(), "Yes.", by=question.commission.post)
    question = Question.objects.get()
    assert not question.is_changing
    assert (question.approved.text, question.approved.answer) == (
        "On Saturdays.",
        "Yes.",
    )
    told = Message.objects.get(subject__startswith="Your question has been answered")
    assert "The change you asked for was not published" in told.body
    page = ask_for_change(client, question, text="Cheap pills.").content.decode()
    assert "You cannot change this question" in page


def test_name_of_an_asker_is_withheld_alone(desk):
    question = make.question(public_name="Jo Bloggs", text="On Saturdays.")
    decide(desk, question, "hide", reason="personal")
    for path in (
        question.get_absolute_url(),
        reverse("consultations:question-list"),
        reverse("consultations:question-export"),
    ):
        said = body(desk.get(path)).decode()
        assert "Bloggs" not in said
        assert "Name withheld" in said
    decide(desk, question, "show")
    assert "Jo Bloggs" in desk.get(question.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "field", ["title", "text", "public_name", "organisation", "pseudonym"]
)
def test_database_refuses_to_change_an_approved_question(field):
    make.question()
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Question.objects.update(**{field: "other"})


@pytest.mark.parametrize("field", ["title", "text", "answer_text"])
def test_database_keeps_an_answer_with_the_words_it_was_given_to(field):
    question = make.question()
    questions.answer(question, "Yes.", by="demo")
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Question.objects.update(words_sha256="0" * 64, **{field: "other"})


def test_question_or_answer_that_is_not_the_approved_one_is_not_shown(client):
    question = make.question(title="Will it open?", text="On Saturdays.")
    questions.answer(question, "Yes, we promise.", by="demo")
    Question.objects.update(title="Buy pills", words_sha256="0" * 64, answer_sha256="0")
    for path in (
        question.get_absolute_url(),
        reverse("consultations:question-list"),
        reverse("consultations:question-export"),
        question.commission.get_absolute_url(),
    ):
        said = body(client.get(path)).decode()
        assert "A moderator is checking this question" in said
        assert "pills" not in said
        assert "Yes, we promise." not in said


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unconfirmed", "published"),
        ("unconfirmed", "declined"),
        ("awaiting", "unconfirmed"),
        ("published", "awaiting"),
        ("published", "unconfirmed"),
        ("declined", "awaiting"),
        ("withdrawn", "published"),
        ("withdrawn", "awaiting"),
    ],
)
def test_database_refuses_a_step_of_a_question_that_no_verb_makes(old, new):
    make.question(state=old, decline_reason="abusive")
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        Question.objects.update(state=new, words_sha256="0" * 64)


QUESTION_VERBS = {
    "publish": lambda q: q.publish(by="demo"),
    "decline": lambda q: q.decline(reason="abusive", words="x", by="demo"),
    "withdraw": lambda q: q.withdraw(),
    "answer": lambda q: q.answer("Yes.", by="demo"),
    "approve_edit": lambda q: q.approve_edit(by="demo"),
    "refuse_edit": lambda q: q.refuse_edit(by="demo", words="No."),
    "edit": lambda q: q.edit(title="Other?", text="Words."),
}
QUESTION_MAY = {
    "publish": {"awaiting", "declined"},
    "decline": {"awaiting", "published"},
    "withdraw": {"unconfirmed", "awaiting", "published", "declined", "withdrawn"},
    "answer": {"published"},
    "approve_edit": set(),
    "refuse_edit": set(),
    "edit": {"awaiting", "published"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", QUESTION_VERBS)
def test_each_verb_of_a_question_starts_only_from_its_states(verb, state):
    question = make.question(
        state=state, decline_reason="abusive" if state == "declined" else ""
    )
    if state in QUESTION_MAY[verb]:
        QUESTION_VERBS[verb](question)
        return
    before = Question.objects.values().get()
    with pytest.raises((Overtaken, NotReady)):
        QUESTION_VERBS[verb](question)
    assert Question.objects.values().get() == before
    assert not Entry.objects.filter(subject=question.record_name).exists()


def test_second_person_declines_a_question_for_those_who_answer(client):
    question = make.question()
    client.force_login(runner("ann"))
    for _ in range(2):
        decide(client, question, "decline", reason="abusive", words="It attacks us.")
        question.refresh_from_db()
        assert (question.state, question.decline_proposed_by.username) == (
            "published",
            "ann",
        )
    client.force_login(runner("bob"))
    decide(client, question, "decline", reason="abusive", words="It attacks us.")
    question.refresh_from_db()
    assert (question.state, question.declined_by.username) == ("declined", "bob")


def test_asker_who_speaks_for_a_known_body_is_shown_as_unconfirmed(client):
    make.organisation(
        name="Oak Council", slug="oak-council", contact_email="post@oak.example"
    )
    question = questions.receive(
        make.commission(),
        {
            "role": "colleague",
            "public_name": "Jo",
            "organisation": "oak council",
            "email": "jo@example.org",
        },
        title="Why?",
        text="Tell us.",
    )
    questions.confirm(question)
    assert not Message.objects.filter(to="post@oak.example").exists()
    questions.publish(question, by="demo")
    unsure = "(not confirmed by that organisation)"
    for path in (
        question.get_absolute_url(),
        reverse("consultations:question-list"),
        reverse("consultations:question-export"),
    ):
        assert unsure in body(client.get(path)).decode()
    link = reverse(
        "consultations:submission-body", args=[signed_key("body", question.key)]
    )
    assert link in Message.objects.get(to="post@oak.example").body
    client.post(link, {"answer": "yes"})
    assert unsure not in client.get(question.get_absolute_url()).content.decode()


# A moderator from elsewhere: the body's setting, which the public reads.


def moderated_elsewhere(**fields):
    """Make a comment on a consultation of a body for which another one moderates."""
    comment = make.comment(state="awaiting", **fields)
    other = make.organisation(name="Fen Council")
    comment.body.moderated_by = other
    comment.body.save()
    return comment, other


def posted(name, body, *roles):
    """Make an account of somebody who holds a post, and has roles, at a body."""
    user = staff(name, *roles, at=body)
    person = make.commissioner(user=user)
    make.tenure(commissioner=person, post=make.post(organisation=body))
    return user


ACTS = {
    "publish": {},
    "decline": DECLINED,
    "redact": {"passage": "More", "reason": "abusive", "words": "x"},
    "withhold": {"part": "name", "reason": "abusive"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["a moderator", "superuser", "own staff"])
def test_only_the_moderators_from_elsewhere_decide(client, act, who):
    comment, _ = moderated_elsewhere()
    user = {
        "a moderator": lambda: staff("mo", "moderator", at=comment.body),
        "superuser": lambda: make.staff(),
        "own staff": lambda: posted("ann", comment.body, "moderator", "publisher"),
    }[who]()
    client.force_login(user)
    assert not client.get(reverse("admin:comment-queue")).context["rows"]
    page = client.get(reverse("admin:comment-moderate", args=[comment.reference]))
    assert "Fen Council moderates for" in page.content.decode()
    assert page.context["acts"] == []
    assert post(client, comment, act, **ACTS[act]).status_code == 403
    before = comment.version
    comment.refresh_from_db()
    assert (comment.state, comment.version) == ("awaiting", before)


@pytest.mark.parametrize("groups", [["moderator"], ["moderator", "publisher"]])
def test_moderator_from_the_other_body_decides_alone(client, groups):
    comment, other = moderated_elsewhere()
    client.force_login(posted("bo", other, *groups))
    assert list(client.get(reverse("admin:comment-queue")).context["rows"]) == [comment]
    post(client, comment, "decline", **DECLINED)
    comment.refresh_from_db()
    assert (comment.state, comment.declined_by.username) == ("declined", "bo")


def test_named_accounts_moderate_unless_they_work_for_the_body(client):
    comment = make.comment(state="awaiting")
    named = staff("mo", "moderator")
    own = posted("ann", comment.body, "moderator")
    comment.body.moderators.set([named, own])
    client.force_login(own)
    assert post(client, comment, "publish").status_code == 403
    client.force_login(named)
    post(client, comment, "publish")
    comment.refresh_from_db()
    assert comment.state == "published"


def test_question_is_decided_by_moderators_from_elsewhere_and_answered_by_its_body(
    client,
):
    question = make.question(state="awaiting")
    other = make.organisation(name="Fen Council")
    question.body.moderated_by = other
    question.body.save()
    client.force_login(posted("ann", question.body, "moderator", "publisher"))
    assert not client.get(reverse("admin:question-queue")).context["rows"]
    assert decide(client, question, "decline", **DECLINED).status_code == 403
    client.force_login(posted("bo", other, "moderator"))
    decide(client, question, "publish")
    client.force_login(User.objects.get(username="ann"))
    decide(client, question, "answer", text="Yes.")
    question.refresh_from_db()
    assert question.answered_at


def test_public_reads_who_moderates(client):
    comment, _ = moderated_elsewhere()
    page = comment.consultation.get_absolute_url()
    said = client.get(page).content.decode()
    assert "Fen Council decides which comments are published" in said
    comment.body.moderated_by = None
    comment.body.save()
    assert "decides which comments" not in client.get(page).content.decode()
    comment.body.moderators.add(staff("mo", "moderator"))
    said = client.get(page).content.decode()
    assert "People who do not work for" in said


def test_desk_counts_only_what_is_the_users_to_decide(client):
    comment, _ = moderated_elsewhere()
    client.force_login(staff("mo", "moderator", at=comment.body))
    page = client.get(reverse("admin:index")).content.decode()
    queue = reverse("admin:comment-queue")
    assert queue in page
    assert "0" in page.partition(queue)[2].partition("</a>")[0]


def test_body_does_not_moderate_for_itself():
    body_alone = make.organisation()
    with pytest.raises(REFUSED_BY_DATABASE), transaction.atomic():
        type(body_alone).objects.update(moderated_by=body_alone)


# What those who run a consultation do alone, and what not.


@pytest.fixture
def ann(client, everywhere):
    client.force_login(everywhere(staff("ann"), "publisher", "moderator"))
    return client


def second(client):
    client.logout()
    client.force_login(runner("bob"))
    return client


def test_those_who_run_it_cannot_take_a_public_comment_back_alone(ann):
    comment = make.comment()
    page = post(ann, comment, "reconsider").content.decode()
    assert "cannot hide a public comment alone" in page
    comment.refresh_from_db()
    assert comment.state == "published"


def test_second_person_hides_a_file_for_those_who_run_it(ann):
    comment, (first, _) = sent_with_all()
    part = {"part": f"file-{first.pk}", "reason": "unrelated"}
    for _ in range(2):
        post(ann, comment, "withhold", **part)
        assert body(ann.get(download(first))) == b"png"
    client = second(ann)
    page = client.get(reverse("admin:comment-moderate", args=[comment.reference]))
    assert "ann runs this consultation and would hide this file" in (
        page.content.decode()
    )
    post(client, comment, "withhold", **part)
    assert client.get(download(first)).status_code == 404


def test_second_person_refuses_a_change_for_those_who_run_it(ann):
    comment = make.comment(text="Hello.")
    as_sender(ann, comment, "You are wrong.")
    for _ in range(2):
        comment.refresh_from_db()
        post(ann, comment, "leave", words="It criticises us.")
        assert Comment.objects.get().is_changing
    client = second(ann)
    comment.refresh_from_db()
    post(client, comment, "leave", words="It criticises us.")
    assert not Comment.objects.get().is_changing


def test_those_who_run_it_hide_a_name_or_a_few_words_alone(ann):
    comment = make.comment(text="Ask Jo Bloggs about the benches in the park.")
    post(ann, comment, "redact", passage="Jo Bloggs", reason="personal", words="a name")
    comment.refresh_from_db()
    post(ann, comment, "withhold", part="name", reason="personal")
    comment = Comment.objects.get()
    assert "Bloggs" not in comment.approved.text
    assert comment.approved.name == "Name withheld"


# What the author sees of it.


def own(client, comment, name="submission-detail"):
    key = signed_key("private", comment.submission.key)
    return body(client.get(reverse(f"consultations:{name}", args=[key]))).decode()


@pytest.mark.parametrize("page", ["submission-detail", "submission-receipt"])
def test_author_reads_what_is_public_and_what_waits(client, page):
    comment = hidden_comment()
    as_sender(client, comment, "No benches.", proposed_wording="No benches at all.")
    said = own(client, comment, page)
    public, _, waits = said.partition("being checked")
    assert "Ask [Passage removed: a name] about it." in public
    assert "No benches" not in public
    assert "No benches." in waits
    assert "No benches at all." in waits


def test_receipt_of_a_change_proves_it_once_it_is_published(client):
    comment = make.comment(text="Hello.")
    as_sender(client, comment, "Goodbye.")
    receipt = own(client, comment, "submission-receipt")
    promised = re.search(r"SHA-256 of the change: (\w{64})", receipt)[1]
    comment = Comment.objects.get()
    comment.approve_edit(by="demo")
    assert Entry.objects.get(kind="comment.edited").facts["sha256"] == promised


@pytest.mark.parametrize("state", ["awaiting", "published"])
def test_who_signed_other_words_is_asked_again(client, state):
    comment, _ = sent_with_all()
    signer = comment.submission.co_signatories.get(name="Bo Li")
    CoSignatory.objects.filter(pk=signer.pk).update(email="bo@example.org")
    if state == "awaiting":
        comment.reconsider(by="demo")
    as_sender(client, comment, "We changed our mind.")
    if state == "published":
        assert "Bo Li" in read(client, "comment", comment)
        actions.approve_edit(Comment.objects.get(), by="demo")
        assert "Bo Li" not in read(client, "comment", comment)
    signer.refresh_from_db()
    assert signer.confirmed_at is None
    link = reverse(
        "consultations:cosignatory-confirm", args=[signed_key("sign", signer.key)]
    )
    assert link in Message.objects.get(to="bo@example.org").body
    assert "We changed our mind." in client.get(link).content.decode()
    client.post(link)
    if state == "published":
        assert "Bo Li" in read(client, "comment", comment)


def test_who_is_asked_to_sign_does_not_read_what_is_hidden(client):
    comment = hidden_comment()
    signer = comment.submission.co_signatories.create(name="Bo", email="b@example.org")
    link = reverse(
        "consultations:cosignatory-confirm", args=[signed_key("sign", signer.key)]
    )
    said = client.get(link).content.decode()
    assert SECRET not in said
    assert "[Passage removed: a name]" in said


def test_co_signatory_of_a_known_body_is_shown_as_unconfirmed(client):
    make.organisation(
        name="Oak Council", slug="oak-council", contact_email="post@oak.example"
    )
    sent = actions.receive(
        make.consultation(),
        {"role": "community", "organisation": "Riverside", "email": "r@example.org"},
        [{"text": "Hello.", "section_text": None}],
        co_signatories=[
            {"name": "Bo", "organisation": "Oak Council", "email": "b@example.org"}
        ],
    )
    actions.confirm(sent)
    actions.sign(sent.co_signatories.get())
    comment = sent.comments.get()
    actions.publish(comment, by="demo")
    unsure = "Bo, Oak Council (not confirmed by that organisation)"
    for channel in ("section", "list", "comment", "csv", "json"):
        if channel != "section":
            assert unsure in read_whole(client, channel, comment)
    [link] = re.findall(r"/my/\S+", Message.objects.get(to="post@oak.example").body)
    assert unsure in client.get(link).content.decode()
    client.post(link, {"answer": "no"})
    assert "Oak Council" not in read_whole(client, "comment", comment)


def test_letter_in_the_name_of_a_known_body_is_shown_as_unconfirmed(client):
    make.organisation(
        name="Oak Council", slug="oak-council", contact_email="post@oak.example"
    )
    sent = actions.enter_paper(
        make.consultation(),
        {"role": "other_body", "organisation": "Oak Council", "channel": "letter"},
        [{"text": "Hello.", "section_text": None}],
        by="demo",
    )
    page = read_whole(client, "comment", sent.comments.get())
    assert "Oak Council (not confirmed by that organisation)" in page
    assert Message.objects.filter(to="post@oak.example").count() == 1


def test_edit_leaves_a_known_body_unconfirmed(client):
    make.organisation(
        name="Oak Council", slug="oak-council", contact_email="post@oak.example"
    )
    sent = send("jo@example.org", organisation="Oak Council")
    comment = sent.comments.get()
    actions.publish(comment, by="demo")
    as_sender(client, comment, "Other words.")
    actions.approve_edit(Comment.objects.get(), by="demo")
    assert "(not confirmed by that" in read_whole(client, "comment", comment)
    assert Message.objects.filter(to="post@oak.example").count() == 1
