"""How the law says its sentences in the language of the reader."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from commissions.commission.choices import Route, Stage
from commissions.law.direct_award_grounds import GROUNDS
from commissions.law.language import (
    MARKED,
    Translated,
    Translator,
    gettext,
    names,
    ngettext,
)
from commissions.law.lifecycle import STAGES, stated_name
from commissions.law.notices import NOTICE_TYPES, name_of
from commissions.law.notices_due import NO_NOTICES
from commissions.law.notices_due.organisation import coming_for_organisations
from commissions.law.standstill import standstill_meaning


@pytest.fixture
def quoted(monkeypatch):
    """Have every sentence said in quotes, as if that were another language."""
    monkeypatch.setattr(Translator, "gettext", lambda text: f"«{text}»")
    monkeypatch.setattr(Translator, "language", lambda: "cy")


def test_what_tables_say_is_listed_for_translators():
    listed = set(names())
    for said in (
        STAGES["draft_open"].name,
        STAGES["draft_open"].means,
        NOTICE_TYPES["UK6"].name,
        NOTICE_TYPES["UK6"].when,
        GROUNDS["urgency"].means,
        NO_NOTICES["grant"],
        stated_name("standstill"),
    ):
        assert said in listed
    assert "" not in listed


def test_rows_of_tables_are_read_in_the_language_of_the_reader(quoted):
    assert STAGES["tender"].name == "«Tender»"
    assert stated_name("standstill") == "«Award announced»"
    assert NOTICE_TYPES["UK6"].name == "«Contract award notice»"
    assert NOTICE_TYPES["UK6"].law == "«Procurement Act 2023, section 50»"
    assert name_of("UK6") == "«Contract award notice» (UK6)"
    assert GROUNDS["urgency"].name.startswith("«")


def test_codes_stay_what_they_are(quoted):
    assert STAGES["tender"].code == Stage.TENDER.value == "tender"
    assert Route("open") == "open"
    assert NOTICE_TYPES["UK6"].starts_standstill


def test_sentences_are_said_when_they_are_asked_for(quoted):
    state, said = standstill_meaning(date(2026, 11, 11), date(2026, 11, 12))
    assert (state, said) == (
        "over",
        "«The standstill ended on 11 Tachwedd 2026. Since then the contract can be "
        "signed.»",
    )
    for due in coming_for_organisations(date(2026, 9, 1)):
        assert due.why.startswith("«It ")
        assert due.sentence.startswith(f"{due.code} «")


def test_without_a_translator_it_speaks_english(monkeypatch):
    monkeypatch.setattr(Translator, "gettext", str)
    assert gettext("Late") == "Late"
    assert gettext("") == ""
    assert ngettext("one", "many", 1) == "one"
    assert ngettext("one", "many", 6) == "many"


def test_a_field_that_is_translated_has_to_be_given():
    @dataclass(frozen=True)
    class Row:
        code: str
        name: str = Translated()

    try:
        with pytest.raises(TypeError):
            Row("a")
        row = Row("a", "Only a test says this")
        assert replace(row, code="b").name == "Only a test says this"
        assert row == Row("a", "Only a test says this")
    finally:
        MARKED.discard("Only a test says this")
