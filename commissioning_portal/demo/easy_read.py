"""Pictures for the Easy Read version of a commission: a few plain shapes each."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from commissions.models import EasyReadPart

EDGE = 400  # pixels
GROUND, LINE, FILL, SKIN = "#e8f0f5", "#1c2b36", "#2f7fb8", "#d9a878"
WIDE = 8  # pixels of a line


def house(draw):
    """A house with a door."""
    draw.polygon([(60, 190), (200, 70), (340, 190)], fill=FILL, outline=LINE)
    draw.rectangle([90, 190, 310, 340], fill="white", outline=LINE, width=WIDE)
    draw.rectangle([170, 240, 230, 340], fill=FILL, outline=LINE, width=WIDE)


def people(draw):
    """Two people beside each other."""
    for left, clothes in ((80, FILL), (220, "#b3632f")):
        draw.ellipse([left, 80, left + 100, 180], fill=SKIN, outline=LINE, width=WIDE)
        draw.pieslice(
            [left - 20, 195, left + 120, 470], 180, 360, fill=clothes, outline=LINE
        )


def words(draw):
    """A bubble with lines of words."""
    draw.polygon([(120, 250), (190, 250), (110, 340)], fill="white", outline=LINE)
    draw.rounded_rectangle(
        [50, 80, 350, 260], 40, fill="white", outline=LINE, width=WIDE
    )
    for down in (130, 170, 210):
        draw.line([(95, down), (305, down)], fill=FILL, width=14)


def calendar(draw):
    """A calendar with one day marked."""
    draw.rectangle([70, 90, 330, 340], fill="white", outline=LINE, width=WIDE)
    draw.rectangle([70, 90, 330, 150], fill=FILL, outline=LINE, width=WIDE)
    for row in range(3):
        for column in range(4):
            left, top = 95 + column * 58, 175 + row * 52
            marked = "#b3211b" if (row, column) == (1, 2) else "#c9d3da"
            draw.rectangle([left, top, left + 36, top + 32], fill=marked)


DRAWN = {each.__name__: each for each in (house, people, words, calendar)}


def add(commission, order, *, words, draws, shows):
    """Add one part to the Easy Read version of a commission."""
    image = Image.new("RGB", (EDGE, EDGE), GROUND)
    DRAWN[draws](ImageDraw.Draw(image))
    file = BytesIO()
    image.save(file, "JPEG", quality=85)
    part = EasyReadPart(commission=commission, order=order, words=words, shows=shows)
    part.picture.save(f"{draws}.jpg", ContentFile(file.getvalue()))
