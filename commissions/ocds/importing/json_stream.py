"""Cut a stream of JSON into its releases, by brackets and quotes alone.

Memory holds one piece and one block of the stream. A piece is the raw bytes
of one release or record of a package, of one item of an array, of one line of
JSON Lines, or of a whole document that is none of these.
"""

import gzip
import io
import re
import zlib
from http.client import HTTPException

LARGEST = 24 * 1024 * 1024  # bytes of one release
BLOCK = 64 * 1024
FIRST = 1024 * 1024  # bytes looked at to tell JSON Lines from a package
MARKS = re.compile(rb'"(?:[^"\\]++|\\[\s\S])*+"|["{}\[\]]')  # a text is one mark
QUOTE = re.compile(rb'["\\]')
STREAMED = {b"releases": "release", b"records": "record"}
SPACE = b" \t\r\n"
BOM = b"\xef\xbb\xbf"


class Broken(Exception):
    """The stream's own structure ends or fails here."""


class UntilBroken(io.RawIOBase):
    """A stream that ends where reading fails, and keeps the failure for later.

    So that what was read before a truncated gzip breaks off is not lost. It
    borrows the stream, which its owner closes.
    """

    def __init__(self, stream):
        self.read_some = getattr(stream, "read1", stream.read)
        self.failure = None

    def readable(self):
        return True

    def readinto(self, buffer):
        """Read into a buffer; nothing once the stream has failed."""
        if self.failure:
            return 0
        try:
            found = self.read_some(len(buffer))
        except (EOFError, OSError, zlib.error, HTTPException) as error:
            self.failure = error
            return 0
        buffer[: len(found)] = found
        return len(found)


def cut(stream):
    """Yield (raw bytes, kind) for each piece; None for one that is too large.

    What is gzip is unpacked, whatever its name. Raises Broken where the
    stream ends or fails before its time.
    """
    safe = UntilBroken(stream)
    stream = io.BufferedReader(safe, BLOCK)
    if stream.peek(2)[:2] == b"\x1f\x8b":
        safe = UntilBroken(gzip.GzipFile(fileobj=stream))
        stream = io.BufferedReader(safe, BLOCK)
    if stream.peek(3)[:3] == BOM:
        stream.read(3)
    first = first_line(stream)
    if is_lines(stream, first):
        yield from lines(stream, first)
    else:
        yield from Cutter(stream, first).pieces()
    if safe.failure:
        raise Broken("The source breaks off here.")


def first_line(stream):
    """Return the first line with anything in it, as far as FIRST goes."""
    line = stream.readline(FIRST)
    while line and not line.strip(SPACE):
        line = stream.readline(FIRST)
    return line


def is_lines(stream, first):
    """Tell whether this is JSON Lines: a line that closes, or cannot be a package.

    A package written with a release on each line opens a bracket on its first
    line that a later one closes.
    """
    following = following_mark(stream)
    whole = first.strip(SPACE)
    if first.endswith(b"\n") and following == b"{":
        return not whole.endswith((b"[", b",", b":")) and whole[:1] != b"["
    return False


def following_mark(stream):
    """Return the next byte that is not space, without taking it."""
    ahead = stream.peek(BLOCK).lstrip(SPACE)
    return ahead[:1]


def lines(stream, line):
    """Yield each line of JSON Lines; one that is too long is passed over."""
    while line:
        rest = line
        while not rest.endswith(b"\n") and rest:
            rest = stream.readline(BLOCK)
            line = None if line is None or len(line) > LARGEST else line + rest
        if line is None or line.strip(SPACE):
            yield line, "line"
        line = stream.readline(BLOCK)


