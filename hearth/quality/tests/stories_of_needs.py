"""Known faults and near misses of signs of harm, young carers, disability and public funds."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F

from hearth.assessments.models import AgencyConsulted, Assessment, AssessmentChild, AssessmentFactor
from hearth.front_door.models import Contact, ContactChild
from hearth.people.models import Disability, NetworkMember, Organisation
from hearth.people.tests.factories import (
    CharacteristicFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
)
from hearth.quality.tests.stories import REFERRED, TODAY, Case, at, fault, near_miss
from hearth.records.models import CaseNote, Document, DocumentChild, NoteChild

LATELY = date(2026, 6, 8)
YESTERDAY = TODAY - timedelta(3)  # today is a Monday: the working day before
FIFTEEN, SEVENTEEN = date(2011, 2, 1), date(2009, 6, 1)


def contact(case: Case, day: date, **said: Any) -> None:
    """A contact about the child, received on a day."""
    made = Contact.objects.create(
        about=case.about,
        received_at=at(day),
        recorded_by=case.worker,
        team=case.team,
        method="phone",
        referrer_kind="professional",
        referrer_name="Ms Brook",
        referrer_agency="school",
        referrer_organisation="Mill Road School",
        source="2B",
        reason="What the school saw.",
        **said,
    )
    ContactChild.objects.create(contact=made, child=case.child)


def assessment(case: Case, day: date, *factors: str, ended: bool = False) -> Assessment:
    """An assessment of the child, with the factors it found on the day it began."""
    signed = (
        {
            "submitted_on": day,
            "submitted_by": case.worker,
            "authorised_on": day,
            "authorised_by": case.boss,
        }
        if ended
        else {}
    )
    made = Assessment.objects.create(
        about=case.about,
        kind="single",
        trigger_on=day,
        started_on=day,
        recorded_by=case.worker,
        **signed,
    )
    part = AssessmentChild.objects.create(assessment=made, child=case.child, episode=case.episode)
    for code in factors:
        row = AssessmentFactor.objects.create(part=part, child=case.child, code=code)
        AssessmentFactor.objects.filter(pk=row.pk).update(recorded_at=at(day))
    return made


def paper(case: Case, kind: str, day: date, **said: Any) -> None:
    """A document of a kind on the child's record, of a day."""
    made = Document.objects.create(
        about=case.about, title="A paper", kind=kind, dated_on=day, recorded_by=case.worker, **said
    )
    DocumentChild.objects.create(document=made, child=case.child)


def disabled(case: Case, code: str = "LD", **said: Any) -> None:
    """A disability on the child's record."""
    Disability.objects.create(person=case.child, code=code, recorded_by=case.worker, **said)


def adult_worker(case: Case, agency: str = "adult_social_care") -> None:
    """Somebody of an agency among the professionals around the child."""
    team = Organisation.objects.create(name="Adult learning disability team", agency=agency)
    NetworkMember.objects.create(
        person=case.child, organisation=team, part="Transition worker", recorded_by=case.worker
    )


def without_funds(case: Case, *, lives_there: bool = True, **said: Any) -> None:
    """The child's mother, who has no recourse to public funds."""
    mother, home = PersonFactory.create(), HouseholdFactory.create()
    HouseholdMemberFactory.create(person=case.child, household=home)
    if lives_there:
        HouseholdMemberFactory.create(person=mother, household=home)
    given = {"code": "no_recourse", "started_on": date(2024, 1, 8), **said}
    CharacteristicFactory.create(person=mother, kind="immigration_status", **given)


def considered(case: Case, day: date) -> None:
    """A manager's decision that section 47 is not needed."""
    note = CaseNote.objects.create(
        about=case.about,
        kind="management_decision",
        happened_at=at(day),
        headline="Section 47 considered",
        text="The injury was at football; the school and the GP agree.",
        oversight_point="section_47",
        recorded_by=case.boss,
    )
    NoteChild.objects.create(note=note, child=case.child)


@fault("PC-013")
def a_contact_about_an_injury_and_nothing_since(case: Case):
    contact(case, LATELY, concerns=["injury"], significant_harm=True)


@fault("PC-013")
def an_assessment_that_finds_abuse_and_nothing_since(case: Case):
    assessment(case, LATELY, "19C")


@fault("PC-013")
def a_discussion_that_was_called_and_never_held(case: Case):
    contact(case, LATELY, concerns=["injury"], significant_harm=True)
    case.meeting("strategy", None)


@fault("PC-013")
def discussed_only_in_an_earlier_episode(case: Case):
    case.strategy(REFERRED - timedelta(60), "police", "gp")
    contact(case, LATELY, concerns=["told_of_abuse"], significant_harm=True)


@near_miss("PC-013")
def an_injury_discussed_the_same_day(case: Case):
    contact(case, LATELY, concerns=["injury"], significant_harm=True)
    case.strategy(LATELY, "police", "gp")


