"""What a good reader would stop at."""

from dataclasses import replace
from datetime import date

import pytest

from hearth.assessments.rules import Child, Facts, Seen, cautions
from hearth.assessments.rules.cautions import is_stock

TWICE = (
    Seen(date(2026, 2, 10), alone=True),
    Seen(date(2026, 2, 17), alone=False),
)
TAMSIN = Child(
    pk=1, name="Tamsin Quill", first_name="Tamsin", names=frozenset({"tamsin"}), age=9, seen=TWICE
)
ROWAN = replace(TAMSIN, pk=2, name="Rowan Quill", first_name="Rowan", names=frozenset({"rowan"}))
FACTS = Facts(
    kind="single",
    trigger_on=date(2026, 2, 2),
    started_on=date(2026, 2, 4),
    children=[TAMSIN, ROWAN],
)


def words(facts):
    return [caution.words for caution in cautions(facts)]


def of_tamsin(**changes):
    return replace(FACTS, children=[replace(TAMSIN, **changes), ROWAN])


def saying(**answers):
    return of_tamsin(answers=answers)


def test_nothing_is_said_of_a_family_seen_twice_with_their_own_words():
    assert cautions(FACTS) == []


def test_a_child_seen_on_fewer_than_two_days():
    same_day = (TWICE[0], TWICE[0])

    assert words(of_tamsin(seen=same_day)) == ["Tamsin Quill has been seen on one day only"]
    assert words(of_tamsin(seen=())) == ["Tamsin Quill has not been seen"]
    assert words(of_tamsin(seen=(), is_unborn=True)) == []


@pytest.mark.parametrize(("age", "said"), [(3, False), (4, True)])
def test_a_child_never_seen_alone(age, said):
    never = tuple(replace(seen, alone=False) for seen in TWICE)

    found = words(of_tamsin(seen=never, age=age))

    assert found == (["Tamsin Quill has not been seen alone"] if said else [])


@pytest.mark.parametrize(
    ("outcome", "rating"),
    [
        ("no_further_action", "moderate"),
        ("no_further_action", "high"),
        ("no_further_action", "significant"),
        ("early_help", "high"),
        ("early_help", "significant"),
        ("child_in_need", "significant"),
        ("strategy_discussion", "low"),
        ("legal_planning", "low"),
    ],
)
def test_an_outcome_and_a_risk_that_do_not_agree(outcome, rating):
    [caution] = cautions(saying(outcome=outcome, risk_rating=rating))

    assert caution.section == "conclusion"
    assert caution.child == 1


def test_an_outcome_and_a_risk_that_agree():
    assert words(saying(outcome="child_in_need", risk_rating="high")) == []


def test_identity_that_says_nothing():
    found = words(saying(culture="N/A", religion="No issues have been identified at this time."))

    assert found == ["Tamsin Quill: little is said of culture and religion"]
    assert words(saying(ethnicity="Her Somali grandmother is teaching her the songs.")) == []


@pytest.mark.parametrize("text", ["", "n/a", "White British", "None known.", "No specific needs"])
def test_stock_words(text):
    assert is_stock(text)


def test_words_of_their_own():
    assert not is_stock("She prays with her aunt on Fridays.")


def test_a_brother_written_of_in_a_sisters_part():
    [caution] = cautions(saying(health="Well fed. Rowan has asthma and uses a pump."))

    assert caution.words == "Tamsin Quill: Rowan Quill is written of in health"
    assert "copied across" in caution.why


@pytest.mark.parametrize(
    "text",
    ["She shares a room with Rowan.", "Rowan and Tamsin play together.", "Rowans grow here."],
)
def test_a_brother_named_in_passing(text):
    assert words(saying(relationships=text)) == []


def test_another_familys_child_named():
    facts = replace(saying(analysis="Kwame's school is worried."), elsewhere=frozenset({"kwame"}))

    assert words(facts) == ["Tamsin Quill: “Kwame” stands in the analysis"]


def test_the_same_words_for_two_children_with_the_name_changed():
    text = "{} is loved and is often hungry. {} would be safer with a clear routine at night."
    children = [
        replace(child, answers={"analysis": text.format(child.first_name, child.first_name)})
        for child in (TAMSIN, ROWAN)
    ]

    [caution] = cautions(replace(FACTS, children=children))

    assert caution.words == (
        "Tamsin Quill and Rowan Quill: much the same is written of the analysis"
    )
    assert caution.child == 2


def test_words_copied_into_a_longer_text_are_found_either_way_round():
    short = "He is loved and is often hungry at night."
    longer = f"{short} There is more. And again there is more to say. One more thing is so."

    for first, second in ((short, longer), (longer, short)):
        children = [
            replace(TAMSIN, answers={"health": first}),
            replace(ROWAN, answers={"health": second}),
        ]
        assert len(cautions(replace(FACTS, children=children))) == 1


def test_a_sibling_left_out():
    assert words(replace(FACTS, left_out=["Bea Quill"])) == [
        "Bea Quill is a brother or sister under 18 and has no part in this assessment"
    ]
