"""The public record in words: one sentence for each entry, from its facts.

An entry's subject and facts go in, words come out: see `says`. A record name
(post/kent/head-of-care) is said by the name that `names` gives it, or else made
readable from its slug, so that a page needs no query for each entry.
"""

from collections import Counter
from datetime import date, datetime
from decimal import Decimal

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat

from commissions.law.lifecycle import STAGES
from commissions.law.notices import title_of
from commissions.models import Committee, Organisation, Post
from commissions.text.formats import at_time, money, roughly

SENTENCES = {}
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
    "easy_read": "the Easy Read version",
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
    "welsh_need": "the need in Welsh",
    "welsh_summary": "the summary in Welsh",
    "welsh_title": "the title in Welsh",
}


def says(kind):
    """Let a function say the entries of a kind, from subject, facts and names.

    An app above says those of its own kinds so.
    """

    def register(sentence):
        SENTENCES[kind] = sentence
        return sentence

    return register


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


def called(record_name, names):
    """Say a record name as people do: its given name, or its slug with spaces."""
    if record_name in names:
        return names[record_name]
    last = str(record_name or "").rstrip("/").rsplit("/", 1)[-1]
    return last.replace("-", " ").capitalize() or "somebody not stated"


def day(text, precision="day"):
    """Write an ISO date of a fact as roughly as it was meant; as it is if it is none."""
    try:
        return roughly(date.fromisoformat(text), precision)
    except (TypeError, ValueError):
        return str(text or "a day not stated")


def actor(by, names):
    """Say who acted, as a few words after the day."""
    return ACTORS.get(by) or called(by, names)


def stage_named(code):
    """Return a stage's name for people, or its code if the line no longer has it."""
    return STAGES[code].name if code in STAGES else code


def stage_of(subject):
    """Return the name of the stage that a stage date's record name ends with."""
    return stage_named(subject.rsplit("/", 1)[-1])


# Commissions, posts and decisions.


@says("commission.published")
def published(subject, facts, names):
    """The intention became public; or a notice of it was the first seen."""
    if not facts.get("holder"):
        return (
            f"First seen in a notice of {called(facts.get('organisation'), names)}; "
            "who is responsible is not recorded here"
        )
    return (
        f"Published by {called(facts.get('organisation'), names)}, "
        f"held by {called(facts.get('holder'), names)}"
    )


@says("commission.changed")
@says("decision.changed")
def changed(subject, facts, names):
    """Details changed: which, not what they said."""
    fields = [FIELDS.get(f, f.replace("_", " ")) for f in facts.get("fields", [])]
    return f"Details changed: {', '.join(fields)}" if fields else "Details changed"


@says("commission.held")
def held(subject, facts, names):
    """A post or a committee became the holder."""
    return f"{called(facts.get('holder'), names)} holds this from {day(facts.get('since'))}"


@says("commission.stage")
def reached(subject, facts, names):
    return f"Reached “{stage_named(facts.get('stage', ''))}” on {day(facts.get('on'))}"


@says("commission.date")
def planned(subject, facts, names):
    """A stage was given a date."""
    on = day(facts.get("on"), facts.get("precision", "day"))
    return f"“{stage_of(subject)}” planned for {on}"


@says("commission.date-moved")
def moved(subject, facts, names):
    """A planned date moved; the reason is the entry's text."""
    before = day(facts.get("before"), facts.get("before_precision", "day"))
    on = day(facts.get("on"), facts.get("precision", "day"))
    return f"“{stage_of(subject)}” moved from {before} to {on}"


@says("commission.document")
def document(subject, facts, names):
    """A document was added."""
    title = facts.get("title")
    return f"Document added: {title}" if title else "Document added"


@says("notice.received")
def notice(subject, facts, names):
    """A notice came in from its platform."""
    what = " ".join(filter(None, ["Notice", facts.get("code"), "received"]))
    platform = facts.get("platform")
    return f"{what} from {platform}" if platform else what


@says("notice.published")
def on_platform(subject, facts, names):
    """Staff recorded where its platform published a notice."""
    code = facts.get("code")
    what = (title_of(code) or "Notice") + (f" ({code})" if code else "")
    where = facts.get("platform") or "its platform"
    reference = facts.get("reference")
    said = f" as {reference}" if reference else ""
    return f"{what} published on {where}{said}"


