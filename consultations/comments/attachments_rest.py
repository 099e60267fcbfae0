"""Files sent with a public comment: only ever downloads, in which nothing can run."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from commissions.public.media import answer
from consultations.models import Attachment, Comment


@require_safe
def download(request, reference):
    """Hand over a file whose submission has a published comment."""
    spoken = Comment.objects.public().filter(submission=OuterRef("submission"))
    attachment = get_object_or_404(
        Attachment.objects.filter(Exists(spoken)), reference=reference
    )
    response = answer(
        attachment.file.name,
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
