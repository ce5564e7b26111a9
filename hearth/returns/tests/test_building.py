"""What of the record is in a year's census, and what is not, with the reason."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from hearth.accounts.actions import system_worker
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.casework.tests.factories import EpisodeFactory
from hearth.lib.errors import CannotDo
from hearth.people.actions import agree_merge, propose_merge
from hearth.people.models import Disability, Identifier, Merge
from hearth.people.tests.factories import (
    CharacteristicFactory,
    ChildFactory,
    PersonFactory,
    RestrictionFactory,
)
from hearth.returns import actions
from hearth.returns.building.structure import faults
from hearth.returns.models import BuildState, CensusBuild
from hearth.returns.tests.building import (
    TODAY,
    assessed,
    build,
    children_in,
    file_of,
    lines_of,
    planned,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents")]


def child(number="A1", **said):
    return ChildFactory.create(la_child_id=number, ethnicity="WBRI", **said)


def referred(who=None, on=date(2025, 6, 2), **said):
    return EpisodeFactory.create(child=who or child(), started_on=on, **said)


def the_one_in(built):
    [found] = children_in(built).values()
    return found


def test_the_header_says_whose_which_years_and_as_at_when():
    referred()
    dated = datetime(2026, 7, 1, 11, tzinfo=UTC)

    text = file_of(build(dated=dated)).decode()

    for said in (
        "<Collection>CIN</Collection>",
        "<Year>2026</Year>",
        "<ReferenceDate>2026-03-31</ReferenceDate>",
        "<LEA>399</LEA>",
        "<SoftwareCode>Hearth</SoftwareCode>",
        "<DateTime>2026-07-01T12:00:00</DateTime>",
    ):
        assert said in text


def told_of():
    """A child with two disabilities, a number, an assessment with factors and a plan."""
    who, by = child(), {"recorded_by": system_worker()}
    Disability.objects.create(person=who, code="LD", **by)
    Disability.objects.create(person=who, code="AUT", **by)
    Identifier.objects.create(person=who, kind="upn", value="B801200005001", **by)
    episode = referred(who)
    reviewed = {"internal_review_on": date(2025, 6, 17)}
    assessed(episode, date(2025, 6, 3), date(2025, 7, 14), factors=["4B", "3B"], **reviewed)
    planned(episode, date(2025, 7, 15))


def test_a_child_is_written_with_episode_assessment_factors_and_plan():
    told_of()

    assert the_one_in(build()) == {
        "ChildIdentifiers": {
            "LAchildID": "A1",
            "UPN": "B801200005001",
            "PersonBirthDate": "2016-09-14",
            "Sex": "M",
        },
        "ChildCharacteristics": {
            "Ethnicity": "WBRI",
            "Disabilities": {"Disability": ["LD", "AUT"]},
        },
        "CINdetails": [
            {
                "CINreferralDate": "2025-06-02",
                "ReferralSource": "6",
                "PrimaryNeedCode": "N1",
                "Assessments": [
                    {
                        "AssessmentActualStartDate": "2025-06-03",
                        "AssessmentInternalReviewDate": "2025-06-17",
                        "AssessmentAuthorisationDate": "2025-07-14",
                        "FactorsIdentifiedAtAssessment": {"AssessmentFactors": ["3B", "4B"]},
                    }
                ],
                "CINPlanDates": [{"CINPlanStartDate": "2025-07-15"}],
                "ReferralNFA": "0",
            }
        ],
    }


@pytest.mark.parametrize(
    ("started", "ended", "is_in"),
    [
        (date(2020, 1, 6), None, True),
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (date(2020, 1, 6), date(2025, 3, 31), False),
        (date(2020, 1, 6), date(2025, 4, 1), True),
        (date(2025, 6, 2), date(2026, 6, 1), True),
    ],
)
def test_an_episode_is_in_the_year_if_it_was_open_on_any_day_of_it(started, ended, is_in):
    referred(on=date(2025, 5, 1), who=child("Z9"))
    referred(on=started, ended_on=ended, closure_reason="RC7" if ended else "")

    assert ("A1" in children_in(build())) is is_in


def test_a_closure_is_sent_with_its_reason_only_if_it_came_within_the_year():
    referred(child("A1"), ended_on=date(2026, 3, 31), closure_reason="RC7")
    referred(child("A2"), ended_on=date(2026, 4, 1), closure_reason="RC7")

    said: Any = {number: each["CINdetails"][0] for number, each in children_in(build()).items()}

    assert said["A1"]["CINclosureDate"] == "2026-03-31"
    assert said["A1"]["ReasonForClosure"] == "RC7"
    assert said["A2"].keys() == {
        "CINreferralDate",
        "ReferralSource",
        "PrimaryNeedCode",
        "ReferralNFA",
    }


def test_a_referral_with_no_further_action_is_its_date_and_source_in_the_year_it_was_made():
    for number, on in (("A1", date(2025, 6, 2)), ("A2", date(2025, 3, 31))):
        referred(child(number), on, ended_on=on, no_further_action=True)

    assert the_one_in(build())["CINdetails"] == [
        {"CINreferralDate": "2025-06-02", "ReferralSource": "6", "ReferralNFA": "1"}
    ]


def test_assessments_are_those_of_the_year_and_one_finished_after_it_was_unfinished():
    old = referred(child("A1"), date(2025, 1, 6))
    assessed(old, date(2025, 1, 7), date(2025, 3, 31), factors=["3B"])
    assessed(old, date(2025, 3, 3), date(2025, 4, 1), factors=["3B"])
    assessed(old, date(2026, 2, 3), date(2026, 4, 1), factors=["3B"])
    assessed(old, date(2026, 4, 2))
    cancelled: Any = {"cancelled_by": system_worker(), "cancelled_reason": "Begun in error"}
    assessed(old, date(2025, 9, 1), cancelled_on=date(2025, 9, 2), **cancelled)

    [episode] = the_one_in(build())["CINdetails"]

    assert [a["AssessmentActualStartDate"] for a in episode["Assessments"]] == [
        "2025-03-03",
        "2026-02-03",
    ]
    assert episode["Assessments"][1].keys() == {"AssessmentActualStartDate"}


def test_an_assessment_begun_before_the_year_and_unfinished_in_it_is_left_out_and_said():
    assessed(referred(on=date(2025, 1, 6)), date(2025, 1, 7))

    built = build()

    assert "Assessments" not in the_one_in(built)["CINdetails"][0]
    [(number, reason, words)] = lines_of(built)
    assert (number, reason) == ("A1", "part_left_out")
    assert "begun on 7 January 2025 was still unfinished" in words


def test_in_need_plans_are_those_of_the_year_without_an_end_that_came_after_it():
    episode = referred(on=date(2025, 1, 6))
    for start, end in (
        (date(2025, 1, 7), date(2025, 3, 31)),
        (date(2025, 3, 31), date(2025, 9, 1)),
        (date(2025, 10, 1), date(2026, 4, 1)),
        (date(2026, 4, 1), None),
    ):
        planned(episode, start, end)

    [said] = the_one_in(build())["CINdetails"]

    assert said["CINPlanDates"] == [
        {"CINPlanStartDate": "2025-03-31", "CINPlanEndDate": "2025-09-01"},
        {"CINPlanStartDate": "2025-10-01"},
    ]


def test_whoever_was_unborn_at_the_end_of_the_year_is_expected_and_of_no_sex():
    referred(child("A1", unborn=True, born_on=date(2026, 4, 20)), date(2026, 2, 2))
    referred(child("A2", born_on=date(2026, 4, 2)), date(2026, 2, 2))

    for said in children_in(build()).values():
        assert said["ChildIdentifiers"]["Sex"] == "U"
        assert "PersonBirthDate" not in said["ChildIdentifiers"]
        assert said["ChildIdentifiers"]["ExpectedPersonBirthDate"].startswith("2026-04")


def test_what_is_not_known_is_said_as_such_or_not_at_all():
    who = ChildFactory.create(la_child_id="A1", sex="U", birth_kind="unknown", born_on=None)
    referred(who, referral_source="", primary_need="")
    CharacteristicFactory.create(person=who, kind="upn_unknown_reason", code="UN4")

    built = build()

    said = the_one_in(built)
    assert said["ChildIdentifiers"] == {"LAchildID": "A1", "UPNunknown": "UN4", "Sex": "U"}
    assert said["ChildCharacteristics"] == {"Ethnicity": "NOBT"}
    assert said["CINdetails"][0]["ReferralSource"] == "10"
    assert [line[1] for line in lines_of(built)] == ["said_otherwise"]


def test_a_death_is_sent_if_it_had_come_and_a_former_number_beside_the_new_one():
    said: Any = {"recorded_by": system_worker(), "kind": "upn"}
    dead, later = child("A1", died_on=date(2026, 3, 1)), child("A2", died_on=date(2026, 4, 3))
    Identifier.objects.create(person=dead, value="P207000016049", ended_on=date(2025, 9, 1), **said)
    Identifier.objects.create(
        person=dead, value="B801200005001", started_on=date(2025, 9, 1), **said
    )
    referred(dead)
    referred(later)

    who = {number: each["ChildIdentifiers"] for number, each in children_in(build()).items()}

    assert (who["A1"]["UPN"], who["A1"]["FormerUPN"]) == ("B801200005001", "P207000016049")
    assert who["A1"]["PersonDeathDate"] == "2026-03-01"
    assert "PersonDeathDate" not in who["A2"]


def test_a_characteristic_is_the_one_that_held_on_the_last_day_of_the_year():
    who = ChildFactory.create(la_child_id="A1", ethnicity="")
    for code, start, end in (
        ("NOBT", None, date(2025, 5, 1)),
        ("MWBC", date(2025, 5, 1), date(2026, 4, 1)),
        ("WBRI", date(2026, 4, 1), None),
    ):
        CharacteristicFactory.create(person=who, code=code, started_on=start, ended_on=end)
    referred(who)

    assert the_one_in(build())["ChildCharacteristics"]["Ethnicity"] == "MWBC"


def test_a_disability_first_recorded_after_the_year_is_better_than_none():
    who = child()
    referred(who)
    Disability.objects.create(
        person=who, code="HEAR", started_on=date(2026, 5, 1), recorded_by=system_worker()
    )

    said = the_one_in(build())["ChildCharacteristics"]

    assert said["Disabilities"]["Disability"] == ["HEAR"]


def test_a_merged_record_gives_way_to_the_one_it_is_part_of():
    gone, kept = child("A1"), child("A2")
    referred(gone)
    merge = propose_merge(
        person=gone, other_person=kept, reason="One child", by=UserFactory.create()
    )
    agree_merge(merge=Merge.objects.get(pk=merge.pk), by=UserFactory.create())

    built = build()

    assert children_in(built).keys() == {"A2"}
    assert lines_of(built) == [("A1", "merged", "")]


def test_each_child_left_out_is_listed_with_the_reason():
    referred(child("A1"))
    child("A2")
    referred(PersonFactory.create())
    referred(child("A-4"))

    built = build()

    assert children_in(built).keys() == {"A1"}
    assert lines_of(built) == [
        ("A-4", "not_taken", "LAchildID is A-4, which is not taken"),
        ("A2", "nothing", ""),
        ("", "no_number", ""),
    ]
    assert built.counts == {
        "children.left_out": 2,
        "children.nothing": 1,
        "children.written": 1,
        "episodes.left_out": 2,
        "episodes.written": 1,
    }


def test_a_restricted_child_is_in_the_file_and_their_line_is_kept_from_who_may_not_know():
    who = child()
    assessed(referred(who, date(2025, 1, 6)), date(2025, 1, 7))
    RestrictionFactory.create(person=who)

    built = build()

    assert children_in(built).keys() == {"A1"}
    assert len(lines_of(built)) == 1
    with acting_as(UserFactory.create(roles=[Role.ANALYST])):
        assert lines_of(built) == []


def test_the_file_holds_its_shape_and_children_stand_in_the_order_of_their_numbers():
    for number in ("B2", "A10", "a1", "A9"):
        referred(child(number), closure_reason="RC7", ended_on=date(2025, 9, 1))

    built = build()

    root = etree.parse(BytesIO(file_of(built))).getroot()
    assert list(faults(root)) == []
    assert list(children_in(built)) == ["A10", "A9", "B2", "a1"]


def test_the_census_is_checked_by_its_rules_and_sealed_with_a_digest():
    referred(primary_need="")

    built = build()

    assert built.state == BuildState.DONE
    assert (built.errors, len(built.digest), built.size > 0) == (3, 64, True)


def test_what_is_asked_of_the_database_does_not_grow_with_the_children():
    def asked():
        with CaptureQueriesContext(connection) as queries:
            build()
        return len(queries)

    assessed(referred(child("B0")), date(2025, 7, 1))
    few = asked()
    for number in range(6):
        assessed(referred(child(f"A{number}")), date(2025, 7, 1))

    assert asked() == few


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"year": 2028}, "begins on 1 April 2027"),
        ({"year": 20}, "as 2026"),
        ({"as_at": timezone.now() + timedelta(days=1)}, "a moment that has passed"),
    ],
)
def test_a_census_that_cannot_be_built_is_refused_in_words(said, words):
    with pytest.raises(CannotDo, match=words):
        actions.start_build(**{"year": 2026, "today": TODAY, "by": system_worker(), **said})


def test_an_authority_without_a_code_is_told_so_before_anything_is_built(settings):
    settings.AUTHORITY_CODE = ""

    with pytest.raises(CannotDo, match="HEARTH_AUTHORITY_CODE"):
        build()


def test_a_year_in_which_nothing_happened_has_no_census_and_leaves_no_file(documents):
    child()

    with pytest.raises(CannotDo, match="Nobody on record has anything"):
        build()

    assert CensusBuild.objects.get().state == BuildState.FAILED
    assert [path for path in documents.rglob("*") if path.is_file()] == []
