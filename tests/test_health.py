"""What a load balancer asks: is the process up, and may it have visitors?"""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from tests.test_settings import PUBLIC, answers


def test_healthz_asks_nothing_of_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"up\n")


@pytest.mark.django_db
def test_readyz_is_ready_when_every_migration_is_applied(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_readyz_refuses_visitors_while_a_migration_is_not_applied(client):
    latest = MigrationRecorder.Migration.objects.filter(app="commissions").last()
    latest.delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"1 migrations are not applied: run migrate.\n"


@pytest.mark.parametrize(
    "database",
    ["postgres://nobody@127.0.0.1:1/none", "sqlite:////nowhere/at/all.sqlite3"],
)
def test_a_database_that_is_down_is_said_by_readyz_and_leaves_healthz_up(
    database, tmp_path
):
    said = answers(
        tmp_path, "/healthz", "/readyz", DATABASE_URL=database, LOG_LEVEL="CRITICAL"
    )
    assert said == [[200, "up\n"], [503, "The database does not answer.\n"]]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_never_kept_by_a_cache(client, db, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_health_answers_over_plain_http_where_pages_are_sent_to_https(tmp_path):
    said = answers(tmp_path, "/healthz", "/about/", **PUBLIC)
    assert [status for status, _ in said] == [200, 301]
