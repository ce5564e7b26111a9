"""What parents think, and what agencies said."""

from datetime import date
from typing import Any

import pytest

from hearth.assessments import actions
from hearth.assessments.actions import Written
from hearth.assessments.actions.merging import prints
from hearth.assessments.models import ParentView
from hearth.assessments.reading import parent_values, read
from hearth.assessments.rules import gaps
from hearth.assessments.tests.factories import FINISHED, family, hear_agency, started, submitted
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory

pytestmark = pytest.mark.django_db

SAID = {"seen_on": date(2026, 2, 11), "views": "I want the arguing to stop."}


def mother_of(assessment):
    return read(assessment).family.adults[0][0]


def hear(assessment, place, values, read_before=""):
    return actions.save_parents(
        assessment=assessment,
        written={place: Written(values, read_before)},
        on=FINISHED,
        by=assessment.task.worker,
    )


def missing(assessment, section):
    return [gap.words for gap in gaps(read(assessment).facts) if gap.section == section]


def test_a_parent_on_record_is_heard():
    assessment = started()
    mother = mother_of(assessment)

    hear(assessment, f"adult-{mother.pk}", SAID)

    assert assessment.parents.get().views == SAID["views"]
    assert missing(assessment, "parents") == []


def test_a_parent_not_spoken_to_has_a_coded_reason():
    assessment = started()
    mother = mother_of(assessment)

    hear(assessment, f"adult-{mother.pk}", {"not_seen_reason": "refused"})

    assert missing(assessment, "parents") == []


def test_views_without_the_day_are_still_a_gap():
    assessment = started()

    hear(assessment, f"adult-{mother_of(assessment).pk}", {"views": "I am tired."})

    assert len(missing(assessment, "parents")) == 1


def test_somebody_known_by_name_alone_is_heard_and_found_again():
    assessment = started()
    hear(assessment, "adult-other-new", {"name": "Joss", "relationship": "Mum's friend", **SAID})
    view = assessment.parents.get()

    hear(
        assessment,
        f"adult-other-{view.pk}",
        {**parent_values(view), "views": "I said more."},
        prints(parent_values(view)),
    )

    assert ParentView.objects.get().views == "I said more."
    assert str(view) == "Joss"


def test_two_workers_hearing_one_parent_are_shown_both_texts():
    assessment = started()
    place = f"adult-{mother_of(assessment).pk}"
    nothing = prints(parent_values(ParentView(person_id=1)))
    hear(assessment, place, SAID, nothing)

    [clash] = hear(assessment, place, {**SAID, "views": "She said no."}, nothing)

    assert (clash.theirs, clash.mine) == (SAID["views"], "She said no.")
    assert assessment.parents.get().views == SAID["views"]


def test_nothing_said_makes_nobody():
    assessment = started()

    hear(assessment, f"adult-{mother_of(assessment).pk}", {})

    assert not assessment.parents.exists()


def test_views_belong_to_somebody():
    with pytest.raises(CannotDo, match="Say whose views these are"):
        hear(started(), "adult-other-new", SAID)


@pytest.mark.parametrize("place", ["adult-0", "adult-x", "parent-1", "other-3"])
def test_somebody_who_is_not_there_is_refused(place):
    with pytest.raises(CannotDo, match="not part of this assessment"):
        hear(started(), place, SAID)


def test_a_child_of_the_assessment_is_not_their_own_parent():
    children = family()
    assessment = started(children)

    with pytest.raises(CannotDo, match="not part of this assessment"):
        hear(assessment, f"adult-{children[0].pk}", SAID)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"seen_on": date(2026, 3, 17)}, "in the future"),
        ({"not_seen_reason": "nonsense"}, "has no code nonsense"),
    ],
)
def test_what_cannot_be_right_of_a_parent_is_refused(values, why):
    assessment = started()

    with pytest.raises(CannotDo, match=why):
        hear(assessment, f"adult-{mother_of(assessment).pk}", values)


def ask(assessment, **kwargs):
    given: dict[str, Any] = {"agency": "gp", "asked_on": date(2026, 2, 5), "on": FINISHED}
    return actions.ask_agency(assessment=assessment, by=assessment.task.worker, **(given | kwargs))


def answer(asked, **kwargs):
    actions.record_agency_answer(agency=asked, on=FINISHED, by=asked.recorded_by, **kwargs)
    asked.refresh_from_db()


def test_an_agency_is_asked_chased_and_answers():
    assessment = started()
    asked = ask(assessment, contact="Dr Holt")

    actions.chase_agency(
        agency=asked, chased_on=date(2026, 2, 12), on=FINISHED, by=asked.recorded_by
    )
    actions.chase_agency(
        agency=asked, chased_on=date(2026, 2, 12), on=FINISHED, by=asked.recorded_by
    )
    asked.refresh_from_db()
    assert (asked.chased_on, asked.last_asked_on) == ([date(2026, 2, 12)], date(2026, 2, 12))
    assert len(missing(assessment, "agencies")) == 1

    answer(asked, answered_on=date(2026, 2, 20), said="All jabs are up to date.")

    assert str(asked) == "GP practice (Dr Holt)"
    assert not asked.is_waiting
    assert missing(assessment, "agencies") == []


def test_no_answer_is_recorded_with_why_and_may_be_put_right():
    asked = ask(started())

    answer(asked, no_answer="The surgery has closed.")
    assert not asked.is_waiting

    answer(asked, answered_on=date(2026, 3, 2), said="The notes were found.")
    assert (asked.no_answer, asked.said) == ("", "The notes were found.")


def test_one_child_may_be_asked_about():
    children = family()
    asked = ask(started(children), child=children[1].pk)

    assert asked.child == children[1]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"agency": "guild"}, "has no code guild"),
        ({"asked_on": date(2026, 3, 17)}, "in the future"),
    ],
)
def test_asking_what_cannot_be(changes, why):
    with pytest.raises(CannotDo, match=why):
        ask(started(), **changes)


def test_asking_about_a_child_of_another_family():
    with pytest.raises(CannotDo, match="not part of this assessment"):
        ask(started(), child=ChildFactory.create().pk)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "but not both"),
        ({"said": "x", "no_answer": "y"}, "but not both"),
        ({"said": "x"}, "when they answered"),
        ({"said": "x", "answered_on": date(2026, 2, 4)}, "before they were asked"),
        ({"said": "x", "answered_on": date(2026, 3, 17)}, "in the future"),
    ],
)
def test_an_answer_that_cannot_be(given, why):
    asked = ask(started())

    with pytest.raises(CannotDo, match=why):
        answer(asked, **given)


@pytest.mark.parametrize(
    ("day", "why"),
    [(date(2026, 2, 4), "first asked on 5 February"), (date(2026, 3, 17), "in the future")],
)
def test_chasing_on_a_day_that_cannot_be(day, why):
    asked = ask(started())

    with pytest.raises(CannotDo, match=why):
        actions.chase_agency(agency=asked, chased_on=day, on=FINISHED, by=asked.recorded_by)


def test_an_agency_that_answered_is_not_chased():
    asked = hear_agency(started())

    with pytest.raises(CannotDo, match="already on the record"):
        actions.chase_agency(agency=asked, chased_on=FINISHED, on=FINISHED, by=asked.recorded_by)


def test_nothing_is_asked_once_it_is_with_a_manager():
    assessment = submitted()

    with pytest.raises(CannotDo, match="This is with a manager"):
        ask(assessment)
    with pytest.raises(CannotDo, match="This is with a manager"):
        answer(assessment.agencies.get(), no_answer="Changed")
