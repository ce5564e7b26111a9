"""The pages that make two records one."""

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.config.testing import at_most_queries
from hearth.people.actions import (
    propose_merge,
)
from hearth.people.models import (
    Merge,
)
from hearth.people.tests.factories import ChildFactory
from hearth.people.tests.pages import words

pytestmark = pytest.mark.django_db


def test_a_merge_is_proposed_by_one_agreed_by_another_and_undone(visit, amy, worker):
    twin = ChildFactory.create(given_names="Aimee", family_name="Tredwell", sex="F")
    manager = UserFactory.create(manager=True)
    assert "Aimee Tredwell" in words(visit("propose_merge", amy.pk))
    query = f"?with={twin.pk}"
    assert "Differs" in words(visit("propose_merge", amy.pk, query=query))
    answers = {"keep": twin.pk, "reason": "Same mother and birthday"}
    visit("propose_merge", amy.pk, query=query, data=answers)

    merge = Merge.objects.get()
    assert (merge.person, merge.other_person) == (amy, twin)
    assert visit("agree_merge", merge.pk).status_code == 403
    assert "Waiting for a manager" in words(visit("merge", merge.pk))
    assert "Waiting for a manager" in words(visit("merges", as_=manager))
    with at_most_queries():
        assert "Same mother and birthday" in words(visit("merge", merge.pk))
    with at_most_queries():
        assert "1 name" in words(visit("agree_merge", merge.pk))
    visit("agree_merge", merge.pk, data={"looked": "on"})
    assert "Use that record" in words(visit("person", amy.pk))
    assert visit("undo_merge", merge.pk).status_code == 200
    visit("undo_merge", merge.pk, data={"reason": "Cousins"})
    merge.refresh_from_db()
    assert merge.state == "Undone"
    assert "Cousins" in words(visit("merge", merge.pk))


def test_a_merge_is_refused_with_a_reason(visit, amy, worker):
    merge = propose_merge(
        person=amy, other_person=ChildFactory.create(), reason="Same", by=UserFactory.create()
    )
    manager = UserFactory.create(manager=True)
    assert visit("refuse_merge", merge.pk, as_=manager).status_code == 200

    visit("refuse_merge", merge.pk, data={"reason": "Cousins"})

    assert "Cousins" in words(visit("merge", merge.pk))
    assert "Refused" in words(visit("merges", query="?show=all"))
