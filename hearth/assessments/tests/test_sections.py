"""Saving sections: half done, by anybody on the case, and never over another's words."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hearth.assessments import actions
from hearth.assessments.actions import Written
from hearth.assessments.actions.merging import prints
from hearth.assessments.forms.sections import TOLD_BY_VISITS
from hearth.assessments.models import AssessmentChild, AssessmentFactor, RiskFactor, SectionSave
from hearth.assessments.questions import QUESTIONS, SECTIONS
from hearth.assessments.reading import parts_of, read, section_values
from hearth.assessments.tests.factories import FINISHED, family, save, started, submitted
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory, PersonFactory, RelationshipFactory
from hearth.records.tests.factories import ALONE, visit
from hearth.workforce.tests.factories import RegistrationFactory, StaffFactory, social_worker

pytestmark = pytest.mark.django_db


def part_of(assessment, child):
    return next(part for part in parts_of(assessment) if part.child == child)


def values(assessment, child, section, **changes):
    return section_values(part_of(assessment, child), SECTIONS[section]) | changes


def seen_by(assessment, child, section):
    """What a worker had read in a child's part."""
    return prints(section_values(part_of(assessment, child), SECTIONS[section]))


def write(assessment, child, section, *, read_before=None, by=None, **changes):
    place = f"child-{child.pk}"
    mine = values(assessment, child, section, **changes)
    written = {place: Written(mine, read_before or seen_by(assessment, child, section))}
    return actions.save_section(
        assessment=assessment,
        section=section,
        written=written,
        on=FINISHED,
        by=by or assessment.task.worker,
    )


def test_no_child_is_asked_more_than_25_questions_on_the_way_most_take():
    """A visit on the record is not asked again; why a case closes is asked when it closes."""
    asked = [question.field for section in SECTIONS.values() for question in section.child]
    seldom = {*TOLD_BY_VISITS, "closure_reason"}

    assert len([field for field in asked if field not in seldom]) == 25


def test_every_question_says_why_it_is_asked():
    for question in QUESTIONS.values():
        assert re.split("[:.]", question.why)[0] in {"Law", "Guidance", "Return", "Safety"}


def test_a_section_is_saved_as_far_as_it_goes():
    tamsin, rowan = family()
    assessment = started([tamsin, rowan])

    assert write(assessment, tamsin, "needs", health="She is well.") == []

    assert part_of(assessment, tamsin).health == "She is well."
    assert part_of(assessment, rowan).health == ""


def test_who_wrote_what_is_kept_and_nobody_who_wrote_may_sign_off():
    tamsin, rowan = family()
    assessment = started([tamsin, rowan])
    helper = StaffFactory.create().user

    write(assessment, tamsin, "needs", health="She is well.", by=helper)

    saved = SectionSave.objects.get(assessment=assessment)
    assert (saved.recorded_by, saved.section, saved.child) == (helper, "needs", tamsin)
    assessment.task.refresh_from_db()
    assert helper.pk in assessment.task.worked_by


def test_saving_without_a_change_writes_nothing():
    [tamsin] = family(1)
    assessment = started([tamsin])

    write(assessment, tamsin, "needs")

    assert not SectionSave.objects.exists()


def test_two_editors_of_different_questions_both_keep_their_words():
    [tamsin] = family(1)
    assessment = started([tamsin])
    before = seen_by(assessment, tamsin, "needs")
    write(assessment, tamsin, "needs", health="She is well.")

    mine = {"health": "", "education": "She reads."}
    clashes = write(assessment, tamsin, "needs", read_before=before, by=social_worker(), **mine)

    part = part_of(assessment, tamsin)
    assert clashes == []
    assert (part.health, part.education) == ("She is well.", "She reads.")


def test_two_editors_of_one_question_are_shown_both_texts_and_nothing_is_saved():
    [tamsin] = family(1)
    assessment = started([tamsin])
    before = seen_by(assessment, tamsin, "needs")
    write(assessment, tamsin, "needs", health="She is well.")

    mine = {"health": "She has asthma.", "education": "She reads."}
    [clash] = write(assessment, tamsin, "needs", read_before=before, **mine)

    assert (clash.field, clash.theirs, clash.mine) == ("health", "She is well.", "She has asthma.")
    part = part_of(assessment, tamsin)
    assert (part.health, part.education) == ("She is well.", "")


