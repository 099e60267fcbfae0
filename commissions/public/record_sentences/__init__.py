"""The public record in words: one sentence for each entry, from its facts.

Pure: an entry's kind, subject and facts go in, words come out. A record name
(post/kent/head-of-care) is said by the name that `names` gives it, or else
made readable from its slug, so that a page needs no query for each entry.
"""

from datetime import datetime

from commissions.law.lifecycle import STAGES
from commissions.law.notices import title_of
from commissions.public.record_sentences import contracts, involvement, procurement
from commissions.public.record_sentences.formats import called, day
from commissions.public.record_sentences.ocds import JOINING
from commissions.text.formats import at_time

ACTORS = {
    "import": "from a published notice",
    "demo": "the demonstration",
    "staff": "the commissioning team",
    "clock": "the portal, by the clock",
}
FIELDS = {
    "areas": "places",
    "changes_for": "who it changes things for",
    "consulted": "who was asked",
    "ends_on": "end date",
    "equality_impact": "effect on equality",
    "equality_impact_url": "equality impact assessment",
    "extension": "possible extension",
    "fixed": "what is fixed",
    "held_since": "since when it is held",
    "how_to_see_papers": "how to see papers",
    "light_touch": "light touch",
    "organisation": "lead organisation",
    "regime": "legal regime",
    "replaces": "contracts it replaces",
    "route": "route to a provider",
    "rung": "how far people are involved",
    "starts_on": "start date",
    "still_open": "what is still open",
    "tupe": "whether staff transfer (TUPE)",
    "unknowns": "what we do not know yet",
    "value_max": "highest value",
    "value_min": "lowest value",
    "value_vat": "whether the value counts VAT",
}


def actor(by, names):
    """Say who acted, as a few words after the day."""
    return ACTORS.get(by) or called(by, names)


def stage_named(code):
    """Return a stage's name for people, or its code if the line no longer has it."""
    return STAGES[code].name if code in STAGES else code


def stage_of(subject):
    """Return the name of the stage that a stage date's record name ends with."""
    return stage_named(subject.rsplit("/", 1)[-1])


def published(subject, facts, names):
    """The intention became public."""
    return (
        f"Published by {called(facts.get('organisation'), names)}, "
        f"held by {called(facts.get('holder'), names)}"
    )


def changed(subject, facts, names):
    """Details changed: which, not what they said."""
    fields = [FIELDS.get(f, f.replace("_", " ")) for f in facts.get("fields", [])]
    return f"Details changed: {', '.join(fields)}" if fields else "Details changed"


def held(subject, facts, names):
    """A post or a committee became the holder."""
    return f"{called(facts.get('holder'), names)} holds this from {day(facts.get('since'))}"


def reached(subject, facts, names):
    """A stage was reached."""
    return f"Reached “{stage_named(facts.get('stage', ''))}” on {day(facts.get('on'))}"


def planned(subject, facts, names):
    """A stage was given a date."""
    on = day(facts.get("on"), facts.get("precision", "day"))
    return f"“{stage_of(subject)}” planned for {on}"


def moved(subject, facts, names):
    """A planned date moved; the reason is the entry's text."""
    before = day(facts.get("before"), facts.get("before_precision", "day"))
    on = day(facts.get("on"), facts.get("precision", "day"))
    return f"“{stage_of(subject)}” moved from {before} to {on}"


def document(subject, facts, names):
    """A document was added."""
    title = facts.get("title")
    return f"Document added: {title}" if title else "Document added"


def notice(subject, facts, names):
    """A notice came in from its platform."""
    what = " ".join(filter(None, ["Notice", facts.get("code"), "received"]))
    platform = facts.get("platform")
    return f"{what} from {platform}" if platform else what


def on_platform(subject, facts, names):
    """Staff recorded where its platform published a notice."""
    code = facts.get("code")
    what = (title_of(code) or "Notice") + (f" ({code})" if code else "")
    where = facts.get("platform") or "its platform"
    reference = facts.get("reference")
    said = f" as {reference}" if reference else ""
    return f"{what} published on {where}{said}"


def taken(subject, facts, names):
    """Somebody took up a post."""
    return f"{called(subject, names)}: post taken up on {day(facts.get('on'))}"


def vacated(subject, facts, names):
    """A post fell vacant."""
    return f"{called(subject, names)}: post vacant from {day(facts.get('on'))}"


