"""A merge reaches every room's records, and comes apart exactly."""

import pytest
from django.apps import apps
from django.db import connection

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.tests.factories import (
    AllocationFactory,
    EpisodeFactory,
    InvolvementFactory,
    TaskFactory,
)
from hearth.lib.errors import CannotDo
from hearth.people.actions import agree_merge, propose_merge, undo_merge
from hearth.people.rows import LEFT, places
from hearth.people.tests.factories import ChildFactory

pytestmark = pytest.mark.django_db


def merge(given, kept):
    proposed = propose_merge(
        person=given, other_person=kept, reason="Same girl", by=UserFactory.create()
    )
    return agree_merge(merge=proposed, by=UserFactory.create(manager=True))


def everything():
    rows = {}
    with connection.cursor() as cursor:
        for table in {place.table for place in places()}:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows[table] = sorted(row for (row,) in cursor.fetchall())
    return rows


def test_work_with_a_child_follows_the_record_that_is_kept_and_comes_back():
    given, kept, brother = ChildFactory.create(), ChildFactory.create(), ChildFactory.create()
    episode = EpisodeFactory.create(child=given)
    AllocationFactory.create(episode=episode)
    InvolvementFactory.create(child=given, episode=episode)
    task = TaskFactory.create(about=[given.pk, brother.pk])
    both = TaskFactory.create(about=[kept.pk, given.pk])
    before = everything()

    merged = merge(given, kept)
    episode.refresh_from_db()
    task.refresh_from_db()
    both.refresh_from_db()
    assert episode.child == kept
    assert (task.about, both.about) == ([kept.pk, brother.pk], [kept.pk])

    undo_merge(merge=merged, reason="Twins", by=UserFactory.create(manager=True))
    assert everything() == before


def test_two_open_episodes_stop_a_merge_and_it_says_so():
    given, kept = ChildFactory.create(), ChildFactory.create()
    EpisodeFactory.create(child=given)
    EpisodeFactory.create(child=kept)

    said = r"Episode from .* still open, on the record that gives way, shares days .* End it first"
    with pytest.raises(CannotDo, match=said):
        merge(given, kept)


def test_every_column_that_row_level_security_guards_is_moved_by_a_merge():
    guarded = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        if model._meta.app_config.name.startswith("hearth.")
        and not hasattr(model, "pgh_obj_id")
        and model._meta.label not in LEFT
        for field in model._meta.concrete_fields
        if field.column in {"person_id", "child_id", "other_person_id", "about"}
    }

    assert guarded <= {(place.table, place.column) for place in places()}
