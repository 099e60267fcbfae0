"""UK postcodes: which areas each lies in; kept packed, a row for each beginning (NF1).

`lookup` reads a postcode, or the beginning of one. Nothing here keeps what was
looked up: no row, log or address says which postcode a person asked for.
"""

import re
import sys
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from commissions.places.models import Area, PostcodeDistrict

OUTWARD = r"(?:GIR|NPT|[A-Z]{1,2}[0-9][A-Z0-9]?)"
WHOLE = re.compile(rf"({OUTWARD})([0-9][A-Z]{{2}})")
BEGINNING = re.compile(rf"{OUTWARD}(?:[0-9][A-Z]?)?|[A-Z]{{1,2}}")
LETTERS = re.compile(r"[A-Z]{1,2}")
GSS = re.compile(r"[A-Z][0-9]{8}")
NOWHERE = "99999999"  # ends the codes that say that an area is none
COLUMNS = "HHHII"  # of what is packed: inward, areas, ended, easting, northing
WIDTH = sum(array(kind).itemsize for kind in COLUMNS)
NATION_OF = {"E": "E92000001", "W": "W92000004", "S": "S92000003", "N": "N92000002"}
NARROWEST = ("parish", "district", "county", "combined", "fire", "police", "health")
NARROWEST += ("region", "nation")
"""The kinds of areas, the one that says most about a home first."""
INWARD = 6_760  # numbers of the ends of postcodes: 0AA to 9ZZ


def squeeze_postcode(text):
    """Write what was typed as one word in capitals: nf1 1aa becomes NF11AA."""
    return re.sub(r"[\s.\-]+", "", text[:20]).upper()


def split_postcode(text):
    """Split a whole postcode into its two parts; None where it is none.

    A letter O or I at the start of the second part was meant as a number.
    """
    word = squeeze_postcode(text)
    if word[-3:-2] in ("O", "I") and len(word) > 4:
        word = word[:-3] + {"O": "0", "I": "1"}[word[-3]] + word[-2:]
    match = WHOLE.fullmatch(word)
    return match.groups() if match else None


def is_like_postcode(text):
    """Tell whether a text is written as a postcode, or as the beginning of one."""
    word = squeeze_postcode(text)
    return bool(split_postcode(text) or BEGINNING.fullmatch(word))


def number_of(inward):
    """Return the end of a postcode as a number in the order of ends."""
    digit, first, second = inward
    return (int(digit) * 26 + ord(first) - 65) * 26 + ord(second) - 65


def numbers_from(inward):
    """Return the numbers of all ends that begin so: all, a sector, part of one."""
    if not inward:
        return 0, INWARD
    low = number_of((inward + "AA")[:3])
    return low, low + 26 ** (3 - len(inward))


def pack(rows):
    """Pack sorted (inward, areas, ended, easting, northing), all whole numbers."""
    columns = [
        array(kind, each)
        for kind, each in zip(COLUMNS, zip(*rows, strict=True), strict=True)
    ]
    return zlib.compress(b"".join(map(in_order, columns)), 6)


def in_order(column):
    """Return the bytes of a column, the least first on every machine."""
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def unpack(packed):
    """Return the rows that were packed."""
    raw, columns, start = zlib.decompress(packed), [], 0
    for kind in COLUMNS:
        column = array(kind)
        end = start + len(raw) // WIDTH * column.itemsize
        column.frombytes(raw[start:end])
        if sys.byteorder == "big":
            column.byteswap()
        columns.append(column)
        start = end
    return list(zip(*columns, strict=True))


def month_number(year_and_month):
    """Return 201006 as a number of months; 0 for none."""
    return (
        int(year_and_month[:4]) * 12 + int(year_and_month[4:]) if year_and_month else 0
    )


def month_of(number):
    """Return the first day of a month so numbered; None for 0."""
    year, month = divmod(number - 1, 12)
    return date(year, month + 1, 1) if number else None