def succeeded(subject, facts, names):
    """One body took over from another."""
    return (
        f"{called(subject, names)} became {called(facts.get('successor'), names)} "
        f"on {day(facts.get('on'))}"
    )


def handed_over(subject, facts, names):
    """One holder passed it to another; the reason is the entry's text."""
    before = facts.get("before")
    whence = f" by {called(before, names)}" if before else ""
    holder, since = called(facts.get("holder"), names), day(facts.get("since"))
    return f"Handed over{whence} to {holder} from {since}"


def to_hand_over(subject, facts, names):
    """It was said ahead to whom something passes, and when."""
    before = facts.get("before")
    whence = f" from {called(before, names)}" if before else ""
    holder, since = called(facts.get("holder"), names), day(facts.get("since"))
    return f"To pass{whence} to {holder} on {since}"


def not_handed_over(subject, facts, names):
    """A hand-over that was said ahead is not to be; the reason is the entry's text."""
    holder, since = called(facts.get("holder"), names), day(facts.get("since"))
    return f"No longer to pass to {holder} on {since}"


def announced(subject, facts, names):
    """The notice of a decision became public."""
    what = "Key decision" if facts.get("key") else "Decision"
    first, last = facts.get("due_on"), facts.get("due_until")
    due = f"due on {day(first)}"
    if last and last != first:
        due = f"due from {day(first)} to {day(last)}"
    title = facts.get("title")
    named = f": {title}" if title else ""
    by = called(facts.get("holder"), names)
    return f"{what} announced, to be taken by {by}, {due}{named}"


def deferred(subject, facts, names):
    """A decision moved; the reason is the entry's text."""
    return (
        f"Decision moved from {day(facts.get('before'))} to {day(facts.get('due_on'))}"
    )


def decided(subject, facts, names):
    """A decision was taken; what was decided is the entry's text."""
    by = called(facts.get("holder"), names)
    return f"Decision taken by {by} on {day(facts.get('on'))}"


def private(subject, facts, names):
    """The second notice that a decision is taken in private."""
    said = (
        "with what people said against it and the answer"
        if facts.get("objected")
        else "nobody having objected"
    )
    return (
        f"Second notice that it is taken in private, on {day(facts.get('on'))}, {said}"
    )


def asked(subject, facts, names):
    """Somebody asked the holder a question."""
    return f"A question was published, to be answered by {day(facts.get('due_on'))}"


def answered(subject, facts, names):
    """The holder answered a question, on time or not."""
    due = day(facts.get("due_on"))
    late = facts.get("answered_on", "") > facts.get("due_on", "")
    return f"A question was answered{' late' if late else ''}, due on {due}"


SENTENCES = {
    **procurement.SENTENCES,
    **involvement.SENTENCES,
    **contracts.SENTENCES,
    "commission.published": published,
    "commission.changed": changed,
    "commission.held": held,
    "commission.stage": reached,
    "commission.date": planned,
    "commission.date-moved": moved,
    "commission.document": document,
    "notice.received": notice,
    "notice.published": on_platform,
    **JOINING,
    "organisation.succeeded": succeeded,
    "post.taken": taken,
    "post.vacated": vacated,
    "holder.handed-over": handed_over,
    "holder.announced": to_hand_over,
    "holder.withdrawn": not_handed_over,
    "enquiry.published": asked,
    "enquiry.answered": answered,
    "decision.published": announced,
    "decision.changed": changed,
    "decision.deferred": deferred,
    "decision.private": private,
    "decision.taken": decided,
}


def note(facts):
    """Say why, or until when, where the entry has it."""
    if reason := facts.get("reason") or facts.get("why"):
        return f"Reason: {reason}"
    if said := facts.get("outcome") or facts.get("learnt"):
        return said
    if closes := facts.get("closes"):
        return f"Open until {at_time(datetime.fromisoformat(closes))}"
    return ""


def event(entry, names):
    """Say one entry as an event of a timeline: when, what, why, by whom."""
    facts = entry.facts
    say = SENTENCES.get(entry.kind)
    return {
        "when": entry.at,
        "title": say(entry.subject, facts, names) if say else entry.get_kind_display(),
        "url": "",
        "text": note(facts),
        "by": actor(entry.by, names),
    }
