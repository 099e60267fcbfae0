"""One consultation of each kind, so that every public address has something to show."""

from django.core.files.base import ContentFile
from django.utils import timezone

from commissions.models import Document, Tender
from consultations.comments import attachments
from consultations.models import Attachment, Response
from tests import make


def one_of_each():
    """Publish an open consultation and an answered one; return the open one."""
    commission = make.commission(title="Benches in the parks")
    papers = Document(commission=commission, title="Where people sit down")
    papers.file.save("benches.txt", ContentFile(b"By the pond."), save=False)
    papers.attach(by="tests")
    make.decision(commission=commission, title="Where the benches go")
    Tender.objects.create(
        commission=commission, title="Benches", closes_at=timezone.now()
    )
    specification = make.specification(commission=commission)
    open_now = make.consultation(
        title="Benches: have your say", draft=make.draft(2, specification=specification)
    )
    letter = make.submission(consultation=open_now)
    make.comment(submission=letter)
    attachments.attach(letter, [("where.pdf", "application/pdf", b"%PDF-1.7")])
    letter.attachments.update(state=Attachment.State.READY)  # as the worker finds it
    letter.approve_all()
    answered()
    return open_now


def answered():
    """Publish a consultation that closed: two versions, an outcome, the response."""
    specification = make.specification(title="Specification of night buses")
    first = make.draft(1, specification=specification)
    closed = make.closed_consultation(title="Night buses", draft=first)
    comment = make.comment(consultation=closed, text="Run them until two.")
    comment.give_outcome("accepted", reason="They now run until two.")
    second = specification.begin_draft()
    text = make.section_text(
        draft=second,
        section=first.texts.get().section,
        body="<p>Buses run until two.</p>",
        change="reworded",
        why="People who work at night asked.",
    )
    text.came_from.set(first.texts.all())
    second.matched_at = timezone.now()
    second.save()
    second.publish(by="tests")
    Response.objects.create(consultation=closed, draft=second).publish(by="tests")
