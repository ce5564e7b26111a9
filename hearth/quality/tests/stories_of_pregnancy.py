"""Known faults and near misses of mothers who are children themselves."""

from datetime import date, timedelta

from hearth.people.models import Person, Relationship
from hearth.people.tests.factories import ChildFactory, PersonFactory, RelationshipFactory
from hearth.quality.tests.stories import TODAY, Case, at, fault, near_miss
from hearth.quality.tests.stories_of_needs import assessment

FIFTEEN, SIXTEEN = date(2011, 2, 1), date(2010, 6, 15)
LAST_MONTH, LAST_WEEK = date(2026, 5, 11), TODAY - timedelta(7)


def expecting(mother: Person, baby: Person, known: date = LAST_MONTH) -> None:
    """A baby on record as this mother's since a day."""
    one = RelationshipFactory.create(person=mother, other_person=baby)
    Relationship.objects.filter(pk=one.pk).update(recorded_at=at(known))


@fault("PC-037", born_on=FIFTEEN)
def expecting_at_fifteen_and_not_assessed(case: Case):
    expecting(case.child, ChildFactory.create(unborn=True))


@fault("PC-037", unborn=True)
def a_baby_whose_mother_of_fifteen_has_no_record_of_her_own(case: Case):
    expecting(PersonFactory.create(born_on=FIFTEEN, birth_kind="known"), case.child)


@fault("PC-037", born_on=FIFTEEN)
def assessed_only_the_year_before(case: Case):
    assessment(case, TODAY - timedelta(400), ended=True)
    expecting(case.child, ChildFactory.create(unborn=True))


@near_miss("PC-037", born_on=FIFTEEN)
def assessed_before_the_baby_was_on_record(case: Case):
    assessment(case, date(2026, 4, 13))
    expecting(case.child, ChildFactory.create(unborn=True))


@near_miss("PC-037", born_on=FIFTEEN)
def the_baby_is_on_record_since_last_week(case: Case):
    expecting(case.child, ChildFactory.create(unborn=True), known=LAST_WEEK)


@near_miss("PC-037", born_on=SIXTEEN)
def sixteen_today(case: Case):
    expecting(case.child, ChildFactory.create(unborn=True))


@near_miss("PC-037", born_on=FIFTEEN)
def a_pregnancy_that_has_ended(case: Case):
    baby = ChildFactory.create(unborn=True)
    expecting(case.child, baby)
    Person.objects.filter(pk=baby.pk).update(pregnancy_ended_on=LAST_MONTH)


@near_miss("PC-037", unborn=True)
def a_baby_whose_mother_is_grown_up(case: Case):
    expecting(PersonFactory.create(born_on=date(1996, 3, 1), birth_kind="known"), case.child)
