"""Decisions about what is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.records.rules import holds_all_of

FIELDS = st.dictionaries(
    st.sampled_from(["reason", "text", "kind"]), st.lists(st.text(max_size=20), max_size=3)
)


@pytest.mark.parametrize(
    ("newer", "older", "held"),
    [
        ({"text": ["Seen at school and well"]}, {"text": ["Seen at school"]}, True),
        ({"text": ["Seen at school"]}, {"text": ["Seen at home"]}, False),
        ({"text": ["a"], "kind": ["phone"]}, {"text": ["a"], "kind": ["visit"]}, False),
        ({"text": ["a"]}, {"text": ["a"], "reason": ["Because"]}, False),
        ({"text": ["a"]}, {"text": ["a"], "reason": [""]}, True),
        ({"text": ["one\r\ntwo"]}, {"text": ["one\ntwo"]}, True),
        ({}, {}, True),
    ],
)
def test_a_save_holds_an_earlier_one_when_no_word_of_it_is_missing(newer, older, held):
    assert holds_all_of(newer, older) is held


@given(FIELDS, FIELDS)
def test_a_draft_holds_itself_and_whatever_it_was_added_to(older, more):
    longer = {
        name: [f"{answer}{'!' * len(more)}" for answer in answers]
        for name, answers in older.items()
    }

    assert holds_all_of(older, older)
    assert holds_all_of(longer | {"note": ["and more"]}, older)