class Cutter:
    """Follows one document's brackets and quotes, a block at a time."""

    def __init__(self, stream, start):
        self.stream, self.held, self.at = stream, start, 0
        self.kept, self.keeps, self.size = [], False, 0

    def more(self):
        """Read on; tell whether there was anything. Keeps what a piece needs."""
        self.keep(len(self.held))
        self.held, self.at = self.stream.read1(BLOCK), 0
        self.mark = 0
        return bool(self.held)

    mark = 0

    def keep(self, end):
        """Put aside the bytes from the mark on, up to the largest size."""
        if self.keeps and end > self.mark:
            self.size += end - self.mark
            if self.size <= LARGEST:
                self.kept.append(self.held[self.mark : end])
            else:
                self.kept.clear()
        self.mark = end

    def begin(self):
        """Start a piece at the present place."""
        self.kept, self.keeps, self.size, self.mark = [], True, 0, self.at

    def end(self):
        """End the piece here and return its bytes, or None if it was too large."""
        self.keep(self.at)
        self.keeps = False
        return b"".join(self.kept) if self.size <= LARGEST else None

    def next(self):
        """Return the next byte that is not space, without taking it."""
        while True:
            while self.at < len(self.held):
                byte = self.held[self.at : self.at + 1]
                if byte not in SPACE:
                    return byte
                self.at += 1
            if not self.more():
                return b""

    def expect(self, *wanted):
        """Take the next mark, which must be one of those wanted."""
        byte = self.next()
        if byte not in wanted:
            what = (
                f"“{byte.decode('latin-1')}” where none should be" if byte else "an end"
            )
            raise Broken(f"There is {what} in the middle of the source.")
        self.at += 1
        return byte

    def string(self):
        """Pass over a string whose opening quote has been taken."""
        while True:
            match = QUOTE.search(self.held, self.at)
            if match is None:
                self.at = len(self.held)
                if not self.more():
                    raise Broken("The source ends in the middle of a text.")
                continue
            self.at = match.end()
            if match[0] == b'"':
                return
            if self.at == len(self.held) and not self.more():
                raise Broken("The source ends in the middle of a text.")
            self.at += 1  # the character after a backslash

    def value(self):
        """Pass over one value: an object, a list, a text, or a bare word."""
        byte = self.next()
        if byte in (b"{", b"["):
            self.nested()
        elif byte == b'"':
            self.at += 1
            self.string()
        else:
            self.bare()

    def nested(self):
        """Pass over an object or a list, to the bracket that closes it."""
        depth = 0
        while True:
            mark = self.mark_ahead()
            if mark == b'"':  # a text whose end is in a later block
                self.string()
            elif mark[:1] != b'"':
                depth += 1 if mark in b"{[" else -1
            if depth == 0:
                return

    def mark_ahead(self):
        """Take the next bracket or text, reading on where there is none."""
        while (match := MARKS.search(self.held, self.at)) is None:
            self.at = len(self.held)
            if not self.more():
                raise Broken("The source ends in the middle of a release.")
        self.at = match.end()
        return match[0]

    def bare(self):
        """Pass over a number or a word, up to what ends it."""
        while (byte := self.next()) and byte not in b',]}:"{[':
            self.at += 1

    def piece(self):
        """Return the raw bytes of the next value."""
        self.next()
        self.begin()
        self.value()
        return self.end()

    def pieces(self):
        """Yield the pieces of every document in the stream, one after another."""
        while mark := self.next():
            if mark == b"[":
                yield from self.array("item")
            elif mark == b"{":
                yield from self.document()
            else:
                raise Broken("The source is not JSON.")

    def array(self, kind):
        """Yield each item of a list."""
        self.expect(b"[")
        if self.next() == b"]":
            self.at += 1
            return
        while True:
            yield self.piece(), kind
            if self.expect(b",", b"]") == b"]":
                return

    def document(self):
        """Yield the releases of a package, or the whole object if it is none.

        A record has releases too, and an ocid: it stays whole. The object is put together again, key by key, in case it turns out to
        be a release of its own; a package's other fields are small.
        """
        self.expect(b"{")
        fields, streamed, size, record = [], False, 0, False
        mark = self.next() if self.next() != b"}" else self.expect(b"}")
        while mark != b"}":
            key = self.key()
            record = record or key == b"ocid"
            if key in STREAMED and not record and self.next() == b"[":
                streamed = True
                yield from self.array(STREAMED[key])
            else:
                raw = self.piece()
                size += LARGEST + 1 if raw is None else len(raw)
                if key == b"publisher":
                    yield raw, "publisher"
                if size <= LARGEST:
                    fields.append(b'"' + key + b'":' + (raw or b"null"))
            mark = self.expect(b",", b"}")
        if streamed:
            yield b"", "package"
        else:
            whole = b"{" + b",".join(fields) + b"}" if size <= LARGEST else None
            yield whole, "document"

    def key(self):
        """Return the next key's bytes, having taken the colon after it."""
        self.next()
        self.begin()
        self.expect(b'"')
        self.string()
        raw = self.end() or b'""'
        self.expect(b":")
        return raw[1:-1]
