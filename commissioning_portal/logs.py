"""Log lines a machine can read, without anybody's personal data."""

import json
import logging
import re
from datetime import UTC, datetime

LONGEST = 20_000  # characters
QUERY = re.compile(r"(?<=\S)\?\S+")  # what people searched for is theirs
LINK = re.compile(
    r"[\w-]{8,64}(?:[.:]|%2e|%3a)[\w-]{27,}|(?<=/password/)[^/\s]+/[^/\s]+",
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"(/my/(?:[a-z-]{1,12}/){1,2})(?!\[link)[^\s\"']+"
)  # however a link is cut
MAILBOX = re.compile(r"[\w.+%-]{1,64}(?:@|%40)[\w-]+(?:\.[\w-]+)*", re.IGNORECASE)
NETWORK = re.compile(
    r"\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)(?:\d{1,3}\.){3}\d{1,3}\b"
    r"|(?<![\w:])(?!::1\b)(?:[0-9a-f]{1,4}:){3,7}[0-9a-f:]*[0-9a-f]\b"
    r"|(?<![\w:])[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*::[0-9a-f:]*\b",
    re.IGNORECASE,
)


def scrub(line):
    """Leave out of a line what people searched for, private links and addresses.

    What strangers send may be long: every repetition above is bounded, and so is
    the line, of which the end says most where it is a trace.
    """
    line = line[-LONGEST:]
    line = PRIVATE.sub(r"\1[link]", LINK.sub("[link]", QUERY.sub("", line)))
    return NETWORK.sub("[network]", MAILBOX.sub("[address]", line))


class PlainFormatter(logging.Formatter):
    """Write a plain line, scrubbed."""

    def format(self, record):
        return scrub(super().format(record))


class JsonFormatter(logging.Formatter):
    """Write one JSON object a line: time, level, logger, message, error."""

    def format(self, record):
        """Return the line for one record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["error"] = scrub(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class InShort(logging.Filter):
    """Keep a line of what strangers cause at will, without its traceback."""

    def filter(self, record):
        record.msg, record.args = record.getMessage()[:100], ()
        record.exc_info = record.exc_text = None
        return True
