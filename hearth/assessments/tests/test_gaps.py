"""What an assessment may not be sent without."""

from dataclasses import replace
from datetime import date

import pytest

from hearth.assessments.rules import Adult, Agency, Child, Facts, Seen, gaps
from hearth.assessments.rules.gaps import why_factors_not_valid

ANSWERS = {
    "child_words": "I like my school.",
    "words_obtained": "talking",
    "words_changed": "She stays at the same school.",
    "day_in_life": "She wakes early and gets breakfast.",
    **dict.fromkeys(
        [
            "health",
            "education",
            "emotional",
            "identity",
            "relationships",
            "presentation",
            "self_care",
            "culture",
            "ethnicity",
            "religion",
            "language",
            "disability",
            "risk_rationale",
            "analysis",
        ],
        "Something was written here.",
    ),
    "risk_rating": "moderate",
    "outcome": "child_in_need",
}
SEEN = (Seen(date(2026, 2, 10), "At home", "Amara", alone=True),)
TAMSIN = Child(
    pk=1,
    name="Tamsin Quill",
    first_name="Tamsin",
    age=9,
    answers=ANSWERS,
    risks=[("3B", "She hears it.")],
    protections=[("school", "She is there every day.")],
    factors=["3B"],
    seen=SEEN,
)
WHOLE = Facts(
    kind="single",
    trigger_on=date(2026, 2, 2),
    started_on=date(2026, 2, 4),
    answers=dict.fromkeys(
        [
            "people_to_see",
            "agencies_to_ask",
            "questions",
            "parenting_capacity",
            "family_environment",
            "history_considered",
            "family_analysis",
        ],
        "Written.",
    ),
    children=[TAMSIN],
    adults=[Adult("adult-5", "Marian Quill", spoken_to=True)],
    agencies=[Agency(3, "School", is_waiting=False)],
)


def words(facts):
    return [gap.words for gap in gaps(facts)]


def with_child(**changes):
    return replace(WHOLE, children=[replace(TAMSIN, **changes)])


def without(*fields, **changes):
    answers = {field: text for field, text in ANSWERS.items() if field not in fields}
    return with_child(answers=answers, **changes)


def test_a_whole_assessment_has_no_gap():
    assert gaps(WHOLE) == []


@pytest.mark.parametrize("field", sorted(WHOLE.answers))
def test_each_thing_said_of_the_family_is_required(field):
    rest = {name: text for name, text in WHOLE.answers.items() if name != field}

    [gap] = gaps(replace(WHOLE, answers=rest))

    assert (gap.field, gap.child, gap.anchor) == (field, None, f"id_{field}")


@pytest.mark.parametrize("field", sorted(set(ANSWERS) - {"risk_rating", "outcome"}))
def test_each_childs_answer_is_required_and_linked_to_its_box(field):
    [gap] = gaps(without(field))

    assert gap.field == field
    assert gap.anchor == f"id_child-1-{field}"
    assert gap.words.startswith("Tamsin Quill: ")


def test_a_rating_and_an_outcome_are_required():
    assert words(without("risk_rating")) == ["Tamsin Quill: say how great the risk is"]
    assert words(without("outcome")) == ["Tamsin Quill: say what should happen next"]


@pytest.mark.parametrize("outcome", ["no_further_action", "early_help"])
def test_closing_needs_the_censuss_reason(outcome):
    closing = {**ANSWERS, "outcome": outcome}

    assert words(with_child(answers=closing)) == ["Tamsin Quill: say why the case is to close"]
    assert words(with_child(answers={**closing, "closure_reason": "RC8"})) == []


def test_closing_needs_a_reason_that_fits_what_the_case_has_been():
    closing = {**ANSWERS, "outcome": "no_further_action", "closure_reason": "RC8"}
    refused = {"RC8": "this had a section 47 enquiry"}

    assert words(with_child(answers=closing, reasons_refused=refused)) == [
        "Tamsin Quill: choose another reason to close: this had a section 47 enquiry"
    ]
    closing["closure_reason"] = "RC7"
    assert words(with_child(answers=closing, reasons_refused=refused)) == []


