"""Drafts, consultations, what people said and asked, and what was answered."""

from dataclasses import asdict, dataclass, field
from datetime import timedelta

from commissioning_portal.demo.acts import holder
from commissioning_portal.demo.reading import Row, takes
from commissions.models import Barrier, Commission, Commissioner
from consultations.alerts import actions as alert_actions
from consultations.alerts import matching, queue, subjects
from consultations.comments import actions
from consultations.drafts.document_import.sanitise import clean
from consultations.models import (
    Comment,
    Consultation,
    Follower,
    Question,
    Response,
    Section,
    SectionText,
    Specification,
)
from consultations.questions import actions as asking
from consultations.signed_links import address_key


@takes(Question)
def add_question(
    story,
    *,
    about: Commission | Barrier | Commissioner,
    asked,
    title,
    text,
    answered=None,
    answer="",
    waits=False,
    **sender,
):
    """Book a question that nobody has asked yet, and its answer."""
    if not Question.objects.filter(title=title).exists():
        story.book(asked, ask, about, sender, title, text, waits)
        if answered is not None:
            story.book(answered, give_answer, title, answer)


def answers_for(about):
    """Return the post, committee or body that answers."""
    if isinstance(about, Commissioner):
        return asking.post_of(about)
    return about.organisation if isinstance(about, Barrier) else holder(about)


def ask(about, sender, title, text, waits, *, at):
    """Ask, confirm by mail and, unless it waits for one, let a moderator publish it."""
    about = type(about).objects.get(pk=about.pk)
    question = asking.receive(about, sender, title=title, text=text, at=at)
    asking.confirm(question, at=at)
    if question.state == "awaiting" and not waits:
        asking.publish(question, by=answers_for(about), at=at + timedelta(minutes=1))


def give_answer(title, text, *, at):
    """Let whoever holds it by then answer."""
    question = Question.objects.get(title=title)
    asking.answer(question, text, by=answers_for(question.about), at=at)


def add_follower(story, *, email, began, follows: list[Row], rounds):
    """Book what somebody follows and the worker's rounds, unless she follows already."""
    if not Follower.objects.filter(address_key=address_key(email)).exists():
        for row in follows:
            story.book(began, row.call, follow, email)
        for day in rounds:
            story.book(day, work)


def follow(email, *, at, what, frequency):
    """Ask to follow and confirm."""
    alert_actions.ask(subjects.find_subject(what), email, frequency, at=at).confirm(
        at=at
    )


def work(*, at):
    """Read what is new on the record and write what is due."""
    matching.match_new_entries(at - timedelta(minutes=1))
    queue.queue_due_alerts(at)


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


INTRODUCTION = (
    "This is what we would ask for. Tell us what is missing, what would not work, and "
    "what you would say instead. Every comment gets an answer with a reason."
)


def book(row, commission):
    """Book the consultation of a commission, each step on its day."""
    row.call(Asked, row=row, commission=commission).book()


