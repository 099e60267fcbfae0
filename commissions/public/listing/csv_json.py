"""Lists as files: CSV a spreadsheet can open safely, and JSON, both streamed.

A file is written as its rows are read, so that a million rows need no more
memory than a hundred.
"""

import csv
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe(value):
    """Write a value so that no spreadsheet takes it for a formula.

    A leading apostrophe makes it text (OWASP, CSV injection).
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


class Line:
    """A file that gives back each line written to it."""

    def write(self, line):
        """Return the line."""
        return line


def csv_lines(heads, rows):
    """Write rows (mappings) as lines of CSV under their heads.

    Begins with a byte order mark, without which Excel misreads “é”.
    """
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        yield writer.writerow([safe(row[head]) for head in heads])


def json_lines(name, rows):
    """Write rows (mappings) as the one list of a JSON object."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    yield f"{{{json.dumps(name)}: ["
    comma = ""
    for row in rows:
        yield f"{comma}\n{encoder.encode(row)}"
        comma = ","
    yield "\n]}\n"


def download(lines, kind, name):
    """Answer with a file that is written as it is sent; search engines skip it."""
    return StreamingHttpResponse(
        lines,
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Robots-Tag": "noindex",
        },
    )


def files(request, stem, formats):
    """List {label, url} of the same list, filters kept, in other formats."""
    query = request.GET.copy()
    for cursor in ("after", "before"):
        query.pop(cursor, None)
    asked = f"?{query.urlencode()}" if query else ""
    return [
        {"label": label, "url": f"/{stem}.{ending}{asked}"}
        for ending, label in formats.items()
    ]
