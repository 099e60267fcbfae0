"""A map of places in SVG: each a number that leads to its page, where its homes are.

Outlines are drawn where the installation names a file of them (AREA_OUTLINES):
GeoJSON whose features have a GSS code among their properties.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from commissions.places.postcodes import GSS

WIDTH, EDGE = 360, 24  # as on a phone, where a finger must hit a number
TALLEST = 500
MOST_POINTS = 4_000  # of all outlines of a map: a page stays small
RADIUS, SMALL = 14, 8  # of the numbers; smaller where there are many
FEW = 30

# OSGB36 National Grid, on its own ellipsoid (Ordnance Survey, "A guide to coordinate
# systems in Great Britain"). The shift from GPS, 100 m, is less than a line's width.
A, B = 6_377_563.396, 6_356_256.909
SCALE, LAT0, LON0 = 0.9996012717, math.radians(49), math.radians(-2)
EAST0, NORTH0 = 400_000, -100_000
# From the Irish Grid, in which Northern Ireland's postcodes are: within 60 m there.
IRISH = ((-218_540, 0.997046, 0.085404), (185_083, -0.085393, 0.997039))


@dataclass(frozen=True)
class Place:
    """One place on a map: its number in the table, where, and its outline, if known."""

    number: int
    area: object
    x: float
    y: float
    outline: str
    here: bool


def to_grid(longitude, latitude):
    """Return the easting and northing of a point: Redfearn's series, to its fourth power."""
    lat, dlon = math.radians(latitude), math.radians(longitude) - LON0
    e2, n = 1 - (B / A) ** 2, (A - B) / (A + B)
    sin2 = math.sin(lat) ** 2
    nu = A * SCALE / math.sqrt(1 - e2 * sin2)
    eta2 = (1 - e2 * sin2) / (1 - e2) - 1
    minus, plus = lat - LAT0, lat + LAT0
    arc = (1 + n + 1.25 * n**2) * minus
    arc -= 3 * (n + n**2) * math.sin(minus) * math.cos(plus)
    arc += 1.875 * n**2 * math.sin(2 * minus) * math.cos(2 * plus)
    cos, tan2 = math.cos(lat), math.tan(lat) ** 2
    north = B * SCALE * arc + NORTH0
    north += nu / 2 * math.sin(lat) * cos * dlon**2
    north += nu / 24 * math.sin(lat) * cos**3 * (5 - tan2 + 9 * eta2) * dlon**4
    east = EAST0 + nu * cos * dlon + nu / 6 * cos**3 * (1 + eta2 - tan2) * dlon**3
    return east, north


def from_irish(easting, northing):
    """Return in the British grid what is given in the Irish one."""
    return tuple(a + b * easting + c * northing for a, b, c in IRISH)


def centre_of(extent):
    """Return where the homes of an area are, in the British grid."""
    where = (extent.easting, extent.northing)
    return from_irish(*where) if extent.code.startswith("N") else where


def rings(geometry):
    """Yield the outer rings of a polygon, or of several."""
    several = geometry.get("coordinates") or []
    if geometry.get("type") == "Polygon":
        several = [several]
    elif geometry.get("type") != "MultiPolygon":
        return
    for polygon in several:
        if polygon:
            yield [on_grid(*point[:2]) for point in polygon[0]]


def on_grid(x, y):
    """Return a point in the grid, whether it was given in it or in degrees."""
    return to_grid(x, y) if abs(x) <= 180 and abs(y) <= 90 else (x, y)


def read_outlines():
    """Return {GSS code: rings} of the file that the installation has; else nothing."""
    path = Path(settings.AREA_OUTLINES)
    try:
        return outlines_of(path, path.stat().st_mtime)
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


@lru_cache(maxsize=1)
def outlines_of(path, changed):
    """Read a file of outlines, again only when it has changed."""
    found = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        codes = [v for v in feature["properties"].values() if GSS.fullmatch(str(v))]
        if codes and feature.get("geometry"):
            found[codes[0]] = list(rings(feature["geometry"]))
    return found


class Frame:
    """How the grid is drawn: what lies in it, fitted to the width of the picture."""

    def __init__(self, points: Iterable):
        xs, ys = zip(*points, strict=True)
        self.left, self.top = min(xs), max(ys)
        wide, tall = max(max(xs) - self.left, 1), max(self.top - min(ys), 1)
        self.scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)
        self.width, self.height = WIDTH, round(tall * self.scale + 2 * EDGE)
        self.shift = (WIDTH - wide * self.scale) / 2

    def at(self, point):
        """Return where a point of the grid is drawn, in whole pixels."""
        x, y = point
        return (
            round((x - self.left) * self.scale + self.shift),
            round((self.top - y) * self.scale + EDGE),
        )

    def path(self, drawn):
        """Return rings as a path, without points that fall on the one before."""
        parts = []
        for ring in drawn:
            points = list(dict.fromkeys(map(self.at, ring)))
            if len(points) > 2:
                parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + "z")
        return "".join(parts)


class PlaceMap:
    """The map of some areas, `here` marked; falsy where fewer than two are placed."""

    def __init__(self, areas, extents, here=None):
        outlines = read_outlines()
        drawn = {area.pk: outlines.get(area.code, []) for area in areas}
        where = {
            area.pk: centre_of(extents[area.code])
            if area.code in extents
            else middle(drawn[area.pk])
            for area in areas
        }
        placed = [point for point in where.values() if point]
        self.places, self.frame = [], None
        if len(placed) < 2:
            return
        if (
            sum(len(ring) for each in drawn.values() for ring in each)
            > MOST_POINTS * 50
        ):
            drawn = dict.fromkeys(drawn, ())
        corners = [point for each in drawn.values() for ring in each for point in ring]
        self.frame = Frame([*placed, *corners])
        for number, area in enumerate(areas, 1):
            if where[area.pk]:
                x, y = self.frame.at(where[area.pk])
                self.places.append(
                    Place(
                        number,
                        area,
                        x,
                        y,
                        self.frame.path(drawn[area.pk]),
                        area == here,
                    )
                )

    def __bool__(self):
        return bool(self.places)

    @property
    def radius(self):
        return RADIUS if len(self.places) <= FEW else SMALL


def middle(drawn):
    """Return the middle of the corners of an outline; None where there is none."""
    points = [point for ring in drawn for point in ring]
    if not points:
        return None
    return tuple(sum(each) / len(points) for each in zip(*points, strict=True))