@dataclass(kw_only=True)
class Asked:
    """One consultation: what is told of it, and what its steps hand on to one another.

    With `whole` the sections are the whole draft; else it begins with the aims and
    ends with what cannot change, in the commission's own words. On the day
    `answering` some comments are answered, on `answered` the response is published.
    """

    row: Row
    commission: Commission
    opens: int
    closes: int
    announced: int = None
    due: int = None
    answering: int = None
    answered: int = None
    kind: str = "draft_specification"
    title: str = ""
    introduction: str = INTRODUCTION
    audience: str = ""
    short_reason: str = ""
    response: str = "Thank you. This is what became of it."
    whole: bool = False
    sections: dict = field(default_factory=dict)
    prompts: list = ()
    comments: list[Row] = ()
    themes: dict = field(default_factory=dict)
    extended: Row = None
    second: dict = None

    def __post_init__(self):
        self.reference = f"{self.commission.reference}-1"
        self.texts, self.said = {}, []

    def book(self):
        """Book its steps, each on its day."""
        first = self.opens if self.announced is None else self.announced
        self.step(first, self.announce)
        for number, row in enumerate(self.comments, 1):
            said = row.call(Said)
            email = f"person-{self.reference}-{number}@norfordshire.example".lower()
            self.row.story.book(said.day, row.run, self.say, said, email)
        if self.extended:
            self.extended.call(self.book_extension)
        self.step(self.answering, self.give_outcomes)
        self.step(self.answered, self.respond)

    def step(self, day, act, *args):
        """Book one step, where it has a day."""
        if day is not None:
            self.row.story.book(day, self.row.run, act, *args)

    @property
    def by(self):
        """Who acts for the commission now."""
        return holder(Commission.objects.get(pk=self.commission.pk))

    @property
    def answer_due(self):
        """The day on which the answer is promised: as told, or when it came in time."""
        if self.due is not None:
            return self.due
        latest = self.closes + 84
        return latest if self.answered is None else min(latest, self.answered)

    def announce(self, *, at):
        """Publish the draft where there is one, and announce the consultation."""
        story, commission = self.row.story, self.commission
        commission.refresh_from_db()
        opens_at = story.time(self.opens, 9, 0)
        at, by = min(at, opens_at), self.by
        with_draft = self.kind == "draft_specification"
        self.consultation = Consultation.objects.create(
            draft=self.publish_draft(commission, by, at) if with_draft else None,
            reference=self.reference,
            commission=commission,
            kind=self.kind,
            title=self.title or f"Your say on: {commission.title}",
            introduction=self.introduction,
            audience=self.audience or commission.changes_for,
            opens_at=opens_at,
            closes_at=story.time(self.closes, 17, 0),
            response_due_on=story.day(self.answer_due),
            short_reason=self.short_reason,
        )
        for order, told in enumerate(self.prompts, 1):
            words = {"choices": "\n".join(told.get("choices", ())), "order": order}
            self.consultation.prompts.create(**told | words)
        self.consultation.publish(by=by, at=at)

    def publish_draft(self, commission, by, at):
        """Publish version 1 of what the commission asks for."""
        title = f"What we ask for: {commission.title}"
        draft = Specification.objects.create(
            commission=commission, title=title
        ).begin_draft()
        told = self.sections if self.whole else self.with_aims_and_limits(commission)
        for order, (name, words) in enumerate(told.items(), 1):
            self.texts[name] = write(draft, order, **words)
        draft.publish(by=by, at=at)
        return draft

    def with_aims_and_limits(self, commission):
        """Return the sections of a short draft: its aims, what is to be done, limits."""
        heading = "What should be better in people’s lives"
        aims = {"kind": "outcome", "heading": heading, "text": commission.outcomes}
        told = {"aims": aims} | self.sections
        if commission.fixed:
            limits = {"kind": "legal", "heading": "What cannot change"}
            told["limits"] = limits | {"text": commission.fixed}
        return told

    def say(self, said, email, *, at):
        """Let one person or body comment, and let moderators do what they did."""
        at = max(at, self.consultation.opens_at + timedelta(minutes=40))
        by, told = self.by, asdict(said)
        sender = {name: told[name] for name in SENDER}
        comment = {name: told[name] for name in WORDS}
        comment["section_text"] = self.texts[said.on] if said.on else None
        prompts = self.consultation.prompts.order_by("order")
        to = {
            "prompt_answers": list(zip(prompts, said.answers, strict=False)),
            "at": at,
        }
        if said.channel == "web":
            to["co_signatories"] = said.signed_by
            sender["email"] = email
            sent = actions.receive(self.consultation, sender, [comment], **to)
            said.confirm(sent, by, at)
        else:
            sender["received_at"] = at
            sent = actions.enter_paper(
                self.consultation, sender, [comment], by=by, **to
            )
        self.said += [(made, said) for made in Comment.objects.filter(submission=sent)]

    def book_extension(self, *, day, closes, reason):
        """Book that it closes later than announced, for a reason."""
        self.step(day, self.extend, self.row.story.time(closes, 17, 0), reason)

    def extend(self, shuts, reason, *, at):
        """Close later than announced, for a reason."""
        self.consultation.extend(shuts, reason=reason, by=self.by, at=at)

    def give_outcomes(self, *, at):
        """Give each comment that has one its outcome, under its theme."""
        themes = {
            name: self.consultation.themes.create(order=order, **told)
            for order, (name, told) in enumerate(self.themes.items())
        }
        for comment, said in self.said:
            if said.outcome and comment.state == "published":
                changed = self.texts[said.changed].section if said.changed else None
                comment.give_outcome(
                    said.outcome,
                    reason=said.reason,
                    changed_section=changed,
                    theme=themes[said.theme] if said.theme else None,
                    at=at,
                )

    def respond(self, *, at):
        """Give each comment its outcome, write the themes, publish the response."""
        by = self.by
        second = self.write_second(at, **self.second) if self.second else None
        self.give_outcomes(at=at - timedelta(minutes=5))
        if second:
            second.publish(by=by, at=at)
        response = Response.objects.create(
            consultation=self.consultation, introduction=self.response, draft=second
        )
        response.publish(by=by, at=at)

    def write_second(self, at, *, summary, sections, removed):
        """Write version 2, with what became of each section since the first."""
        first = dict(self.texts)
        draft = self.consultation.draft.specification.begin_draft()
        kept = self.kept(sections)
        for order, (name, told) in enumerate(sections.items(), 1):
            words = dict(told)
            origins = words.pop("came_from", ())
            self.texts[name] = write(draft, order, section=kept.get(name), **words)
            self.texts[name].came_from.set(first[origin] for origin in origins)
        for name, why in removed.items():
            draft.removals.create(text=first[name], why=why)
        draft.summary, draft.matched_at = summary, at
        draft.save(update_fields=["summary", "matched_at"])
        return draft

    def kept(self, sections):
        """Return the sections that keep their identity, by their names in version 2.

        Those that keep their name do; else the first that came from one that has gone.
        """
        kept = {
            name: self.texts[name].section for name in sections if name in self.texts
        }
        gone = {
            name: text.section for name, text in self.texts.items() if name not in kept
        }
        for name, told in sections.items():
            for origin in told.get("came_from", ())[:1]:
                if name not in kept and origin in gone:
                    kept[name] = gone.pop(origin)
        return kept


def write(draft, order, *, text, section=None, **words):
    """Write a section of a draft, which may keep the identity of an earlier one."""
    section = section or Section.objects.create(specification=draft.specification)
    return SectionText.objects.create(
        draft=draft, section=section, order=order, body=prose(text), **words
    )


def prose(text):
    """Return paragraphs, parted by empty lines, and lists, lines with a dash, as HTML."""
    blocks = [block.splitlines() for block in text.strip().split("\n\n")]
    return clean("".join(map(block_of, blocks)))


def block_of(lines):
    """Return one paragraph or list as HTML."""
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{line[2:]}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{' '.join(lines)}</p>"
