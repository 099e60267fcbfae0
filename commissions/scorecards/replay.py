"""What each organisation did, as the record's entries say it.

Replaying is pure: an entry comes as (number, day, kind, subject, commission,
facts), oldest first. Nothing else is asked: whoever has the record can build the
same.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import override

from commissions.law.dates import LONDON
from commissions.law.notices import name_of
from commissions.models import Entry, Organisation
from commissions.scorecards.organisation_history import (
    Consultation,
    OrganisationHistory,
    Post,
    Responsibility,
    StatutoryNotice,
)
from commissions.text.languages import ENGLISH

OVER = ("closed", "cancelled")
READERS = {}
"""What is read, by kind of entry; other kinds are passed over."""


class ReplayedAct(NamedTuple):
    """One entry of the record."""

    number: int
    day: date
    kind: str
    subject: str
    commission: str
    facts: dict


def reads_kind(*kinds):
    """Let a method of Replay read entries of some kinds."""

    def register(method):
        READERS.update(dict.fromkeys(kinds, method))
        return method

    return register


def day_of_fact(text) -> date:
    return date.fromisoformat(str(text)[:10])


class Replay:
    """Reads entries one after the other; `histories` is what they say."""

    def __init__(self):
        self.histories: dict[str, OrganisationHistory] = {}
        self.owner: dict[str, OrganisationHistory] = {}  # of a record name
        self.noticed: dict[str, Responsibility] = {}  # known from notices: not measured

    def read(self, entries) -> dict[str, OrganisationHistory]:
        """Read entries, oldest first; return the organisations by slug."""
        for act in map(ReplayedAct._make, entries):
            READERS[act.kind](self, act)
        return self.histories

    def history(self, record_name: str) -> OrganisationHistory:
        """Return the organisation of a record name such as organisation/kent."""
        slug = record_name.split("/")[1] if "/" in record_name else ""
        return self.histories.setdefault(slug, OrganisationHistory(slug))

    def of(self, commission: str) -> OrganisationHistory | None:
        return self.owner.get(f"commission/{commission}")

    def responsibility(self, name: str) -> Responsibility | None:
        """Return a commission or decision by its record name."""
        history = self.owner.get(name)
        return history and (
            history.commissions.get(name) or history.decisions.get(name)
        )

    @reads_kind("commission.published")
    def publish_commission(self, act):
        history = self.owner[act.subject] = self.history(
            act.facts.get("organisation") or ""
        )
        title, holder = act.facts.get("title", act.subject), act.facts.get("holder")
        made = Responsibility(act.subject, title, act.number, act.day)
        if not holder:
            self.noticed[act.subject] = made
            return
        made.holders.append((act.day, holder, act.number))
        history.commissions[act.subject] = made

    @reads_kind("decision.published")
    def publish_decision(self, act):
        facts = act.facts
        owner = self.of(act.commission) or self.history(
            facts.get("organisation") or facts.get("holder") or ""
        )
        self.owner[act.subject] = owner
        title = facts.get("title", act.subject)
        made = Responsibility(act.subject, title, act.number, act.day)
        made.holders.append((act.day, facts.get("holder", ""), act.number))
        made.due = day_of_fact(facts["due_on"])
        owner.decisions[act.subject] = made

    @reads_kind("commission.held", "holder.handed-over")
    def change_holder(self, act):
        if noticed := self.noticed.pop(act.subject, None):  # kept here from now on
            noticed.published = act.day
            self.owner[act.subject].commissions[act.subject] = noticed
        if made := self.responsibility(act.subject):
            since = day_of_fact(act.facts["since"])
            made.holders.append((since, act.facts["holder"], act.number))

    @reads_kind("commission.stage")
    def reach_stage(self, act):
        if made := self.responsibility(act.subject):
            reached = day_of_fact(act.facts["on"])
            made.stages.setdefault(act.facts["stage"], (reached, act.number))
            made.over = reached if act.facts["stage"] in OVER else None

    @reads_kind("decision.taken")
    def take_decision(self, act):
        if made := self.responsibility(act.subject):
            made.over = day_of_fact(act.facts["on"])

    @reads_kind("commission.date-moved", "decision.deferred")
    def move_date(self, act):
        decision = act.subject.startswith("decision/")
        name = act.subject if decision else f"commission/{act.commission}"
        if history := self.owner.get(name):
            history.moves.append((act.day, name, act.number))

    def post(self, act) -> Post:
        """Return a post by its record name, known from its first entry on."""
        known = self.history(act.subject).posts
        return known.setdefault(act.subject, Post(act.subject, act.number, act.day))

    @reads_kind("post.added")
    def add_post(self, act):
        """A post was created, with nobody in it where the entry says so."""
        post = self.post(act)
        if act.facts.get("vacant"):
            post.events.append((act.day, False, act.number))

    @reads_kind("post.changed")
    def change_post(self, act):
        """A post was abolished, or is to be, or that was withdrawn."""
        if "ended_on" in act.facts:
            ended = act.facts["ended_on"]
            self.post(act).ended = day_of_fact(ended) if ended else None

    @reads_kind("post.taken", "post.vacated")
    def fill_or_vacate_post(self, act):
        taken = act.kind == "post.taken"
        self.post(act).events.append((day_of_fact(act.facts["on"]), taken, act.number))

    @reads_kind("consultation.published")
    def publish_consultation(self, act):
        facts = act.facts
        if history := self.of(act.commission):
            self.owner[act.subject] = history
            history.consultations[act.subject] = Consultation(
                act.subject,
                facts.get("title", act.subject),
                f"commission/{act.commission}",
                facts.get("consultation_kind", ""),
                act.number,
                day_of_fact(facts["opens_at"]),
                day_of_fact(facts["closes_at"]),
                day_of_fact(facts["response_due_on"]),
            )

    def consultation(self, name) -> Consultation | None:
        """Return a consultation by its record name."""
        history = self.owner.get(name)
        return history and history.consultations.get(name)

    def consultation_of(self, act) -> Consultation | None:
        return self.consultation(f"consultation/{act.facts.get('consultation')}")

    @reads_kind("consultation.extended")
    def extend_consultation(self, act):
        if found := self.consultation(act.subject):
            found.closes = day_of_fact(act.facts["closes_at"])

    @reads_kind("comment.published")
    def publish_comment(self, act):
        if found := self.consultation_of(act):
            found.comments[act.subject] = act.number

    @reads_kind("comment.withdrawn", "comment.erased", "comment.declined")
    def remove_comment(self, act):
        """A comment is not public any more."""
        if found := self.consultation_of(act):
            found.comments.pop(act.subject, None)

    @reads_kind("response.published")
    def publish_response(self, act):
        if found := self.consultation_of(act):
            found.answered, found.answer = act.day, act.number
            found.outcomes = act.facts.get("outcomes", {})

    @reads_kind("commission.exempted")
    def exempt(self, act):
        """A gate was passed under an exemption."""
        if history := self.of(act.commission):
            name = f"commission/{act.commission}"
            history.exemptions.append((act.day, name, act.number))

    @reads_kind("notice.published")
    def publish_notice(self, act):
        """A notice was recorded; counted where the law fixed the day for it."""
        its_own = act.subject.startswith("organisation/")
        history = self.history(act.subject) if its_own else self.of(act.commission)
        if not history or not act.facts.get("due"):
            return
        name = act.subject if its_own else f"commission/{act.commission}"
        if name in self.noticed:
            return
        commission = history.commissions.get(name)
        what = name_of(act.facts.get("code", ""))
        what = f"{what[:1].upper()}{what[1:]}" if not commission else what
        title = f"{commission.title}: {what}" if commission else what
        at = datetime.fromisoformat(act.facts["published"]).astimezone(LONDON)
        due = day_of_fact(act.facts["due"])
        history.notices.append(StatutoryNotice(name, title, at.date(), due, act.number))

    @reads_kind("enquiry.published", "enquiry.answered")
    def count_question(self, act):
        """A question to a holder became public, or was answered."""
        history, facts = self.answerer(act), act.facts
        answered = act.kind == "enquiry.answered"
        if not history or not facts.get("due_on"):
            return
        if not answered:
            history.questions[act.subject] = (
                day_of_fact(facts["due_on"]),
                None,
                act.number,
            )
        elif facts.get("answered_on"):
            days = day_of_fact(facts["due_on"]), day_of_fact(facts["answered_on"])
            history.questions[act.subject] = (*days, act.number)

    @reads_kind("enquiry.declined", "enquiry.withdrawn", "enquiry.erased")
    def remove_question(self, act):
        """A question is not public any more; one that was answered stays counted."""
        history = self.answerer(act)
        if history and act.subject in history.questions:
            if history.questions[act.subject][1] is None:
                del history.questions[act.subject]
            else:
                history.hidden.add(act.subject)

    def answerer(self, act) -> OrganisationHistory | None:
        """Return who must answer a question.

        The entry names the body; older ones say only what the question is about:
        a commission, a decision, or the post of the person asked.
        """
        if act.facts.get("organisation"):
            return self.history(act.facts["organisation"])
        about = act.facts.get("about", "")
        found = self.of(act.commission) or self.owner.get(about)
        if not found and about.startswith(("post/", "organisation/")):
            found = self.history(about)
        return found


def replay_histories() -> dict[str, OrganisationHistory]:
    """Return what the record says of each organisation, by slug.

    Read once for each new entry: two queries.
    """
    head = Entry.objects.filter(kind__in=READERS).head()
    return read_until(head) if head else {}


@lru_cache(maxsize=1)
def read_until(head: tuple) -> dict[str, OrganisationHistory]:
    """Read the entries up to the newest: the first (number, time) of the record's head."""
    rows = Entry.objects.filter(kind__in=READERS, pk__lte=head[0][0]).order_by("pk")
    with override(ENGLISH):  # what is kept is for readers of every language
        return Replay().read(
            (
                entry.pk,
                timezone.localdate(entry.at),
                entry.kind,
                entry.subject,
                entry.commission,
                entry.facts,
            )
            for entry in rows.iterator(chunk_size=2000)
        )


def organisations_in_record(slugs) -> list[tuple[str, str, str]]:
    """Return (slug, name, kind) of the organisations with a history, by name."""
    rows = Organisation.objects.order_by("name", "pk")
    known = rows.values_list("slug", "name", "kind")
    return [row for row in known.iterator() if row[0] in slugs]
