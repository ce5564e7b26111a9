"""What casework puts on a worker's desk."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.panels import MOST, hazards_on_the_desk, hazards_to_review
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.people.models import Hazard
from hearth.people.tests.factories import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def hazard(person, by, *, days=0, code="dog"):
    return Hazard.objects.create(
        person=person,
        code=code,
        detail="In the yard",
        review_on=timezone.localdate() - timedelta(days=days),
        recorded_by=by,
    )


def told(worker):
    today = timezone.localdate()
    asked = hazards_to_review(worker, today)
    rows = [row for _, row in asked] if asked is not None else []
    panel = hazards_on_the_desk(rows, worker, today)
    return [] if panel is None else list(panel.context["hazards"])


def test_a_warning_whose_day_has_come_is_on_the_desk_of_who_has_the_case(worker, boss, team):
    child = AllocationFactory.create(worker=worker, team=team).child
    home, uncle = HouseholdFactory.create(), PersonFactory.create()
    for person in (child, uncle):
        HouseholdMemberFactory.create(household=home, person=person)
    late, own = hazard(uncle, boss, days=30), hazard(child, boss)
    hazard(child, boss, days=-1, code="needles")

    with at_most_queries(1):
        assert told(worker) == [late, own]
    assert told(boss) == [late, own]
    assert told(UserFactory.create()) == []
    assert told(UserFactory.create(screening=True)) == []


def test_many_are_cut_short_and_the_whole_list_is_a_click_away(client, worker, boss, team):
    child = AllocationFactory.create(worker=worker, team=team).child
    for _ in range(MOST + 1):
        hazard(child, boss)
    client.force_login(worker)

    with at_most_queries():
        page = client.get("/").content.decode()

    set_worker(hearth_itself())
    assert "Warnings to look at again (12+)" in page
    assert "All warnings to look at again" in page
