"""Who may chair, when a conference is quorate, and what it may decide."""

from datetime import date
from typing import Any

import pytest

from hearth.protection.rules.conference import (
    Came,
    Ties,
    asks_how_they_took_part,
    carries_the_plan_on,
    decisions_for,
    quorum,
    timescale_for,
    usual_attendance,
    why_not_by,
    why_not_independent,
)

OURS = Came(is_ours=True, agency="", attendance="in_person")
MUM = Came(is_ours=False, agency="", attendance="in_person")


def agency(name, attendance="in_person"):
    return Came(is_ours=False, agency=name, attendance=attendance)


@pytest.mark.parametrize(
    ("came", "missing"),
    [
        ([OURS, agency("police"), agency("school")], ""),
        ([OURS, agency("police", "video"), agency("school", "telephone")], ""),
        ([OURS, MUM, MUM, agency("police")], "1 more agency"),
        ([OURS, agency("police"), agency("police")], "1 more agency"),
        ([OURS, agency("police"), agency("school", "apologies")], "1 more agency"),
        ([OURS], "2 more agencies"),
        ([agency("police"), agency("school"), MUM], "children's social care"),
        ([MUM], "children's social care and 2 more agencies"),
    ],
)
def test_social_care_and_two_other_agencies_make_a_quorum_and_the_family_does_not(came, missing):
    found = quorum(came)

    assert found.why_not == missing
    assert found.is_met is (not missing)


@pytest.mark.parametrize(
    ("ties", "why"),
    [
        (Ties(), None),
        (Ties(allocated_on=date(2024, 5, 1)), "worked with a child of this family from 1 May 2024"),
        (Ties(gave_it_out_on=date(2024, 5, 1)), "allocated this family's case on 1 May 2024"),
        (Ties(directed_on=date(2024, 5, 1)), "directed the work with this family on 1 May 2024"),
        (
            Ties(decided_on=date(2024, 5, 1), decided="Section 47 enquiry"),
            "decided on this case on 1 May 2024: section 47 enquiry",
        ),
        (Ties(manages_team="North"), "manage North, which has this case"),
    ],
)
def test_a_chair_has_no_part_in_the_case_or_its_management(ties, why):
    found = why_not_independent("Iris Vane", ties)

    assert found == (f"Iris Vane is not independent: they {why}" if why else None)


def test_a_plan_begins_once_and_only_one_that_stands_goes_on():
    assert "plan" in decisions_for(is_review=False, has_plan=False)
    assert "continue" not in decisions_for(is_review=False, has_plan=False)
    assert "plan" not in decisions_for(is_review=True, has_plan=True)
    assert "plan" in decisions_for(is_review=True, has_plan=False)


def test_age_says_how_the_youngest_took_part():
    assert asks_how_they_took_part(None, is_unborn=True) == "unborn"
    assert asks_how_they_took_part(3, is_unborn=False) == "under_4"
    assert asks_how_they_took_part(4, is_unborn=False) == ""
    assert asks_how_they_took_part(None, is_unborn=False) == ""


def test_a_day_is_set_after_the_conference_and_within_the_limit():
    held, last = date(2026, 3, 2), date(2026, 3, 16)

    assert why_not_by(date(2026, 3, 9), held, last, "The core group") is None
    assert why_not_by(date(2026, 3, 9), held, None, "The core group") is None
    assert "after the conference on 2 March 2026" in str(why_not_by(held, held, last, "It"))
    assert "by 16 March 2026" in str(why_not_by(date(2026, 3, 17), held, last, "It"))


def test_those_asked_are_expected_as_the_meeting_is_held():
    assert usual_attendance("video") == "video"
    assert usual_attendance("mixed") == "in_person"


def test_each_kind_has_its_own_time_limit():
    assert timescale_for("initial_conference") == "CP-02"
    assert timescale_for("pre_birth_conference") == "CP-15"
    assert timescale_for("transfer_conference") == "TRF-01"


def test_the_adults_the_worker_and_the_agencies_carry_the_plan_on():
    one: dict[str, Any] = {
        "is_key": True,
        "is_kept_out": False,
        "is_a_child": False,
        "role": "mother",
    }

    assert carries_the_plan_on(**one)
    assert not carries_the_plan_on(**one | {"is_key": False})
    assert not carries_the_plan_on(**one | {"is_kept_out": True})
    assert not carries_the_plan_on(**one | {"is_a_child": True})
    assert not carries_the_plan_on(**one | {"role": "team manager"})
