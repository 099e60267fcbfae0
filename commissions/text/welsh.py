"""How Welsh writes days, times and numbers of things, with the mutations they ask for.

Pure functions: `commissions.text.formats` asks here where Welsh is the language that
is active. A noun after a number in figures is singular.
"""

SHORT_MONTHS = [
    *("Ion", "Chwef", "Maw", "Ebr", "Mai", "Meh"),
    *("Gorff", "Awst", "Medi", "Hyd", "Tach", "Rhag"),
]

SOFT = {"Mawrth": "Fawrth", "Mehefin": "Fehefin", "Medi": "Fedi", "Rhagfyr": "Ragfyr"}
"""How the months that end a quarter read after “i” (to)."""

NAMED_DAYS = {0: "heddiw", 1: "yfory", -1: "ddoe"}

NOUNS = {
    "day": ("diwrnod", "ddiwrnod"),
    "month": ("mis", "fis"),
    "commission": ("comisiwn", "gomisiwn"),
}
"""By the English noun: how it reads after a number, and after 2."""

VATS = {
    "including VAT": "gan gynnwys TAW",
    "excluding VAT": "heb gynnwys TAW",
    "VAT not stated": "TAW heb ei nodi",
}


def years(number: int) -> str:
    """Return how “year” reads after a number: 1 flwyddyn, 2 flynedd, 5 mlynedd."""
    if number == 1:
        return "flwyddyn"
    if number == 2:
        return "flynedd"
    return "blynedd" if number % 10 in {3, 4, 6} else "mlynedd"


def how_many(number: int, noun: str) -> str:
    """Write a number of something: 1 diwrnod, 2 ddiwrnod, 7 mis, 5 mlynedd."""
    if noun == "year":
        return f"{number:,} {years(number)}"
    plain, after_two = NOUNS.get(noun, (noun, noun))
    return f"{number:,} {after_two if number == 2 else plain}"


def on_weekday(time: str, day: str) -> str:
    """Write a time on a weekday: 5pm ar ddydd Gwener 18 Rhagfyr 2026.

    Midnight is at the start of it: hanner nos ar ddechrau dydd Gwener.
    """
    return f"{time} {day}" if time.startswith("hanner nos") else f"{time} ar d{day}"


def clock(midday: bool) -> str:
    """Name midday, or the midnight with which a day begins."""
    return "hanner dydd" if midday else "hanner nos ar ddechrau"


def far(days: int) -> str:
    """Write how far off a day is: yfory, ymhen 26 diwrnod, 3 diwrnod yn ôl."""
    if days in NAMED_DAYS:
        return NAMED_DAYS[days]
    return in_or_ago(how_many(abs(days), "day"), later=days > 0)


def in_or_ago(length: str, *, later: bool) -> str:
    """Write a length of time from now: ymhen 7 mis, 2 flynedd yn ôl."""
    return f"ymhen {length}" if later else f"{length} yn ôl"


def value_range(low: str, high: str) -> str:
    """Write a range of sums of money; either may be empty."""
    if not low:
        return f"Hyd at {high}"
    if not high:
        return f"O leiaf {low}"
    return low if low == high else f"{low} i {high}"
