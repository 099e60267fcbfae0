"""Sign-in: guessing grows slow, the account is told, a password is reset by email."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from commissioning_portal.settings import is_weak
from commissioning_portal.sign_in.models import FREE, SignInCount, Waiting, wait
from consultations.models import Message
from tests import make
from tests.site import environment, manage
from tests.test_settings import PUBLIC, refusal, values

pytestmark = pytest.mark.django_db

RIGHT = "a long enough password"
LOGIN = "/admin/login/"


def attempt(client, username, password="wrong", **headers):
    """Try to sign in; return whether it worked, and what the page says."""
    response = client.post(
        LOGIN, {"username": username, "password": password}, headers=headers
    )
    return response.status_code == 302, response.content.decode()


@pytest.fixture(autouse=True)
def _content_types_are_read_afresh():
    """Forget those that a test before made, whose rows went with it."""
    ContentType.objects.clear_cache()


@pytest.fixture
def account():
    return make.staff(username="jo", email="jo@example.org")


def test_sixty_wrong_passwords_then_the_right_one_do_not_sign_in(client, account):
    assert not any(attempt(client, "jo")[0] for _ in range(60))
    worked, page = attempt(client, "jo", RIGHT)
    assert not worked
    assert "too many wrong passwords. Try again in a minute" in page


def test_the_right_password_signs_in_after_the_wait(client, account):
    for _ in range(FREE["account"]):
        attempt(client, "jo")
    with time_machine.travel(timezone.now() + timedelta(minutes=1, seconds=1)):
        assert attempt(client, "jo", RIGHT)[0]
    assert (
        not SignInCount.objects.filter(failures__gt=4)
        .exclude(waits_until=None)
        .exists()
    )


def test_each_wait_is_twice_the_one_before_up_to_an_hour():
    minutes = [
        pause.total_seconds() / 60 if pause else 0
        for pause in (wait("account", n) for n in range(1, 14))
    ]
    assert minutes == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_day_of_guessing_tries_few_passwords(account):
    """At most one an hour, once it has grown slow."""
    now, tried = timezone.now(), 0
    for minute in range(24 * 60):
        try:
            SignInCount.objects.begin("jo", "net", now + timedelta(minutes=minute))
            tried += 1
        except Waiting:
            pass
    assert tried == 33


def test_an_account_waits_wherever_the_guesses_come_from(client, account, settings):
    settings.PROXIES_IN_FRONT = 1
    for n in range(FREE["account"]):
        attempt(client, "JO ", **{"x-forwarded-for": f"198.51.{n}.7"})
    worked, _ = attempt(client, "jo", RIGHT, **{"x-forwarded-for": "203.0.113.9"})
    assert not worked


def test_a_network_that_guesses_at_many_accounts_waits_and_others_do_not(
    client, account, settings
):
    settings.PROXIES_IN_FRONT = 1
    for n in range(FREE["network"]):
        attempt(client, f"nobody-{n}", **{"x-forwarded-for": f"198.51.100.{n}"})
    assert not attempt(client, "jo", RIGHT, **{"x-forwarded-for": "198.51.100.99"})[0]
    assert attempt(client, "jo", RIGHT, **{"x-forwarded-for": "203.0.113.9"})[0]


def test_signing_in_does_not_wipe_out_what_a_network_guessed(client, account):
    """Who has an account of their own gains no more guesses at others."""
    for n in range(FREE["network"] - 1):
        attempt(client, f"nobody-{n}")
    assert attempt(client, "jo", RIGHT)[0]
    Client().post(LOGIN, {"username": "nobody", "password": "wrong"})
    assert not attempt(Client(), "jo", RIGHT)[0]


def test_what_is_counted_names_nobody(client, account):
    attempt(client, "hunter2 typed in the wrong box")
    rows = SignInCount.objects.values_list("key", flat=True)
    assert len(rows) == 2
    assert all(re.fullmatch("[0-9a-f]{40}", key) for key in rows)


def test_the_account_is_told_once_and_nothing_typed_is_repeated(client, account):
    for _ in range(12):
        attempt(client, "jo", "s3cret-of-mine")
    told = Message.objects.get()
    assert (told.to, told.subject) == (
        "jo@example.org",
        "Someone tried wrong passwords for your account",
    )
    assert "5 times" in told.body
    assert "s3cret" not in told.body


def test_an_unknown_account_is_answered_as_a_known_one(client, account):
    pages = []
    for name in ("jo", "nobody-of-this-name"):
        SignInCount.objects.all().delete()
        pages.append([attempt(client, name)[1] for _ in range(7)])
    known, unknown = (
        [
            page.partition('id="content-main"')[0].rpartition("errornote")[2]
            for page in each
        ]
        for each in pages
    )
    assert known == unknown
    assert Message.objects.count() == 1


def test_a_day_without_an_attempt_forgets_all(client, account):
    for _ in range(8):
        attempt(client, "jo")
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert attempt(client, "jo", RIGHT)[0]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_many_processes_at_once_try_no_more_passwords_than_one():
    """Each attempt is counted before its password is looked at."""
    start, tried = threading.Barrier(8), []

    def guess():
        start.wait(10)
        try:
            for _ in range(3):
                SignInCount.objects.begin("jo", "net")
                tried.append(1)
        except Waiting:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(guess) for _ in range(8)]:
            done.result(20)
    assert len(tried) == FREE["account"]


# A password by email


def link_in(message):
    """Return the path of the link in a message."""
    (link,) = [line for line in message.body.splitlines() if line.startswith("http")]
    return "/" + link.split("/", 3)[3]


def ask_for(client, email):
    return client.post("/admin/password/", {"email": email}, follow=True)


def test_a_password_is_reset_by_email_and_the_link_works_once(client, account):
    for _ in range(8):
        attempt(client, "jo")
    Message.objects.all().delete()
    assert "admin/password/" in client.get(LOGIN).content.decode()
    assert ask_for(client, "jo@example.org").status_code == 200
    path = link_in(Message.objects.get())
    page = client.get(path, follow=True)
    chosen = {
        "new_password1": "correct horse battery",
        "new_password2": "correct horse battery",
    }
    done = client.post(page.redirect_chain[-1][0], chosen, follow=True)
    assert done.status_code == 200
    assert authenticate(username="jo", password="correct horse battery") == account
    assert attempt(client, "jo", "correct horse battery")[0]
    assert Message.objects.latest("pk").subject == (
        "The password of your account was changed"
    )
    again = Client().get(path, follow=True).content.decode()
    assert "new_password1" not in again


def test_an_address_without_an_account_is_answered_alike_and_gets_no_mail(
    client, account
):
    known = ask_for(client, "jo@example.org")
    unknown = ask_for(client, "nobody@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content == unknown.content
    assert Message.objects.count() == 1


def test_an_account_gets_one_link_an_hour_and_a_network_asks_for_twenty(
    client, account
):
    with time_machine.travel(timezone.now().replace(minute=10), tick=False):
        for _ in range(20):
            ask_for(client, "jo@example.org")
        assert Message.objects.count() == 1
        refused = ask_for(client, "jo@example.org")
    assert "Try again in an hour" in refused.content.decode()


def test_a_link_lapses_after_an_hour(client, account):
    ask_for(client, "jo@example.org")
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        page = client.get(link_in(Message.objects.get()), follow=True)
    assert "new_password1" not in page.content.decode()


def test_the_page_of_a_link_is_not_kept_and_not_indexed(client, account):
    ask_for(client, "jo@example.org")
    page = client.get(link_in(Message.objects.get()), follow=True)
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/admin/password_change/", "/admin/auth/user/{}/password/"]
)
def test_an_account_is_told_of_a_new_password(client, account, path):
    client.force_login(account)
    new = {
        "old_password": RIGHT,
        "new_password1": "correct horse battery",
        "new_password2": "correct horse battery",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
        "usable_password": "true",
    }
    response = client.post(path.format(account.pk), new)
    assert response.status_code == 302
    assert Message.objects.get().to == "jo@example.org"


@pytest.mark.parametrize(
    "password", ["short-1-pass"[:11], "123456789012345", "password1234"]
)
def test_a_password_has_twelve_characters_and_is_not_a_common_one(password):
    with pytest.raises(ValidationError):
        validate_password(password)
    validate_password("twelve-chars")


def test_the_former_address_of_an_account_is_told_of_another(client, account):
    client.force_login(account)
    path = f"/admin/auth/user/{account.pk}/change/"
    form = client.get(path).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields if name != "password"}
    fields |= {"email": "new@example.org", "date_joined_0": "2026-01-01"}
    fields |= {"date_joined_1": "10:00:00", "last_login_0": "", "last_login_1": ""}
    fields |= {f"staff_roles-{each}_FORMS": "0" for each in ("TOTAL", "INITIAL")}
    assert client.post(path, {k: v for k, v in fields.items() if v}).status_code == 302
    account.refresh_from_db()
    assert account.email == "new@example.org"
    message = Message.objects.get()
    assert message.to == "jo@example.org"
    assert "new@example.org" not in message.body


def test_a_new_password_ends_the_sessions_elsewhere(client, account):
    elsewhere = Client()
    for each in (client, elsewhere):
        assert attempt(each, "jo", RIGHT)[0]
        assert each.get("/admin/").status_code == 200
    new = {"old_password": RIGHT, "new_password1": "correct horse battery"}
    new |= {"new_password2": "correct horse battery"}
    assert client.post("/admin/password_change/", new).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_the_cookie_of_a_session_is_for_https_and_for_no_script(
    tmp_path, client, account
):
    names = (
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE",
    )
    assert values(tmp_path, *names, **PUBLIC) == [True, True, "Lax"]
    attempt(client, "jo", RIGHT)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == 8 * 3600


GUESS = """
from commissioning_portal.sign_in.models import SignInCount, Waiting
try:
    for n in range(3):
        SignInCount.objects.begin("jo", "net")
        print("tried")
