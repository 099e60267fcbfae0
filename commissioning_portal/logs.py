"""Log lines a machine can read, without anybody's personal data."""

import json
import logging
import re
from datetime import UTC, datetime

QUERY = re.compile(r"(?<=\S)\?\S+")  # what people searched for is theirs


class JsonFormatter(logging.Formatter):
    """Write one JSON object a line: time, level, logger, message, error."""

    def format(self, record):
        """Return the line for one record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": QUERY.sub("", record.getMessage()),
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class InShort(logging.Filter):
    """Keep a line of what strangers cause at will, without its traceback."""

    def filter(self, record):
        record.msg, record.args = record.getMessage()[:100], ()
        record.exc_info = record.exc_text = None
        return True
