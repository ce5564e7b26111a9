"""Brothers and sisters confirmed, and homes shared, in the flow of a contact."""

from datetime import date

import pytest

from hearth.casework.models import Task
from hearth.config.testing import hearth_itself
from hearth.front_door import actions
from hearth.front_door.actions.matching import siblings_missing
from hearth.front_door.forms import NewRecordForm
from hearth.front_door.models import Contact
from hearth.front_door.tests.steps import record, screen
from hearth.lib.errors import CannotDo
from hearth.people.models import Household, HouseholdMember, Relationship
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    PersonFactory,
    RelationshipFactory,
)
from hearth.records.models import ChronologyEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 2)


@pytest.fixture
def children():
    return [ChildFactory.create(sex=sex) for sex in ("F", "M", "U")]


def confirm(contact, children, by, *, live_together=False):
    actions.confirm_siblings(
        contact=contact, children=children, live_together=live_together, today=TODAY, by=by
    )


def test_each_pair_is_recorded_once(children, officer):
    contact = record(children, officer)

    confirm(contact, children, officer)
    confirm(contact, children, officer)

    ties = Relationship.objects.values_list("person", "other_person", "code")
    one, two, three = (child.pk for child in children)
    assert set(ties) == {(one, two, "sister"), (one, three, "sister"), (two, three, "brother")}
    assert not Household.objects.exists()


def test_children_of_one_mother_need_not_be_told(children, officer):
    mother = PersonFactory.create()
    for child in children[:2]:
        RelationshipFactory.create(person=mother, other_person=child)

    assert siblings_missing(children) == [(children[0], children[2]), (children[1], children[2])]


def test_a_home_is_made_where_none_of_them_has_one(children, officer):
    confirm(record(children, officer), children, officer, live_together=True)

    assert Household.objects.count() == 1
    assert HouseholdMember.objects.count() == 3


def test_the_others_join_the_home_one_of_them_has(children, officer):
    home = HouseholdFactory.create()
    HouseholdMember.objects.create(
        household=home, person=children[1], recorded_by=hearth_itself(), started_on=TODAY
    )

    confirm(record(children, officer), children, officer, live_together=True)

    assert set(home.members.values_list("person", flat=True)) == {c.pk for c in children}
    assert home.members.count() == 3


def test_a_child_who_is_not_on_the_contact_is_refused(children, officer):
    with pytest.raises(CannotDo, match="only children who are on this contact"):
        confirm(record(children[:1], officer), children, officer)


def test_a_record_is_made_as_the_child_was_described(officer):
    told = [
        actions.Told(
            given_names="Ivo",
            family_name="Quill",
            born_on=date(2020, 3, 4),
            sex="M",
            address="14 Mill Lane",
            postcode="ZZ1 4AB",
        ),
        actions.Told(family_name="Quill", is_unborn=True, born_on=date(2027, 1, 4)),
        actions.Told(given_names="Bea", family_name="Quill"),
    ]
    contact = record([], officer, reported=told)

    made = [
        actions.create_reported_child(reported=r, today=date(2026, 11, 2), by=officer)
        for r in contact.reported.all()
    ]

    assert [child.birth_kind for child in made] == ["known", "expected", "unknown"]
    assert made[0].addresses.get().postcode == "ZZ1 4AB"
    assert all(contact.reported.values_list("is_new_record", flat=True))
    assert Task.objects.get(record_id=contact.pk).about == [child.pk for child in made]


def test_somebody_very_like_a_child_on_record_is_not_made_again_unseen(officer):
    told = actions.Told(given_names="Ivo", family_name="Quill", born_on=date(2020, 3, 4), sex="M")
    first, second = (record([], officer, reported=[told]).reported.get() for _ in range(2))
    ivo = actions.create_reported_child(reported=first, today=TODAY, by=officer)

    with pytest.raises(CannotDo, match="Somebody very like this is already on record"):
        actions.create_reported_child(reported=second, today=TODAY, by=officer)
    twin = actions.create_reported_child(reported=second, none_of=[ivo.pk], today=TODAY, by=officer)
    assert twin != ivo


def test_a_child_described_is_kept_as_told_and_matched_to_a_record(officer):
    told = actions.Told(given_names="Tam", family_name="Smyth", born_on=date(2016, 1, 2), sex="F")
    contact = record([], officer, reported=[told])
    tamsin = ChildFactory.create(given_names="Tamsin", family_name="Smith")

    actions.match_child(reported=contact.reported.get(), child=tamsin, by=officer)

    reported, contact = contact.reported.get(), Contact.objects.get()
    assert (reported.child, str(reported), reported.matched_by) == (tamsin, "Tam Smyth", officer)
    assert (contact.about, contact.family) == ([tamsin.pk], "Smith")
    task = Task.objects.get(record_id=contact.pk)
    assert (task.about, task.family) == ([tamsin.pk], "Smith")
    assert ChronologyEntry.objects.get().child == tamsin


def test_a_contact_is_not_screened_before_every_child_is_matched(officer):
    contact = record([], officer, reported=[actions.Told(family_name="Smyth")])

    with pytest.raises(CannotDo, match="Say whose record Smyth is"):
        screen(contact, officer)


def test_a_described_child_is_matched_once_and_to_nobody_already_there(officer):
    known = ChildFactory.create()
    told = [actions.Told(family_name="Smyth"), actions.Told(family_name="Smith")]
    contact = record([known], officer, reported=told)
    first, second = contact.reported.all()
    actions.match_child(reported=first, child=ChildFactory.create(), by=officer)

    with pytest.raises(CannotDo, match="already said whose record Smyth is"):
        actions.match_child(reported=first, child=ChildFactory.create(), by=officer)
    with pytest.raises(CannotDo, match="already on this contact"):
        actions.match_child(reported=second, child=known, by=officer)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"given_names": " "}, "Give each child a name"),
        ({"family_name": "S", "born_on": date(2026, 2, 3)}, "after this contact was received"),
        ({"family_name": "S" * 201}, "The family name must be"),
        ({"family_name": "S", "sex": "Q"}, "has no code Q"),
    ],
)
def test_a_child_cannot_be_described_impossibly(officer, told, words):
    with pytest.raises(CannotDo, match=words):
        record([], officer, reported=[actions.Told(**told)])


def test_an_unborn_child_is_described_with_no_sex(officer):
    told = actions.Told(family_name="Smyth", is_unborn=True, born_on=date(2026, 8, 1), sex="M")

    assert record([], officer, reported=[told]).reported.get().sex == "U"


def test_a_number_that_is_none_is_not_taken_for_a_record_turned_down(children):
    form = NewRecordForm(Contact(pk=1), {"none_of": "7,\u00b2,x,-1," + "9" * 5000})
    form.is_valid()

    assert form.cleaned_data["none_of"] == [7]
