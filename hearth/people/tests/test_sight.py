"""Whatever restrictions, lettings-through and connections there are, and whenever: seen if allowed.

The database's answer is held against the rule written out plainly in Python.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.people.models import Address, DeclaredConnection, Person
from hearth.people.models.restriction import RestrictionKind
from hearth.people.tests.factories import (
    AddressFactory,
    ChildFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)

pytestmark = pytest.mark.django_db
CHILDREN, WORKERS = 3, 3
ROLES = [[Role.SOCIAL_WORKER], [Role.TEAM_MANAGER], [Role.CALDICOTT]]


@dataclass(frozen=True)
class Held:
    child: int
    kind: str
    lifted: bool


@dataclass(frozen=True)
class LetIn:
    child: int
    worker: int
    broke_the_glass: bool
    minutes_ago: int
    ended: bool


@dataclass(frozen=True)
class Tie:
    child: int
    worker: int
    ended: bool


children, workers = st.integers(0, CHILDREN - 1), st.integers(0, WORKERS - 1)
held = st.builds(Held, children, st.sampled_from([k.value for k in RestrictionKind]), st.booleans())
let_in = st.builds(
    LetIn, children, workers, st.booleans(), st.sampled_from([0, 30, 59, 61, 600]), st.booleans()
)
ties = st.builds(Tie, children, workers, st.booleans())


def opens(access, kind):
    """Whether this letting-through opens a restriction of this kind now."""
    if access.ended:
        return False
    if not access.broke_the_glass:
        return True
    return access.minutes_ago < 60 and kind not in {"adoption", "allegation"}


def may_see(worker, child, restrictions, accesses, connections):
    """The rule: no connection, and through every restriction in force."""
    if any(t.child == child and t.worker == worker and not t.ended for t in connections):
        return False
    mine = [a for a in accesses if (a.child, a.worker) == (child, worker)]
    return all(
        any(opens(access, one.kind) for access in mine)
        for one in restrictions
        if one.child == child and not one.lifted
    )


def write(people, staff, restrictions, accesses, connections):
    now = timezone.now()
    in_force = set()
    for one in restrictions:
        if not one.lifted and (one.child, one.kind) in in_force:
            continue
        in_force |= set() if one.lifted else {(one.child, one.kind)}
        ended = {"lifted_at": now, "lifted_by": staff[0]} if one.lifted else {}
        RestrictionFactory.create(person=people[one.child], kind=one.kind, **ended)
    for one in accesses:
        began = now - timedelta(minutes=one.minutes_ago)
        RestrictionAccessFactory.create(
            person=people[one.child],
            worker=staff[one.worker],
            kind="break_glass" if one.broke_the_glass else "named",
            recorded_at=began,
            expires_at=began + timedelta(minutes=60) if one.broke_the_glass else None,
            ended_at=now if one.ended else None,
        )
    for one in connections:
        DeclaredConnection.objects.create(
            worker=staff[one.worker],
            declared_person_id=people[one.child].pk,
            relationship="My niece",
            ended_at=now if one.ended else None,
            ended_by=staff[0] if one.ended else None,
        )


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(held, max_size=6), st.lists(let_in, max_size=8), st.lists(ties, max_size=3))
def test_a_record_is_seen_if_and_only_if_the_rule_allows(db, restrictions, accesses, connections):
    with transaction.atomic():
        people = [ChildFactory.create() for _ in range(CHILDREN)]
        for person in people:
            AddressFactory.create(person=person)
        staff = [UserFactory.create(roles=roles) for roles in ROLES]
        write(people, staff, restrictions, accesses, connections)
        for number, worker in enumerate(staff):
            allowed = {
                person.pk
                for place, person in enumerate(people)
                if may_see(number, place, restrictions, accesses, connections)
            }
            with acting_as(worker):
                ours = Person.objects.filter(pk__in=[person.pk for person in people])
                assert set(ours.values_list("pk", flat=True)) == allowed
                homes = Address.objects.filter(person__in=[person.pk for person in people])
                assert set(homes.values_list("person_id", flat=True)) == allowed
        transaction.set_rollback(True)
    assert connection.in_atomic_block
