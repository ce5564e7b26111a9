"""Published and local codes."""

from datetime import date

import pytest

from hearth.lib.codes import (
    INVERSE_RELATIONSHIPS,
    UnknownCode,
    UnknownCodeSet,
    code_set,
    code_set_keys,
    inverse_relationship,
)

RETURNS = {"CIN", "903", "Annex A", "SEN2"}
EVERY_SET = [code_set(key) for key in code_set_keys()]


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("ethnicity", 20),
        ("disability", 13),
        ("referral_source", 22),
        ("primary_need", 10),
        ("assessment_factors", 45),
        ("cp_category", 5),
        ("cin_closure_reason", 9),
        ("upn_unknown_reason", 10),
        ("legal_status", 13),
        ("placement_type", 32),
        ("social_worker_change_reason", 10),
    ],
)
def test_each_published_set_is_whole(key, number):
    assert len(code_set(key).codes) == number


@pytest.mark.parametrize(
    "key",
    [
        "contact_method",
        "contact_outcome",
        "threshold_level",
        "lawful_basis",
        "consent",
        "agency_type",
        "note_kind",
        "visit_kind",
        "closure_words",
        "engagement_method",
        "relationship",
        "religion",
        "language",
        "hazard",
        "immigration_status",
        "direct_work_tool",
        "seen_alone_reason",
        "allocation_change_reason",
    ],
)
def test_each_local_set_offers_choices(key):
    assert len(code_set(key).choices()) >= 4


@pytest.mark.parametrize("codes", EVERY_SET, ids=lambda codes: codes.key)
def test_every_set_is_well_kept(codes):
    assert codes.title
    assert codes.source
    assert len({entry.code for entry in codes}) == len(codes.codes)
    for entry in codes:
        assert entry.label
        assert set(entry.returns) <= RETURNS
        assert entry.since is None or entry.until is None or entry.since < entry.until


def test_a_code_reads_as_words():
    assert code_set("ethnicity").label("BCRB") == "Caribbean"
    assert code_set("ethnicity").get("BCRB").annex_a == "n) BCRB"


def test_a_set_knows_which_codes_it_holds():
    assert "BCRB" in code_set("ethnicity")
    assert "XXXX" not in code_set("ethnicity")


def test_an_unknown_set_or_code_is_named_in_the_error():
    with pytest.raises(UnknownCodeSet, match="no set of codes called 'ethnic'"):
        code_set("ethnic")
    with pytest.raises(UnknownCode, match="Ethnicity has no code 'XXXX'"):
        code_set("ethnicity").label("XXXX")
    assert issubclass(UnknownCodeSet, KeyError)
    assert issubclass(UnknownCode, KeyError)


@pytest.mark.parametrize(
    ("key", "code", "day", "held"),
    [
        ("referral_source", "5D", date(2022, 3, 31), False),
        ("referral_source", "5D", date(2022, 4, 1), True),
        ("cin_closure_reason", "RC9", date(2022, 3, 31), False),
        ("cin_closure_reason", "RC8", date(2020, 3, 31), True),
        ("assessment_factors", "24A", date(2021, 3, 31), False),
        ("assessment_factors", "18A", date(2020, 3, 31), True),
        ("assessment_factors", "18A", date(2026, 3, 31), False),
        ("assessment_factors", "18B", date(2020, 4, 1), True),
        ("assessment_factors", "8A", date(2026, 3, 31), False),
        ("placement_type", "H5", date(2023, 10, 28), False),
        ("placement_type", "K3", date(2023, 10, 28), True),
    ],
)
def test_codes_came_and_went_on_their_dates(key, code, day, held):
    assert code_set(key).is_valid(code, on=day) is held
    assert (code in dict(code_set(key).choices(on=day))) is held


def test_a_retired_code_is_known_for_old_records_and_never_offered():
    factors = code_set("assessment_factors")

    assert factors.is_valid("19A")
    assert factors.label("19A") == "Sexual abuse"
    assert "19A" not in dict(factors.choices())


def test_the_first_need_was_renamed_for_2025_to_2026():
    need = code_set("primary_need")

    assert need.label("N1", on=date(2025, 3, 31)) == "Abuse or neglect"
    assert need.label("N1", on=date(2025, 4, 1)) == "Abuse, neglect and exploitation"
    assert need.label("N1") == "Abuse, neglect and exploitation"
    assert dict(need.choices(on=date(2020, 1, 1)))["N1"] == "Abuse or neglect"


def test_each_return_takes_its_own_codes():
    assert code_set("primary_need").is_valid("N9", in_return="CIN")
    assert not code_set("primary_need").is_valid("N9", in_return="903")
    unknown = code_set("upn_unknown_reason")
    assert [code for code, _ in unknown.choices(in_return="CIN")] == [
        f"UN{number}" for number in range(1, 8)
    ]
    assert not unknown.is_valid("UN6", in_return="903")


def test_a_code_that_does_not_hold_says_why():
    source = code_set("referral_source")

    assert source.why_not_valid("1A", on=date(2026, 1, 1), in_return="CIN") is None
    assert source.why_not_valid("9Z") == f"{source.title} has no code 9Z"
    assert source.why_not_valid("5D", on=date(2020, 1, 1)) == (
        f"{source.title}: 5D was not in use on 1 January 2020"
    )
    assert source.why_not_valid("1A", in_return="903") == (
        f"{source.title}: 1A is not used in the 903 return"
    )


def test_threshold_levels_carry_their_version():
    assert code_set("threshold_level").version
    assert [code for code, _ in code_set("threshold_level").choices()] == ["1", "2", "3", "4"]


def test_the_language_list_has_signs_and_spoken_languages():
    languages = code_set("language")

    assert len(languages.codes) >= 60
    assert languages.label("bfi") == "British Sign Language"
    assert "makaton" in languages


@pytest.mark.parametrize(
    ("code", "sex", "inverse"),
    [
        ("mother", "M", "son"),
        ("mother", "F", "daughter"),
        ("believed_father", "U", "child"),
        ("son", "F", "mother"),
        ("half_brother", "F", "half_sister"),
        ("uncle", "U", "niece_or_nephew"),
        ("foster_carer", "M", "foster_child"),
        ("mother", "", "child"),
    ],
)
def test_a_relationship_reads_back_from_the_other_person(code, sex, inverse):
    assert inverse_relationship(code, sex) == inverse


def test_every_inverse_is_a_relationship_whose_own_inverse_comes_back():
    relationship = code_set("relationship")

    assert set(INVERSE_RELATIONSHIPS) == {entry.code for entry in relationship}
    for code, by_sex in INVERSE_RELATIONSHIPS.items():
        assert set(by_sex) == {"M", "F", "U"}
        for inverse in by_sex.values():
            back = set(INVERSE_RELATIONSHIPS[inverse].values())
            assert code in back or (code == "believed_father" and "father" in back)


def test_an_unknown_relationship_has_no_inverse():
    with pytest.raises(UnknownCode):
        inverse_relationship("enemy", "M")
