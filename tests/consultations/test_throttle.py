"""The throttle: counted by network and by address, keeping neither."""

import pytest

from consultations.models import Throttle
from consultations.rate_limit import TooOften, count_attempt, network_of

pytestmark = pytest.mark.django_db


def test_sixth_act_in_an_hour_is_refused_and_says_when_to_come_back():
    for _ in range(5):
        count_attempt("comment", "192.0.2.0/24", 5)
    with pytest.raises(TooOften, match="again in an hour"):
        count_attempt("comment", "192.0.2.0/24", 5)
    count_attempt("comment", "198.51.100.0/24", 5)


def test_what_is_stored_holds_no_address():
    count_attempt("comment", "192.0.2.0/24", 5)
    assert "192" not in Throttle.objects.get().key[:3]
    assert len(Throttle.objects.get().key) == 40


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "127.0.0.0/24"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.0/24"),
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.0/24"),
        (1, "2001:db8:1:2:3::9", "2001:db8:1:2::/64"),
        (1, "nonsense", "unknown"),
        (1, "", "unknown"),
    ],
)
def test_network_is_what_the_outermost_proxy_saw(
    rf, settings, proxies, forwarded, expected
):
    settings.PROXIES_IN_FRONT = proxies
    request = rf.get("/", headers={"x-forwarded-for": forwarded})
    assert network_of(request) == expected
