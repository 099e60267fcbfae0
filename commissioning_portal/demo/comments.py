"""What people and bodies say of a draft, and what moderators did with it."""

from dataclasses import dataclass
from datetime import timedelta

from consultations.comments import actions

SENDER = ("role", "public_name", "organisation", "name_withheld", "channel")
WORDS = ("text", "stance", "quote", "proposed_wording")


@dataclass(kw_only=True)
class Said:
    """What one person or body says, and what becomes of it.

    `state` is awaiting (a moderator), unconfirmed (they never followed the link) or
    withdrawn where it was not simply published; `on` the section it is about,
    `changed` the one that was changed because of it.
    """

    day: int
    text: str
    role: str = "resident"
    public_name: str = ""
    organisation: str = ""
    name_withheld: bool = False
    channel: str = "web"
    on: str = ""
    stance: str = ""
    quote: str = ""
    proposed_wording: str = ""
    answers: list = ()
    signed_by: list = ()
    unsigned: list = ()
    state: str = "published"
    declined: dict = None
    redacted: dict = None
    edited: str = ""
    outcome: str = ""
    reason: str = ""
    changed: str = ""
    theme: str = ""

    def confirm(self, submission, by, at):
        """Confirm by mail, unless they never did; then moderate as the story says."""
        if self.state == "unconfirmed":
            return
        actions.confirm(submission, at=at + timedelta(minutes=4))
        signed = submission.co_signatories.exclude(name__in=self.unsigned)
        signed.update(confirmed_at=at + timedelta(minutes=9))
        if self.state != "awaiting":
            self.moderate(submission.comments.get(), by, at + timedelta(minutes=14))
        submission.answer_for_body(agrees=True, at=at + timedelta(minutes=30))

    def moderate(self, comment, by, at):
        """Decline it; or publish it where it was held, and do what else was done."""
        if self.declined:
            comment.decline(**self.declined, by=by, at=at)
            return
        if comment.state == "awaiting":
            comment.publish(by=by, at=at)
        if self.redacted:
            comment.redact(**self.redacted, by=by, at=at)
        if self.state == "withdrawn":
            comment.withdraw(at=at)
        if self.edited:
            kept = {name: getattr(comment, name) for name in WORDS[1:]}
            comment.edit(text=self.edited, **kept, at=at)
            comment.approve_edit(by=by, at=at)