@near_miss("PC-013")
def abuse_named_again_at_the_end_of_the_assessment(case: Case):
    case.enquiry(REFERRED, ended=REFERRED + timedelta(10), outcome="not_substantiated")
    assessment(case, LATELY, "18C")


@near_miss("PC-013")
def a_manager_decided_that_section_47_is_not_needed(case: Case):
    contact(case, LATELY, concerns=["injury"], significant_harm=True)
    considered(case, LATELY)


@near_miss("PC-013")
def told_on_the_last_working_day(case: Case):
    contact(case, YESTERDAY, concerns=["injury"], significant_harm=True)


@near_miss("PC-013")
def a_contact_about_money(case: Case):
    contact(case, LATELY, concerns=["money"])


@near_miss("PC-013")
def a_factor_taken_out_again(case: Case):
    assessment(case, LATELY, "18C")
    AssessmentFactor.objects.filter(child=case.child).update(removed_at=F("recorded_at"))


@near_miss("PC-013")
def a_contact_withdrawn_as_about_another_child(case: Case):
    contact(case, LATELY, concerns=["injury"], significant_harm=True)
    Contact.objects.filter(children__child=case.child).update(
        withdrawn_at=at(LATELY), withdrawn_by=case.boss, withdrawn_reason="Another child."
    )


@fault("PC-114", born_on=FIFTEEN)
def a_young_carer_nobody_assessed(case: Case):
    contact(case, REFERRED, concerns=["young_carer"])


@fault("PC-114", born_on=FIFTEEN)
def an_assessed_carer_whose_school_does_not_know(case: Case):
    assessment(case, REFERRED, "7A", ended=True)
    paper(case, "young_carer", date(2026, 4, 1))


@near_miss("PC-114", born_on=FIFTEEN)
def an_assessed_carer_whose_school_was_asked(case: Case):
    made = assessment(case, REFERRED, "7A")
    paper(case, "young_carer", date(2026, 4, 1))
    AgencyConsulted.objects.create(
        assessment=made,
        about=case.about,
        agency="school",
        asked_on=REFERRED,
        recorded_by=case.worker,
    )


@near_miss("PC-114", born_on=FIFTEEN)
def a_carer_known_since_last_month(case: Case):
    contact(case, date(2026, 5, 11), concerns=["young_carer"])


@near_miss("PC-114", born_on=FIFTEEN)
def a_carer_whose_school_came_to_a_review(case: Case):
    contact(case, REFERRED, concerns=["young_carer"])
    paper(case, "young_carer", date(2026, 4, 1))
    case.member(case.meeting("in_need_review", LATELY), "Ms Brook", "school")


@fault("PC-055", born_on=FIFTEEN)
def fifteen_and_disabled_with_no_plan_for_adulthood(case: Case):
    disabled(case)


@fault("PC-055", born_on=FIFTEEN)
def a_plan_for_adulthood_looked_at_last_year(case: Case):
    disabled(case)
    paper(case, "adulthood_plan", date(2025, 9, 1))


@fault("PC-055", born_on=SEVENTEEN)
def seventeen_and_nobody_of_adult_social_care_is_named(case: Case):
    disabled(case)
    paper(case, "adulthood_plan", LATELY)
    adult_worker(case, "other_health")


@near_miss("PC-055", born_on=SEVENTEEN)
def a_plan_with_an_adult_worker_named(case: Case):
    disabled(case)
    paper(case, "adulthood_plan", LATELY)
    adult_worker(case)


@near_miss("PC-055", born_on=FIFTEEN)
def fifteen_with_a_plan_and_nobody_named_yet(case: Case):
    disabled(case)
    paper(case, "adulthood_plan", date(2026, 1, 12))


@near_miss("PC-055", born_on=FIFTEEN)
def fifteen_with_no_disability(case: Case):
    disabled(case, "NONE")


@near_miss("PC-055", born_on=date(2012, 6, 16))
def thirteen_and_disabled(case: Case):
    disabled(case)


@fault("PC-095")
def a_mother_without_public_funds_and_no_assessment(case: Case):
    without_funds(case)


@fault("PC-095")
def assessed_only_in_an_earlier_episode(case: Case):
    without_funds(case)
    assessment(case, REFERRED - timedelta(90), ended=True)


@near_miss("PC-095")
def assessed_since_the_referral(case: Case):
    without_funds(case)
    assessment(case, date(2026, 4, 13), ended=True)


@near_miss("PC-095")
def her_status_has_changed_since(case: Case):
    without_funds(case, ended_on=date(2026, 4, 1))


@near_miss("PC-095")
def she_lives_elsewhere(case: Case):
    without_funds(case, lives_there=False)


@near_miss("PC-095")
def it_became_known_last_month(case: Case):
    without_funds(case, started_on=date(2026, 5, 11))
