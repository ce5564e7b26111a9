"""Words as typed or pasted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.text import copied_share, tidy_line, tidy_text, too_long

anything = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t  Okafor\n", "Ada Okafor"),
        ("Zoe\u0301", "Zo\u00e9"),
        ("Ada\u202eamrofakO\u202c", "AdaamrofakO"),
        ("Ada\x00\x1b Okafor\u200b", "Ada Okafor"),
        ("\ufeffAda\u00a0Okafor", "Ada Okafor"),
        ("\u0645\u062d\u0645\u062f", "\u0645\u062d\u0645\u062f"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
        ("\ud800Ada", "Ada"),
        ("Zoe\x00\u0301", "Zo\u00e9"),
    ],
)
def test_a_line_keeps_its_letters_and_loses_what_cannot_be_seen(typed, kept):
    assert tidy_line(typed) == kept


def test_text_keeps_its_lines():
    assert tidy_text(" One.  \r\nTwo.\u2028Three.\n\n\n\n\n\nFour. ") == (
        "One.\nTwo.\nThree.\n\n\nFour."
    )


@given(anything)
def test_tidying_twice_changes_nothing_more(typed):
    assert tidy_text(tidy_text(typed)) == tidy_text(typed)
    assert tidy_line(tidy_line(typed)) == tidy_line(typed)


@given(anything)
def test_tidied_text_can_always_be_stored(typed):
    kept = tidy_text(typed)

    assert kept.encode().decode() == kept
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)
    assert "\n" not in tidy_line(typed)


def test_words_that_do_not_fit_say_by_how_much():
    assert too_long("abc", 3) is None
    assert too_long("abcd", 3, "The name") == (
        "The name must be 3 characters or fewer. Take out 1 character"
    )
    assert too_long("a" * 1205, 1000) == (
        "This must be 1,000 characters or fewer. Take out 205 characters"
    )


def test_copied_text_is_seen_though_the_name_is_changed():
    brother = (
        "Sam\u2019s teacher said he likes his new school. He sleeps in the front room. No concerns."
    )
    sister = (
        "Ada's teacher said she likes her new school! She sleeps in the back room. No concerns."
    )

    assert copied_share(brother, sister) == 0.0
    assert copied_share(brother, sister, leaving_out=["Sam", "Ada Okafor"]) == 0.5


def test_nothing_is_copied_from_or_into_an_empty_text():
    assert copied_share("", "Sam likes his new school.") == 0.0
    assert copied_share("Sam likes his new school.", "") == 0.0
    assert copied_share("Sam likes his new school.", "  sam LIKES his   new school") == 1.0
