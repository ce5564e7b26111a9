"""A brother's or sister's name in another child's part is seen, and little else is."""

import pytest

from hearth.lib.misplaced import Misplaced, names_out_of_place

BEA, TOM, MAY = 1, 2, 3
NAMES = {BEA: ["Beatrice", "Bea"], TOM: ["Tomás"], MAY: ["May"]}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Tomás was in the room.", "Tomás"),
        ("He saw Tomas's bruise", "Tomas"),
        ("she told tomás\u2019 teacher", "tomás"),
        ("MAY cried", "MAY"),
        ("with Anna-May at home", "May"),
        ("He hit May.", "May"),
    ],
)
def test_a_brothers_or_sisters_name_is_seen_however_it_is_written(text, word):
    assert [one.word for one in names_out_of_place({BEA: text}, NAMES)] == [word]


def test_it_says_whose_name_stands_in_whose_part_once_for_each_part():
    found = names_out_of_place({TOM: "Bea and Bea again. Beatrice too.", MAY: "Bea"}, NAMES)

    assert found == [Misplaced(TOM, BEA, "Bea"), Misplaced(MAY, BEA, "Bea")]


def test_a_pet_form_is_seen_as_the_name():
    assert names_out_of_place({TOM: "Will was shouting"}, {TOM: ["Tom"], BEA: ["William"]})


@pytest.mark.parametrize(
    "text",
    [
        "Bea told her teacher. Beatrice's teacher rang.",
        "it may be that she will go home",
        "A tomato, a beach, the maypole",
        "",
        "\u202e123 \x00",
    ],
)
def test_the_childs_own_name_and_ordinary_words_are_let_stand(text):
    assert names_out_of_place({BEA: text}, NAMES) == []


def test_a_name_that_two_children_share_is_not_out_of_place_in_either():
    assert names_out_of_place({1: "Ali was hurt"}, {1: ["Ali"], 2: ["Ali"]}) == []


def test_a_child_with_no_name_on_record_is_passed_over():
    assert names_out_of_place({1: "Tom was hurt"}, {2: [""], 3: []}) == []
