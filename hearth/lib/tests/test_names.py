"""Finding a person whose name, birth date or number was written otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearth.lib.dates import add_months
from hearth.lib.names import (
    PersonDetails,
    PersonName,
    Score,
    date_keys,
    every_key,
    identifier_key,
    phone_key,
    postcode_key,
    score,
    search_keys,
)
from hearth.lib.nicknames import are_forms_of_one_name, groups_of
from hearth.lib.spelling import fold, sounds, without_one_letter

BORN = date(2014, 3, 9)


def named(given_names, family_name, **more):
    return PersonDetails(names=(PersonName(given_names, family_name),), **more)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Zoë", "zoe"),
        ("O\u2019Brien-Smith", "obrien smith"),
        ("Łukasz", "lukasz"),
        ("Олександр", "oleksandr"),
        ("  MARY  jane ", "mary jane"),
        ("İpek", "ipek"),
        ("محمد", "محمد"),
        ("Smith 2", "smith"),
    ],
)
def test_a_name_is_folded_to_plain_letters(written, plain):
    assert fold(written) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Stephen", "Smith"), ("Steven", "Smyth")),
        (("Mohammed", "Hussain"), ("Muhamad", "Hussein")),
        (("Catherine", "Okafor"), ("Kathryn", "Okafur")),
        (("Bob", "Nwosu"), ("Robert", "Adeyemi")),
        (("Maxamed", "Cali"), ("Mohamed", "Ali")),
        (("Ada", "Okafor"), ("Okafor", "Ada")),
        (("Zoë", "Nuñez"), ("Zoe", "Nunez")),
        (("Олександр", "Шевченко"), ("Oleksandr", "Shevchenko")),
        (("Anne-Marie", "Le Page"), ("Annemarie", "Lepage")),
        (("", "Okafor"), ("Ada", "Okaforr")),
        (("Mary Jane", "Okafor"), ("Jane", "Brown")),
        (("محمد", "علي"), ("محمد", "حسن")),
    ],
)
def test_names_that_may_be_one_persons_share_a_key(one, other):
    assert search_keys(*one) & search_keys(*other)


@given(
    word=st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=5),
    letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz"),
    data=st.data(),
)
def test_one_wrong_letter_in_a_short_name_still_meets(word, letter, data):
    place = data.draw(st.integers(0, len(word) - 1))
    wrong = word[:place] + letter + word[place + 1 :]

    assert search_keys("", word) & search_keys("", wrong)


@given(
    given_names=st.text(st.characters(codec="utf-8"), max_size=30), family_name=st.text(max_size=30)
)
def test_any_text_at_all_makes_keys_of_the_right_kind(given_names, family_name):
    assert all(key.startswith("n:") for key in search_keys(given_names, family_name))


def test_a_person_has_about_23_keys():
    people = [
        named(*name, born_on=BORN, phones=("07700 900123",), postcodes=("M1 1AE",))
        for name in [
            ("Ada", "Okafor"),
            ("Mohammed", "Hussain"),
            ("Stephen", "Smith"),
            ("Katarzyna", "Wojcik"),
            ("Olumide", "Adeyemi"),
            ("Jack", "Brown"),
            ("Charlotte", "Davies"),
            ("Tyrone", "Campbell"),
        ]
    ]

    numbers = [len(every_key(person)) for person in people]
    assert sum(numbers) / len(numbers) <= 24
    assert max(numbers) <= 25


@pytest.mark.parametrize(
    "written",
    [
        date(2014, 9, 3),  # day and month swapped
        date(2014, 3, 8),  # each of the three parts wrong
        date(2014, 8, 9),
        date(2024, 3, 9),
    ],
)
def test_a_birth_date_with_one_slip_still_meets(written):
    assert date_keys(BORN) & date_keys(written)


def test_another_birth_date_does_not_meet():
    assert not date_keys(BORN) & date_keys(date(2011, 12, 25))
    assert date_keys(None) == frozenset()


@given(born=st.dates(date(1920, 1, 1), date(2030, 12, 31)), months=st.integers(1, 11))
def test_every_birth_date_meets_itself_and_its_neighbours(born, months):
    assert len(date_keys(born)) == 4
    assert all(key.startswith("d:") for key in date_keys(born))
    if add_months(born, months).day == born.day and add_months(born, months).year == born.year:
        assert date_keys(born) & date_keys(add_months(born, months))


def test_numbers_meet_however_they_are_spaced():
    assert phone_key("07700 900123") == phone_key("+44 (0)7700-900-123") == {"p:700900123"}
    assert phone_key("020 7946 0123 ext 4") == phone_key("02079460123")
    assert phone_key("999") == frozenset()
    assert postcode_key("m1 1ae") == postcode_key("M11AE") == {"a:M11AE"}
    assert identifier_key("943 476 5919") == {"i:9434765919"}
    assert identifier_key(" - ") == frozenset()


def test_nicknames_go_both_ways_and_through_the_name_they_share():
    assert are_forms_of_one_name("bob", "robert")
    assert are_forms_of_one_name("bob", "rob")
    assert not are_forms_of_one_name("bob", "ada")
    assert groups_of("xyz") == frozenset()
    assert len({head for name in ("sam", "alex") for head in groups_of(name)}) >= 4


def test_sounds_are_empty_only_for_nothing():
    assert sounds("smith") & sounds("smyth")
    assert sounds("") == frozenset()
    assert without_one_letter("ada") == {"da", "aa", "ad"}


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (named("Ada", "Okafor", born_on=BORN), "Same name"),
        (named("Okafor", "Ada", born_on=BORN), "First and family names swapped"),
        (named("Ada", "Okafur", born_on=BORN), "Family name sounds the same"),
        (named("Adda", "Okafur", born_on=BORN), "Name sounds the same"),
        (named("Ada", "Okaxfor", born_on=BORN), "Family name is spelt nearly the same"),
        (named("A", "Okafor", born_on=BORN), "Same initial of the first name"),
        (named("Ada", "Okafor", born_on=BORN), "Same date of birth"),
        (
            named("Ada", "Okafor", born_on=date(2014, 9, 3)),
            "Same date of birth with day and month swapped",
        ),
        (named("Ada", "Okafor", born_on=date(2014, 3, 8)), "Date of birth differs by one digit"),
        (
            named("Ada", "Okafor", born_on=date(2041, 3, 9)),
            "Same date of birth with two digits swapped",
        ),
        (named("Ada", "Okafor", born_on=date(2014, 3, 27)), "Born in the same month"),
        (named("Ada", "Okafor", born_on=date(2005, 3, 9)), "Same birthday in another year"),
        (
            named("Ada", "Okafor", born_on=date(2014, 10, 9)),
            "Same day and year of birth, another month",
        ),
    ],
)
def test_the_reasons_read_as_a_worker_would_say_them(candidate, reason):
    found = score(named("Ada", "Okafor", born_on=BORN), candidate)

    assert reason in found.reasons
    assert 70 <= found.points <= 100


def test_a_short_form_is_given_as_the_reason():
    found = score(named("Bob", "Okafor"), named("Robert", "Okafor"))

    assert found == Score(
        points=96, reasons=("Another form of the same first name", "Same family name")
    )


def test_the_same_name_and_birth_date_is_certain_and_nothing_shared_is_nothing():
    asked = named("Ada", "Okafor", born_on=BORN)

    assert score(asked, asked).points == 100
    assert score(asked, named("Wim", "Xu", born_on=date(1990, 12, 25))).points < 20
    assert score(PersonDetails(), asked) == Score(0)


def test_an_alias_counts_as_the_name():
    known = PersonDetails(names=(PersonName("Ada", "Okafor"), PersonName("Addy", "Brown")))

    found = score(named("Addy", "Brown"), known)

    assert found.points == 100
    assert found.reasons == ("Same name", "Matches another name they use")


def test_one_name_alone_is_found_as_either_name():
    assert score(named("", "Okafor"), named("Ada", "Okafor")).points == 100
    assert score(named("", "Ada"), named("Ada", "Okafor")).points >= 90
    assert score(named("Ada", ""), named("Okafor", "Ada")).points >= 90
    assert score(named("", ""), named("Ada", "Okafor")).points == 0


def test_names_a_little_alike_the_other_way_round_are_not_called_swapped():
    found = score(named("Marlo", "Nedham"), named("Edna", "Marsh"))

    assert "First and family names swapped" not in found.reasons
    assert found.points < 50


def test_a_name_not_yet_known_counts_half():
    assert score(named("Ada", "Okafor"), named("Ada", "")).points == 75


def test_a_middle_name_in_use_is_found():
    assert score(named("Jane", "Okafor"), named("Mary Jane", "Okafor")).points >= 90


def test_a_missing_birth_date_neither_counts_for_nor_against():
    asked = named("Ada", "Okafor", born_on=BORN)

    unknown = score(asked, named("Ada", "Okafor")).points
    assert score(asked, named("Ada", "Okafor", born_on=date(1999, 12, 25))).points < unknown
    assert unknown < score(asked, named("Ada", "Okafor", born_on=BORN)).points


def test_the_other_sex_counts_against():
    asked = named("Sam", "Okafor", sex="M")

    assert score(asked, named("Sam", "Okafor", sex="F")).points == 92
    assert score(asked, named("Sam", "Okafor", sex="U")).points == 100


def test_what_is_shared_beside_the_name_is_said_and_adds():
    asked = named(
        "Ada",
        "Brown",
        phones=("07700900123",),
        postcodes=("m11ae",),
        identifiers=("943 476 5919",),
        relatives=(PersonName("Grace", "Okafor"),),
    )
    known = named(
        "Ada",
        "Okafor",
        phones=("+44 7700 900123",),
        postcodes=("M1 1AE",),
        identifiers=("9434765919",),
        relatives=(PersonName("Gracie", "Okafor"),),
    )

    found = score(asked, known)

    assert found.points >= 98
    assert found.reasons[-4:] == (
        "Same number",
        "Same phone number",
        "Same postcode",
        "Same relative",
    )
    assert score(PersonDetails(phones=("07700900123",)), known).points == 50
