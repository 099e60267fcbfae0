"""Portraits of people who do not exist, drawn with Pillow from their names."""

import hashlib
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

GROUNDS = ["#c9d6df", "#d8d2c4", "#cfdac8", "#dccfd4", "#c8d3d0", "#d9d7e0"]
SKINS = ["#f1d3b8", "#e0b48f", "#c68f65", "#9c6843", "#6f4a31"]
HAIRS = ["#2b2422", "#4a352a", "#7a5638", "#8d8a86", "#c9c5bf", "#a06a3c"]
CLOTHES = ["#35506b", "#5a4a66", "#4d6350", "#7a4b4b", "#3f5f66", "#6b6250"]
SIZE, DRAWN = 240, 1280
"""The edge in pixels, and that of the drawing, made larger to be smoothed."""


def kept(name):
    """Return the stored name of somebody's portrait, drawing it the first time."""
    path = f"commissioners/{name}.png"
    if default_storage.exists(path):
        return path
    return default_storage.save(path, draw(name))


def draw(name):
    """Return a PNG file: the same name always has the same face."""
    pick = hashlib.sha256(name.encode()).digest()
    choose = [
        options[byte % len(options)]
        for options, byte in zip((GROUNDS, SKINS, HAIRS, CLOTHES), pick, strict=False)
    ]
    picture = Image.new("RGB", (DRAWN, DRAWN), choose[0])
    figure(ImageDraw.Draw(picture), *choose[1:], long_hair=pick[4] % 2)
    file = BytesIO()
    small = picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    small.quantize(48).save(file, "PNG", optimize=True)
    return ContentFile(file.getvalue())


def figure(pen, skin, hair, clothes, *, long_hair):
    """Draw head and shoulders on a square of 1280: a face without features."""
    if long_hair:
        pen.rounded_rectangle((375, 250, 905, 900), 250, fill=hair)
    pen.ellipse((160, 900, 1120, 1900), fill=clothes)
    pen.rounded_rectangle((540, 720, 740, 1010), 90, fill=skin)
    pen.ellipse((430, 290, 850, 830), fill=skin)
    pen.chord((415, 235, 865, 760), 180, 360, fill=hair)
    pen.polygon([(540, 940), (740, 940), (640, 1080)], fill=skin)
