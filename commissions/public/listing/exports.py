"""Lists as files: columns declared once, written as CSV, JSON or a spreadsheet."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

import xlsxwriter
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from commissions.text.characters import printable

LONGEST = 32_767
"""Characters in one cell, as Excel has it."""
CUT = " … [cut: the CSV and JSON files have the whole]"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_spreadsheet(name, heads, rows):
    """Write rows (lists of values) under their heads; return the file, at its start."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(kept, {"constant_memory": True})
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(heads) - 1, 24)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head.replace("_", " ").capitalize(), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write_cell(sheet, number, column, value, wrapped)
    book.close()
    kept.seek(0)
    return kept


def write_cell(sheet, row, column, value, look):
    """Write one value: numbers as numbers, yes and no in words, the rest as text."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, int):
        sheet.write_number(row, column, value, look)
    elif value:
        sheet.write_string(row, column, shorten_cell(str(value)), look)


def shorten_cell(text):
    """Cut a text that no cell can hold, saying where the whole is; keep what XML can."""
    text = printable(text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value):
    """Write a value so that no spreadsheet takes it for a formula.

    A leading apostrophe makes it text (OWASP, CSV injection).
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


@dataclass(frozen=True)
class Column:
    """One column of a file: its heading, and how its value is had from a row.

    `getter` is a function of the row, or the name of an attribute, with dots; what
    follows a None is None.
    """

    heading: str
    getter: str | Callable

    def of(self, row):
        """Return the value of a row."""
        if callable(self.getter):
            return self.getter(row)
        return reduce(attribute_getter, self.getter.split("."), row)


def attribute_getter(thing, name):
    return None if thing is None else getattr(thing, name)


def same_value(*names):
    """Declare columns that are called as the attributes that they show."""
    return [Column(name, name) for name in names]


def address_of_row(row):
    """Return the full address of a row's page."""
    return f"{settings.PORTAL_ORIGIN}{row.get_absolute_url()}"


def iso_value(moment):
    return moment.isoformat() if moment else None


def csv_cell(value):
    """Write the lists and mappings of JSON as the text of one cell."""
    if isinstance(value, Mapping):
        return " ".join(str(each) for each in value.values() if each)
    return "; ".join(map(csv_cell, value)) if isinstance(value, list) else value


class CsvLine:
    """A file that gives back each line written to it."""

    def write(self, line):
        return line


def column_values(columns, row):
    return {column.heading: column.of(row) for column in columns}


def csv_lines(columns, rows):
    """Write rows as lines of CSV under the headings of their columns.

    Begins with a byte order mark, without which Excel misreads “é”.
    """
    writer = csv.writer(CsvLine())
    yield "\ufeff" + writer.writerow([column.heading for column in columns])
    for row in rows:
        yield writer.writerow(
            [safe_cell(csv_cell(column.of(row))) for column in columns]
        )


def json_lines(name, columns, rows):
    """Write rows as the one list of a JSON object."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    yield f"{{{json.dumps(name)}: ["
    comma = ""
    for row in rows:
        yield f"{comma}\n{encoder.encode(column_values(columns, row))}"
        comma = ","
    yield "\n]}\n"


def download_rows(lines, kind, name):
    """Answer with a file that is written as it is sent; search engines skip it."""
    return StreamingHttpResponse(
        lines,
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


def as_attachment(file, kind, name):
    """Answer with a file as a download; search engines skip it."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def as_csv(what, columns, rows, stem):
    """Answer with rows as CSV that no spreadsheet takes for formulas."""
    return download_rows(csv_lines(columns, rows), "text/csv", f"{stem}.csv")


def as_json(what, columns, rows, stem):
    """Answer with rows as JSON."""
    lines = json_lines(what, columns, rows)
    return download_rows(lines, "application/json", f"{stem}.json")


def as_xlsx(what, columns, rows, stem):
    """Answer with rows as a spreadsheet."""
    heads = [column.heading for column in columns]
    cells = ([csv_cell(column.of(row)) for column in columns] for row in rows)
    file = write_spreadsheet(what.capitalize(), heads, cells)
    return as_attachment(file, KIND, f"{stem}.xlsx")


FORMATS = {"csv": as_csv, "json": as_json, "xlsx": as_xlsx}
LABELS = {"csv": "CSV", "json": "JSON", "xlsx": gettext_lazy("spreadsheet")}


def all_pages(query):
    """Return a query string without its place in the list: ?stage=tender, or nothing."""
    left = query.copy()
    for cursor in ("after", "before"):
        left.pop(cursor, None)
    return f"?{left.urlencode()}" if left else ""


@dataclass(frozen=True)
class Export:
    """A list as files, of which each says the same columns of every row.

    `name` is the plural in the address (direct-awards.csv). `read` takes the filters
    and yields the rows, a few hundred at a time. `also` are the files that are no
    columns, such as a feed: {ending: (label, answer to the filters)}.
    """

    name: str
    columns: Sequence[Column]
    read: Callable[..., Iterable]
    endings: Sequence[str] = ("csv", "json")
    also: Mapping[str, tuple] = field(default_factory=dict)

    def links(self, query):
        """List {label, url} of the same list, filters kept, in every format."""
        labels = {ending: LABELS[ending] for ending in self.endings}
        labels |= {ending: label for ending, (label, _) in self.also.items()}
        return [
            {"label": label, "url": f"/{self.name}.{ending}{all_pages(query)}"}
            for ending, label in labels.items()
        ]

    def answer(self, filters, ending):
        """Answer with the list in a format; raise Http404 for one it has not."""
        if ending in self.also:
            return self.also[ending][1](filters)
        if ending not in self.endings:
            raise Http404
        what = self.name.replace("-", "_")
        return FORMATS[ending](what, self.columns, self.read(filters), self.name)

    def view(self, filter_set):
        """Return the view that answers with the list that a query string asks for."""

        @require_safe
        def export(request, ending=self.endings[0]):
            return self.answer(filter_set(request.GET), ending)

        return export


def all_rows(filters, present=None):
    """Yield every row of a list, read a few hundred at a time."""
    for page in filters.read().pages():
        yield from present(page.rows) if present else page.rows
