"""Builders: each makes one valid object; a test states only what it cares about."""

import itertools
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from commissions.models import (
    Area,
    Barrier,
    Commission,
    Commissioner,
    Committee,
    CommitteeMember,
    Contract,
    Decision,
    Exemption,
    Notice,
    Organisation,
    Post,
    Service,
    StaffRole,
    StageDate,
    Tenure,
    Topic,
)
from consultations.comments.approval import fingerprint
from consultations.models import (
    Comment,
    Consultation,
    Event,
    Question,
    Section,
    SectionText,
    Specification,
    Submission,
)
from consultations.signed_links import address_key

numbers = itertools.count(1)


def organisation(**fields):
    """Make a council."""
    n = next(numbers)
    name = fields.get("name", f"Council {n}")
    return Organisation.objects.create(
        **{"name": name, "slug": f"council-{n}", "kind": "local_authority", **fields}
    )


def area(**fields):
    """Make a district."""
    n = next(numbers)
    return Area.objects.create(
        **{
            "code": f"E07{n:06}",
            "name": f"District {n}",
            "slug": f"district-{n}",
            "kind": "district",
            **fields,
        }
    )


def topic(**fields):
    """Make a topic."""
    n = next(numbers)
    return Topic.objects.create(
        **{"name": f"Topic {n}", "slug": f"topic-{n}", **fields}
    )


def post(**fields):
    """Make a post that nobody holds."""
    n = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    return Post.objects.create(
        **{"title": f"Head of Service {n}", "slug": f"head-of-service-{n}", **fields}
    )


def commissioner(**fields):
    """Make a person."""
    n = next(numbers)
    return Commissioner.objects.create(
        **{"name": f"Person {n}", "slug": f"person-{n}", **fields}
    )


def tenure(**fields):
    """Put a person in a post since 2025."""
    if "post" not in fields:
        fields["post"] = post()
    if "commissioner" not in fields:
        fields["commissioner"] = commissioner()
    return Tenure.objects.create(**{"started_on": date(2025, 1, 6), **fields})


def held_post(**fields):
    """Make a post with a person in it."""
    return tenure(post=post(**fields)).post


def committee(**fields):
    """Make a committee with one member."""
    n = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    body = Committee.objects.create(
        **{"name": f"Committee {n}", "slug": f"committee-{n}", **fields}
    )
    CommitteeMember.objects.create(
        committee=body, commissioner=commissioner(), started_on=date(2025, 1, 6)
    )
    return body


def service(**fields):
    """Make a published service."""
    n = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    return Service.objects.create(
        **{
            "name": f"Service {n}",
            "slug": f"service-{n}",
            "summary": "Help at home.",
            "published_at": timezone.now(),
            **fields,
        }
    )


def draft_commission(**fields):
    """Make a working draft that is ready to publish."""
    n = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    if "post" not in fields and "committee" not in fields:
        fields["post"] = held_post(organisation=fields["organisation"])
    if fields.get("post") or fields.get("committee"):
        fields.setdefault("held_since", date(2026, 1, 5))
    made = Commission.objects.create(
        **{
            "reference": f"2026-{n:04}",
            "title": f"Commission {n}",
            "need": "People wait too long.",
            **fields,
        }
    )
    StageDate.objects.create(
        commission=made, stage="tender", planned_on=date(2027, 4, 1), precision="month"
    )
    return made


def commission(**fields):
    """Make a commission the public can see."""
    return draft_commission(**{"published_at": timezone.now(), **fields})


def behind_the_gate(regime, route, code, at, **fields):
    """Make a commission that its gate has let through, with a notice of that time."""
    fields.setdefault("published_at", at - timedelta(days=90))
    made = commission(regime=regime, route=route, **fields)
    if code:
        notice(commission=made, code=code, published_at=at)
    return made