@dataclass(frozen=True)
class PostcodeMatch:
    """What is known of a postcode, or of all that begin so.

    `written` is as an envelope has it. `counts` is {GSS codes: number of live
    postcodes}. `ended` is the month in which Royal Mail took it out of use.
    """

    written: str
    whole: bool
    counts: dict
    ended: date | None = None
    centre: tuple | None = None

    @cached_property
    def codes(self):
        """The codes of all areas in which it lies, or some of it."""
        return {code for codes in self.counts for code in all_codes(codes)}

    @cached_property
    def areas(self):
        """The areas known here in which it lies, or some of it, narrowest first."""
        found = list(areas_coded(self.codes).prefetch_related("codes"))
        return sorted(found, key=lambda area: (NARROWEST.index(area.kind), area.name))

    @cached_property
    def homes(self):
        """The narrowest area known here of each part: [area], most postcodes first.

        One where all of it lies in one.
        """
        known = {code: area for area in reversed(self.areas) for code in gss(area)}
        homes = Counter()
        for codes, number in self.counts.items():
            here = {known[code] for code in all_codes(codes) if code in known}
            if here:
                narrowest = min(here, key=lambda area: NARROWEST.index(area.kind))
                homes[narrowest] += number
        return [area for area, _ in homes.most_common()]


def gss(area):
    """Return the codes, present and former, by which lists name an area."""
    return {area.code, *(c.value for c in area.codes.all() if c.scheme == "GSS")}


def areas_coded(codes):
    """Select the areas with one of these GSS codes, present or former."""
    return Area.objects.filter(
        Q(code__in=codes) | Q(codes__scheme="GSS", codes__value__in=codes)
    ).distinct()


def all_codes(codes):
    """Return the codes of a line of them, and that of the nation they lie in."""
    found = codes.split()
    return {*found, *(NATION_OF[code[0]] for code in found if code[0] in NATION_OF)}


def lookup(text):
    """Return the PostcodeMatch of a postcode or the beginning of one; None if unknown.

    Spaces and capitals do not matter. One query, however many postcodes there are.
    """
    if parts := split_postcode(text):
        return whole_match(*parts)
    word = squeeze_postcode(text)
    if LETTERS.fullmatch(word):
        return letters_match(word)
    outward, _, inward = " ".join(text[:20].upper().split()).partition(" ")
    return beginning_match([(outward, inward)] if inward else ways_to_split(word))


def whole_match(outward, inward):
    """Return the match of one postcode, or None."""
    number = number_of(inward)
    for district in PostcodeDistrict.objects.filter(outward=outward):
        for row in unpack(district.packed):
            if row[0] == number:
                return one_match(f"{outward} {inward}", district.areas, row)
    return None


def one_match(written, areas, row):
    _, index, ended, easting, northing = row
    return PostcodeMatch(
        written=written,
        whole=True,
        counts={areas[index][0]: 1},
        ended=month_of(ended),
        centre=(easting, northing) if easting else None,
    )


def ways_to_split(word):
    """List the ways to read the beginning of a postcode: NF11 is NF11, or NF1 1."""
    return [(word, ""), *((word[:-n], word[-n:]) for n in (1, 2))]


def beginning_match(splits):
    """Return the match of NF1, NF1 1 or NF1 1A: the first that is known, or None."""
    splits = {
        outward: inward
        for outward, inward in splits
        if re.fullmatch(OUTWARD, outward) and re.fullmatch(r"(?:[0-9][A-Z]?)?", inward)
    }
    found = PostcodeDistrict.objects.in_bulk(splits, field_name="outward")
    for outward, inward in splits.items():
        if outward in found and (counts := counts_within(found[outward], inward)):
            written = f"{outward} {inward}".strip()
            return PostcodeMatch(written=written, whole=False, counts=counts)
    return None


def counts_within(district, inward):
    """Count, by areas, the postcodes of a district whose end begins so.

    Those in use; where none is, those that were.
    """
    if not inward:
        return dict(district.areas)
    low, high = numbers_from(inward)
    rows = [row for row in unpack(district.packed) if low <= row[0] < high]
    live = [row for row in rows if not row[2]]
    return Counter(district.areas[row[1]][0] for row in live or rows)


def letters_match(letters):
    """Return the match of all postcodes that begin with one or two letters, or None."""
    beginning = PostcodeDistrict.objects.filter(outward__regex=rf"^{letters}[0-9]")
    counts = Counter()
    for areas in beginning.values_list("areas", flat=True):
        counts.update(dict(areas))
    return PostcodeMatch(letters, False, counts) if counts else None
