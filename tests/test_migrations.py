"""A new database is made, unmade and made again alike."""

import sqlite3
from contextlib import closing

import pytest

from tests.site import environment, manage

OURS = ("commissions_", "consultations_")


@pytest.fixture
def schema(tmp_path):
    """Return a function that reads what a database is made of, and what it begins with."""

    def schema():
        with closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as database:
            made = set(
                database.execute("SELECT type, tbl_name, sql FROM sqlite_master")
            )
            ours = {row for row in made if row[1].startswith(OURS)}
            tables = sorted({table for kind, table, _ in ours if kind == "table"})
            rows = {
                table: database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
                for table in tables
            }
        return ours, {table: number for table, number in rows.items() if number}

    return schema


def test_every_table_trigger_and_seed_can_be_undone_and_made_again(tmp_path, schema):
    variables = environment(tmp_path)
    manage(variables, "migrate", "-v", "0")
    made, begun_with = schema()
    assert {kind for kind, *_ in made} == {"table", "index", "trigger"}
    assert begun_with["commissions_topic"] == 17
    assert begun_with["commissions_area"] == 14
    assert begun_with["commissions_areacode"] == 26
    assert begun_with["commissions_holiday"] == 309
    manage(variables, "migrate", "commissions", "zero", "-v", "0")
    assert schema() == (set(), {})
    manage(variables, "migrate", "-v", "0")
    assert schema() == (made, begun_with)
