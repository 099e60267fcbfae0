"""Hostile use of the portal as it is served, with figures: `python -m tests.security.long`.

Serves a portal of its own with gunicorn on a loopback address, in a folder that goes
afterwards, and does to it what would stop it cheaply. Bounded: some minutes, some
hundred requests, nothing beyond this machine. Prints for each attack what it cost, at
the end all requests, the answers of 5xx, the slowest and the server's peak memory;
fails where a limit is passed.
"""

import http.client
import io
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.settings import ROOT
from tests.site import HOST, NAME, NGINX, free_port, in_front, manage, public

SECTIONS, LETTERS = 400, 4_500
SLOW = {
    "headers": b"GET / HTTP/1.1\r\nHost: {host}\r\nX-Long: ",
    "body": b"POST /alerts/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9999\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\nemail=",
    "reader": b"GET /static/large.bin HTTP/1.1\r\nHost: {host}\r\n\r\n",
}
"""What a slow client sends before it falls silent; the last one reads nothing."""
WORDS = "carers need breaks that are long enough to rest and close enough to home"
FORM = "application/x-www-form-urlencoded"


class Visitor:
    """One reader's browser: keeps the cookie, counts what it asked and how it went."""

    def __init__(self, port, ledger):
        self.port, self.ledger, self.cookie, self.token = port, ledger, "", ""

    def ask(self, method, path, body=None, kind=FORM):
        """Send one request; return the status, the body and the seconds it took."""
        began = time.perf_counter()
        connection = http.client.HTTPConnection(HOST, self.port, timeout=300)
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
            status, cookies = answer.status, answer.headers.get_all("Set-Cookie") or []
        except OSError:
            status, text, cookies = 599, "", []
        finally:
            connection.close()
        self.cookie = "; ".join(c.partition(";")[0] for c in cookies) or self.cookie
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text):
            self.token = found[1]
        seconds = time.perf_counter() - began
        self.ledger.append((status, seconds, f"{method} {path[:60]}"))
        return status, text, seconds

    def post(self, path, fields, files=()):
        """Send a form with its token, as its page would."""
        fields = [("csrfmiddlewaretoken", self.token), *fields]
        if not files:
            return self.ask("POST", path, urlencode(fields))
        edge = "edge-of-a-part"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{value}\r\n".encode()
            for name, value in fields
        ]
        for name, content in files:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; '
            head += f'filename="{name}"\r\n\r\n'
            parts.append(head.encode() + content + b"\r\n")
        body = b"".join(parts) + f"--{edge}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={edge}")


def say(line):
    """Write a line at once, so that who waits sees how far it is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def served(**variables):
    """Serve the portal; give the port and the process's number."""
    port = free_port()
    environment = {**os.environ, **variables, "HOST": HOST, "PORT": str(port)}
    environment |= {"LOG_LEVEL": "ERROR"}
    command = [sys.executable, "-m", "gunicorn", "-c"]
    command.append("python:commissioning_portal.gunicorn")
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            wait_for(port)
            yield port, server.pid
        finally:
            server.terminate()


def wait_for(port):
    """Wait until the server answers, a minute at most."""
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    sys.exit("The server did not start.")