@says("post.taken")
def taken(subject, facts, names):
    """Somebody took up a post."""
    return f"{called(subject, names)}: post taken up on {day(facts.get('on'))}"


@says("post.vacated")
def vacated(subject, facts, names):
    return f"{called(subject, names)}: post vacant from {day(facts.get('on'))}"


@says("organisation.succeeded")
def succeeded(subject, facts, names):
    """One body took over from another."""
    return (
        f"{called(subject, names)} became {called(facts.get('successor'), names)} "
        f"on {day(facts.get('on'))}"
    )


@says("holder.handed-over")
def handed_over(subject, facts, names):
    """One holder passed it to another; the reason is the entry's text."""
    before = facts.get("before")
    whence = f" by {called(before, names)}" if before else ""
    holder, since = called(facts.get("holder"), names), day(facts.get("since"))
    return f"Handed over{whence} to {holder} from {since}"


@says("holder.announced")
def to_hand_over(subject, facts, names):
    """It was said ahead to whom something passes, and when."""
    before = facts.get("before")
    whence = f" from {called(before, names)}" if before else ""
    holder, since = called(facts.get("holder"), names), day(facts.get("since"))
    return f"To pass{whence} to {holder} on {since}"


@says("holder.withdrawn")
def not_handed_over(subject, facts, names):
    """A hand-over that was said ahead is not to be; the reason is the entry's text."""
    holder, since = called(facts.get("holder"), names), day(facts.get("since"))
    return f"No longer to pass to {holder} on {since}"


@says("decision.published")
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


@says("decision.deferred")
def deferred(subject, facts, names):
    """A decision moved; the reason is the entry's text."""
    return (
        f"Decision moved from {day(facts.get('before'))} to {day(facts.get('due_on'))}"
    )


@says("decision.taken")
def decided(subject, facts, names):
    """A decision was taken; what was decided is the entry's text."""
    by = called(facts.get("holder"), names)
    return f"Decision taken by {by} on {day(facts.get('on'))}"


@says("decision.private")
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


# Who was involved, what was learnt and what stood in the way.


GROUPS = {
    "users": "people who use the service",
    "carers": "carers and families",
    "providers": "providers",
    "frontline": "frontline professionals",
    "community": "community groups",
    "colleagues": "colleagues in the same body",
    "other_bodies": "other public bodies",
}


@says("commission.involved")
def involved(subject, facts, names):
    """People took part, as far up the ladder as is claimed."""
    group = GROUPS.get(facts.get("group"), "people")
    number = facts.get("people")
    many = f" ({number:,} took part)" if isinstance(number, int) else ""
    return f"Involved: {group}{many}, step {facts.get('rung')} of 7 claimed"


@says("commission.lesson")
def learnt(subject, facts, names):
    """A lesson was written down at review; it is the entry's text."""
    return "Lesson written down at review"


@says("commission.involved-corrected")
def involvement_corrected(subject, facts, names):
    """How people took part was corrected; why is the entry's text."""
    was = involved(subject, facts.get("was", {}), names)
    is_now = involved(subject, facts, names)
    if was == is_now:
        return f"What is said of involvement was corrected. {is_now}"
    return f"Corrected. Before: {was}. Now: {is_now}"


@says("commission.lesson-corrected")
def lesson_corrected(subject, facts, names):
    """A lesson was corrected; why is the entry's text."""
    was, is_now = facts.get("was", {}).get("learnt"), facts.get("learnt")
    if was == is_now:
        return "What to do about a lesson was corrected"
    return f"Lesson corrected. Before: “{was}” Now: “{is_now}”"


@says("barrier.published")
def barrier(subject, facts, names):
    """A barrier was put in the register."""
    law = facts.get("law")
    return (
        f"Barrier put in the register: {law}" if law else "Barrier put in the register"
    )


# How a provider was chosen.


@says("tender.invited")
def invited(subject, facts, names):
    """Providers were asked for bids."""
    lots = facts.get("lots")
    parts = f", in {lots} lots" if isinstance(lots, int) and lots > 1 else ""
    return f"Bids invited{parts}"


