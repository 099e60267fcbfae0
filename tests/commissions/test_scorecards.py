"""Scorecards: each figure from the record's entries alone, with the rows behind it."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from commissions.models import Entry, Kind, StageDate
from commissions.scorecards.figures import (
    compute_figure,
    compute_scorecard,
    quarter_periods,
    year_period,
)
from commissions.scorecards.measures import MEASURES
from commissions.scorecards.organisation_history import (
    OrganisationHistory,
    merge_histories,
)
from commissions.scorecards.replay import Replay, replay_histories
from tests import make
from tests.outline import Outline

TODAY = date(2026, 11, 2)
KENT, HEAD = "organisation/kent", "post/kent/head"


def told(*entries):
    """Read (day, kind, subject, commission, facts) as entries numbered from 1."""
    numbered = [(n, *entry) for n, entry in enumerate(entries, 1)]
    return Replay().read(numbered)["kent"]


def published(on, ref="1", holder=HEAD):
    facts = {"title": f"Commission {ref}", "organisation": KENT, "holder": holder}
    return (on, "commission.published", f"commission/{ref}", ref, facts)


def stage(on, to, ref="1"):
    facts = {"stage": to, "on": on.isoformat()}
    return (on, "commission.stage", f"commission/{ref}", ref, facts)


def post(on, act):
    return (on, f"post.{act}", HEAD, "", {"on": on.isoformat()})


def consultation(opens, closes, due, ref="1"):
    facts = {
        "title": "Have your say",
        "consultation_kind": "draft_specification",
        "opens_at": opens.isoformat(),
        "closes_at": closes.isoformat(),
        "response_due_on": due.isoformat(),
    }
    return (opens, "consultation.published", f"consultation/C{ref}", ref, facts)


def comment(on, name, act="published", ref="1"):
    facts = {"consultation": f"C{ref}"}
    return (on, f"comment.{act}", f"comment/{name}", ref, facts)


def response(on, outcomes, ref="1"):
    facts = {"consultation": f"C{ref}", "outcomes": outcomes}
    return (on, "response.published", f"consultation/C{ref}/response", ref, facts)


def decision(on, due, ref="D1"):
    facts = {"title": "Which?", "organisation": KENT, "holder": HEAD}
    facts["due_on"] = due.isoformat()
    return (on, "decision.published", f"decision/{ref}", "", facts)


def figured(code, body, period=None):
    """Return (met, of, value) of a measure."""
    one = compute_figure(MEASURES[code], body, period or year_period(TODAY))
    return one.met, one.of, one.value


MARCH, MAY, JUNE = date(2026, 3, 2), date(2026, 5, 4), date(2026, 6, 1)
SEPTEMBER = date(2026, 9, 1)


def test_a_vacant_post_a_notice_without_holder_and_a_committee():
    body = told(
        published(MARCH),
        published(MARCH, "2", holder=None),
        published(MARCH, "3", holder="committee/cabinet"),
        post(MAY, "vacated"),
    )
    assert figured("named", body) == (1, 2, 50)  # what notices tell is not measured
    assert figured("vacant", body) == (1, 1, 100)


def test_what_was_known_from_notices_is_measured_from_the_day_that_somebody_holds_it():
    facts = {"holder": HEAD, "since": JUNE.isoformat()}
    noticed = [published(MARCH, holder=None), stage(MAY, "tender")]
    held = (JUNE, "commission.held", "commission/1", "1", facts)
    assert told(*noticed).commissions == {}
    assert figured("to-tender", told(*noticed)) == (0, 0, None)
    body = told(*noticed, held, stage(SEPTEMBER, "tender"))
    assert figured("named", body) == (1, 1, 100)
    assert figured("to-tender", body) == (1, 1, (SEPTEMBER - JUNE).days)


def test_handing_over_names_the_new_holder_and_over_is_not_counted():
    facts = {"holder": "post/kent/director", "since": JUNE.isoformat()}
    body = told(
        published(MARCH),
        published(MARCH, "2"),
        post(MAY, "vacated"),
        (JUNE, "holder.handed-over", "commission/1", "1", facts),
        stage(JUNE, "cancelled", "2"),
    )
    assert figured("named", body) == (1, 1, 100)


def test_vacancies_count_their_days_up_to_the_day_somebody_came():
    body = told(post(MARCH, "vacated"), post(MAY, "taken"), post(SEPTEMBER, "vacated"))
    assert figured("vacancy-days", body) == (2, 2, (63 + 62) / 2)
    assert figured("vacant", body) == (1, 1, 100)


def test_tenders_with_and_without_a_draft():
    body = told(
        published(MARCH),
        published(MARCH, "2"),
        consultation(MAY, JUNE, SEPTEMBER),
        stage(SEPTEMBER, "tender"),
        stage(SEPTEMBER, "tender", "2"),
        (MAY, "commission.exempted", "commission/2", "2", {"gate": "draft_open"}),
    )
    assert figured("draft-first", body) == (1, 2, 50)
    assert figured("draft-days", body)[1:] == (1, 28)
    assert figured("to-tender", body)[1:] == (2, 183)
    assert figured("exempt", body) == (1, 2, 50)


def test_a_second_tender_stage_does_not_count_the_tender_twice():
    body = told(published(MARCH), stage(MAY, "tender"), stage(JUNE, "tender"))
    assert figured("to-tender", body)[1:] == (1, 63)


def test_comments_answered_late_are_answered_but_not_on_time():
    body = told(
        published(MARCH),
        consultation(MARCH, MAY, JUNE),
        comment(MARCH, "a"),
        comment(MARCH, "b"),
        comment(MARCH, "c"),
        comment(MAY, "c", "withdrawn"),
        response(SEPTEMBER, {"accepted": 1, "not_accepted": 1}),
    )
    assert figured("answered", body) == (2, 2, 100)
    assert figured("on-time", body) == (0, 2, 0)


def test_each_outcome_is_a_share_of_the_comments_that_have_one():
    said = {
        "accepted": 40,
        "partly": 41,
        "already": 8,
        "out_of_scope": 5,
        "not_accepted": 6,
    }
    body = told(
        published(MARCH), consultation(MARCH, MAY, JUNE), response(SEPTEMBER, said)
    )
    for outcome, number in said.items():
        assert figured(outcome.replace("_", "-"), body) == (number, 100, number)
    assert figured("taken-up", body) == (81, 100, 81)


def test_every_measure_says_what_it_counts_and_what_it_cannot_know():
    for measure in MEASURES.values():
        assert measure.definition.endswith(".")
        assert measure.unknown.endswith(".")


@pytest.mark.parametrize(("late", "on_time"), [(0, 1), (1, 0)])
def test_what_is_answered_on_the_day_promised_is_on_time_and_a_day_later_is_late(
    late, on_time
):
    answered = JUNE + timedelta(days=late)
    body = told(
        published(MARCH),
        consultation(MARCH, MAY, JUNE),
        comment(MARCH, "a"),
        response(answered, {"accepted": 1}),
        question(MARCH, "published", "q", HEAD, due_on=JUNE.isoformat()),
        question(
            answered,
            "answered",
            "q",
            HEAD,
            due_on=JUNE.isoformat(),
            answered_on=answered.isoformat(),
        ),
    )
    assert figured("on-time", body)[:2] == (on_time, 1)
    assert figured("questions", body)[:2] == (on_time, 1)


def test_comments_not_due_yet_are_not_counted():
    body = told(
        published(MARCH),
        consultation(MAY, SEPTEMBER, TODAY + timedelta(30)),
        comment(JUNE, "a"),
    )
    assert figured("answered", body) == (0, 0, None)


def test_questions_notice_and_moves():
    reply = {"due_on": "2026-05-04", "answered_on": "2026-05-05"}
    body = told(
        published(MARCH),
        (MAY, "enquiry.answered", "question/1", "1", reply),
        decision(MARCH, MARCH + timedelta(29)),
        decision(MARCH, MARCH + timedelta(28), "D2"),
        (MAY, "decision.deferred", "decision/D2", "", {}),
        (MAY, "commission.date-moved", "commission/1/dates/tender", "1", {}),
        (JUNE, "commission.date-moved", "commission/1/dates/tender", "1", {}),
    )
    assert figured("questions", body) == (0, 1, 0)
    assert figured("notice", body) == (1, 2, 50)
    assert figured("moved", body) == (2, 3, pytest.approx(200 / 3))


def question(on, act, name, about="", ref="", **facts):
    facts = {"about": about, **facts}
    return (on, f"enquiry.{act}", f"question/{name}", ref, facts)


def test_questions_to_a_person_count_for_the_body_and_so_do_those_without_an_answer():
    due = {"due_on": "2026-05-04"}
    on_time = due | {"answered_on": "2026-05-04"}
    body = told(
        published(MARCH),
        question(MARCH, "published", "person", HEAD, **due),
        question(MAY, "answered", "person", HEAD, **on_time),
        question(MARCH, "published", "barrier", "barrier/b", organisation=KENT, **due),
        question(MARCH, "published", "taken back", HEAD, **due),
        question(MAY, "withdrawn", "taken back", HEAD),
        question(MARCH, "published", "answered, then erased", HEAD, **due),
        question(MAY, "answered", "answered, then erased", HEAD, **on_time),
        question(JUNE, "erased", "answered, then erased", HEAD),
        question(MARCH, "published", "nobody's", "commission/of another", **due),
        question(MARCH, "published", "not yet due", HEAD, due_on="2026-12-01"),
    )
    assert figured("questions", body) == (2, 3, pytest.approx(200 / 3))


def test_nothing_to_count_is_said_and_is_no_zero():
    assert {
        r.now.words for r in compute_scorecard(OrganisationHistory("kent"), [], TODAY)
    } == {"Nothing to count"}


def test_the_last_eight_quarters_end_today():
    found = quarter_periods(TODAY)
    assert len(found) == 8
    assert (found[-1].first, found[-1].last) == (date(2026, 10, 1), TODAY)
    assert (found[0].first, found[0].last) == (date(2025, 1, 1), date(2025, 3, 31))


def test_a_figure_stands_beside_its_past_and_the_median_of_its_kind():
    def body(*days):
        entries = [
            entry
            for ref, (begun, tender) in enumerate(days)
            for entry in (published(begun, str(ref)), stage(tender, "tender", str(ref)))
        ]
        return told(*entries)

    ours = body((date(2025, 1, 1), date(2025, 2, 1)), (MARCH, MAY))
    peers = [
        ours,
        body((MARCH, JUNE)),
        body((MARCH, SEPTEMBER)),
        OrganisationHistory("none"),
    ]
    by = {r.measure.code: r for r in compute_scorecard(ours, peers, TODAY)}["to-tender"]
    assert (by.now.value, by.before.value) == (63, 31)
    assert (by.kind_value.words, by.kind_count) == ("91 days", 3)
    assert [b.figure.value for b in by.trend if b.figure.of] == [31, 63]


def real():
    """Let a council publish, move a date and reach its tender, by the verbs."""
    body = make.organisation()
    commission = make.draft_commission(organisation=body)
    commission.publish(by="demo")
    StageDate.plan(commission, "tender", date(2028, 1, 1), by="demo", reason="Floods.")
    return body, commission


@pytest.mark.django_db
def test_the_trend_begins_with_the_newest_quarter(client):
    body, _ = real()
    words = Outline(
        client.get(f"/organisations/{body.slug}/scorecard/").content.decode()
    ).text
    heads = words[words.index("the newest first Measure") :]
    labels = [period.label for period in quarter_periods(timezone.localdate())]
    places = [heads.index(label) for label in reversed(labels)]
    assert places == sorted(places)


@pytest.mark.django_db
def test_the_pages_show_what_the_verbs_put_on_the_record(client):
    body, commission = real()
    html = client.get(f"/organisations/{body.slug}/scorecard/").content.decode()
    assert "1 of 1 commissions and decisions" in html
    rows = client.get(f"/organisations/{body.slug}/scorecard/moved/")
    row, url = rows.context["page"].rows[0]
    assert (row.name, row.met, url) == (
        commission.record_name,
        True,
        commission.get_absolute_url(),
    )
    assert row.entry == Entry.objects.get(kind=Kind.DATE_MOVED).pk
    html = client.get("/scorecards/").content.decode()
    assert f"/organisations/{body.slug}/scorecard/" in html


@pytest.mark.django_db
def test_a_new_entry_changes_the_figures_at_once():
    body, commission = real()
    assert (
        replay_histories()[body.slug].commissions[commission.record_name].over is None
    )
    Entry.objects.append(
        Kind.STAGE_REACHED, commission, by="demo", stage="cancelled", on="2026-01-01"
    )
    assert replay_histories()[body.slug].commissions[commission.record_name].over


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/scorecards/nothing/", "/organisations/no/scorecard/"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_scorecards_cost_the_same_however_many_there_are(
    client, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        body, _ = real()
    for address in ("/scorecards/", f"/organisations/{body.slug}/scorecard/"):
        with django_assert_max_num_queries(4):
            answer = client.get(address)
    assert len(answer.content) < 35_000


@pytest.mark.django_db
def test_the_command_reproduces_each_figure_and_lists_the_entries_behind_it():
    body, commission = real()
    out = StringIO()
    call_command("scorecards", explain=True, organisation=body.slug, stdout=out)
    entry = Entry.objects.get(kind=Kind.DATE_MOVED)
    day = timezone.localdate()
    assert "Dates moved: 100% (1 of 1 commissions and decisions)\n" in out.getvalue()
    assert (
        f"  entry {entry.pk}: {commission.record_name}, {day}: yes\n" in out.getvalue()
    )
    short = StringIO()
    call_command("scorecards", stdout=short)
    assert short.getvalue().count("\n") == len(MEASURES)


@pytest.mark.django_db
def test_the_command_refuses_whom_the_record_does_not_know():
    with pytest.raises(CommandError, match="says nothing of “nobody”"):
        call_command("scorecards", organisation="nobody")


def test_the_whole_portal_is_its_organisations_together():
    assert figured("named", merge_histories([told(published(MARCH))])) == (1, 1, 100)
