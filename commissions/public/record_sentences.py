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
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy

from commissions.law.lifecycle import STAGES
from commissions.law.notices import title_of
from commissions.models import Committee, Organisation, Post
from commissions.text.formats import at_time, money, roughly

SENTENCES = {}
ACTORS = {
    "import": gettext_lazy("from a published notice"),
    "demo": gettext_lazy("the demonstration"),
    "staff": gettext_lazy("the commissioning team"),
    "clock": gettext_lazy("this portal, automatically"),
}
FIELDS = {
    "areas": gettext_lazy("places"),
    "changes_for": gettext_lazy("who it changes things for"),
    "consulted": gettext_lazy("who was asked"),
    "ends_on": gettext_lazy("end date"),
    "equality_impact": gettext_lazy("effect on equality"),
    "equality_impact_url": gettext_lazy("equality impact assessment"),
    "easy_read": gettext_lazy("the Easy Read version"),
    "extension": gettext_lazy("possible extension"),
    "fixed": gettext_lazy("what is fixed"),
    "held_since": gettext_lazy("since when someone has been responsible"),
    "how_to_see_papers": gettext_lazy("how to see papers"),
    "light_touch": gettext_lazy("light touch"),
    "organisation": gettext_lazy("lead organisation"),
    "regime": gettext_lazy("law that applies"),
    "replaces": gettext_lazy("contracts it replaces"),
    "route": gettext_lazy("how a provider is chosen"),
    "rung": gettext_lazy("how far people are involved"),
    "starts_on": gettext_lazy("start date"),
    "still_open": gettext_lazy("what is still open"),
    "tupe": gettext_lazy("whether staff transfer (TUPE)"),
    "unknowns": gettext_lazy("what we do not know yet"),
    "value_max": gettext_lazy("highest value"),
    "value_min": gettext_lazy("lowest value"),
    "value_vat": gettext_lazy("whether the value includes VAT"),
    "welsh_need": gettext_lazy("the need in Welsh"),
    "welsh_summary": gettext_lazy("the summary in Welsh"),
    "welsh_title": gettext_lazy("the title in Welsh"),
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
        return gettext("Reason: {reason}").format(reason=reason)
    if said := facts.get("outcome") or facts.get("learnt"):
        return said
    if closes := facts.get("closes"):
        time = at_time(datetime.fromisoformat(closes))
        return gettext("Open until {time}").format(time=time)
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
    return last.replace("-", " ").capitalize() or gettext("someone not named")


def day(text, precision="day"):
    """Write an ISO date of a fact as roughly as it was meant; as it is if it is none."""
    try:
        return roughly(date.fromisoformat(text), precision)
    except (TypeError, ValueError):
        return str(text or gettext("a day not stated"))


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
        said = gettext(
            "First seen in a notice of {organisation}. Who is responsible is not "
            "recorded here"
        )
    else:
        said = gettext("Published by {organisation}. Responsible: {holder}")
    return said.format(
        organisation=called(facts.get("organisation"), names),
        holder=called(facts.get("holder"), names),
    )


@says("commission.changed")
@says("decision.changed")
def changed(subject, facts, names):
    """Details changed: which, not what they said."""
    fields = [str(FIELDS.get(f, f.replace("_", " "))) for f in facts.get("fields", [])]
    if not fields:
        return gettext("Details changed")
    return gettext("Details changed: {fields}").format(fields=", ".join(fields))


@says("commission.held")
def held(subject, facts, names):
    """A post or a committee became the holder."""
    return gettext("{holder} is responsible from {day}").format(
        holder=called(facts.get("holder"), names), day=day(facts.get("since"))
    )


@says("commission.stage")
def reached(subject, facts, names):
    return gettext("Reached “{stage}” on {day}").format(
        stage=stage_named(facts.get("stage", "")), day=day(facts.get("on"))
    )


@says("commission.date")
def planned(subject, facts, names):
    """A stage was given a date."""
    on = day(facts.get("on"), facts.get("precision", "day"))
    return gettext("“{stage}” planned for {day}").format(
        stage=stage_of(subject), day=on
    )


@says("commission.date-moved")
def moved(subject, facts, names):
    """A planned date moved; the reason is the entry's text."""
    before = day(facts.get("before"), facts.get("before_precision", "day"))
    on = day(facts.get("on"), facts.get("precision", "day"))
    return gettext("“{stage}” moved from {before} to {day}").format(
        stage=stage_of(subject), before=before, day=on
    )


@says("commission.document")
def document(subject, facts, names):
    """A document was added."""
    title = facts.get("title")
    if not title:
        return gettext("Document added")
    return gettext("Document added: {title}").format(title=title)


@says("notice.received")
def notice(subject, facts, names):
    """A notice came in from its platform."""
    code, platform = facts.get("code") or "", facts.get("platform") or ""
    if platform and code:
        said = gettext("Notice {code} received from {platform}")
    elif platform:
        said = gettext("Notice received from {platform}")
    else:
        said = gettext("Notice {code} received") if code else gettext("Notice received")
    return said.format(code=code, platform=platform)


@says("notice.published")
def on_platform(subject, facts, names):
    """Staff recorded where its platform published a notice."""
    code, reference = facts.get("code"), facts.get("reference")
    what = (title_of(code) or gettext("Notice")) + (f" ({code})" if code else "")
    where = facts.get("platform") or gettext("its platform")
    said = gettext("{notice} published on {platform}")
    if reference:
        said = gettext("{notice} published on {platform} as {reference}")
    return said.format(notice=what, platform=where, reference=reference)


@says("post.taken")
def taken(subject, facts, names):
    """Somebody took up a post."""
    return gettext("{post}: post taken up on {day}").format(
        post=called(subject, names), day=day(facts.get("on"))
    )


@says("post.vacated")
def vacated(subject, facts, names):
    return gettext("{post}: post vacant from {day}").format(
        post=called(subject, names), day=day(facts.get("on"))
    )


@says("organisation.succeeded")
def succeeded(subject, facts, names):
    """One body took over from another."""
    return gettext("{organisation} became {successor} on {day}").format(
        organisation=called(subject, names),
        successor=called(facts.get("successor"), names),
        day=day(facts.get("on")),
    )


@says("holder.handed-over")
def handed_over(subject, facts, names):
    """One holder passed it to another; the reason is the entry's text."""
    said = gettext("Handed over to {holder} from {day}")
    if facts.get("before"):
        said = gettext("Handed over by {before} to {holder} from {day}")
    return of_handover(said, facts, names)


def of_handover(said, facts, names):
    """Say a hand-over: from whom, to whom, when."""
    return said.format(
        before=called(facts.get("before"), names),
        holder=called(facts.get("holder"), names),
        day=day(facts.get("since")),
    )


@says("holder.announced")
def to_hand_over(subject, facts, names):
    """It was said ahead to whom something passes, and when."""
    said = gettext("To be handed over to {holder} on {day}")
    if facts.get("before"):
        said = gettext("To be handed over from {before} to {holder} on {day}")
    return of_handover(said, facts, names)


@says("holder.withdrawn")
def not_handed_over(subject, facts, names):
    """A hand-over that was said ahead is not to be; the reason is the entry's text."""
    said = gettext("Will not now be handed over to {holder} on {day}")
    return of_handover(said, facts, names)


@says("decision.published")
def announced(subject, facts, names):
    """The notice of a decision became public."""
    said = gettext("Decision announced, to be taken by {holder}, {due}")
    if facts.get("key"):
        said = gettext("Key decision announced, to be taken by {holder}, {due}")
    first, last = facts.get("due_on"), facts.get("due_until")
    due = gettext("due on {first}")
    if last and last != first:
        due = gettext("due from {first} to {last}")
    said = said.format(
        holder=called(facts.get("holder"), names),
        due=due.format(first=day(first), last=day(last)),
    )
    return f"{said}: {facts['title']}" if facts.get("title") else said


@says("decision.deferred")
def deferred(subject, facts, names):
    """A decision moved; the reason is the entry's text."""
    return gettext("Decision moved from {before} to {day}").format(
        before=day(facts.get("before")), day=day(facts.get("due_on"))
    )


@says("decision.taken")
def decided(subject, facts, names):
    """A decision was taken; what was decided is the entry's text."""
    return gettext("Decision taken by {holder} on {day}").format(
        holder=called(facts.get("holder"), names), day=day(facts.get("on"))
    )


@says("decision.private")
def private(subject, facts, names):
    """The second notice that a decision is taken in private."""
    if facts.get("objected"):
        said = gettext(
            "Second notice that it is taken in private, on {day}, with what people said "
            "against it and the answer"
        )
    else:
        said = gettext(
            "Second notice that it is taken in private, on {day}: no one objected"
        )
    return said.format(day=day(facts.get("on")))


# Who was involved, what was learnt and what was in the way.


GROUPS = {
    "users": gettext_lazy("people who use the service"),
    "carers": gettext_lazy("carers and families"),
    "providers": gettext_lazy("providers"),
    "frontline": gettext_lazy("frontline professionals"),
    "community": gettext_lazy("community groups"),
    "colleagues": gettext_lazy("colleagues in the same body"),
    "other_bodies": gettext_lazy("other public bodies"),
}


@says("commission.involved")
def involved(subject, facts, names):
    """People took part, as far up the ladder as is claimed."""
    group = GROUPS.get(facts.get("group")) or gettext("people")
    number = facts.get("people")
    said = gettext("Involved: {group}, step {step} of 7 claimed")
    if isinstance(number, int):
        said = gettext("Involved: {group} ({n} took part), step {step} of 7 claimed")
        number = f"{number:,}"
    return said.format(group=group, n=number, step=facts.get("rung"))


@says("commission.lesson")
def learnt(subject, facts, names):
    """A lesson was written down at review; it is the entry's text."""
    return gettext("Lesson written down at review")


@says("commission.involved-corrected")
def involvement_corrected(subject, facts, names):
    """How people took part was corrected; why is the entry's text."""
    was = involved(subject, facts.get("was", {}), names)
    is_now = involved(subject, facts, names)
    if was == is_now:
        said = gettext("The account of who was involved was corrected. {now}")
    else:
        said = gettext("Corrected. Before: {was}. Now: {now}")
    return said.format(was=was, now=is_now)


@says("commission.lesson-corrected")
def lesson_corrected(subject, facts, names):
    """A lesson was corrected; why is the entry's text."""
    was, is_now = facts.get("was", {}).get("learnt"), facts.get("learnt")
    if was == is_now:
        return gettext("What to do about a lesson was corrected")
    said = gettext("Lesson corrected. Before: “{was}” Now: “{now}”")
    return said.format(was=was, now=is_now)


@says("barrier.published")
def barrier(subject, facts, names):
    """A barrier was put in the register."""
    law = facts.get("law")
    if not law:
        return gettext("Barrier added to the register")
    return gettext("Barrier added to the register: {law}").format(law=law)


# How a provider was chosen.


@says("tender.invited")
def invited(subject, facts, names):
    """Providers were asked for bids."""
    lots = facts.get("lots")
    if isinstance(lots, int) and lots > 1:
        return gettext("Bids invited, in {n} lots").format(n=lots)
    return gettext("Bids invited")


@says("award.announced")
def chosen(subject, facts, names):
    """Who was chosen after a competition or without; why is the entry's text."""
    suppliers = [called(name, names) for name in facts.get("suppliers", [])]
    who = get_text_list(suppliers, gettext("and")) or gettext("no supplier named")
    said = gettext("Award announced: {who}")
    if ends := facts.get("standstill_ends_on"):
        said = gettext(
            "Award announced: {who}. The contract cannot be signed before the end of "
            "{day}"
        )
    return said.format(who=who, day=day(ends))


@says("direct-award.justified")
def without_competition(subject, facts, names):
    """A provider is chosen without a competition; why is the entry's text."""
    said = gettext("Choice without a competition, decided by {decider} ({law})")
    if supplier := facts.get("supplier"):
        said = gettext(
            "Choice of {supplier} without a competition, decided by {decider} ({law})"
        )
    return said.format(
        supplier=called(supplier, names),
        decider=called(facts.get("decider"), names),
        law=facts.get("law"),
    )


@says("direct-award.chosen")
def most_suitable(subject, facts, names):
    return gettext("Most suitable provider named: {supplier}").format(
        supplier=called(facts.get("supplier"), names)
    )


@says("representations.opened")
def opened_for_representations(subject, facts, names):
    """Providers may object until a day."""
    return gettext("Open for representations (objections) until {day}").format(
        day=day(facts.get("closes_on"))
    )


@says("representations.received")
def represented(subject, facts, names):
    """So many providers objected, in all."""
    return gettext("Representations received: {n} in all").format(
        n=facts.get("received")
    )


SETTLED = {
    "go_ahead": gettext_lazy("the contract is to be awarded as intended"),
    "back": gettext_lazy("the process goes back to an earlier step"),
    "abandon": gettext_lazy("the procurement is abandoned"),
}


@says("representations.settled")
def settled(subject, facts, names):
    """Representations were reviewed; why is the entry's text."""
    what = SETTLED.get(facts.get("decided")) or gettext("a further decision was made")
    return gettext(
        "Representations reviewed: {what}. Providers were informed on {day}"
    ).format(what=what, day=day(facts.get("on")))


# What happened to a contract.


CONTRACT_FIELDS = {
    "copy_published_on": gettext_lazy("day on which the copy was published"),
    "copy_url": gettext_lazy("copy of the contract"),
    "department": gettext_lazy("department responsible"),
    "description": gettext_lazy("what the supplier does"),
    "extensions": gettext_lazy("option to extend"),
    "irrecoverable_vat": gettext_lazy("VAT that cannot be recovered"),
    "no_indicators_because": gettext_lazy("why there are no performance indicators"),
    "post": gettext_lazy("post that manages it"),
    "review_on": gettext_lazy("next review"),
    "tendered": gettext_lazy("whether it was tendered"),
}
LEVELS = {
    "met": gettext_lazy("Good"),
    "slightlyBelow": gettext_lazy("Approaching target"),
    "below": gettext_lazy("Requires improvement"),
    "significantlyBelow": gettext_lazy("Inadequate"),
    "other": gettext_lazy("Other"),
}
ENDINGS = {
    "expired": gettext_lazy("it ran its full term"),
    "agreed": gettext_lazy("both sides agreed to end it early"),
    "breach": gettext_lazy("the supplier did not do what was agreed"),
    "notice": gettext_lazy("one side gave notice"),
    "insolvent": gettext_lazy("the supplier could not pay its debts"),
    "set_aside": gettext_lazy("a court set it aside"),
}


def value(text):
    """Write an amount of a fact in pounds."""
    return money(Decimal(text))


@says("contract.signed")
def signed(subject, facts, names):
    """A contract was signed."""
    said = [gettext("Contract signed on {day}").format(day=day(facts.get("on")))]
    if facts.get("amount"):
        amount = value(facts["amount"])
        said.append(gettext("{amount} excluding VAT").format(amount=amount))
    if facts.get("ends"):
        said.append(gettext("until {day}").format(day=day(facts["ends"])))
    return ", ".join(said)


@says("contract.changed")
def completed(subject, facts, names):
    """Details of a contract were filled in: which, not what they said."""
    fields = [
        str(CONTRACT_FIELDS.get(f, f.replace("_", " ")))
        for f in facts.get("fields", [])
    ]
    return gettext("Contract details completed: {fields}").format(
        fields=", ".join(fields)
    )


@says("contract.extended")
def extended(subject, facts, names):
    """An option to extend was used; the reason is the entry's text."""
    return gettext("Contract extended from {before} to {until}").format(
        before=day(facts.get("before")), until=day(facts.get("until"))
    )


@says("contract.amended")
def amended(subject, facts, names):
    """A contract was changed; the reason is the entry's text."""
    said = [gettext("Contract changed on {day}").format(day=day(facts.get("on")))]
    if facts.get("amount"):
        said.append(new_value(facts.get("amount_before"), facts["amount"]))
    if facts.get("until"):
        said.append(new_end(facts.get("before"), facts["until"]))
    return ", ".join(said)


def new_value(before, after):
    """Say the new value of a contract, and the old where it is known."""
    if not before:
        return gettext("value to {after} excluding VAT").format(after=value(after))
    return gettext("value from {before} to {after} excluding VAT").format(
        before=value(before), after=value(after)
    )


def new_end(before, after):
    """Say the new end of a contract, and the old where it is known."""
    if not before:
        return gettext("end to {after}").format(after=day(after))
    return gettext("end from {before} to {after}").format(
        before=day(before), after=day(after)
    )


@says("contract.indicator")
def measured(subject, facts, names):
    """A performance indicator was set."""
    said = gettext("Performance indicator set: {title}")
    if facts.get("target"):
        said = gettext("Performance indicator set: {title} (target: {target})")
    return said.format(title=facts.get("title"), target=facts.get("target"))


@says("contract.rated")
def rated(subject, facts, names):
    """The supplier's work in a period was rated."""
    counted = Counter(level for _, level in facts.get("ratings", []))
    found = ", ".join(
        f"{number} {str(LEVELS.get(level, level)).lower()}"
        for level, number in sorted(counted.items(), key=by_level)
    )
    return gettext("Performance from {first} to {last}: {found}").format(
        first=day(facts.get("starts")), last=day(facts.get("ends")), found=found
    )


def by_level(counted):
    """Put the best rating first."""
    return (*LEVELS, counted[0]).index(counted[0])


@says("contract.ended")
def ended(subject, facts, names):
    """A contract ended; the reason, where it has one, is the entry's text."""
    why = ENDINGS.get(facts.get("ending")) or gettext("another reason")
    return gettext("Contract ended on {day}: {why}").format(
        day=day(facts.get("on")), why=why
    )


# Notices that join a commission.


WHAT = {
    "plan": gettext_lazy("planned dates"),
    "lot": gettext_lazy("lots"),
    "closes_at": gettext_lazy("closing time for bids"),
    "criteria": gettext_lazy("how bids are judged"),
    "regime": gettext_lazy("law that applies"),
    "route": gettext_lazy("how a provider is chosen"),
    "light_touch": gettext_lazy("light touch"),
    "starts_on": gettext_lazy("start date"),
    "ends_on": gettext_lazy("end date"),
    "extension": gettext_lazy("possible extension"),
}


def whats(keys):
    """Name what a notice changes, each once: stage, value, lots."""
    kinds = dict.fromkeys(key.partition("/")[0] for key in keys or ())
    return ", ".join(str(WHAT.get(kind, kind)) for kind in kinds)


def number(subject):
    return subject.rsplit("/", 1)[-1]


@says("notice.confirmed")
def confirmed(subject, facts, names):
    """What a notice says was taken over, and what was left as it was."""
    said, left = gettext("Taken from notice {number}: {fields}"), facts.get("left")
    if left:
        said = gettext("Taken from notice {number}: {fields}. Left as it was: {left}")
    return said.format(
        number=number(subject), fields=whats(facts.get("fields")), left=whats(left)
    )


@says("notice.declined")
def declined(subject, facts, names):
    """What a notice says was not taken over; the reason is the entry's text."""
    return gettext("Not taken from notice {number}: {fields}").format(
        number=number(subject), fields=whats(facts.get("fields"))
    )


@says("commission.ocid")
def linked(subject, facts, names):
    """A platform's OCID was said to mean this commission."""
    return gettext("The platform’s identifier for this is {ocid}").format(
        ocid=facts.get("ocid") or gettext("not stated")
    )


@says("commission.bids-closed")
def bids_closed(subject, facts, names):
    """The time for bids passed."""
    return gettext("Bids closed on {day}").format(day=day(facts.get("on")))


@says("commission.term-began")
def term_began(subject, facts, names):
    """The first day of its contract came."""
    return gettext("The notices give {day} as the first day of its contract").format(
        day=day(facts.get("on"))
    )


@says("commission.term-ended")
def term_ended(subject, facts, names):
    """The last day of its contract passed, every extension included."""
    return gettext("The notices give {day} as the last day of its contract").format(
        day=day(facts.get("on"))
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