@says("award.announced")
def chosen(subject, facts, names):
    """Who was chosen after a competition or without; why is the entry's text."""
    who = " and ".join(called(name, names) for name in facts.get("suppliers", []))
    ends = facts.get("standstill_ends_on")
    until = f"; no contract before {day(ends)} has passed" if ends else ""
    return f"Award announced: {who or 'nobody named'}{until}"


@says("direct-award.justified")
def without_competition(subject, facts, names):
    """A provider is chosen without a competition; why is the entry's text."""
    supplier = facts.get("supplier")
    who = f" of {called(supplier, names)}" if supplier else ""
    by = called(facts.get("decider"), names)
    return f"Choice{who} without a competition, decided by {by} ({facts.get('law')})"


@says("direct-award.chosen")
def most_suitable(subject, facts, names):
    return f"Most suitable provider named: {called(facts.get('supplier'), names)}"


@says("representations.opened")
def opened_for_representations(subject, facts, names):
    """Providers may object until a day."""
    return f"Open for representations until {day(facts.get('closes_on'))}"


@says("representations.received")
def represented(subject, facts, names):
    """So many providers objected, in all."""
    number = facts.get("received")
    return f"Representations received: {number} in all"


SETTLED = {
    "go_ahead": "the contract is to be awarded as intended",
    "back": "the process goes back to an earlier step",
    "abandon": "the procurement is abandoned",
}


@says("representations.settled")
def settled(subject, facts, names):
    """Representations were reviewed; why is the entry's text."""
    what = SETTLED.get(facts.get("decided"), "a further decision was made")
    return f"Representations reviewed: {what}, told on {day(facts.get('on'))}"


# What became of a contract.


CONTRACT_FIELDS = {
    "copy_published_on": "day on which the copy was published",
    "copy_url": "copy of the contract",
    "department": "department responsible",
    "description": "what the supplier does",
    "extensions": "option to extend",
    "irrecoverable_vat": "VAT that cannot be recovered",
    "no_indicators_because": "why there are no performance indicators",
    "post": "post that manages it",
    "review_on": "next review",
    "tendered": "whether it was tendered",
}
LEVELS = {
    "met": "Good",
    "slightlyBelow": "Approaching target",
    "below": "Requires improvement",
    "significantlyBelow": "Inadequate",
    "other": "Other",
}
ENDINGS = {
    "expired": "it ran its full term",
    "agreed": "both sides agreed to end it early",
    "breach": "the supplier did not do what was agreed",
    "notice": "one side gave notice",
    "insolvent": "the supplier could not pay its debts",
    "set_aside": "a court set it aside",
}


def value(text):
    """Write an amount of a fact in pounds."""
    return money(Decimal(text))


@says("contract.signed")
def signed(subject, facts, names):
    """A contract was signed."""
    said = [f"Contract signed on {day(facts.get('on'))}"]
    if facts.get("amount"):
        said.append(f"{value(facts['amount'])} excluding VAT")
    if facts.get("ends"):
        said.append(f"until {day(facts['ends'])}")
    return ", ".join(said)


@says("contract.changed")
def completed(subject, facts, names):
    """Details of a contract were filled in: which, not what they said."""
    fields = [
        CONTRACT_FIELDS.get(f, f.replace("_", " ")) for f in facts.get("fields", [])
    ]
    return f"Contract’s details completed: {', '.join(fields)}"


@says("contract.extended")
def extended(subject, facts, names):
    """An option to extend was used; the reason is the entry's text."""
    return f"Contract extended from {day(facts.get('before'))} to {day(facts.get('until'))}"


@says("contract.amended")
def amended(subject, facts, names):
    """A contract was changed; the reason is the entry's text."""
    said = [f"Contract changed on {day(facts.get('on'))}"]
    if facts.get("amount"):
        before = facts.get("amount_before")
        whence = f"from {value(before)} " if before else ""
        said.append(f"value {whence}to {value(facts['amount'])} excluding VAT")
    if facts.get("until"):
        before = facts.get("before")
        whence = f"from {day(before)} " if before else ""
        said.append(f"end {whence}to {day(facts['until'])}")
    return ", ".join(said)


@says("contract.indicator")
def measured(subject, facts, names):
    """A performance indicator was set."""
    target = facts.get("target")
    return f"Performance indicator set: {facts.get('title')}" + (
        f" (target: {target})" if target else ""
    )


