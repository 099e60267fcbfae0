"""The demonstration: whole, alive, safe to run again, and never in public."""

import contextlib
import os
import shutil
import socket
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from commissioning_portal.demo import loading, organisations, reading
from commissioning_portal.demo.story import Story
from commissioning_portal.management.commands.demo import (
    port_is_taken,
    static_files_are_stale,
)
from commissions.models import Commission, Entry, Organisation
from tests import make
from tests.crawl import unmeasured
from tests.demonstration import demo

DAYS = [date(2027, 1, 1), date(2028, 2, 29), date(2026, 6, 7)]


@pytest.mark.django_db
@pytest.mark.parametrize("today", DAYS)
def test_story_is_alive_on_whatever_day_it_is_loaded(today, time_machine, demo_folder):
    """Beside a council that was there before, as somebody asked for."""
    time_machine.move_to(f"{today}T08:00:00+00:00", tick=False)
    make.organisation(name="A real council")
    first = today == DAYS[0]  # the others run the same lines
    with contextlib.nullcontext() if first else unmeasured():
        demo(anyway=True)
    assert Commission.objects.count() == len(reading.rows("commissions"))
    closing = Commission.objects.open().values_list("window_closes_at", flat=True)
    assert len(closing) == 14
    assert min(closing) > timezone.now()
    assert Entry.objects.latest("at").at <= timezone.now()


def test_days_of_the_story_are_working_days_on_the_side_asked_for():
    story = Story(date(2026, 12, 24))
    assert story.day(1) == date(2026, 12, 28)
    assert story.day(-4) == date(2026, 12, 18)
    for offset in range(-400, 400):
        day, asked = story.day(offset), story.today + timedelta(days=offset)
        assert day.weekday() < 5
        assert (day <= asked) if offset < 0 else (day >= asked)


@pytest.mark.django_db
def test_public_installation_is_refused_and_prints_no_password(demo_folder, settings):
    settings.PUBLIC = True
    with pytest.raises(CommandError, match="ALLOWED_HOSTS names a public host"):
        demo()
    assert not (demo_folder / "demonstration").exists()
    assert Organisation.objects.count() == 0


@pytest.mark.django_db
def test_database_in_use_is_refused_unless_asked(demo_folder):
    make.organisation(name="A real council")
    with pytest.raises(CommandError, match="not the demonstration's"):
        demo()
    assert Commission.objects.count() == 0


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Give a test the files of the demonstration to spoil; return their folder."""
    copied = shutil.copytree(reading.DATA, tmp_path / "data")
    monkeypatch.setattr(reading, "DATA", copied)
    return copied


SPOILT = [  # file, what stands there, what is put in its place, the sentence
    (
        "commissions/norf-1001.toml",
        'title = "Home care',
        'titel = "Home care',
        "commissions/norf-1001.toml: “titel” is not known; known are areas, ",
    ),
    (
        "commissions/norf-1001.toml",
        'topic = "Care at home"',
        'topic = "Cats"',
        "commissions/norf-1001.toml: “topic” names “Cats”, and there is no such topic.",
    ),
    (
        "commissions/norf-1001.toml",
        'holder = "director-of-adult-social-care"',
        "",
        "commissions/norf-1001.toml: “holder” is missing.",
    ),
    (
        "commissions/norf-1001.toml",
        'verb = "reach"',
        'verb = "leap"',
        "commissions/norf-1001.toml, life 2: “verb” is “leap”, and known are amend, ",
    ),
    (
        "commissions/norf-1001.toml",
        'stage = "engagement"',
        'state = "engagement"',
        "commissions/norf-1001.toml, life 2 (reach): “state” is not known; "
        "known are closes, reason, stage.",
    ),
    (
        "commissions/norf-1001.toml",
        'public_name = "Mrs Oakes"',
        'name = "Mrs Oakes"',
        "commissions/norf-1001.toml, consultation, comments 1: “name” is not known; ",
    ),
    (
        "commissions/norf-1001.toml",
        "engagement = { on = -170, precision",
        "engagement = { on = -170, precison",
        "commissions/norf-1001.toml, dates engagement: “precison” is not known; "
        "known are on, precision.",
    ),
    (
        "commissions/norf-1001.toml",
        'heading = "The same few faces"',
        'title = "The same few faces"',
        "commissions/norf-1001.toml, consultation: ",
    ),
    (
        "posts.toml",
        'person = "Tomasz Wieczorek"',
        'person = "Nobody"',
        "posts.toml, posts 2, tenures 2: “person” names “Nobody”, "
        "and there is no such commissioner.",
    ),
    (
        "people.toml",
        "[[people]]",
        "[[persons]]",
        "people.toml: “persons” is not known; known is people.",
    ),
    (
        "commissions/norf-1018.toml",
        'gate = "under_way"',
        'gate = "draft_open"',
        "commissions/norf-1018.toml, life 2 (sign): ",
    ),
    ("areas.toml", "areas = [", "areas = ", "areas.toml cannot be read: "),
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "stands", "wrong", "sentence"), SPOILT, ids=[row[2] for row in SPOILT]
)
def test_bad_data_fails_with_a_sentence_that_names_file_and_key(
    data, demo_folder, file, stands, wrong, sentence
):
    path = data / file
    assert stands in path.read_text()
    path.write_text(path.read_text().replace(stands, wrong, 1))
    with pytest.raises(reading.DataError) as raised:
        loading.load()
    assert str(raised.value).startswith(sentence)
    assert Organisation.objects.count() == 0


def test_every_file_is_read_by_a_verb():
    files = {path.name for path in reading.DATA.iterdir()} - {organisations.OUTLINES}
    names = {name.removesuffix(".toml") for name in files}
    assert names == set(loading.LOADERS)


def test_taken_port_is_said_in_a_sentence_before_anything_is_loaded(demo_folder):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        with pytest.raises(
            CommandError, match=f"Something else listens on port {port}"
        ):
            call_command("demo", port=port)
    assert not port_is_taken("127.0.0.1", port)


def test_static_files_are_collected_only_when_one_is_newer(demo_folder, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        },
    }
    assert static_files_are_stale()
    call_command("collectstatic", interactive=False, verbosity=0)
    assert not static_files_are_stale()
    manifest = demo_folder / "static" / "staticfiles.json"
    os.utime(manifest, (0, 0))
    assert static_files_are_stale()


def test_empty_checkout_is_loaded_by_one_command(demonstration):
    folder, said = demonstration
    assert "Everybody in it is fictional" in said
    assert (folder / "static" / "staticfiles.json").exists()
    assert len(list((folder / "media" / "commissioners").iterdir())) == 23
