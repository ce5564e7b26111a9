"""The edition every database starts with."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from hearth.front_door.models import ThresholdDocument

pytestmark = pytest.mark.django_db
migration = import_module("hearth.front_door.migrations.0002_first_threshold_document")


class Editor:
    connection = connection


def test_there_is_an_edition_to_decide_by_from_the_children_acts_first_day():
    assert ThresholdDocument.objects.on(date(1991, 10, 14)).get().version == "Hearth's outline"


def test_it_can_be_taken_back_and_put_there_again():
    migration.remove(apps, Editor)
    assert not ThresholdDocument.objects.exists()

    migration.add(apps, Editor)
    assert ThresholdDocument.objects.count() == 1
