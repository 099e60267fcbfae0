"""Where notices come from: a file, a glob, an http(s) address, or standard input."""

import glob
import os
import sys
from contextlib import contextmanager
from urllib.parse import urlsplit

from commissions.ocds.importing.http import NotFetched, fetch_url
from commissions.ocds.importing.releases import Unreadable

STDIN = "-"


def expand_sources(sources):
    """Return sources with globs replaced by their files, in order.

    A glob that matches nothing stays, so that it is reported as missing.
    """
    found = []
    for source in sources:
        wild = not is_url(source) and glob.has_magic(source)
        matches = sorted(glob.glob(source, recursive=True)) if wild else []
        found += [source] if os.path.exists(source) or not matches else matches
    return found


def is_url(source):
    return "://" in source or source.startswith("//")


def shown_source(source):
    """Name a source in a few words: the file's name, or the address's host."""
    if source == STDIN:
        return "standard input"
    if is_url(source):
        parts = urlsplit(source)
        return f"{parts.hostname}{parts.path}"
    return os.path.basename(source) or source


@contextmanager
def open_source(source, limits=None):
    """Open a source as a stream of bytes; raise Unreadable with a sentence."""
    if source == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = fetch_url(source, limits) if is_url(source) else open_file(source)
    except NotFetched as error:
        raise Unreadable(str(error)) from error
    with stream:
        yield stream


def open_file(path):
    """Open a file; raise Unreadable where there is none or it may not be read."""
    try:
        return open(path, "rb", buffering=0)
    except IsADirectoryError:
        raise Unreadable(f"{path} is a folder. Name its files: {path}/*.json") from None
    except FileNotFoundError:
        raise Unreadable(f"There is no file {path}.") from None
    except OSError as error:
        raise Unreadable(f"{path} could not be opened: {error.strerror}.") from error
