"""Where notices come from: a file, a glob, an http(s) address, or standard input.

An address is never a private one unless that is allowed. The name is resolved once,
every address it has is checked, and the connection goes to one that was checked: a name
that changes its answer between the check and the connection gains nothing. Redirects are
followed by the same rules, and all of it, from the first connection to the last byte,
ends by one deadline: a server that sends a letter now and then cannot hold it.
"""

import glob
import http.client
import ipaddress
import os
import socket
import ssl
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from urllib.parse import urljoin, urlsplit

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


REDIRECTS = {301, 302, 303, 307, 308}
BLOCK = 64 * 1024
NAT64 = ipaddress.ip_network("64:ff9b::/96")
CLOSED = [
    ipaddress.ip_network(one)
    for one in (
        "64:ff9b:1::/48",  # addresses within one network, translated (RFC 8215)
        "fec0::/10",  # site-local, of old (RFC 3879)
        "::/96",  # an IPv4 address inside, of old (RFC 4291)
        "::ffff:0:0:0/96",  # an IPv4 address inside, translated (RFC 2765)
        "192.88.99.0/24",  # relays to IPv6, of old (RFC 7526)
    )
]
"""Networks that lead inward though the registry of special addresses is silent."""
AGENT = "commissioning-portal"


class NotFetched(Exception):
    """An address was refused or did not answer as it should, in a sentence."""


class Answered(NotFetched):
    """The server answered with an error; `status` and `retry_after` say which."""

    def __init__(self, url, status, retry_after):
        super().__init__(f"{url} answered {status} instead of sending the data.")
        self.status, self.retry_after = status, retry_after


@dataclass(frozen=True)
class FetchLimits:
    """How much and how long an answer may be, and whom it may come from."""

    most_bytes: int = 2 * 1024**3
    seconds: float = 30  # for each wait
    in_all: float = 3600
    redirects: int = 5
    private: bool = False


def fetch_url(url, limits=None, accept="application/json, */*"):
    """Return the body of an address as a file read from its start.

    Raises NotFetched, with a sentence; Answered where the server refused.
    """
    limits = limits or FetchLimits()
    deadline = time.monotonic() + limits.in_all
    for _ in range(limits.redirects + 1):
        connection, response = ask_server(url, limits, accept, deadline)
        try:
            if response.status not in REDIRECTS:
                return response_body(url, response, limits, deadline)
            onward = urljoin(url, response.getheader("Location") or "")
        finally:
            response.close()
            connection.close()
        if url.startswith("https:") and not onward.startswith("https:"):
            raise NotFetched(f"{url} redirects to an address without encryption.")
        url = onward
    raise NotFetched(f"{url} redirects more than {limits.redirects} times.")


def ask_server(url, limits, accept, deadline):
    """Send the request; return the connection and the response."""
    within_time(url, 0, limits, deadline)
    parts, port = checked_url(url)
    address = checked_address(parts.hostname, port, limits.private)
    connection = connect_to(parts, port, address, Patience(limits.seconds, deadline))
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"User-Agent": AGENT, "Accept": accept, "Accept-Encoding": "identity"}
    try:
        connection.request("GET", path, headers=headers)
        return connection, connection.getresponse()
    except (OSError, http.client.HTTPException, ValueError) as error:
        connection.close()
        raise NotFetched(f"{url} did not answer ({type(error).__name__}).") from error


def checked_url(url):
    """Return an address's parts and port; refuse what is not plain http(s)."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotFetched(f"{url} is not an address.") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotFetched(f"{url} is not an http or https address.")
    if parts.username or parts.password:
        raise NotFetched("The address holds a name or password. Leave it out.")
    return parts, port or (443 if parts.scheme == "https" else 80)


def checked_address(host, port, private):
    """Resolve a host; return one address, refusing if any is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"The name {host} could not be found.") from error
    for *_, address in found:
        if not private and not is_public_address(address[0]):
            raise NotFetched(
                f"{host} is a private or local address ({address[0]}). Add "
                "--allow-private if you mean to read from your own network."
            )
    return found[0][0], found[0][4]


def is_public_address(address):
    """Tell whether an IP address, or the IPv4 address inside it, is public."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6:
        inside = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in NAT64:
            inside = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inside:
            ip = inside
    closed = any(ip in network for network in CLOSED if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not closed


@dataclass(frozen=True)
class Patience:
    """How long one wait may be, and when all waiting ends."""

    seconds: float
    deadline: float

    @property
    def left(self):
        """Return the seconds that the next wait may take."""
        # None at all would mean not to wait, which is another kind of socket.
        return max(0.001, min(self.seconds, self.deadline - time.monotonic()))


class Impatient:
    """A socket whose every read ends by the deadline: of headers, of a body."""

    patience = None

    def recv_into(self, *arguments, **named):
        if self.patience:
            self.settimeout(self.patience.left)
        return super().recv_into(*arguments, **named)


class PlainSocket(Impatient, socket.socket):
    """For http."""


class SecureSocket(Impatient, ssl.SSLSocket):
    """For https."""


def connect_to(parts, port, address, patience):
    """Return a connection for a host that goes to the address that was checked."""
    family, place = address
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = kind(parts.hostname, port, timeout=patience.left)
    raw = PlainSocket(family, socket.SOCK_STREAM)
    raw.settimeout(patience.left)
    try:
        raw.connect(place)
        if secure:
            context = ssl.create_default_context()
            context.sslsocket_class = SecureSocket
            raw.settimeout(patience.left)
            raw = context.wrap_socket(raw, server_hostname=parts.hostname)
    except OSError as error:
        raw.close()
        raise NotFetched(
            f"{parts.hostname} did not answer ({type(error).__name__})."
        ) from error
    raw.patience = patience
    connection.sock = raw
    return connection


def response_body(url, response, limits, deadline):
    """Return a response's body as a file, within the limits."""
    if response.status != 200:
        raise Answered(url, response.status, response.getheader("Retry-After"))
    file = SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - the caller's
    try:
        fill_buffer(file, url, response, limits, deadline)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def fill_buffer(file, url, response, limits, deadline):
    """Read a response's body into a file, within the limits."""
    try:
        for block in iter(lambda: response.read(BLOCK), b""):
            file.write(block)
            within_time(url, file.tell(), limits, deadline)
    except (OSError, http.client.HTTPException) as error:
        raise NotFetched(f"{url} broke off ({type(error).__name__}).") from error
    if response.length:
        raise NotFetched(f"{url} broke off with {response.length:,} bytes missing.")


def within_time(url, size, limits, deadline):
    """Raise NotFetched where an answer is too large or takes too long."""
    if size > limits.most_bytes:
        raise NotFetched(f"{url} sends more than {limits.most_bytes:,} bytes.")
    if time.monotonic() > deadline:
        raise NotFetched(f"{url} takes longer than {limits.in_all:,.0f} seconds.")