def contract(**fields):
    """Sign a contract with one supplier, on 1 December 2025 unless said.

    A commission that is still an intention is moved there first.
    """
    n = next(numbers)
    if "commission" not in fields:
        fields["commission"] = commission()
    if fields["commission"].stage == "intention":
        fields["commission"].stage = "contract"
        fields["commission"].save()
    if "suppliers" not in fields:
        name = f"Provider {n}"
        fields["suppliers"] = [
            organisation(name=name, slug=f"provider-{n}", kind="provider")
        ]
    given = {"title": f"Contract {n}", "on": date(2025, 12, 1), "by": "test", **fields}
    return Contract.sign(given.pop("commission"), **given)


def barrier(**fields):
    """Make a barrier the public can see."""
    n = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    return Barrier.objects.create(
        **{
            "title": f"Barrier {n}",
            "slug": f"barrier-{n}",
            "law": "Some Act 1999, section 3",
            "stops": "Nobody may lend a pump.",
            "published_at": timezone.now(),
            **fields,
        }
    )


def draft_decision(**fields):
    """Make a decision in 40 days whose notice is ready to publish."""
    n = next(numbers)
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    if "post" not in fields and "committee" not in fields:
        fields["post"] = held_post(organisation=fields["organisation"])
    fields.setdefault("due_on", timezone.localdate() + timedelta(days=40))
    fields.setdefault("due_until", fields["due_on"])
    return Decision.objects.create(
        **{
            "reference": f"2026-D{n:04}",
            "title": f"Decision {n}",
            "question": "Shall we do it?",
            **fields,
        }
    )


def decision(**fields):
    """Make a decision whose notice is public."""
    return draft_decision(**{"published_at": timezone.now(), **fields})


def taken_decision(**fields):
    """Make a decision that was announced and taken, without the record of it."""
    return decision(
        **{
            "outcome": "Go ahead.",
            "reasons": "People need it.",
            "conflicts": "None declared",
            "decided_on": timezone.localdate(),
            **fields,
        }
    )


def notice(**fields):
    """Make a tender notice on a commission that nobody is named for."""
    n = next(numbers)
    if "commission" not in fields:
        fields["commission"] = commission(post=None)
    return Notice.objects.create(
        **{
            "ocid": fields["commission"].ocid,
            "release_id": f"{n:06}-2026",
            "code": "UK4",
            "platform": "Find a Tender",
            "url": f"https://www.find-tender.service.gov.uk/Notice/{n:06}-2026",
            "tags": "tender",
            "published_at": timezone.now(),
            **fields,
        }
    )


def staff(**fields):
    """Make an account that may do everything in the admin."""
    n = next(numbers)
    return User.objects.create_superuser(
        **{"username": f"staff-{n}", "password": "a long enough password", **fields}
    )


def role(user, body, *roles, **fields):
    """Give an account roles at a body; return the account."""
    for each in roles:
        StaffRole.objects.create(user=user, organisation=body, role=each, **fields)
    return user


def exempt(commission, gate="draft_open", **fields):
    """Let a commission pass a gate: asked by staff, approved by the post that was asked."""
    told = {
        "legal_ground": "Procurement Act 2023, Schedule 5, paragraph 13",
        "reason": "The roof fell in.",
        "by": "tests",
        **fields,
    }
    approver = told.pop("approver", None) or held_post()
    asked = Exemption.ask(commission, gate=gate, approver=approver, **told)
    asked.approve(by=approver, at=told.get("at"))
    return asked


def specification(**fields):
    """Make a specification of a published commission."""
    if "commission" not in fields:
        fields["commission"] = commission()
    return Specification.objects.create(**{"title": "Specification", **fields})


def section_text(**fields):
    """Add a section with words to a working draft."""
    n = next(numbers)
    if "draft" not in fields:
        fields["draft"] = specification().begin_draft()
    if "section" not in fields:
        fields["section"] = Section.objects.create(
            specification=fields["draft"].specification
        )
    return SectionText.objects.create(
        **{
            "order": n,
            "heading": f"Section {n}",
            "body": "<p>People get help within five days of asking.</p>",
            "kind": "outcome",
            **fields,
        }
    )


