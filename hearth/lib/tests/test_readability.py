"""How hard a text is to read, near what a careful reader would say."""

import pytest

from hearth.lib.readability import reading_of, sentences, syllables

PLAIN = "You have a plan to keep you safe. Sam will come to see you. You can tell Sam how you feel."
HARD = (
    "The conference determined that continuing exposure to parental alcohol misuse constitutes a "
    "significant risk of emotional harm, necessitating multi-agency intervention."
)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("cat", 1),
        ("plan", 1),
        ("safe", 1),
        ("helped", 1),
        ("wanted", 2),
        ("table", 2),
        ("houses", 2),
        ("mother", 2),
        ("school's", 1),
        ("conference", 3),
        ("education", 4),
        ("the", 1),
        ("hmm", 1),
    ],
)
def test_syllables_are_counted_as_they_are_said(word, number):
    assert syllables(word) == number


def test_plain_words_are_young_and_official_ones_old():
    assert reading_of(PLAIN, limit=9).age <= 7
    assert reading_of(HARD, limit=9).age >= 18


def test_the_hardest_sentences_are_named_the_hardest_first_and_only_over_the_limit():
    middling = "Your mother will take you to the dentist again before the end of this autumn term."
    found = reading_of(f"{PLAIN} {middling} {HARD}", limit=9)

    assert found.hardest[0] == HARD
    assert "You can tell Sam how you feel." not in found.hardest
    assert reading_of(PLAIN, limit=9).hardest == ()


def test_one_very_hard_sentence_among_easy_ones_is_named():
    found = reading_of(f"{PLAIN} {PLAIN} {PLAIN} {HARD}", limit=12)

    assert found.age <= 12
    assert found.hardest == (HARD,)


@pytest.mark.parametrize("text", ["", "...", "\u202e", "😀 😀", "\n\n", "12"])
def test_what_has_no_words_reads_as_the_youngest(text):
    assert reading_of(text, limit=9).age == 5


def test_a_line_by_itself_is_a_sentence_and_a_full_stop_in_a_figure_is_not_an_end():
    assert sentences("What we do\nSee Sam at 4.30pm. Then go.") == [
        "What we do",
        "See Sam at 4.30pm.",
        "Then go.",
    ]
