"""What a reader in the family may be given, and how records name themselves."""

import pytest

from hearth.assessments.documents import Copy
from hearth.assessments.forms.deciding import SubmitForm
from hearth.assessments.models import (
    Addendum,
    AssessmentChild,
    AssessmentKind,
    RiskFactor,
    SectionSave,
)
from hearth.assessments.questions import QUESTIONS
from hearth.assessments.reading import read
from hearth.assessments.snapshot import contents
from hearth.assessments.tests.factories import authorised, family, hear_agency, started
from hearth.workforce.tests.factories import manager

MOTHER = "parent-9"


def answer(place, field="health", of=None):
    theirs = place if place.startswith("child-") else ""
    return {"place": place, "field": field, "of": theirs if of is None else of}


def test_a_parents_copy_holds_no_childs_own_words_that_nobody_chose():
    copy = Copy(reader=MOTHER, reader_name="Marian", words_of={1})

    assert copy.takes("voice", answer("child-1", "child_words"))
    assert not copy.takes("voice", answer("child-2", "child_words"))
    assert copy.takes("needs", answer("child-2"))


def test_a_parents_copy_holds_their_own_views_and_nobody_elses():
    copy = Copy(reader=MOTHER, reader_name="Marian")

    assert copy.takes("parents", answer(MOTHER, "parent"))
    assert not copy.takes("parents", answer("parent-10", "parent"))


def test_an_agencys_answer_goes_in_only_when_it_is_chosen():
    copy = Copy(reader=MOTHER, reader_name="Marian", agencies={3})

    assert copy.takes("agencies", answer("agency-3", "agency"))
    assert not copy.takes("agencies", answer("agency-4", "agency"))


@pytest.mark.parametrize("section", ["history", "plan"])
def test_history_and_plan_are_kept_back(section):
    assert not Copy(reader=MOTHER, reader_name="M").takes(section, answer("", "questions"))


def test_a_childs_copy_holds_their_own_part_and_no_siblings():
    copy = Copy(reader="child-1", reader_name="Tamsin", words_of={1}, agencies={3, 4})

    assert copy.takes("voice", answer("child-1", "child_words"))
    assert copy.takes("needs", answer("child-1"))
    assert not copy.takes("needs", answer("child-2"))
    assert copy.takes("family", answer("", "parenting_capacity"))
    assert not copy.takes("agencies", answer("agency-4", "agency", of="child-2"))
    assert copy.takes("agencies", answer("agency-3", "agency", of=""))


@pytest.mark.parametrize("field", ["factors", "closure_reason"])
def test_the_censuss_own_words_are_left_out(field):
    assert not Copy(reader=MOTHER, reader_name="M").takes("conclusion", answer("child-1", field))


@pytest.mark.django_db
def test_the_children_are_heard_first_and_nothing_empty_or_coded_is_printed():
    sections = contents(read(authorised(family(), by=manager())))

    assert sections[0]["key"] == "voice"
    for section in sections:
        for one in section["answers"]:
            assert one["text"]
            assert "{name}" not in one["label"]
    words = str(sections)
    assert "Domestic abuse of a parent or carer" in words
    assert "'3B'" not in words
    assert "child_in_need" not in words


@pytest.mark.django_db
def test_what_an_agency_said_of_one_child_is_marked_as_theirs():
    children = family()
    assessment = started(children)
    asked = hear_agency(assessment)
    asked.child = children[1]
    asked.save(update_fields=["child"])

    [agencies] = [s for s in contents(read(assessment)) if s["key"] == "agencies"]

    assert agencies["answers"][0]["of"] == f"child-{children[1].pk}"
    assert "About Rowan Pemberton." in agencies["answers"][0]["text"]


def test_a_form_with_nothing_to_ask_is_whole():
    assert SubmitForm({}, is_late=False, has_cautions=False).is_valid()


def test_records_name_themselves():
    assert AssessmentKind.CORE.step_key == "assessments.core"
    assert str(SectionSave(section="needs", assessment_id=3)) == "needs of 3"
    assert str(Addendum(assessment_id=3)) == "Addendum to 3"
    assert str(AssessmentChild(assessment_id=3, child_id=4)) == "3 for 4"
    assert str(RiskFactor(code="3B")) == "3B"
    for question in QUESTIONS.values():
        assert "{name}" not in question.help_for("Tamsin")