def peak_memory(pid):
    """Return the most memory that a process and its workers held, in megabytes."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    statuses = [Path(f"/proc/{each}/status").read_text() for each in [pid, *workers]]
    peaks = [re.search(r"VmHWM:\s+(\d+)", status)[1] for status in statuses]
    return max(map(int, peaks)) // 1024


def processor_seconds(pid):
    """Return the seconds of a processor that a server's workers have used so far."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    used = [
        Path(f"/proc/{each}/stat").read_text().rpartition(")")[2] for each in workers
    ]
    ticks = sum(int(ticks) for each in used for ticks in each.split()[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def bomb():
    """Return a WebP of a few bytes with forty million pixels."""
    from PIL import Image  # noqa: PLC0415

    out = io.BytesIO()
    Image.new("RGB", (6324, 6324)).save(out, "WEBP", lossless=True, quality=0, method=0)
    return out.getvalue()


def pictures(visitor, town):
    """Send three pictures of forty megapixels in a form without a name."""
    for _ in range(6):  # every worker has read its templates
        visitor.ask("GET", f"{town.respond}?on=whole")
    fields = [("text", "Look.")]
    files = [(f"{n}.webp", town.bomb) for n in range(3)]
    return visitor.post(f"{town.respond}?on=whole", fields, files)


def words(number, length):
    """Return a text of its own of some length."""
    known = WORDS.split()
    start = [known[(number * 7 + n * n) % len(known)] for n in range(length)]
    return f"{number} " + " ".join(start)[: length - 10]


def response(visitor, town, first):
    """Send a whole response; return the path of the link in the mail."""
    visitor.ask("GET", town.respond)
    fields = [("role", "carer"), ("public_name", "Ada"), ("email", "ada@example.org")]
    fields += [
        (f"section-{key}", words(first + number, LETTERS))
        for number, key in enumerate(town.sections)
    ]
    status, _, seconds = visitor.post(town.respond, fields)
    return town.newest_link(), status, seconds


def two_responses(visitor, town):
    """Send a whole response and confirm it; then another; time the second's."""
    seconds = []
    for first in (0, 10_000):
        link, *_ = response(visitor, town, first)
        visitor.ask("GET", link)
        seconds.append(visitor.post(link, [])[2])
        town.publish_one()
    say(f"    the first confirmed in {seconds[0]:.2f} s")
    return 302, "", seconds[1]


def large_body(visitor, town):
    """Begin to send 300 MB, and see after how many bytes it is refused."""
    visitor.ask("GET", town.respond)  # with the cookie that a token is judged by
    began, sent = time.perf_counter(), 0
    with socket.create_connection((HOST, visitor.port), timeout=60) as wire:
        head = f"POST {town.respond} HTTP/1.1\r\nHost: {HOST}\r\n"
        head += f"Cookie: {visitor.cookie}\r\n"
        head += "Content-Type: multipart/form-data; boundary=x\r\n"
        head += f"Content-Length: {300 * 2**20}\r\n\r\n--x\r\n"
        head += 'Content-Disposition: form-data; name="files"; filename="x"\r\n\r\n'
        wire.sendall(head.encode())
        wire.settimeout(0.05)
        answer = b""
        while sent < 300 and not answer:
            try:
                wire.sendall(bytes(2**20))
                sent += 1
                answer = wire.recv(200)
            except TimeoutError:
                continue
            except OSError:
                break
        wire.settimeout(60)
        try:
            answer = answer or wire.recv(200)
        except OSError:
            answer = b""
    status = int(answer.split()[1]) if answer.startswith(b"HTTP") else 0
    seconds = time.perf_counter() - began
    visitor.ledger.append((status, seconds, "POST of 300 MB"))
    say(f"    answered {status or 'by hanging up'} after {sent} MB")
    return status, "", seconds


def comparison(visitor, town):
    """Compare two large versions for the first time."""
    return visitor.ask("GET", town.compare)


def hostile(visitor, town):
    """Ask for what nobody means: bad bytes, numbers, types and headers."""
    odd = [
        "%00",
        "%ff%fe",
        "\u202e",
        "9" * 400,
        "-1",
        "'\"<svg>",
        "../../etc",
        "\ud7ff",
    ]
    pages = ["/", "/commissions/", "/contracts/", "/consultations/", town.respond]
    slowest = 0
    for page in pages:
        for value in odd:
            safe = quote(value, safe="%/.")
            for path in (f"{page}?page={safe}&q={safe}", f"{page}{safe}/"):
                slowest = max(slowest, visitor.ask("GET", path)[2])
    return 200, "", slowest


@contextmanager
def half_sent(front, numbers):
    """Hold requests half sent, or answers half read, each from a network of its own."""
    held = []
    try:
        for kind, number in numbers.items():
            for _ in range(number):
                at = len(held)
                wire = front.connect(f"127.{1 + at // 250}.{at % 250}.1", room=4096)
                held.append(wire)
                wire.sendall(SLOW[kind].replace(b"{host}", NAME.encode()))
        yield held
    finally:
        for wire in held:
            wire.close()


def read_meanwhile(front, times):
    """Read pages as somebody else; return each one's status and seconds."""
    answers = []
    for _ in range(times):
        for path in ("/about/", "/consultations/"):
            began = time.perf_counter()
            answer, _ = front.ask("GET", path)
            answers.append((answer.status, time.perf_counter() - began))
    return answers


def uploads_of_300_mb(front):
    """Send 300 MB, once said beforehand and once not; return status and MB sent."""
    said = f"Content-Length: {300 * 2**20}"
    return {
        "stated": upload(front, said, bytes(2**20)),
        "in pieces": upload(
            front, "Transfer-Encoding: chunked", b"100000\r\n" + bytes(2**20) + b"\r\n"
        ),
    }


def upload(front, length, block):
    """Send blocks of a megabyte until it is answered; return the status and how many."""
    sent, answer = 0, b""
    with front.connect("127.0.0.5") as wire:
        wire.sendall(
            f"POST /alerts/ HTTP/1.1\r\nHost: {NAME}\r\n{length}\r\n\r\n".encode()
        )
        while sent < 300 and not answer:
            try:
                wire.settimeout(20)
                wire.sendall(block)
                sent += 1
                wire.settimeout(0.01)
                answer = wire.recv(200)
            except TimeoutError:
                continue
            except OSError:
                break
        wire.settimeout(20)
        with suppress(OSError):
            answer = answer or wire.recv(200)
    return int(answer.split()[1]) if answer.startswith(b"HTTP") else 0, sent


class Town:
    """What there is to attack: a consultation on many sections, two large versions."""

    def __init__(self):
        import django  # noqa: PLC0415

        django.setup()
        from consultations import models  # noqa: PLC0415
        from tests import make  # noqa: PLC0415

        self.models, self.bomb = models, bomb()
        consultation = make.consultation(draft=make.draft(SECTIONS))
        place = f"/consultations/{consultation.reference}/"
        self.respond = f"{place}respond/"
        texts = consultation.draft.texts.select_related("section")
        self.sections = [text.section.key for text in texts]
        self.compare = self.two_versions(make)

    def two_versions(self, make):
        """Publish two versions of 100 sections, each of 900 words, all reworded."""
        specification = make.specification()
        first = specification.begin_draft()
        for number in range(100):
            body = f"<p>{words(number, 5_000)}</p>"
            make.section_text(draft=first, body=body)
        first.publish(by="demo")
        second = specification.begin_draft()
        second.matched_at = first.published_at
        for number, text in enumerate(first.texts.all()):
            body = f"<p>{words(number * 3 + 1, 5_000)}</p>"
            fields = {"section": text.section, "body": body, "heading": text.heading}
            fields |= {"change": "reworded", "why": "Plainer."}
            make.section_text(draft=second, **fields).came_from.set([text])
        second.publish(by="demo")
        place = make.consultation(draft=second).reference
        return f"/consultations/{place}/compare/1/2/"

    def newest_link(self):
        """Return the path in the newest mail."""
        body = self.models.Message.objects.latest("pk").body
        return re.search(r"https?://[^/]+(/my/\S+)", body)[1]

    def publish_one(self):
        """Publish a comment that waits, as a moderator would: the address is known."""
        if waiting := self.models.Comment.objects.filter(state="awaiting").first():
            waiting.publish(by="staff")


ATTACKS = {
    "three pictures of 40 megapixels, no name": (pictures, 0.5),
    "second response of 400 sections confirmed": (two_responses, 2),
    "upload of 300 MB": (large_body, 2),
    "two large versions compared": (comparison, 5),
    "hostile addresses": (hostile, 2),
}
"""Each attack, and the seconds its answer may take at most."""


def attack(port, pid):
    """Do each attack in turn; return every request, and what passed its limit."""
    ledger, failed, town = [], [], Town()
    for name, (act, limit) in ATTACKS.items():
        before = processor_seconds(pid)
        status, _, seconds = act(Visitor(port, ledger), town)
        used = processor_seconds(pid) - before
        say(
            f"{name}: {status}, {seconds:.2f} s, {peak_memory(pid)} MB; "
            f"{used:.2f} s of a processor in all"
        )
        if min(seconds, used) > limit:  # other work on the machine is not its fault
            failed.append(f"{name} took {seconds:.2f} s; at most {limit} s is allowed")
    return ledger, failed


def slow_clients(front, ledger):
    """Hold ever more half-sent requests, and read meanwhile."""
    read_meanwhile(front, 4)  # every worker has read its templates
    for number in (2, 50, 500):
        for kind in SLOW:
            few = {kind: min(number, 50) if kind == "reader" else number}
            with half_sent(front, few) as held:
                answers = read_meanwhile(front, 10)
            ledger += [
                (*answer, f"GET beside {len(held)} {kind}") for answer in answers
            ]
            slowest = max(seconds for _, seconds in answers)
            say(f"nginx, {len(held)} half sent ({kind}): {slowest:.2f} s for a reader")
            yield slowest


def attack_front(front, ledger):
    """Be slow, and too large, at the deployed server; return what passed its limit."""
    slowest = max(slow_clients(front, ledger))
    for how, (status, sent) in uploads_of_300_mb(front).items():
        say(f"nginx, 300 MB, {how}: {status} after {sent} MB")
        ledger.append((status or 413, 0, "POST of 300 MB"))
    return [f"a reader waited {slowest:.2f} s"] if slowest > 3 else []


def behind_nginx(folder):
    """Attack the portal as it is deployed; return every request and what failed."""
    ledger = []
    (folder / "static/large.bin").write_bytes(bytes(6 * 2**20))
    with (
        served(**public()) as (port, _),
        in_front(folder / "nginx", port) as front,
    ):
        return ledger, attack_front(front, ledger)


def main():
    """Prepare a portal, attack it, print the figures."""
    folder = Path(os.environ["PORTAL_DATA"])  # of tests.settings; it goes at the end
    limits = {"WEB_CONCURRENCY": "2", "WEB_TIMEOUT": "300"}
    os.environ.update(limits, DJANGO_SETTINGS_MODULE="commissioning_portal.settings")
    manage(os.environ, "migrate", "--verbosity=0")
    manage(os.environ, "collectstatic", "--noinput", "--verbosity=0")
    with served() as (port, pid):
        ledger, failed = attack(port, pid)
        memory = peak_memory(pid)
    if NGINX:
        for whole, part in zip((ledger, failed), behind_nginx(folder), strict=True):
            whole += part
    faults = [f"{status} {what}" for status, _, what in ledger if status >= 500]
    status, seconds, what = max(ledger, key=lambda row: row[1])
    say(f"{len(ledger)} requests; 5xx: {len(faults)}; peak memory {memory} MB")
    say(f"slowest: {what}, {status}, {seconds:.2f} s")
    sys.exit("\n".join(failed + faults) or 0)


if __name__ == "__main__":
    main()
