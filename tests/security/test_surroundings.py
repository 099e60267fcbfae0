"""What stands around the portal: disks, hosts, HSTS, and addresses it is given."""

import re
import resource
import shutil
import signal
from collections import Counter, namedtuple

import pytest

from commissions.ocds.importing.sources import is_public_address
from commissions.text.formats import web_address
from tests.settings import ROOT
from tests.test_settings import PUBLIC, process, values

Usage = namedtuple("Usage", "total used free")


@pytest.mark.django_db
def test_readyz_refuses_visitors_when_the_disk_is_full(client, monkeypatch):
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10, 10, 0))
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (
        503,
        b"The disk is full, or PORTAL_DATA cannot be written.\n",
    )


@pytest.mark.django_db
def test_readyz_refuses_visitors_when_nothing_can_be_written(client):
    """Though the disk counts free bytes: over quota, out of inodes, or read-only."""
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, most[1]))
        assert client.get("/readyz").status_code == 503
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
        signal.signal(signal.SIGXFSZ, ignored)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_refuses_visitors_when_the_folder_is_gone(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::10.0.0.1",
        "64:ff9b::10.0.0.1",
        "fec0::1",
        "feff::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:0:10.0.0.1",
        "::1",
        "::",
        "192.88.99.1",
        "::ffff:192.88.99.1",
        "2002:c058:6301::1",
        "10.0.0.1",
        "169.254.169.254",
        "fe80::1%eth0",
        "100.64.0.1",
        "ff02::1",
    ],
)
def test_an_import_never_goes_to_an_address_that_leads_inward(address):
    assert not is_public_address(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8"])
def test_an_import_goes_to_public_addresses(address):
    assert is_public_address(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://gov.uk@evil.example/",
        "https://user:pw@council.example/",
        "https://@evil.example/",
        "https://council.example/\u202egpj.exe",
        "https://council.example/a\u200bb",
        "https://council.example/a\x00b",
        "https://council.example/a b",
        "https://council.example\\@evil.example/",
        "https://[::1",
        "https://",
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example/",
        "",
    ],
)
def test_an_address_that_hides_where_it_leads_is_not_linked(url):
    assert web_address(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://council.example/papers?id=1#two",
        "http://council.example:8080/ŵyn",
        "https://council.example/@committee",
    ],
)
def test_a_plain_address_is_linked(url):
    assert web_address(url) == url


def test_hsts_can_leave_out_subdomains_and_preloading(tmp_path):
    names = ("SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert values(tmp_path, *names, **PUBLIC) == [True, True]
    less = {"HSTS_SUBDOMAINS": "0", "HSTS_PRELOAD": "0"}
    assert values(tmp_path, *names, **PUBLIC, **less) == [False, False]


def test_a_wrong_host_is_logged_in_a_short_line(tmp_path):
    ask = (
        "from django.test import Client\n"
        "Client().get('/', headers={'host': 'x' * 3000 + '.example'})\n"
    )
    done = process(tmp_path, ask)
    assert done.returncode == 0, done.stderr
    assert 0 < len(done.stderr) < 600
    assert "Traceback" not in done.stderr


def test_the_table_of_the_standard_counts_its_own_rows():
    table = (ROOT / "commissioning_portal/adr/asvs-level-2.md").read_text()
    counted, seen = Counter(), []
    for numbers, state in re.findall(r"^\| ([\d.,– ]+) \| (\W*\w[\w ]*)", table, re.M):
        for part in numbers.split(","):
            first, _, last = part.strip().partition("–")
            chapter, _, start = first.rpartition(".")
            end = (last or first).rpartition(".")[2]
            named = [f"{chapter}.{n}" for n in range(int(start), int(end) + 1)]
            counted[state.strip("* ")] += len(named)
            seen += named
    assert len(seen) == len(set(seen))
    met, none, still = (counted[s] for s in ("met", "not applicable", "open"))
    said = f"Of {len(seen)} requirements {met} are met, {none} not applicable, {still} open"
    assert said in table
