"""The names of posts, committees and organisations that entries mention."""

from types import SimpleNamespace

import pytest

from commissions.public.record_sentences import names_in
from tests import make

pytestmark = pytest.mark.django_db


def entry(by, **facts):
    """Return an entry as far as names are read from it."""
    return SimpleNamespace(by=by, facts=facts)


def test_whoever_an_entry_mentions_is_called_by_name_and_not_by_slug(
    django_assert_num_queries,
):
    body = make.organisation(slug="night-doctors", name="Practices at Night")
    post = make.post(organisation=body, slug="head", title="Head of Children’s Care")
    make.post(organisation=make.organisation(), slug="head", title="Another head")
    lab = make.organisation(slug="eye-lab", name="The Eye Lab Ltd").record_name
    entries = [
        entry(post.record_name, supplier=body.record_name, number=3),
        entry("staff", holder="post/night-doctors/long-gone", suppliers=[lab, 7]),
    ]
    with django_assert_num_queries(1):
        names = names_in(entries, {})
    assert names == {
        post.record_name: "Head of Children’s Care",
        body.record_name: "Practices at Night",
        lab: "The Eye Lab Ltd",
    }


def test_nothing_is_asked_where_every_name_is_known(django_assert_num_queries):
    known = {"post/kent/head": "Head of Care"}
    with django_assert_num_queries(0):
        assert names_in([entry("post/kent/head"), entry("clock")], known) == known
