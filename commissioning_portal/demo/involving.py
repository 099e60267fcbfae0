"""Who was involved, what was learnt, and the barriers that were met."""

from commissioning_portal.demo.people import COUNCIL, ICB, PCC
from commissions.models import (
    Barrier,
    Commission,
    Involvement,
    Lesson,
    Organisation,
    Topic,
)

INVOLVED = [  # commission, group, first day, last day, people, rung, how, evidence, what changed
    ("NORF-1001", "users", -225, -150, 64, 5, "Visits at home and a panel of nine that met four times.", "Minutes of the panel, agreed by its members.", "Visits are counted by the care given, not by minutes."),
    ("NORF-1001", "carers", -215, -160, 38, 4, "Three evenings at the carers’ centre.", "Notes of each evening on the website.", "One number to ring at weekends."),
    ("NORF-1001", "providers", -205, -160, 22, 4, "All present providers were asked for their costs by mileage.", "", "A fee for rural rounds."),
    ("NORF-1001", "frontline", -200, -170, 15, 6, "Care workers wrote the section on travel with us.", "Their draft and ours, side by side.", "Travel time is paid."),
    ("NORF-1009", "users", -90, -70, 112, 4, "Pupils drew what a good journey is; parents answered questions.", "112 drawings, shown at County Hall.", "The same driver for a whole term."),
    ("NORF-1009", "providers", -85, -60, 31, 4, "Two evenings with small operators.", "", "Nothing yet."),
    ("NORF-1015", "users", -170, -120, 23, 7, "People who have been in crisis hold half of the seats in the group that decides what a café is.", "The group’s terms and minutes.", "Opens at four, because evenings begin then."),
    ("NORF-1015", "frontline", -165, -130, 40, 5, "Police and ambulance crews on night shift.", "", "A door at which crews can hand over."),
    ("NORF-1015", "other_bodies", -160, -140, 6, 4, "Councils and the police in one room.", "", "One telephone number."),
    ("NORF-1027", "colleagues", -420, -400, 12, 3, "Road safety and energy teams were told.", "", "Nothing."),
]  # fmt: skip

CORRECTED = [  # commission, group, day, why, what changes
    (
        "NORF-1001",
        "carers",
        -120,
        "We had counted only the two evenings with a list of names.",
        {"people": 51},
    ),
]

LESSONS = [  # commission, day, what was learnt, what to do next time
    (
        "NORF-0907",
        -50,
        "People came for the company as much as for the crisis. One in three came back to help.",
        "Pay people who have been there themselves, from the first evening.",
    ),
    (
        "NORF-0907",
        -50,
        "Nobody came before six, and a queue stood outside at midnight.",
        "Ask people when they need it before the hours are written into a contract.",
    ),
    (
        "NORF-1027",
        -160,
        "We told residents and did not ask them. 212 streets were too dark for people walking home, and we paid to change them twice.",
        "Walk each street at night with those who use it before anything is dimmed. Put the rung of involvement in the plan, and keep to it.",
    ),
    (
        "NORF-1027",
        -159,
        "The saving was as promised: 63% less electricity.",
        "Publish the meter readings each year, so that the next scheme starts from facts.",
    ),
]

BARRIERS = [
    {
        "slug": "small-operators-and-insurance",
        "title": "Small operators cannot insure for £10 million",
        "organisation": COUNCIL,
        "topic": "School transport",
        "law": "Council’s own contract rules, section 14.3",
        "stops": "70 operators have one vehicle. No insurer sells them cover of £10 million, so none could bid for a school run.",
        "workaround": "Cover of £5 million is accepted where one vehicle carries fewer than nine pupils. Agreed with the insurer of the council, in writing.",
        "is_solved": True,
        "published": -80,
        "commissions": ["NORF-1009"],
    },
    {
        "slug": "sharing-records-between-police-and-health",
        "title": "A crisis café may not see the police’s note",
        "organisation": ICB,
        "topic": None,
        "law": "UK General Data Protection Regulation, articles 6 and 9",
        "law_url": "https://www.legislation.gov.uk/eur/2016/679/article/9",
        "stops": "Somebody brought in by officers has to tell the whole story again, because the café may not read the note made an hour before.",
        "workaround": "",
        "is_solved": False,
        "published": -110,
        "commissions": ["NORF-1015"],
    },
    {
        "slug": "grants-that-end-each-march",
        "title": "Grants that end each March",
        "organisation": PCC,
        "topic": None,
        "law": "Terms of the Ministry’s yearly grant for victims’ services",
        "stops": "Charities give their staff notice every January, and the best leave, because next year’s grant is confirmed in April.",
        "workaround": "The commissioner underwrites nine months of pay from reserves and takes the grant when it comes. Lawful under section 9 of the Crime and Disorder Act 1998; the chief finance officer has to agree each year.",
        "is_solved": False,
        "published": -45,
        "commissions": ["NORF-1011"],
    },
]


def load(story):
    """Add what is not there yet and book each public act."""
    for commission, group, *told in INVOLVED:
        found = Commission.objects.get(reference=commission)
        if not found.involvements.filter(group=group).exists():
            book_involvement(story, found, group, *told)
    book_corrections(story)
    for lesson in LESSONS:
        book_lesson(story, *lesson)
    for known in BARRIERS:
        if not Barrier.objects.filter(slug=known["slug"]).exists():
            add_barrier(story, **known)


def book_corrections(story):
    """Book what is corrected, unless it is."""
    if not Involvement.objects.filter(corrects__isnull=False).exists():
        for reference, group, day, *told in CORRECTED:
            story.book(day, correct, reference, group, *told)


def book_lesson(story, reference, day, learnt, next_time):
    """Book the entry of one lesson that is not there yet."""
    commission = Commission.objects.get(reference=reference)
    if not commission.lessons.filter(learnt=learnt).exists():
        lesson = Lesson(commission=commission, learnt=learnt, next_time=next_time)
        story.book(day, enter, lesson)


def book_involvement(
    story, commission, group, first, last, people, rung, how, evidence, changed
):
    """Book the entry of one group, on the last day it took part."""
    involvement = Involvement(
        commission=commission,
        group=group,
        started_on=story.day(first),
        ended_on=story.day(last),
        people=people,
        rung=rung,
        how=how,
        evidence=evidence,
        changed=changed,
    )
    story.book(last, enter, involvement)


def enter(entered, *, at):
    """Enter it in the name of whoever holds the commission."""
    commission = entered.commission
    commission.refresh_from_db()
    entered.enter(by=commission.post or commission.committee, at=at)


def correct(reference, group, why, said, *, at):
    """Correct how a group took part; the old words stay."""
    found = Involvement.objects.select_related("commission")
    entered = found.get(commission__reference=reference, group=group)
    holder = entered.commission.post or entered.commission.committee
    entered.correct(why=why, by=holder, at=at, **said)


def add_barrier(story, *, organisation, topic, published, commissions, **fields):
    """Add one barrier and book its publication."""
    body = Organisation.objects.get(slug=organisation)
    barrier = Barrier.objects.create(
        organisation=body,
        topic=Topic.objects.filter(name=topic).first() if topic else None,
        **fields,
    )
    barrier.commissions.set(Commission.objects.filter(reference__in=commissions))
    story.book(published, barrier.publish, by=body)
