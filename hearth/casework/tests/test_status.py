"""What a child is to the service, and who answers for the case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.status import ask_standing, standing_of
from hearth.casework.tests.factories import AllocationFactory
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import StaffFactory, manager

pytestmark = pytest.mark.django_db


def test_a_teams_own_manager_is_named_before_one_who_answers_for_several(worker, team):
    above = UserFactory.create(roles=[Role.SERVICE_MANAGER])
    StaffFactory.create(user=above, team=team, team__manages=True)
    own = manager(team)
    child = AllocationFactory.create(worker=worker, team=team).child

    ((_, row),) = ask_standing(child.pk, timezone.localdate())

    assert str(own) in standing_of(row).manager


def test_a_baby_is_weeks_old(client, worker):
    today = timezone.localdate()
    baby = ChildFactory.create(born_on=today - timedelta(days=24))
    client.force_login(worker)

    assert "3 weeks, born " in client.get(f"/children/{baby.pk}/").content.decode()
