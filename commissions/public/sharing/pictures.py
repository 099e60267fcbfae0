"""The picture with which other sites show a link here: its title, a face, a body.

Drawn on the server and kept by what it shows: changed words make another picture.
"""

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont, ImageOps

from commissions.models import (
    Area,
    Commission,
    Commissioner,
    Decision,
    Organisation,
    Service,
)

SIZE = (1200, 630)
EDGE, BAND, FACE = 72, 96, 160
TITLE, NAME, SMALL = 64, 40, 32  # heights of letters
LINES = 3
KEPT = 7 * 24 * 3_600  # seconds
INK, QUIET = "#14181c", "#4a5157"
FONTS = {
    False: ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "Arial.ttf"),
    True: ("DejaVuSans-Bold.ttf", "LiberationSans-Bold.ttf", "Arialbd.ttf"),
}
PLAIN = {0xA3: "GBP ", 0x2013: "-", 0x2019: "'"}  # pounds, a dash, an apostrophe
PICTURED = {
    "commissions:commission-detail": "commission",
    "commissions:commission-changes": "commission",
    "commissions:commission-notices": "commission",
    "commissions:tender-detail": "commission",
    "commissions:award-detail": "commission",
    "commissions:decision-detail": "decision",
    "commissions:service-detail": "service",
    "commissions:organisation-detail": "organisation",
    "commissions:scorecard-detail": "organisation",
    "commissions:commissioner-detail": "person",
    "commissions:place-detail": "place",
}
"""Which pages have which kind of picture; apps above add theirs."""


@dataclass(frozen=True)
class SharePicture:
    """What a picture shows; `photo` is the name of a stored file."""

    title: str
    caption: str = ""
    name: str = ""
    post: str = ""
    body: str = ""
    photo: str = ""

    @property
    def digest(self):
        """What it is kept by: all that it shows, and how."""
        shown = (*self.__dict__.values(), settings.PORTAL_NAME, settings.PORTAL_COLOUR)
        return hashlib.sha256("\x1f".join(map(str, shown)).encode()).hexdigest()[:32]


def held_picture(title, caption, held):
    """Return the picture of something that a post may hold.

    Without the person where search engines, which keep pictures, leave them out.
    """
    person = held.post.named_person if held.post else None
    person = None if person and person.hide_from_search_engines else person
    return SharePicture(
        title=title,
        caption=caption,
        name=person.name if person else "",
        post=held.post.title if held.post else getattr(held.committee, "name", ""),
        body=held.organisation.name,
        photo=person.photo.name if person and person.photo else "",
    )


def commission_picture(reference):
    """Return the picture of a public commission; raises DoesNotExist."""
    public = Commission.objects.published().select_related(
        "organisation", "post", "committee"
    )
    found = public.get(reference__iexact=reference)
    return held_picture(found.title, found.get_stage_display(), found)


def decision_picture(reference):
    public = Decision.objects.published().select_related(
        "organisation", "post", "committee"
    )
    found = public.get(reference=reference)
    return held_picture(found.title, gettext("Decision"), found)


def service_picture(slug):
    found = Service.objects.published().select_related("organisation").get(slug=slug)
    return SharePicture(found.name, gettext("Service"), body=found.organisation.name)


def organisation_picture(slug):
    found = Organisation.objects.get(slug=slug)
    return SharePicture(
        found.name,
        found.get_kind_display(),
        post=gettext("Who decides there, and what is planned"),
    )


def person_picture(slug):
    """Return the picture of a person whose name may be shown."""
    found = Commissioner.objects.named().get(slug=slug, hide_from_search_engines=False)
    tenure = (
        found.tenures.named().current().select_related("post__organisation").first()
    )
    return SharePicture(
        found.name,
        gettext("Who decides"),
        name=found.name,
        post=tenure.post.title if tenure else "",
        body=tenure.post.organisation.name if tenure else "",
        photo=found.photo.name or "",
    )


