"""The small borough, through the rooms' own actions: all or nothing, and never among others."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.assessments.models import Assessment
from hearth.casework.models import Task
from hearth.config.testing import hearth_itself
from hearth.demo import acts, borough, living
from hearth.demo.living.clock import Clock
from hearth.demo.stories.pen import at
from hearth.lib.errors import CannotDo
from hearth.people.models import Merge, Person, Restriction, RestrictionAccess
from hearth.people.tests.factories import ChildFactory
from hearth.records.models import CaseNote, ChronologyEntry, Draft

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
ANYBODY: Any = None


def make(seed=1, families=12):
    said: list[str] = []
    made = borough.small(
        families, seed=seed, today=TODAY, password="quiet river lantern", say=said.append
    )
    set_worker(hearth_itself())
    assert not [line for line in said if "refused" in line]
    return made


def fingerprint_of(seed):
    with transaction.atomic():
        found = make(seed, families=3).fingerprint
        transaction.set_rollback(True)
    set_worker(hearth_itself())
    return found


def test_the_same_seed_makes_the_same_borough_and_another_does_not():
    first = fingerprint_of(1)

    assert fingerprint_of(1) == first
    assert fingerprint_of(3) != first


def test_whole_families_live_through_every_room_on_the_storys_days():
    made = make()

    assert made.children == Person.objects.exclude(la_child_id=None).count() > 12
    assert f"{made.people:,} people" in made.in_words()
    assert Assessment.objects.exclude(authorised_on=None).exists()
    assert ChronologyEntry.objects.exists()
    check_loose_ends()
    check_days()
    check_leavers()


def check_loose_ends():
    """Something waits for somebody on every desk."""
    assert Task.objects.filter(done_at=None, cancelled_at=None).exists()
    assert Merge.objects.waiting().exists()
    assert Restriction.objects.in_force().exists()
    assert RestrictionAccess.objects.to_review().exists()
    assert Draft.objects.unfinished().exists()


def check_days():
    """What the database stamped bears the story's days, and no trace of having been moved."""
    assert CaseNote.objects.exists()
    for note in CaseNote.objects.all():
        written = timezone.localdate(note.recorded_at)
        assert timezone.localdate(note.happened_at) <= written < TODAY
    assert not Task.objects.filter(opened_at__date__gte=TODAY).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM records_casenoteevent")
        assert cursor.fetchone()[0] == 0


def check_leavers():
    """Those who left can no longer sign in."""
    gone = User.objects.filter(staff__ended_on__isnull=False)
    assert gone.exists()
    assert not gone.filter(is_active=True).exists()


def test_it_is_refused_where_a_real_worker_is():
    UserFactory.create(email="k.holt@council.gov.uk")

    with pytest.raises(CannotDo, match="only made in an empty one"):
        create()


def test_it_is_refused_where_a_child_is_on_record():
    ChildFactory.create()

    with pytest.raises(CannotDo, match="is here already"):
        create()


def create(size="small"):
    return borough.create(size, seed=1, today=TODAY, password="x", say=lambda _line: None)


def test_a_family_that_a_room_refuses_stays_where_it_was_and_the_others_go_on(monkeypatch):
    done: list[tuple[int, int]] = []
    said: list[CannotDo] = []

    def put_on_record(life, act):
        if (life.number, act.at.hour) == (1, 10):
            raise CannotDo("Not today")
        done.append((life.number, act.at.hour))

    monkeypatch.setitem(living.DO, acts.PutOnRecord, put_on_record)
    story: list[acts.Act] = [
        acts.PutOnRecord(at=at(TODAY, hour), by=ANYBODY) for hour in (9, 10, 11)
    ]
    lives: list[Any] = [
        SimpleNamespace(number=n, user=lambda _act: system_worker()) for n in (1, 2)
    ]

    living.live([(life, story) for life in lives], Clock(), refused=said.append)

    assert done == [(1, 9), (2, 9), (2, 10), (2, 11)]
    assert [str(why) for why in said] == ["Not today"]