def draft(sections=1, **fields):
    """Make a published draft with some sections."""
    spec = fields.pop("specification", None) or specification()
    made = spec.begin_draft()
    for _ in range(sections):
        section_text(draft=made)
    made.publish(by="demo")
    return made


def consultation(**fields):
    """Make an open consultation on a published draft: 14 days in, 16 to go."""
    now = timezone.now()
    if "draft" not in fields:
        fields["draft"] = draft()
    if "commission" not in fields:
        fields["commission"] = fields["draft"].specification.commission
    return Consultation.objects.create(
        **{
            "title": "Have your say",
            "opens_at": now - timedelta(days=14),
            "closes_at": now + timedelta(days=16),
            "response_due_on": (now + timedelta(days=60)).date(),
            "published_at": now - timedelta(days=15),
            **fields,
        }
    )


def closed_consultation(**fields):
    """Make a consultation that closed ten days ago."""
    now = timezone.now()
    return consultation(
        **{
            "opens_at": now - timedelta(days=40),
            "closes_at": now - timedelta(days=10),
            "published_at": now - timedelta(days=41),
            **fields,
        }
    )


def submission(**fields):
    """Make a confirmed submission from a resident, without comments."""
    n = next(numbers)
    if "consultation" not in fields:
        fields["consultation"] = consultation()
    fields.setdefault("email", f"resident-{n}@example.org")
    made = Submission(
        **{
            "role": "resident",
            "public_name": f"Resident {n}",
            "address_key": address_key(fields["email"]),
            "confirmed_at": timezone.now(),
            **fields,
        }
    )
    made.approved_sha256 = made.fingerprint()
    made.save()
    return made


def comment(**fields):
    """Make a published comment on the first section of its draft, approved as it is."""
    if "submission" not in fields:
        given = (
            {"consultation": fields["consultation"]} if "consultation" in fields else {}
        )
        fields["submission"] = submission(**given)
    fields["consultation"] = fields["submission"].consultation
    if "section_text" not in fields:
        fields["section_text"] = fields["consultation"].draft.texts.first()
    made = Comment(**{"text": "More benches, please.", "state": "published", **fields})
    if made.state == "published":
        made.approved_sha256 = fingerprint(
            made.salt,
            [made.text, made.quote, made.stance, made.proposed_wording],
            [],
        )
    made.save()
    return made


def event(**fields):
    """Make an announced event in ten days, with two places."""
    starts = fields.pop("starts_at", timezone.now() + timedelta(days=10))
    if "commission" not in fields:
        fields["commission"] = commission()
    return Event.objects.create(
        **{
            "kind": "co_design",
            "title": "Read the draft with us",
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
            "place": "Norford Library",
            "access": "Step-free.",
            "places": 2,
            "published_at": timezone.now() - timedelta(days=60),
            **fields,
        }
    )


def question(**fields):
    """Make a published question about a commission, asked now, from a resident."""
    n = next(numbers)
    if not {"commission", "decision", "commissioner", "barrier"} & set(fields):
        fields["commission"] = commission()
    if "body" not in fields:
        about = next(
            (fields[n] for n in ("commission", "decision", "barrier") if n in fields),
            None,
        )
        fields["body"] = about.organisation if about else organisation()
    fields.setdefault("email", f"asker-{n}@example.org")
    made = Question(
        **{
            "title": f"Will the day centre stay open? ({n})",
            "text": "It is the only warm place on a Saturday.",
            "role": "resident",
            "public_name": f"Asker {n}",
            "address_key": address_key(fields["email"]),
            "confirmed_at": timezone.now(),
            "state": "published",
            **fields,
        }
    )
    if made.state == "published":
        made.approved_sha256 = made.fingerprint()
        made.words_sha256 = made.words_fingerprint()
    if made.answered_at:
        made.answer_sha256 = made.answer_fingerprint()
    made.save()
    return made