except Waiting:
    print("waits")
"""


@pytest.mark.sqlite
def test_processes_that_serve_together_count_together(tmp_path, new_portal):
    variables = environment(tmp_path)
    new_portal(tmp_path)
    said = [
        manage(variables, "shell", "--verbosity", "0", "-c", GUESS).split()
        for _ in range(2)
    ]
    assert said == [["tried"] * 3, ["tried", "tried", "waits"]]


# The secret key

WEAK = {
    "sixty equal letters": "a" * 60,
    "short": "q7XcZ_0rWm3hVbT9-kLsEo2uYfJdGnPa8",
    "ten letters again and again": "q7XcZ_0rWm" * 6,
    "the alphabet": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "one word": "changeme" * 8,
    "Django's own": "django-insecure-" + PUBLIC["SECRET_KEY"],
    "a word of examples": "Replace-me-7" + PUBLIC["SECRET_KEY"],
    "a sentence": "the-quick-brown-fox-jumps-over-the-lazy-dog-by-the-river-bank",
    "digits again and again": "0123456789" * 6,
    "two letters": "xy" * 30,
}


@pytest.mark.parametrize("kind", WEAK)
def test_a_key_that_may_be_guessed_is_weak(kind):
    assert is_weak(WEAK[kind])


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
def test_a_public_installation_refuses_a_weak_key(tmp_path, name):
    said = refusal(tmp_path, **{**PUBLIC, name: WEAK["sixty equal letters"]})
    assert "may be guessed" in said
    assert "aaaa" not in said


def test_a_key_made_as_the_refusal_says_is_taken(tmp_path):
    assert values(tmp_path, "PUBLIC", **PUBLIC) == [True]
