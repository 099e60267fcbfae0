"""How people speak in the story: by the form, on paper, with others, late."""

from datetime import timedelta

from commissioning_portal.demo.acts import holder
from consultations.comments import submit
from consultations.models import Comment

SENDER = ("role", "public_name", "organisation", "name_withheld", "channel")


def sender_of(said, number):
    """Return the envelope of what somebody says; every address is fictional."""
    told = {name: said[name] for name in SENDER if name in said}
    told.setdefault("role", "resident")
    if said.get("channel", "web") == "web":
        told["email"] = said.get("email", f"person-{number}@norfordshire.example")
    return told


def say(story, known, told, said, number, *, at):
    """Let one person or body comment, and let moderators do what they did."""
    consultation = told["consultation"]
    at = max(at, consultation.opens_at + timedelta(minutes=40))
    sender = sender_of(said, number)
    words = {
        "text": said["text"],
        "section_text": told["texts"].get(said.get("on")),
        "stance": said.get("stance", ""),
        "quote": said.get("quote", ""),
        "proposed_wording": said.get("instead", ""),
    }
    answers = answers_of(told, said)
    by = holder(consultation.commission)
    if sender.get("channel", "web") != "web":
        entered = submit.enter_paper(
            consultation,
            {**sender, "received_at": at},
            [words],
            prompt_answers=answers,
            by=by,
            at=at,
        )
    else:
        entered = submit.receive(
            consultation,
            sender,
            [words],
            prompt_answers=answers,
            co_signatories=said.get("signed_by", ()),
            at=at,
        )
        settle(entered, said, by, at)
    for comment in Comment.objects.filter(submission=entered):
        told.setdefault("comments", []).append((comment, said))


def answers_of(told, said):
    """Return (question, answer) for the questions somebody answered."""
    return [
        (told["questions"][place], text)
        for place, text in said.get("answers", {}).items()
    ]


def settle(submission, said, by, at):
    """Confirm by mail, unless they never did; then moderate as the story says."""
    state = said.get("state", "published")
    if state == "unconfirmed":
        return
    submit.confirm(submission, at=at + timedelta(minutes=4))
    submission.co_signatories.exclude(name__in=said.get("unsigned", ())).update(
        confirmed_at=at + timedelta(minutes=9)
    )
    comment = submission.comments.get()
    ACTS[state](comment, said, by, at + timedelta(minutes=14))


def wait(comment, said, by, at):
    """Leave it in the queue."""


def publish(comment, said, by, at):
    """Let a moderator publish it, where it was held."""
    if comment.state == "awaiting":
        comment.publish(by=by, at=at)


def decline(comment, said, by, at):
    """Let a moderator decline it, in words."""
    reason, words = said["declined"]
    comment.decline(reason=reason, words=words, by=by, at=at)


def redact(comment, said, by, at):
    """Let a moderator publish it and hide a passage."""
    publish(comment, said, by, at)
    passage, reason, words = said["redacted"]
    comment.redact(passage, reason=reason, words=words, by=by, at=at)


def withdraw(comment, said, by, at):
    """Let its sender take a published comment back."""
    publish(comment, said, by, at)
    comment.withdraw(at=at)


def edit(comment, said, by, at):
    """Let its sender change the words."""
    publish(comment, said, by, at)
    comment.edit(
        text=said["edited"],
        quote=comment.quote,
        stance=comment.stance,
        proposed_wording=comment.proposed_wording,
        held=False,
        at=at,
    )


ACTS = {
    "awaiting": wait,
    "published": publish,
    "declined": decline,
    "redacted": redact,
    "withdrawn": withdraw,
    "edited": edit,
}
