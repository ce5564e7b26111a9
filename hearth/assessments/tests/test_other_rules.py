"""How far a section has come, what two versions differ in, what follows, and merging answers."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.assessments.actions.merging import Written, merge, prints, settled
from hearth.assessments.rules import Adult, Agency, Caution, Child, Facts, Gap, progress
from hearth.assessments.rules.compare import compare
from hearth.assessments.rules.consequences import consequences
from hearth.lib.marking import marked

CHILD = Child(pk=1, name="Tamsin Quill", first_name="Tamsin")
FACTS = Facts(
    kind="single",
    trigger_on=date(2026, 2, 2),
    started_on=date(2026, 2, 4),
    children=[CHILD],
)


def state(key, facts, gaps=(), noticed=()):
    found = progress(facts, gaps, noticed)
    return next(part.state for part in found if part.section.key == key)


def missing(key):
    return [Gap(key, "x", "Missing")]


@pytest.mark.parametrize(
    ("key", "facts"),
    [
        ("plan", replace(FACTS, answers={"questions": "Are they safe?"})),
        ("needs", replace(FACTS, children=[replace(CHILD, answers={"health": "Well."})])),
        ("voice", replace(FACTS, children=[replace(CHILD, answers={"seen_alone": False})])),
        ("risk", replace(FACTS, children=[replace(CHILD, risks=[("3B", "x")])])),
        ("conclusion", replace(FACTS, children=[replace(CHILD, factors=["3B"])])),
        ("parents", replace(FACTS, adults=[Adult("adult-1", "Marian", why_not=True)])),
        ("agencies", replace(FACTS, agencies=[Agency(1, "School", is_waiting=True)])),
    ],
)
def test_a_section_is_empty_then_started_then_complete_or_wants_attention(key, facts):
    assert state(key, FACTS, missing(key)) == "Empty"
    assert state(key, facts, missing(key)) == "Started"
    assert state(key, facts) == "Complete"
    assert state(key, facts, noticed=[Caution(key, "Look", "why")]) == "Needs attention"


def version(text, *, field="health"):
    answer = {"place": "child-1", "who": "Tamsin", "field": field, "label": "Health", "text": text}
    return [{"key": "needs", "title": "Needs", "answers": [answer]}]


def test_two_versions_show_what_was_taken_out_and_put_in():
    [difference] = compare(version("She is well fed."), version("She is often hungry."))

    assert difference.changed
    assert [(p.text, p.kind) for p in difference.before] == [
        ("She is ", "same"),
        ("well fed.", "out"),
    ]
    assert [(p.text, p.kind) for p in difference.after] == [
        ("She is ", "same"),
        ("often hungry.", "in"),
    ]


def test_an_answer_in_one_version_only_is_shown_too():
    gone, new = compare(version("Well.", field="old"), version("Well."))[::-1]

    assert (gone.after, new.before) == ([], [])
    assert not compare(version("Well."), version("Well."))[0].changed


@given(st.text(), st.text())
def test_nothing_is_lost_in_marking(before, after):
    left, right = marked(before, after)

    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after


@pytest.mark.parametrize(
    ("before", "after", "put_in"),
    [
        ("Seen once and the flat was cold.", "Not seen and the nurse wrote.", 1),
        ("Seen once. He is well and at school.", "Seen twice. He is well and at home.", 2),
    ],
)
def test_words_shared_by_chance_are_marked_with_what_differs(before, after, put_in):
    _, right = marked(before, after)

    assert [piece.kind for piece in right].count("in") == put_in


def test_consequences_are_said_for_each_child():
    told = consequences(
        {
            "Tamsin": ("no_further_action", "RC8"),
            "Rowan": ("early_help", "RC9"),
            "Bea": ("core_assessment", ""),
            "Owen": ("strategy_discussion", ""),
        },
        today_has_update=True,
    )

    assert [f"{c.child}: {c.words}" for c in told] == [
        "Tamsin: the case closes: case closed after assessment, no further action",
        (
            "Rowan: the case closes: case closed after assessment, referred to early help; "
            "a manager passes the family to early help"
        ),
        "Bea: a core assessment opens",
        (
            "Owen: a strategy discussion is to be held; the assessment is to be brought up to date "
            "in 12 months"
        ),
    ]
    [before] = consequences({"Owen": ("continue", "")}, today_has_update=False)
    assert before.words == "the plan already in place goes on"


ANSWERS = st.fixed_dictionaries({"a": st.text(max_size=3), "b": st.text(max_size=3)})


@given(read=ANSWERS, theirs=ANSWERS, mine=ANSWERS)
def test_merging_never_loses_a_word_unseen(read, theirs, mine):
    """Each question ends with my words or theirs, and both are shown where both changed it."""
    changes, clashes = merge("", theirs, Written(mine, prints(read)))

    for field in ("a", "b"):
        kept = changes.get(field, theirs[field])
        clashed = any(clash.field == field for clash in clashes)
        i_changed, they_changed = mine[field] != read[field], theirs[field] != read[field]
        if clashed:
            assert i_changed
            assert they_changed
            assert mine[field] != theirs[field]
        elif i_changed:
            assert kept == mine[field]
        else:
            assert kept == theirs[field]


@given(read=ANSWERS, theirs=ANSWERS, mine=ANSWERS)
def test_once_both_texts_were_seen_the_workers_choice_is_saved(read, theirs, mine):
    written = Written(mine, prints(read))
    _, clashes = merge("", theirs, written)

    again, still = merge("", theirs, Written(mine, settled(written.read, clashes)))

    assert still == []
    for clash in clashes:
        assert again[clash.field] == clash.mine


def test_without_prints_nothing_standing_is_written_over():
    changes, clashes = merge("", {"a": "theirs", "b": ""}, Written({"a": "mine", "b": "new"}))

    assert changes == {"b": "new"}
    assert [(clash.theirs, clash.mine) for clash in clashes] == [("theirs", "mine")]
