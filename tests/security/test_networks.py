"""Everybody has a bucket of their own, however a proxy writes their address."""

import ipaddress

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from consultations.rate_limit import network_of

WRITTEN = {
    "203.0.113.9": "203.0.113.0/24",
    "203.0.113.9:4711": "203.0.113.0/24",
    '"203.0.113.9:4711"': "203.0.113.0/24",
    " 203.0.113.9 ": "203.0.113.0/24",
    "::ffff:203.0.113.9": "203.0.113.0/24",
    "::FFFF:cb00:7109": "203.0.113.0/24",
    "[::ffff:203.0.113.9]:443": "203.0.113.0/24",
    "2001:db8:1:2:3::9": "2001:db8:1:2::/64",
    "[2001:db8:1:2:3::9]": "2001:db8:1:2::/64",
    "[2001:db8:1:2:3::9]:443": "2001:db8:1:2::/64",
    '"[2001:db8:1:2:3::9]:443"': "2001:db8:1:2::/64",
    "fe80::1%eth0": "fe80::/64",
    "[fe80::1%25eth0]:8080": "fe80::/64",
}


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("by_proxy", [True, False])
def test_an_address_is_read_however_it_is_written(rf, settings, written, by_proxy):
    settings.PROXIES_IN_FRONT = int(by_proxy)
    request = (
        rf.get("/", headers={"x-forwarded-for": f"192.0.2.1, {written}"})
        if by_proxy
        else rf.get("/", REMOTE_ADDR=written)
    )
    assert network_of(request) == WRITTEN[written]


@given(st.text(max_size=60))
def test_nothing_a_visitor_sends_as_an_address_stops_the_page(text):
    class Request:
        META = {"REMOTE_ADDR": text}

    found = network_of(Request())
    assert found == "unknown" or ipaddress.ip_network(found)


@given(st.ip_addresses(), st.integers(1, 65_535))
def test_an_address_with_a_port_is_in_the_bucket_of_the_address(address, port):
    written = f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"

    class Bare:
        META = {"REMOTE_ADDR": str(address)}

    class WithPort:
        META = {"REMOTE_ADDR": written}

    assert network_of(Bare()) == network_of(WithPort()) != "unknown"


WAYS = ["{}", " {} ", '"{}"', "{}:443", "[{}]", "[{}]:443", '"[{}]:443"']


@given(
    st.integers(1, 3),
    st.lists(st.ip_addresses() | st.text(max_size=20), max_size=5),
    st.ip_addresses(),
    st.sampled_from(WAYS),
    st.lists(st.ip_addresses(), min_size=2, max_size=2),
)
def test_what_a_visitor_sends_before_the_proxies_changes_nothing(
    proxies, sent, seen, way, between
):
    """Behind 1 to 3 proxies the outermost one's word counts, in any shape."""
    is_bracketed = "[" in way
    way = "{}" if is_bracketed != (seen.version == 6) and way != WAYS[1] else way
    hops = [*map(str, sent), way.format(seen), *map(str, between[: proxies - 1])]

    class Bare:
        META = {"REMOTE_ADDR": str(seen)}

    class Forwarded:
        META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": ", ".join(hops)}

    with override_settings(PROXIES_IN_FRONT=0):
        alone = network_of(Bare())
    with override_settings(PROXIES_IN_FRONT=proxies):
        assert network_of(Forwarded()) == alone != "unknown"
