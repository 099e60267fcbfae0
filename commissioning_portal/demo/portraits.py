"""Portraits of the people of the demonstration, drawn from a line about each.

A face is drawn on a square of 128 units: ground, hair behind, shoulders, head,
features, hair in front. Shapes are closed curves through a few points.
"""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE, UNIT = 240, 8
"""The edge in pixels; and the pixels of a unit while drawing, smoothed after."""
UNITS = 128
STEPS = 12  # of a curve, from point to point

GROUNDS = {
    "blue": "#c3d5e2",
    "sand": "#e0d8c6",
    "green": "#cbdac3",
    "rose": "#e3d0d4",
    "mint": "#c5d8d3",
    "lilac": "#d8d4e3",
}
SKINS = {
    "pale": "#f3d9c4",
    "fair": "#ebc3a0",
    "olive": "#d9a878",
    "tan": "#c48d5e",
    "brown": "#9a6540",
    "dark": "#6b452f",
}
HAIRS = {
    "black": "#221d1d",
    "brown": "#4b3325",
    "chestnut": "#78492b",
    "red": "#a4552b",
    "blond": "#cda765",
    "grey": "#8e8b89",
    "white": "#d3d0cb",
}
CLOTHES = {
    "navy": "#2d4362",
    "plum": "#5f4566",
    "green": "#41614a",
    "wine": "#7b3a45",
    "teal": "#2f626a",
    "brown": "#6b5a45",
    "grey": "#56606a",
    "mustard": "#b38a33",
}
WHITE, DARK = "#ffffff", "#221d1d"

HEAD = [(64, 28), (78, 32), (85, 46), (84, 62), (79, 75), (70, 83), (64, 84)]
BACKS = {  # the right half; the left is its mirror
    "bob": [(64, 18), (77, 21), (88, 33), (92, 54), (92, 72), (87, 82), (76, 82)],
    "long": [(64, 17), (78, 20), (89, 34), (92, 60), (94, 84), (92, 102), (76, 108)],
    "curly": [(64, 13), (80, 17), (94, 31), (98, 56), (93, 74), (82, 78), (70, 70)],
    "tied": [(64, 21), (78, 23), (87, 34), (88, 48), (86, 58), (80, 60), (70, 60)],
    "scarf": [(64, 16), (82, 20), (93, 36), (94, 62), (96, 86), (104, 108), (70, 124)],
}
TOP = [(86, 59), (88.5, 46), (85, 31), (76, 22), (64, 19)]
HAIRLINES = {  # from the right temple to the left, beneath the top of the head
    "short": [(43, 52), (45, 43), (54, 38), (66, 40), (77, 37), (83, 43), (85, 52)],
    "parted": [(43, 52), (46, 42), (51, 34), (58, 39), (71, 42), (82, 44), (85, 52)],
    "swept": [(43, 50), (45, 40), (55, 34), (67, 33), (77, 36), (83, 41), (85, 50)],
    "fringe": [(43, 56), (46, 48), (55, 46), (65, 47), (74, 46), (82, 48), (85, 56)],
    "centre": [(43, 58), (46, 47), (56, 39), (64, 29), (72, 39), (82, 47), (85, 58)],
    "receding": [(43, 50), (46, 36), (54, 31), (64, 35), (74, 31), (82, 36), (85, 50)],
}
SIDES = [(86, 60), (88.5, 49), (86, 38), (82, 36), (83, 44), (84, 52)]
STYLES = {  # hair behind, hairline in front
    "short": ("", "short"),
    "parted": ("", "parted"),
    "swept": ("", "swept"),
    "receding": ("", "receding"),
    "bald": ("", ""),
    "bob": ("bob", "fringe"),
    "long": ("long", "centre"),
    "long-parted": ("long", "parted"),
    "curly": ("curly", "short"),
    "tied": ("tied", "swept"),
    "bun": ("tied", "centre"),
    "scarf": ("scarf", ""),
}
BEARDS = {  # the right half, from the chin up the jaw and back above the lip
    "full": [(64, 88), (76, 85), (83, 74), (85.5, 57), (81, 64), (75, 68), (64, 67)],
    "short": [(64, 86), (73, 83), (80, 75), (84, 62), (79, 70), (73, 73), (64, 71)],
    "moustache": [(64, 72), (70, 73.5), (74, 74), (72, 70), (68, 68.5), (64, 69)],
}