def test_rows_are_added_kept_and_taken_out_with_what_they_said():
    [tamsin] = family(1)
    assessment = started([tamsin])
    hears, hungry = ("3B", "She hears it."), ("16A", "She is hungry.")
    write(assessment, tamsin, "risk", risks=[hears, hungry])

    write(assessment, tamsin, "risk", risks=[hungry, ("10A", "She runs off.")])

    risks: Any = RiskFactor.objects.filter(child=tamsin).order_by("pk")
    assert [(risk.code, risk.removed_at is None) for risk in risks] == [
        ("3B", False),
        ("16A", True),
        ("10A", True),
    ]
    assert values(assessment, tamsin, "risk")["risks"] == [hungry, ("10A", "She runs off.")]


def test_factors_are_kept_once_and_none_found_stands_alone():
    [tamsin] = family(1)
    assessment = started([tamsin])
    write(assessment, tamsin, "conclusion", factors=["3B", "16A"])

    with pytest.raises(CannotDo, match="cannot stand beside another"):
        write(assessment, tamsin, "conclusion", factors=["3B", "21"])
    write(assessment, tamsin, "conclusion", factors=["21"])

    assert values(assessment, tamsin, "conclusion")["factors"] == ["21"]


@pytest.mark.parametrize("codes", [("3B", "3B"), ("21", "3B"), ("3B", "21")])
def test_the_database_refuses_a_factor_twice_and_none_found_beside_another(codes):
    [tamsin] = family(1)
    part = started([tamsin]).children.get()
    AssessmentFactor.objects.create(part=part, child=tamsin, code=codes[0])

    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentFactor.objects.create(part=part, child=tamsin, code=codes[1])


def test_every_published_factor_may_stand_beside_every_other():
    from hearth.lib.codes import code_set

    [tamsin] = family(1)
    part = started([tamsin]).children.get()
    codes = [entry.code for entry in code_set("assessment_factors") if entry.code != "21"]

    AssessmentFactor.objects.bulk_create(
        AssessmentFactor(part=part, child=tamsin, code=code) for code in codes
    )


def test_the_reason_for_closing_goes_with_an_outcome_that_closes():
    [tamsin] = family(1)
    assessment = started([tamsin])
    write(assessment, tamsin, "conclusion", outcome="no_further_action", closure_reason="RC8")

    write(assessment, tamsin, "conclusion", outcome="child_in_need")

    assert part_of(assessment, tamsin).closure_reason == ""


