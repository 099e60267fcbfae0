"""The clocks command: the date first, its working after, and plain refusals."""

import os
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command, load_command_class
from django.db import connection

from commissions.law.deadlines import NATIONS, REGIMES, RULES
from tests.settings import ROOT


def said(capsys, *options):
    """Run the command and return the lines it printed."""
    call_command("clocks", *options)
    return capsys.readouterr().out.splitlines()


@pytest.mark.django_db
def test_it_prints_the_date_first_then_the_counting_and_the_source(capsys):
    assert said(capsys, "--from", "2026-11-02", "--rule", "pa_standstill_last_day") == [
        "2026-11-11",
        "Day 1 is Monday 2 November 2026, the day the contract award notice (UK6) is "
        "published; weekends are not counted; day 8 is Wednesday 11 November 2026.",
        "Source: Procurement Act 2023, sections 51(2) and 123(1).",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nation", "date"),
    [
        ("england", "2027-01-14"),
        ("wales", "2027-01-14"),
        ("Scotland", "2027-01-15"),
        ("Northern Ireland", "2027-01-14"),
        ("northern-ireland", "2027-01-14"),
    ],
)
def test_the_nation_chooses_the_holidays_however_it_is_spelt(capsys, nation, date):
    options = ("--from", "2026-12-14", "--rule", "question_answer", "--days", "20")
    assert said(capsys, *options, "--nation", nation)[0] == date


@pytest.mark.django_db
@pytest.mark.parametrize("nation", NATIONS)
@pytest.mark.parametrize(
    ("rule", "start", "date"),
    [
        ("pa_standstill_last_day", "2025-11-27", "2025-12-09"),
        ("psr_representations_close", "2025-11-27", "2025-12-10"),
        ("psr_standstill_after_further_decision", "2025-11-27", "2025-12-04"),
    ],
)
def test_whose_holidays_the_law_names_are_counted_for_every_nation(
    capsys, nation, rule, start, date
):
    lines = said(capsys, "--from", start, "--rule", rule, "--nation", nation)
    assert lines[0] == date


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nation", "start", "date"),
    [
        ("england", "2026-07-06", "2026-08-05"),
        ("wales", "2026-12-14", "2027-01-15"),
        ("scotland", "2026-07-06", "2026-08-04"),
    ],
)
def test_an_information_request_is_counted_united_kingdom_wide_save_in_scotland(
    capsys, nation, start, date
):
    options = ("--from", start, "--rule", "foi_response", "--nation", nation)
    assert said(capsys, *options)[0] == date


@pytest.mark.django_db
def test_what_one_nation_alone_would_give_stands_on_a_last_line(capsys):
    lines = said(capsys, "--from", "2026-12-14", "--rule", "foi_response")
    assert lines[3:] == [
        "Note: The law leaves out bank holidays in any part of the United Kingdom, so "
        "Monday 4 January 2027 too: by those of England alone it would be Thursday 14 "
        "January 2027."
    ]


@pytest.mark.django_db
def test_the_number_of_days_can_be_given_where_no_law_fixes_it(capsys):
    options = ("--from", "2026-11-02", "--rule", "question_answer", "--days", "3")
    assert said(capsys, *options)[0] == "2026-11-05"


def test_a_rule_in_plain_days_needs_no_database(capsys):
    lines = said(capsys, "--from", "2026-06-30", "--rule", "payments_over_30k")
    assert lines[0] == "2026-07-29"


def test_list_names_every_rule_with_a_line_of_meaning(capsys):
    lines = said(capsys, "--list")
    assert lines == [f"{rule.name}: {rule.means}" for rule in RULES.values()]
    assert "pa_termination: Last day to publish the contract termination notice " in (
        "\n".join(lines)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ["--from", "2026-11-02"],
            "Name a rule, for example: --from 2026-11-02 --rule pa_standstill_last_day.",
        ),
        (
            ["--rule", "foi_response"],
            "foi_response needs the day the request is received. Give that date.",
        ),
        (
            ["--rule", "foi_reply", "--from", "2026-11-02"],
            "There is no rule called “foi_reply”. Did you mean foi_response?",
        ),
        (
            ["--rule", "foi_response", "--from", "2 November"],
            "“2 November” is not a date. Write it as 2026-11-02: year, month, day.",
        ),
        (
            ["--rule", "pa_termination", "--from", "2026-11-02", "--nation", "france"],
            "“france” is not one of england, wales, scotland, northern_ireland.",
        ),
        (
            ["--rule", "pa_termination", "--from", "2026-11-02", "--regime", "psr"],
            "pa_termination belongs to the Procurement Act 2023, and this runs under "
            "the NHS Provider Selection Regime. Choose a rule of that regime.",
        ),
        (
            ["--rule", "foi_response", "--from", "2026-11-02", "--regime", "nhs"],
            "“nhs” is not one of procurement_act, psr, psr_wales, "
            "below_threshold, scotland, scotland_utilities, scotland_concessions, "
            "grant, in_house, old_regulations, not_stated.",
        ),
    ],
)
def test_wrong_input_gets_a_sentence_and_exit_status_2(options, sentence):
    with pytest.raises(CommandError) as caught:
        call_command("clocks", *options)
    said = str(caught.value).splitlines()
    assert (said[0], caught.value.returncode) == (sentence, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("options", [[], ["--rule", "nonsense"]])
def test_every_rule_is_named_where_none_is_or_none_of_that_name(options, capsys):
    with pytest.raises(CommandError) as caught:
        call_command("clocks", "--from", "2026-11-02", *options)
    assert str(caught.value).splitlines()[2:] == said(capsys, "--list")


@pytest.mark.django_db
def test_a_rule_is_known_however_its_letters_are_written(capsys):
    assert said(capsys, "--from", "2026-11-02", "--rule", "FOI_response")[0] == (
        "2026-12-01"
    )


def test_help_names_every_rule_nation_and_regime(capsys):
    with pytest.raises(SystemExit):
        load_command_class("commissions", "clocks").run_from_argv(
            ["manage.py", "clocks", "--help"]
        )
    words = set(re.findall(r"\w+", capsys.readouterr().out))
    assert {*RULES, *NATIONS, *REGIMES} <= words


@pytest.mark.django_db
@pytest.mark.parametrize("nation", NATIONS)
def test_without_its_table_it_counts_by_the_days_the_portal_comes_with_and_says_so(
    nation, capsys
):
    options = ("--from", "2026-12-14", "--rule", "foi_response", "--nation", nation)
    by_table = said(capsys, *options)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE commissions_holiday RENAME TO put_aside")
    assert said(capsys, *options) == [
        *by_table,
        "Note: The table of bank holidays could not be read, so these are the days "
        "that the portal comes with; manage.py migrate makes the table.",
    ]


def test_the_shell_sees_the_sentence_on_standard_error_and_status_2(tmp_path):
    ran = subprocess.run(
        [sys.executable, "manage.py", "clocks", "--rule", "pa_termination"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATA": str(tmp_path)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.strip().splitlines()[-1] == (
        "CommandError: pa_termination needs the day the contract ends. Give that date."
    )
