"""Rows of a CSV file, and what reading a list came to."""

import csv
from collections import Counter
from dataclasses import dataclass, field

from commissions.text.characters import printable


class NotACsvList(Exception):
    """A file is not the list it should be, for the reason given."""


@dataclass
class ReadOutcome:
    """What a list led to: counts by what was created and changed, and refusals."""

    created: Counter = field(default_factory=Counter)
    changed: Counter = field(default_factory=Counter)
    left_alone: int = 0
    refused: list = field(default_factory=list)

    def lines(self):
        """Return the outcome in words, a line for each."""
        for number, reason in self.refused:
            yield f"Refused: row {number}: {reason}"
        yield f"Created     {listed_problems(self.created)}"
        yield f"Changed     {listed_problems(self.changed)}"
        yield f"Left alone  {self.left_alone:,} rows"
        yield f"Refused     {len(self.refused):,} rows"

    def saved(self, row, columns, new, noun):
        """Save the columns of a row that differ, and count it; tell if any did."""
        differing = [
            name for name, value in columns.items() if getattr(row, name) != value
        ]
        for name in differing:
            setattr(row, name, columns[name])
        if new or differing:
            row.save()
            (self.created if new else self.changed)[noun] += 1
        return new or bool(differing)


def listed_problems(counter):
    """Return counts in words: 27 areas, 3 councils."""
    words = [f"{number:,} {noun}" for noun, number in counter.items() if number]
    return ", ".join(words) or "nothing"


def rows_of_csv(path, *columns):
    """Return (row number, row) of a CSV file that has some columns.

    Row numbers count from 2, as a spreadsheet shows them. Raises NotAList.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            found = list(csv.DictReader(file, restkey="", restval=""))
    except OSError as error:
        raise NotACsvList(f"{path} could not be opened: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotACsvList(f"{path} is not a CSV file in UTF-8.") from error
    missing = [name for name in columns if not found or name not in found[0]]
    if missing:
        raise NotACsvList(f"{path} lacks the columns {', '.join(missing)}.")
    return [
        (n, {k: " ".join(printable(v or "").split()) for k, v in row.items() if k})
        for n, row in enumerate(found, 2)
    ]
