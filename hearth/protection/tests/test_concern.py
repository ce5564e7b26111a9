"""A new concern on a visit is followed: managers told, and a strategy discussion asked for once."""

import pytest
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.casework.models import Task
from hearth.people.tests.factories import ChildFactory
from hearth.protection.process import STRATEGY
from hearth.protection.tests.factories import household
from hearth.records.actions import edit_visit, record_visit
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db

SEEN = {"seen": True, "seen_alone": True}


@pytest.fixture
def by():
    """A social worker who has a manager."""
    team = TeamFactory.create()
    manager(team)
    return social_worker(team)


def visited(children, by, **said):
    return record_visit(
        parts=[(child, SEEN) for child in children],
        kind="child_protection",
        happened_at=timezone.now(),
        account="She has a new bruise.",
        by=by,
        **said,
    )


def asked():
    return list(Task.objects.outstanding().of_step(STRATEGY))


def test_a_discussion_asked_for_on_a_visit_waits_for_the_managers_of_all_the_children(by):
    children = household()
    visit = visited(children, by, concern=True, strategy_asked=True)

    (task,) = asked()
    assert task.about == sorted(child.pk for child in children)
    assert task.due_on is not None
    assert str(by) in task.brief
    told = Notice.objects.get(subject__endswith=f":{visit.pk}")
    assert "asks for a strategy discussion" in told.text


def test_a_visit_put_right_asks_once_and_tells_once(by):
    children = [ChildFactory.create()]
    visit = visited(children, by, concern=True, strategy_asked=True)
    edit_visit(
        visit=visit,
        version=visit.version,
        parts=[(children[0], SEEN)],
        happened_at=timezone.now(),
        account="She has two new bruises.",
        by=by,
    )
    visited(children, by, concern=True, strategy_asked=True)

    assert len(asked()) == 1
    assert Notice.objects.filter(subject__endswith=f":{visit.pk}").count() == 1


def test_a_concern_without_a_discussion_is_told_and_asks_for_none(by):
    visited([ChildFactory.create()], by, concern=True, strategy_asked=False)

    assert asked() == []
    assert Notice.objects.get().text.endswith("recorded a new concern on a visit")


def test_no_concern_tells_nobody(by):
    visited([ChildFactory.create()], by, concern=False)

    assert (asked(), Notice.objects.count()) == ([], 0)
