"""A brother's or sister's name in another child's part is found by every name on record."""

import pytest

from hearth.people.tests.factories import ChildFactory, NameFactory
from hearth.records.misplaced import siblings_named

pytestmark = pytest.mark.django_db


def test_a_siblings_other_name_is_seen_and_said_in_words():
    bea = ChildFactory.create(given_names="Beatrice", family_name="Quill", known_as="Bea")
    tom = ChildFactory.create(given_names="Tomas", family_name="Quill", known_as="")
    NameFactory.create(person=tom, given_names="Bashir")

    found = siblings_named({bea.pk: "Bashir hit Bea.", tom.pk: "He hit his sister."}, [bea, tom])

    assert [str(one) for one in found] == ["Bea Quill's part names Tomas Quill: “Bashir”"]