@pytest.mark.parametrize(
    ("section", "changes", "why"),
    [
        ("voice", {"seen_on": date(2026, 3, 17)}, "in the future"),
        ("voice", {"seen_on": date(2014, 9, 13)}, "before they were born"),
        ("voice", {"how_safe_on": date(2030, 1, 1)}, "in the future"),
        ("voice", {"how_safe": 11}, "a number from 1 to 10"),
        ("voice", {"how_safe": 0}, "a number from 1 to 10"),
        ("voice", {"words_obtained": "telepathy"}, "has no code telepathy"),
        ("risk", {"risk_rating": "purple"}, "has no code purple"),
        ("risk", {"risks": [("99Z", "x")]}, "there is no 99Z"),
        ("risk", {"risks": [("", "x")]}, "there is no empty choice"),
        ("risk", {"protections": [("school", "")]}, "Say how, beside"),
        ("conclusion", {"outcome": "adoption"}, "from the list"),
        ("conclusion", {"outcome": "core_assessment"}, "Only an initial assessment"),
        ("conclusion", {"closure_reason": "RC99"}, "has no code RC99"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused_and_nothing_changes(section, changes, why):
    [tamsin] = family(1)
    assessment = started([tamsin])

    with pytest.raises(CannotDo, match=why), transaction.atomic():
        write(assessment, tamsin, section, **changes)
    assert not SectionSave.objects.exists()


def test_a_closing_reason_not_yet_in_use_is_refused():
    [tamsin] = family(1)
    assessment = started([tamsin])
    mine = values(assessment, tamsin, "conclusion", closure_reason="RC9")

    with pytest.raises(CannotDo, match="was not in use on 1 June 2021"):
        actions.save_section(
            assessment=assessment,
            section="conclusion",
            written={f"child-{tamsin.pk}": Written(mine)},
            on=date(2021, 6, 1),
            by=assessment.task.worker,
        )


@pytest.mark.parametrize("place", ["child-0", "child-x", "adult-1", "nonsense"])
def test_a_part_that_is_not_there_is_refused(place):
    assessment = started()

    with pytest.raises(CannotDo, match="not a part of this assessment"):
        actions.save_section(
            assessment=assessment,
            section="needs",
            written={place: Written({"health": "x"})},
            on=FINISHED,
            by=assessment.task.worker,
        )


def test_another_familys_child_is_not_written_of():
    assessment, other = started(), ChildFactory.create()

    with pytest.raises(CannotDo, match="not a part of this assessment"):
        actions.save_section(
            assessment=assessment,
            section="needs",
            written={f"child-{other.pk}": Written({"health": "x"})},
            on=FINISHED,
            by=assessment.task.worker,
        )


def test_what_is_with_a_manager_cannot_be_changed():
    assessment = submitted()

    with pytest.raises(CannotDo, match="This is with a manager"):
        save(assessment, "family", {"parenting_capacity": "Changed", "family_environment": ""})


def test_long_and_unusual_words_are_kept_as_they_are():
    [tamsin] = family(1)
    assessment = started([tamsin])
    said = "تامسين 🙂 " + "She said so. " * 5000

    write(assessment, tamsin, "voice", child_words=said)

    assert part_of(assessment, tamsin).child_words == said


def test_the_databases_own_scale():
    part = started().children.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentChild.objects.filter(pk=part.pk).update(how_safe=11)


def test_visits_of_the_assessment_are_counted_and_others_are_not():
    tamsin, rowan = family()
    assessment = started([tamsin, rowan])
    worker, helper = assessment.task.worker, StaffFactory.create().user
    for when in ((2026, 2, 1), (2026, 2, 10), (2026, 2, 10), (2026, 2, 17)):
        at = timezone.make_aware(datetime(*when, 16))  # noqa: DTZ001
        visit(tamsin, by=worker, happened_at=at, kind="assessment")
    at = timezone.make_aware(datetime(2026, 2, 11, 16))  # noqa: DTZ001
    visit(rowan, by=helper, happened_at=at, parts=[(rowan, {**ALONE, "own_words": "I like cats."})])

    of_tamsin, of_rowan = read(assessment).facts.children

    assert of_tamsin.seen_days == 2
    assert of_tamsin.was_seen
    assert (of_rowan.was_seen, of_rowan.seen_days) == (False, 1)
    assert of_rowan.seen[0].own_words == "I like cats."


def test_a_visit_by_somebody_registered_that_day_counts_whatever_came_later():
    [tamsin] = family(1)
    assessment = started([tamsin])
    staff = StaffFactory.create()
    RegistrationFactory.create(
        staff=staff, started_on=date(2020, 1, 1), expires_on=date(2026, 2, 11)
    )
    for day, expected in ((10, True), (11, True)):
        at = timezone.make_aware(datetime(2026, 2, day, 16))  # noqa: DTZ001
        visit(tamsin, by=staff.user, happened_at=at)
        assert read(assessment).facts.children[0].was_seen is expected

    assert [seen.by_social_worker for seen in read(assessment).facts.children[0].seen] == [
        True,
        False,
    ]


def test_the_family_is_found_whichever_way_a_relationship_was_recorded():
    tamsin, rowan = family()
    father = PersonFactory.create(given_names="Joss", sex="M")
    RelationshipFactory.create(person=tamsin, other_person=father, code="daughter")
    aunt = PersonFactory.create(given_names="Ruth")
    RelationshipFactory.create(
        person=aunt, other_person=rowan, code="aunt", parental_responsibility=True
    )
    grandmother = PersonFactory.create(given_names="Nan")
    RelationshipFactory.create(
        person=grandmother, other_person=rowan, code="grandmother", parental_responsibility=False
    )
    dead = PersonFactory.create(given_names="Gone", died_on=date(2020, 1, 1))
    RelationshipFactory.create(person=dead, other_person=rowan, code="stepfather")

    adults = {
        str(a.name).split()[0]: a.relationship for a in read(started([tamsin, rowan])).facts.adults
    }

    assert adults == {"Marian": "Mother", "Joss": "Father", "Ruth": "Aunt"}


def test_brothers_and_sisters_with_no_part_are_noticed():
    tamsin, rowan, bea = family(3)
    grown = ChildFactory.create(given_names="Grown", born_on=date(2000, 1, 1))
    RelationshipFactory.create(person=grown, other_person=tamsin, code="half_brother")

    assert read(started([tamsin, rowan])).facts.left_out == [bea.name]


def test_children_of_the_writers_other_families_are_known_by_name():
    [tamsin] = family(1)
    other = ChildFactory.create(given_names="Kwame", family_name="Mensah")
    assessment = started([tamsin])
    from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory

    AllocationFactory.create(
        episode=EpisodeFactory.create(child=other), worker=assessment.task.worker
    )

    assert read(assessment, writer=assessment.task.worker).facts.elsewhere == {"kwame"}
    assert read(assessment).facts.elsewhere == frozenset()