@says("contract.rated")
def rated(subject, facts, names):
    """The supplier's work in a period was rated."""
    counted = Counter(level for _, level in facts.get("ratings", []))
    found = ", ".join(
        f"{number} {LEVELS.get(level, level).lower()}"
        for level, number in sorted(counted.items(), key=by_level)
    )
    starts, ends = day(facts.get("starts")), day(facts.get("ends"))
    return f"Performance from {starts} to {ends}: {found}"


def by_level(counted):
    """Put the best rating first."""
    return (*LEVELS, counted[0]).index(counted[0])


@says("contract.ended")
def ended(subject, facts, names):
    """A contract ended; the reason, where it has one, is the entry's text."""
    why = ENDINGS.get(facts.get("ending"), "another reason")
    return f"Contract ended on {day(facts.get('on'))}: {why}"


# Notices that join a commission.


WHAT = {
    "plan": "planned dates",
    "lot": "lots",
    "closes_at": "closing time for bids",
    "criteria": "how bids are judged",
    "regime": "legal regime",
    "route": "route to a provider",
    "light_touch": "light touch",
    "starts_on": "start date",
    "ends_on": "end date",
    "extension": "possible extension",
}


def whats(keys):
    """Name what a notice changes, each once: stage, value, lots."""
    kinds = dict.fromkeys(key.partition("/")[0] for key in keys or ())
    return ", ".join(WHAT.get(kind, kind) for kind in kinds)


def number(subject):
    return subject.rsplit("/", 1)[-1]


@says("notice.confirmed")
def confirmed(subject, facts, names):
    """What a notice says was taken over, and what was left as it was."""
    said = f"Taken over from notice {number(subject)}: {whats(facts.get('fields'))}"
    left = whats(facts.get("left"))
    return f"{said}. Left as it was: {left}" if left else said


@says("notice.declined")
def declined(subject, facts, names):
    """What a notice says was not taken over; the reason is the entry's text."""
    said = whats(facts.get("fields"))
    return f"Not taken over from notice {number(subject)}: {said}"


@says("commission.ocid")
def linked(subject, facts, names):
    """A platform's OCID was said to mean this commission."""
    return f"The platform knows this as {facts.get('ocid', 'an OCID not stated')}"


@says("commission.bids-closed")
def bids_closed(subject, facts, names):
    """The time for bids passed."""
    return f"Bids closed on {day(facts.get('on'))}"


@says("commission.term-began")
def term_began(subject, facts, names):
    """The first day of its contract came."""
    return f"The first day of its contract, as notices state it, was {day(facts.get('on'))}"


@says("commission.term-ended")
def term_ended(subject, facts, names):
    """The last day of its contract passed, every extension included."""
    return (
        f"The last day of its contract, as notices state it, was {day(facts.get('on'))}"
    )


# What the bodies that entries mention are called.


BODIES = ("post/", "committee/", "organisation/")


def names_in(entries, known):
    """Return {record name: name} of all that entries mention, `known` among them.

    One query where something is not known yet, none otherwise.
    """
    new = {name for entry in entries for name in said_by(entry)} - known.keys()
    if not new:
        return known
    posts = {name.split("/")[-1] for name in new if name.startswith("post/")}
    others = {name.split("/")[-1] for name in new if not name.startswith("post/")}
    titled = selected(
        Post.objects.filter(slug__in=posts),
        "title",
        ("post/", F("organisation__slug"), "/"),
    )
    named = [
        selected(model.objects.filter(slug__in=others), "name", (start,))
        for model, start in (
            (Committee, "committee/"),
            (Organisation, "organisation/"),
        )
    ]
    read = dict(titled.union(*named, all=True))
    return {**{name: read[name] for name in new & read.keys()}, **known}


def said_by(entry):
    """Return the record names of bodies that one entry says, alone or in a list."""
    facts = [entry.by]
    for fact in entry.facts.values():
        facts += fact if isinstance(fact, list) else [fact]
    return [fact for fact in facts if isinstance(fact, str) and fact.startswith(BODIES)]


def selected(rows, name, before_slug):
    """Select (record name, name) of some rows; `before_slug` begins the record name."""
    parts = [Value(p) if isinstance(p, str) else p for p in before_slug]
    record_name = Concat(*parts, "slug", output_field=CharField())
    return rows.order_by().values_list(record_name, name)
