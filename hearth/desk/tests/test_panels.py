"""What the rooms tell of a child: composed once a day, and asked of each child by itself."""

from datetime import date, timedelta

import pytest
from django.db.models import F, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from hearth.lib import panels
from hearth.lib.panels import BannerFact, Telling, banner_facts
from hearth.people.models import Person
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import social_worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 3)


@pytest.fixture
def telling(monkeypatch):
    """Have the rooms tell this of a child, and nothing else."""
    monkeypatch.setattr(panels, "TELLINGS", [])
    panels._question.cache_clear()  # noqa: SLF001

    def tell(ask):
        panels.tell(Telling(key="own", ask=ask, banner=as_facts))

    yield tell
    panels._question.cache_clear()  # noqa: SLF001


def as_facts(rows, _child, _today):
    return [BannerFact(row["name"]) for row in rows]


def named(child, **when):
    row = JSONObject(name=F("family_name"))
    found = Person.objects.filter(pk=child, **when)
    return found.annotate(telling=Value("own"), row=row).values_list("telling", "row")


def said(child, on=TODAY):
    return [fact.text for fact in banner_facts(social_worker(), child, on) if fact.text]


def test_what_is_told_of_a_child_goes_by_the_day_and_not_by_the_time(telling):
    telling(lambda child, _today: named(child, recorded_at__lte=timezone.now()))

    with pytest.raises(ValueError, match="goes by the day"):
        said(ChildFactory.create())


def test_two_children_asked_one_after_the_other_are_each_told_of_themselves(telling):
    asked = []

    def ask(child, today):
        asked.append(today)
        return named(child)

    telling(ask)
    amy, ben = ChildFactory.create(family_name="Brook"), ChildFactory.create(family_name="Hill")

    assert "Brook" in said(amy)
    assert "Brook" not in said(ben)
    assert "Hill" in said(ben)
    assert asked == [TODAY]

    said(Person.objects.get(pk=amy.pk), on=TODAY + timedelta(1))
    assert asked == [TODAY, TODAY + timedelta(1)]
