"""The installation's colour as a stylesheet; arithmetic only.

A strict content security policy allows no inline style, so the colour comes as
a stylesheet of its own. The words on it are black or white, whichever can be
read: one of the two always has a contrast of at least 4.5 (WCAG 2.2, 1.4.3).
"""

import re

WHITE, BLACK, INK = "#ffffff", "#000000", "#14181c"


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


def stylesheet(colour):
    """Return the rules that put a colour on the pages.

    --mark draws lines and dots on white: the colour, or ink if it is too pale
    to be seen there (WCAG 2.2, 1.4.11). Raises ValueError, with a sentence, if
    the colour is not #rrggbb.
    """
    words = max(WHITE, BLACK, key=lambda ink: contrast(colour, ink))
    mark = colour if contrast(colour, WHITE) >= 3 else INK
    return f":root{{--brand:{colour};--on-brand:{words};--mark:{mark}}}\n"
