"""Comparing two large versions is bounded, says so in plain words, and is kept."""

import time

import pytest
from django.urls import reverse

from consultations.drafts import diff
from consultations.models import KeptDifference
from tests import make

pytestmark = pytest.mark.django_db


def versions(sections, words):
    """Publish two versions of some sections, each reworded; return the address."""
    specification = make.specification()
    first, texts = specification.begin_draft(), []
    for n in range(sections):
        body = f"<p>{n} {'carers need a rest ' * words}</p>"
        texts.append(make.section_text(draft=first, body=body))
    first.publish(by="demo")
    second = specification.begin_draft()
    second.matched_at = first.published_at
    for text in texts:
        fields = {"section": text.section, "change": "reworded", "why": "Plainer."}
        body = text.body.replace("rest", "break")
        reworded = make.section_text(draft=second, body=body, **fields)
        reworded.came_from.set([text])
    second.publish(by="demo")
    consultation = make.consultation(draft=second)
    return reverse("consultations:draft-compare", args=[consultation.reference, 1, 2])


def test_one_request_compares_so_much_and_the_next_goes_on(client, monkeypatch):
    monkeypatch.setattr(diff, "BUDGET", 400)
    address = versions(5, 4)  # some 80 letters in each, old and new
    kept, said = [], []
    for _ in range(3):
        page = client.get(address).content.decode()
        kept.append(KeptDifference.objects.count())
        said.append(page.count(str(diff.LATER)))
    assert (kept, said) == ([2, 4, 5], [3, 1, 0])
    assert "4 words added, 4 removed" in page


def test_section_too_long_at_all_is_shown_whole_before_and_after(client, monkeypatch):
    monkeypatch.setattr(diff, "BUDGET", 100)
    page = client.get(versions(1, 4)).content.decode()
    assert str(diff.TOO_LONG) in page
    assert "a rest carers" in page
    assert "a break carers" in page


def test_what_was_compared_is_not_compared_again(client, monkeypatch):
    address = versions(3, 4)
    first = client.get(address).content
    monkeypatch.setattr(diff, "difference", None)
    assert client.get(address).content == first


def test_same_words_in_another_specification_are_compared_once(client):
    for _ in range(2):
        assert client.get(versions(2, 3)).status_code == 200
    assert KeptDifference.objects.count() == 2


def test_two_versions_of_a_megabyte_are_answered_in_good_time(client):
    address = versions(100, 263)
    began = time.process_time()
    page = client.get(address).content.decode()
    assert time.process_time() - began < 5
    assert str(diff.LATER) in page
