"""A borough in bulk: other families live the same lives, and all that must hold of them holds."""

from datetime import date

import pytest
from django.db import connections, transaction

from hearth.accounts import seal
from hearth.accounts.actions import system_worker
from hearth.accounts.worker_context import acting_as
from hearth.config.testing import copy_template
from hearth.demo.bulk import borough as bulk
from hearth.demo.bulk import checks
from hearth.demo.bulk.tables import tables
from hearth.demo.fingerprint import prints
from hearth.people.actions.drawing import refresh_many
from hearth.people.models import Person

TODAY = date(2026, 3, 2)
SMALLEST = bulk.Size(children=16, years=2, lived=3, scenes=1, full=False)


def make():
    return bulk.make(
        SMALLEST, seed=1, today=TODAY, password="quiet river lantern", say=lambda _line: None
    )


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_same_lives_are_lived_by_other_families_and_all_holds_of_them():
    written = make()

    with transaction.atomic(), acting_as(system_worker()):
        children = Person.objects.exclude(la_child_id=None)
        assert 16 <= written.children <= children.count()
        assert len(set(children.values_list("given_names", "family_name"))) > 11
        check_search_keys()
        first = prints()
    assert seal.verify().stands
    check_that_a_fault_is_found()
    check_that_it_is_the_same_made_again(first)


def check_search_keys():
    """They are as the one place that draws them would draw them."""
    before = dict(Person.objects.values_list("pk", "search_keys"))
    refresh_many(Person.objects.all())
    assert dict(Person.objects.values_list("pk", "search_keys")) == before


def check_that_it_is_the_same_made_again(first):
    """In an empty database, of the same size, with the same seed, as of the same day."""
    copy_template()
    make()
    with transaction.atomic(), acting_as(system_worker()):
        assert prints() == first


def check_that_a_fault_is_found():
    with connections["owner"].cursor() as cursor:
        cursor.execute("DELETE FROM records_chronologyentry WHERE source_label = 'records.Visit'")
    assert any("records.Visit is not in" in wrong for wrong in checks.found_wrong(tables()))
