"""Numbers that name a person."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hearth.lib.identifiers import (
    CHECK_LETTERS,
    LA_CODES,
    BadIdentifier,
    check_la_child_id,
    check_nhs_number,
    check_swe_number,
    check_upn,
    is_temporary_upn,
    new_la_child_id,
    tidy_phone,
    tidy_postcode,
)


def sum_letter(body):
    value = {letter: number for number, letter in enumerate(CHECK_LETTERS)}
    total = sum(
        place * (int(each) if each.isdigit() else value[each])
        for place, each in enumerate(body, start=2)
    )
    return CHECK_LETTERS[total % 23]


@st.composite
def upns(draw):
    authority = draw(st.sampled_from(sorted(LA_CODES)))
    rest = draw(st.text("0123456789", min_size=8, max_size=8))
    last = draw(st.sampled_from("0123456789" + CHECK_LETTERS))
    return sum_letter(authority + rest + last) + authority + rest + last


@st.composite
def nhs_numbers(draw):
    nine = draw(st.text("0123456789", min_size=9, max_size=9))
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), nine, strict=True))
    check = -total % 11
    assume(check < 10)
    number = f"{nine}{check}"
    assume(len(set(number)) > 1)
    return number


def changed(text, place, digit):
    assume(text[place].isdigit() and text[place] != digit)
    return text[:place] + digit + text[place + 1 :]


@pytest.mark.parametrize(
    "upn", ["B801200005001", "P207000016049", "C80120000501K", " b801 2000 05001 "]
)
def test_a_well_made_upn_is_accepted_and_tidied(upn):
    assert check_upn(upn) == upn.replace(" ", "").upper()


def test_a_temporary_upn_ends_in_a_letter():
    assert is_temporary_upn("C80120000501K")
    assert not is_temporary_upn("B801200005001")


@pytest.mark.parametrize(
    ("upn", "words"),
    [
        ("B80120000500", "This has 12"),
        ("A801200005001", "Check each character"),
        ("B801200O05001", "only the last may be another letter"),
        ("B80120000500S", "never I, O or S"),
        ("T850728973744", None),
        ("B999200005001", "No authority has the code 999"),
        ("B80120000500\u0661", "only the last"),
    ],
)
def test_a_badly_made_upn_says_what_to_look_at(upn, words):
    if words is None:
        assert check_upn(upn) == upn
    else:
        with pytest.raises(BadIdentifier, match=words):
            check_upn(upn)


@given(upn=upns(), place=st.integers(1, 12), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_in_a_upn_is_always_caught(upn, place, digit):
    assert check_upn(upn) == upn

    with pytest.raises(BadIdentifier):
        check_upn(changed(upn, place, digit))


@given(number=nhs_numbers(), place=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_in_an_nhs_number_is_always_caught(number, place, digit):
    assert check_nhs_number(f"{number[:3]} {number[3:6]}-{number[6:]}") == number

    with pytest.raises(BadIdentifier):
        check_nhs_number(changed(number, place, digit))


@pytest.mark.parametrize("number", ["943476591", "9434765919X", "0000000000", "9434765918", ""])
def test_what_cannot_be_an_nhs_number_is_refused(number):
    with pytest.raises(BadIdentifier, match="NHS number"):
        check_nhs_number(number)


def test_a_social_work_england_number_is_sw_and_digits():
    assert check_swe_number(" sw 12345 ") == "SW12345"
    for wrong in ("12345", "SW", "SW12A", "SW0123", "WS12345"):
        with pytest.raises(BadIdentifier, match="register"):
            check_swe_number(wrong)


@given(sequence=st.integers(1, 999_999_999))
def test_a_childs_number_fits_the_returns_and_reads_back(sequence):
    number = new_la_child_id(sequence)

    assert len(number) <= 10
    assert number.isalnum()
    assert check_la_child_id(number.lower()) == number


@given(
    sequence=st.integers(1, 999_999_999),
    place=st.integers(0, 6),
    digit=st.sampled_from("0123456789"),
)
def test_one_wrong_digit_in_a_childs_number_is_always_caught(sequence, place, digit):
    with pytest.raises(BadIdentifier):
        check_la_child_id(changed(new_la_child_id(sequence), place, digit))


@given(sequence=st.integers(1, 999_999_999), place=st.integers(0, 5))
def test_two_digits_swapped_in_a_childs_number_are_always_caught(sequence, place):
    number = new_la_child_id(sequence)
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    with pytest.raises(BadIdentifier):
        check_la_child_id(swapped)


@pytest.mark.parametrize("sequence", [0, -1, 1_000_000_000])
def test_a_childs_number_beyond_the_series_is_refused(sequence):
    with pytest.raises(BadIdentifier):
        new_la_child_id(sequence)


def test_something_else_typed_for_a_childs_number_is_refused():
    with pytest.raises(BadIdentifier, match="7 to 9 digits and a letter"):
        check_la_child_id("Okafor")


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("sw1a1aa", "SW1A 1AA"),
        (" M1  1AE", "M1 1AE"),
        ("b33 8th", "B33 8TH"),
        ("EC1A-1BB", "EC1A 1BB"),
        ("M1 OAE", "M1 0AE"),
        ("gir 0aa", "GIR 0AA"),
    ],
)
def test_a_postcode_is_given_capitals_and_one_space(typed, tidy):
    assert tidy_postcode(typed) == tidy


@pytest.mark.parametrize("typed", ["", "SW1A", "12345", "SW1A 1A1", "\u0661M1 1AE"])
def test_half_a_postcode_is_refused(typed):
    with pytest.raises(BadIdentifier, match="full UK postcode"):
        tidy_postcode(typed)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("07700900123", "07700 900123"),
        ("+44 (0)7700 900-123", "07700 900123"),
        ("0044 7700 900123", "07700 900123"),
        ("020 79460123", "020 7946 0123"),
        ("(0113) 496 0123", "0113 496 0123"),
        ("0161 4960123", "0161 496 0123"),
        ("01632 960123", "01632 960123"),
        ("0808 157 0123", "0808 157 0123"),
        ("01632 960123 ext. 42", "01632 960123 ext 42"),
        ("+353 1 234 5678", "+35312345678"),
    ],
)
def test_a_telephone_number_is_spaced_as_it_is_said(typed, tidy):
    assert tidy_phone(typed) == tidy
    assert tidy_phone(tidy) == tidy


@pytest.mark.parametrize("typed", ["", "960123", "07700 9001", "ask his mum", "0770090012345"])
def test_what_cannot_be_telephoned_is_refused(typed):
    with pytest.raises(BadIdentifier, match="area code"):
        tidy_phone(typed)