def place_picture(slug):
    found = Area.objects.get(slug=slug)
    return SharePicture(found.name, gettext("Who decides where you live"))


def portal_picture(key):
    return SharePicture(gettext("Who decides on public services, and what is planned"))


KINDS: dict[str, Callable] = {
    "commission": commission_picture,
    "decision": decision_picture,
    "service": service_picture,
    "organisation": organisation_picture,
    "person": person_picture,
    "place": place_picture,
    "portal": portal_picture,
}


@require_safe
@cache_control(public=True, max_age=3_600)
def picture(request, kind, key):
    """Show the picture of one public thing; 304 to who has it already."""
    try:
        shown = KINDS[kind](key)
    except (KeyError, ObjectDoesNotExist):
        raise Http404("There is no such picture.") from None
    etag = f'"{shown.digest}"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    drawn = cache.get_or_set(f"share-{shown.digest}", lambda: draw(shown), KEPT)
    return HttpResponse(drawn, content_type="image/png", headers={"ETag": etag})


# Drawing.


@lru_cache(maxsize=16)
def font(size, bold=False):
    """Return letters of a size: of a font of this machine, else Pillow's own."""
    for name in FONTS[bold]:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def written(text, letters):
    """Return a text as letters can write it: Pillow's own have no accents."""
    text = " ".join(text.split())
    if letters.getname()[0] != "Aileron":
        return text
    text = text.translate(PLAIN)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def lines_of(text, letters, width, most):
    """Break a text into lines, at most so many; the last says where it was cut."""
    lines, left = [""], written(text, letters).split()
    while left:
        word = left.pop(0)
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == most:
            lines[-1] = f"{lines[-1]}…"
            break
        else:
            lines.append(word)
    return [clipped(line, letters, width) for line in lines]


def clipped(line, letters, width):
    """Cut a line that is one word too long."""
    while letters.getlength(line) > width:
        line = f"{line[:-2]}…"
    return line


def draw(shown):
    """Draw a picture as PNG."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    wide, tall = SIZE
    colour = settings.PORTAL_COLOUR
    grey = Image.new("RGB", (1, 1), colour).convert("L").getpixel((0, 0))
    on_colour = "white" if grey < 140 else INK
    pen.rectangle([0, 0, wide, BAND], fill=colour)
    write(pen, (EDGE, 28), settings.PORTAL_NAME, font(NAME, True), on_colour, 1)
    room = wide - 2 * EDGE
    y = write(pen, (EDGE, BAND + 32), shown.caption, font(SMALL), QUIET, 1, room)
    write(pen, (EDGE, y + 8), shown.title, font(TITLE, True), INK, LINES, room)
    x, y = EDGE, tall - FACE - 40
    if shown.photo and (face := face_of(shown.photo)):
        page.paste(face[0], (x, y), face[1])
        x += FACE + 32
    for text, letters, fill in (
        (shown.name if shown.name != shown.title else "", font(NAME, True), INK),
        (shown.post, font(SMALL), INK),
        (shown.body, font(SMALL), QUIET),
    ):
        y = write(pen, (x, y), text, letters, fill, 1, wide - x - EDGE)
    file = BytesIO()
    page.quantize(128).save(file, "PNG", optimize=True)
    return file.getvalue()


def write(pen, at, text, letters, fill, most, width=SIZE[0] - 2 * EDGE):
    """Write a text from a point down; return where the next may begin."""
    x, y = at
    for line in lines_of(text, letters, width, most) if text else ():
        pen.text((x, y), line, font=letters, fill=fill)
        y += round(letters.size * 1.3)
    return y


def face_of(name):
    """Return a photo as a round picture with its mask; None where it cannot be read."""
    try:
        with default_storage.open(name) as file:
            photo = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    mask = Image.new("L", (FACE * 4, FACE * 4))
    ImageDraw.Draw(mask).ellipse([0, 0, FACE * 4, FACE * 4], fill=255)
    return ImageOps.fit(photo, (FACE, FACE)), mask.resize((FACE, FACE))