OPENINGS = {
    "jacket": [(50, 95), (78, 95), (64, 124)],
    "vee": [(52, 95), (76, 95), (64, 114)],
}
COLLARS = {  # the left half
    "jacket": [(51, 93), (64, 126), (44, 112), (47, 100)],
    "shirt": [(51, 92), (64, 105), (55, 113)],
}


def mixed(one, other, part):
    """Return a colour with so much of another in it, 0 to 1."""
    pairs = [[int(c[at : at + 2], 16) for c in (one, other)] for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def between(a, b, c, d, t):
    """Return a point of the curve (Catmull-Rom) from b to c, t from 0 to 1."""
    return tuple(
        (
            2 * q
            + (r - p) * t
            + (2 * p - 5 * q + 4 * r - s) * t**2
            + (3 * q - p - 3 * r + s) * t**3
        )
        / 2
        for p, q, r, s in zip(a, b, c, d, strict=True)
    )


def curve(points):
    """Return many points of a closed curve through a few."""
    n = len(points)
    return [
        between(*(points[(at + k) % n] for k in (-1, 0, 1, 2)), step / STEPS)
        for at in range(n)
        for step in range(STEPS)
    ]


def mirrored(half):
    """Return a whole shape from its right half, the points on the middle once."""
    left = [(UNITS - x, y) for x, y in reversed(half) if x != UNITS / 2]
    return [*half, *left]


class Portrait:
    """A drawing in units of a square of 128."""

    def __init__(self, ground):
        self.picture = Image.new("RGB", (UNITS * UNIT, UNITS * UNIT), ground)
        self.pen = ImageDraw.Draw(self.picture)

    def shape(self, points, fill):
        self.pen.polygon(scaled(curve(points)), fill=fill)

    def flat(self, points, fill):
        """Draw a shape with straight edges."""
        self.pen.polygon(scaled(points), fill=fill)

    def oval(self, x, y, wide, high, fill=None, line=None, width=1.0):
        box = scaled([(x - wide, y - high), (x + wide, y + high)])
        self.pen.ellipse(box, fill=fill, outline=line, width=round(width * UNIT))

    def line(self, points, fill, width):
        """Draw an open curve with round ends."""
        open_curve = [points[0], *points, points[-1]]
        smooth = [
            between(*open_curve[at : at + 4], step / STEPS)
            for at in range(len(points) - 1)
            for step in range(STEPS + 1)
        ]
        for x, y in smooth:
            self.oval(x, y, width / 2, width / 2, fill)

    def png(self):
        """Return the drawing as a small PNG file."""
        file = BytesIO()
        small = self.picture.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
        small.quantize(96).save(file, "PNG", optimize=True)
        return file.getvalue()


def scaled(points):
    return [(x * UNIT, y * UNIT) for x, y in points]


def draw(
    *,
    ground,
    skin,
    hair,
    style,
    wears,
    cut="jacket",
    beard="",
    glasses=False,
    earrings=False,
    lipstick=False,
    older=False,
):
    """Return a PNG file of somebody: words of the tables above choose each part."""
    skin, brows = SKINS[skin], HAIRS.get(hair, DARK)
    hair = HAIRS.get(hair) or CLOTHES[hair]  # a scarf is cloth
    behind, front = STYLES[style]
    face = Portrait(GROUNDS[ground])
    draw_hair_behind(face, behind, style, hair)
    draw_clothes(face, cut, CLOTHES[wears], skin)
    draw_head(face, skin, covered=style == "scarf", earrings=earrings, hair=hair)
    draw_features(face, skin, brows, lipstick=lipstick, older=older)
    draw_beard(face, beard, hair, skin)
    draw_mouth(face, skin, lipstick=lipstick)
    draw_hair_in_front(face, front, style, hair)
    if glasses:
        draw_glasses(face)
    return face.png()


def draw_hair_behind(face, behind, style, hair):
    if style == "bun":
        face.oval(64, 16, 10, 9, hair)
    if behind:
        face.shape(mirrored(BACKS[behind]), hair)


def draw_clothes(face, cut, cloth, skin):
    """Draw neck and shoulders, in a jacket, a shirt, a round neck or a V."""
    face.oval(64, 140, 50, 46, cloth)
    if cut in OPENINGS:
        face.flat(OPENINGS[cut], WHITE if cut == "jacket" else skin)
    face.flat([(55, 74), (73, 74), (74, 97), (64, 104), (54, 97)], skin)
    face.oval(64, 84, 10, 6, mixed(skin, DARK, 0.18))  # the shadow of the chin
    if cut == "round":
        face.line([(52, 96), (64, 105), (76, 96)], mixed(cloth, DARK, 0.25), 3.5)
    if cut in COLLARS:
        tint = mixed(cloth, *((DARK, 0.25) if cut == "jacket" else (WHITE, 0.2)))
        face.flat(COLLARS[cut], tint)
        face.flat([(UNITS - x, y) for x, y in COLLARS[cut]], tint)


def draw_head(face, skin, *, covered, earrings, hair):
    """Draw ears, unless a scarf covers them, and the head."""
    if covered:
        face.shape(mirrored([(64, 66), (80, 78), (92, 98), (90, 124), (64, 128)]), hair)
    else:
        for x in (43, 85):
            face.oval(x, 59, 4, 6.5, mixed(skin, DARK, 0.08))
    if earrings:
        for x in (42.5, 85.5):
            face.oval(x, 67, 1.6, 2.2, "#d9b24c")
    face.shape(mirrored(HEAD), skin)


def draw_features(face, skin, brows, *, lipstick, older):
    """Draw eyes with their brows and lids, nose and cheeks; lines where older."""
    shade, brow = mixed(skin, DARK, 0.28), mixed(brows, DARK, 0.25)
    for side in (-1, 1):
        x = 64 + side * 9.8
        face.oval(x, 57, 4.6, 2.9, WHITE)
        face.oval(x, 57, 2.5, 2.7, "#3d2a1e")
        face.oval(x + 0.8, 56.1, 0.7, 0.7, WHITE)
        lid = [(x - 5, 57), (x - 2, 54.2), (x + 2, 54.2), (x + 5, 57)]
        face.line(lid, DARK if lipstick else shade, 1.1)
        arch = [(x - side * 5, 50.6), (x, 48.8), (x + side * 6, 50.8)]
        face.line(arch, brow, 1.4 if lipstick else 2)
        face.oval(x + side * 3, 66, 4.5, 3, mixed(skin, "#d9534a", 0.13))
        if older:
            face.line([(x - 4, 61.5), (x, 62.6), (x + 4, 61.5)], shade, 0.6)
            edge = 64 + side * 11
            face.line([(64 + side * 7, 66), (edge, 70), (edge, 73)], shade, 0.7)
    face.line([(63, 56), (62, 63), (60.5, 66.5), (64, 68), (67, 67)], shade, 1.1)


def draw_beard(face, beard, hair, skin):
    if beard == "stubble":
        face.shape(mirrored(BEARDS["short"]), mixed(skin, hair, 0.28))
    elif beard:
        face.shape(mirrored(BEARDS[beard]), hair)


def draw_mouth(face, skin, *, lipstick):
    """Draw a slight smile."""
    lip = mixed(skin, "#a8323a", 0.6 if lipstick else 0.35)
    face.shape([(56, 74), (60, 73.4), (64, 74), (68, 73.4), (72, 74), (64, 79)], lip)
    face.line([(56, 74), (64, 75.8), (72, 74)], mixed(lip, DARK, 0.45), 0.8)


def draw_hair_in_front(face, front, style, hair):
    if front:
        top = mirrored(TOP)
        face.shape([*top, *HAIRLINES[front]], hair)
    if style == "bald":
        for half in (SIDES, [(UNITS - x, y) for x, y in SIDES]):
            face.shape(half, hair)
    if style == "curly":
        for x, y in ((45, 38), (50, 29), (58, 24), (67, 23), (76, 27), (82, 36)):
            face.oval(x, y, 7, 7, hair)


def draw_glasses(face):
    """Draw round glasses."""
    for x in (54.2, 73.8):
        face.oval(x, 57.5, 7.6, 6.6, line=DARK, width=1)
    face.line([(61.6, 57), (64, 56), (66.4, 57)], DARK, 1)
