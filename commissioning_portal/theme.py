"""The installation's colour as a stylesheet; arithmetic only.

A strict content security policy allows no inline style, so the colour comes as
a stylesheet of its own. The words on it are black or white, whichever can be
read: one of the two always has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
"""

import hashlib
import re
from functools import lru_cache

WHITE, BLACK, NIGHT = "#ffffff", "#000000", "#15191d"
"""The grounds and words of pages; NIGHT is the dark page."""
OWN_COLOUR = "#1d4f76"
"""The colour of the stylesheet itself, which needs none beside it."""


def luminance(colour):
    """Return the relative luminance of #rrggbb, 0 to 1 (WCAG 2.2's definition)."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(
            f"“{colour}” is not a colour: write # and six hexadecimal digits, "
            "such as #1d4f76."
        )
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2's definition)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour, ground, towards):
    """Return a colour that can be read on a ground: itself, or mixed with another.

    With as little of the other as is needed: a council's blue stays a blue.
    """
    for part in range(0, 101, 5):
        mixed = mix(colour, towards, part / 100)
        if contrast(mixed, ground) >= 4.5:
            break
    return mixed


def mix(one, other, part):
    """Return a colour with so much of another in it, 0 to 1."""
    pairs = [[int(c[at : at + 2], 16) for c in (one, other)] for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def stylesheet(colour):
    """Return the rules that put a colour on the pages, light and dark.

    --mark draws lines and dots, and grounds for words in the colour of the page:
    the colour itself, or a darker one on the light page, a lighter one on the dark
    (WCAG 2.2, 1.4.3 and 1.4.11). Raises ValueError, with a sentence, if the colour
    is not #rrggbb.
    """
    words = max(WHITE, BLACK, key=lambda ink: contrast(colour, ink))
    light, dark = readable(colour, WHITE, BLACK), readable(colour, NIGHT, WHITE)
    return (
        f":root{{--brand:{colour};--on-brand:{words};--mark:{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--mark:{dark}}}}}\n"
    )


@lru_cache(maxsize=4)
def version_of(colour):
    """Return what the link to the stylesheet of a colour adds: new rules, new link."""
    return hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:12]
