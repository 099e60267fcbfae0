"""No page and no form answers 500, whoever asks and whatever they send.

A part of `long_inputs`, each time the same, bounded in seconds.
"""

import pytest
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from consultations.models import Question
from tests import make
from tests.security import long_inputs
from tests.staged import one_of_each

pytestmark = pytest.mark.django_db
SECONDS = 9


@pytest.fixture(scope="module")
def town(demonstration_copy, copy_folder):
    """Prepare a demonstration with one of each thing; return an account of staff."""
    with override_settings(
        PORTAL_DEMO=True,
        MEDIA_ROOT=copy_folder / "media",
        STATIC_ROOT=copy_folder / "static",
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        one_of_each()
        yield make.staff()


def visitor(account=None):
    """Return a browser that shows what broke as a page."""
    client = Client(raise_request_exception=False)
    if account:
        client.force_login(account)
    return client


@pytest.mark.parametrize("who", ["a stranger", "staff"])
def test_what_is_sent_to_pages_and_forms_answers_no_500(town, who):
    client = visitor(town if who == "staff" else None)
    done = long_inputs.attack(client, number=1, seconds=SECONDS)
    assert done.asked > 20  # on a busy machine
    assert done.report() == ""


@pytest.fixture(scope="module")
def forms(town):
    """Return the forms of some pages of the desk and of the public site."""
    asking = long_inputs.Asking(visitor(town))
    pages = {}
    for url in (
        "/admin/commissions/commission/add/",
        "/admin/commissions/organisation/add/",
        "/admin/commissions/decision/add/",
        "/admin/commissions/post/add/",
        "/commissions/",
        f"/admin/consultations/question/{Question.objects.latest('pk').reference}/open/",
        *long_inputs.private_links(),
    ):
        if (tree := long_inputs.page_at(asking, url)) is not None:
            pages[url] = tree
    found = long_inputs.forms_of(pages)
    assert len(found) > 8
    return asking, found


@given(st.data())
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_words_in_any_field_answer_500(forms, data):
    asking, found = forms
    form = data.draw(st.sampled_from(found))
    names = st.sampled_from(sorted(form.fields) or ["x"])
    changed = data.draw(st.dictionaries(names, st.text(max_size=60), max_size=4))
    response = asking.ask(form.method, form.url, {**form.fields, **changed})
    assert response is None or response.status_code < 500, asking.report()


def test_a_page_that_breaks_is_seen(town, monkeypatch):
    """Else all of this would pass whatever happened."""
    monkeypatch.setattr(
        "commissioning_portal.views.HomePage", lambda: 1 / 0, raising=True
    )
    asking = long_inputs.Asking(visitor())
    asking.ask("get", "/")
    assert "ZeroDivisionError" in asking.report()