def test_a_child_must_be_seen_by_a_social_worker_or_it_is_said_why_not():
    told = ["Tamsin Quill: say when a social worker saw them, or why none did"]
    unqualified = replace(SEEN[0], by_social_worker=False)

    assert words(with_child(seen=())) == told
    assert words(with_child(seen=(unqualified,))) == told
    assert words(with_child(seen=(), answers={**ANSWERS, "not_seen_why": "In Spain."})) == []


def test_a_child_not_seen_alone_needs_a_reason():
    not_alone = replace(SEEN[0], alone=False)

    assert words(with_child(seen=(not_alone,))) == [
        "Tamsin Quill: say why they were not seen alone"
    ]
    assert words(with_child(seen=(replace(not_alone, alone_reason="asleep"),))) == []


@pytest.mark.parametrize(("age", "required"), [(2, False), (3, True), (None, True)])
def test_a_childs_own_view_is_required_from_three(age, required):
    found = words(without("child_words", "words_obtained", "words_changed", age=age))

    assert len(found) == (3 if required else 0)


def test_a_baby_has_an_ordinary_day_all_the_same():
    assert words(without("day_in_life", age=0)) == ["Tamsin Quill: describe an ordinary day"]


def test_an_unborn_child_is_neither_seen_nor_heard_and_has_fewer_needs():
    fields = ("child_words", "words_obtained", "words_changed", "day_in_life", "education")

    assert words(without(*fields, is_unborn=True, seen=())) == []
    assert words(without("health", is_unborn=True, seen=())) == ["Tamsin Quill: write about health"]


def test_a_risk_and_a_protection_are_required_for_every_child():
    assert words(with_child(risks=())) == [
        "Tamsin Quill: record at least one risk, or that none was found"
    ]
    assert words(with_child(protections=())) == [
        "Tamsin Quill: record at least one thing that protects"
    ]


def test_an_initial_assessment_asks_for_fewer_needs_and_no_factors():
    facts = without("education", "identity", "presentation", "self_care", factors=())

    assert words(replace(facts, kind="initial")) == []
    assert len(words(replace(facts, kind="core"))) == 5


def test_factors_follow_the_census():
    assert why_factors_not_valid(["3B", "16A"]) is None
    assert why_factors_not_valid(["21"]) is None
    assert why_factors_not_valid([]) == "tick the factors that were found"
    assert why_factors_not_valid(None) == "tick the factors that were found"
    assert "cannot stand beside" in str(why_factors_not_valid(["21", "3B"]))
    assert why_factors_not_valid(["3B", "3B"]) == "the same factor is there twice"
    assert why_factors_not_valid(["3Z"]) == "there is no factor 3Z"


def test_every_parent_is_spoken_to_or_it_is_said_why_not():
    silent = Adult("adult-6", "Joss Quill")

    [gap] = gaps(replace(WHOLE, adults=[*WHOLE.adults, silent]))

    assert gap.words == "Record what Joss Quill thinks, or why they were not spoken to"
    assert gap.anchor == "id_adult-6-views"
    assert gaps(replace(WHOLE, adults=[replace(silent, why_not=True)])) == []
    assert words(replace(WHOLE, adults=())) == ["Record what a parent or carer thinks"]


def test_an_agency_is_asked_and_its_answer_is_not_left_waiting():
    waiting = Agency(7, "Health visiting", is_waiting=True)

    assert words(replace(WHOLE, agencies=())) == ["Record at least one agency that was asked"]
    assert words(replace(WHOLE, agencies=[waiting])) == [
        "Record what Health visiting said, or why there is no answer"
    ]


def test_one_childs_gap_is_not_another_childs():
    rowan = replace(TAMSIN, pk=2, name="Rowan Quill", answers={**ANSWERS, "health": ""})

    [gap] = gaps(replace(WHOLE, children=[TAMSIN, rowan]))

    assert (gap.child, gap.words) == (2, "Rowan Quill: write about health")
