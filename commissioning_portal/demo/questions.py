"""What people ask the holders in public: answered, late, overdue, during a tender."""

from datetime import timedelta

from commissioning_portal.demo.people import known_as
from commissions.models import Barrier, Commission, Commissioner
from consultations.models import Question
from consultations.questions import ask as asking

QUESTIONS = [
    {
        "about": "NORF-1001",
        "asked": -48,
        "title": "Will my mother keep the same carers?",
        "text": "She has had the same two women for four years and she is frightened of losing them. Does a new contract mean new people?",
        "from": ("carer", "Denise Ackroyd", ""),
        "answered": -41,
        "answer": "Not unless the carers choose to leave. If a new provider wins, the law on transfers (TUPE) moves the staff with the work, on the same terms. We will ask every bidder how they keep people with the carers they know, and it counts in the scoring.",
    },
    {
        "about": "NORF-1006",
        "asked": -70,
        "title": "How many people waited more than four weeks for an advocate last year?",
        "text": "The contract says everybody is seen within ten working days. People we support tell us otherwise.",
        "from": ("community", "Idris Bell", "Norfordshire Voices"),
        "answered": -38,
        "answer": "It was 61 of 412 people. We are sorry that this answer is late: we had to count by hand, because the provider was not asked to report it. From this quarter it is.",
    },
    {
        "about": "NORF-1009",
        "asked": -36,
        "title": "Is the 45 minute limit on journeys a rule or a hope?",
        "text": "Our son sits in a minibus for 70 minutes each way. Which is it, and who checks?",
        "from": ("uses_service", "Marek and Anna Nowak", ""),
    },
    {
        "about": "NORF-1003",
        "asked": -4,
        "title": "Can a carer under 18 use the breaks?",
        "text": "The summary speaks of adults. Several of the pupils I see care for a parent.",
        "from": ("frontline", "", "Eastmarsh Academy"),
    },
    {
        "about": "NORF-1004",
        "asked": -9,
        "title": "Must hoists be serviced at weekends?",
        "text": "Section 4 says “every day”, the price sheet has weekdays only. Which is meant?",
        "from": ("provider", "", "Northern Lifting Ltd"),
        "answered": -6,
        "answer": "Weekdays, and a call-out within four hours at weekends. The price sheet is right. “Every day” in section 4 is about the telephone line.",
    },
    {
        "about": "NORF-1004",
        "asked": -5,
        "title": "May a bidder use its own stock system?",
        "text": "Or must everybody use the council’s, with its charge for each user?",
        "from": ("provider", "", "Comfort Direct"),
    },
    {
        "about": "Tomasz Wieczorek",
        "asked": -27,
        "title": "When do you meet people who use home care?",
        "text": "Not in a survey: in a room. When is the next time, and may anybody come?",
        "from": ("resident", "Olive Tranter", ""),
        "answered": -20,
        "answer": "On the first Thursday of each month at 10, in the Guildhall café in Norford. Anybody may come, and bring whom they like. If you cannot travel, ring the number on this page and I come to you.",
    },
    {
        "about": "NORF-1010",
        "asked": -1,
        "title": "Why is the Saturday club to close?",
        "text": "The draft does not mention it any more. Was that decided, and by whom?",
        "from": ("carer", "Ruth Abiola", ""),
        "waits": True,
    },
    {
        "about": "grants-that-end-each-march",
        "asked": -30,
        "title": "We got a three-year promise in writing from our own council",
        "text": "Hallam Vale Women’s Aid met the same in 2024. The council signed a grant agreement for three years, each year subject to the Ministry’s money, with four months’ notice if it does not come. No notice to staff has been needed since. The agreement is under section 1 of the Localism Act 2011.",
        "from": ("provider", "Bernice Oduya", "Hallam Vale Women’s Aid"),
        "answered": -22,
        "answer": "Thank you. A police and crime commissioner has another power, but the four months’ notice could work here. Our chief finance officer is looking at it, and the next grant letters will say what became of it.",
    },
]


def load(story):
    """Book each question that nobody has asked yet, and its answer."""
    for number, told in enumerate(QUESTIONS):
        if not Question.objects.filter(title=told["title"]).exists():
            story.book(told["asked"], ask, told, number)
            if "answered" in told:
                story.book(told["answered"], answer, told)


def subject(name):
    """Return the commission of a reference, the barrier or the person of a name."""
    found = Commission.objects.filter(reference=name).first()
    found = found or Barrier.objects.filter(slug=name).first()
    return found or Commissioner.objects.get(slug=known_as(name))


def post_of(about):
    """Return the post, committee or body that answers."""
    if isinstance(about, Commissioner):
        return asking.post_of(about)
    if isinstance(about, Barrier):
        return about.organisation
    return about.post or about.committee


def ask(told, number, *, at):
    """Ask, confirm by mail and, unless it waits for one, let a moderator publish it."""
    role, name, organisation = told["from"]
    about = subject(told["about"])
    question = asking.receive(
        about,
        {
            "role": role,
            "public_name": name,
            "name_withheld": not name,
            "organisation": organisation,
            "email": f"asker-{number}@norfordshire.example",
        },
        title=told["title"],
        text=told["text"],
        at=at,
    )
    asking.confirm(question, at=at)
    if question.state == "awaiting" and "waits" not in told:
        asking.publish(question, by=post_of(about), at=at + timedelta(minutes=1))


def answer(told, *, at):
    """Let whoever holds it by then answer."""
    question = Question.objects.get(title=told["title"])
    asking.answer(question, told["answer"], by=post_of(question.about), at=at)
