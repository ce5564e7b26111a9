"""What a census file is made of: whatever is out of place, missing or not taken is said."""

import pytest
from lxml import etree

from hearth.returns.building.structure import CHILD, faults, why_not

SOUND = {
    "ChildIdentifiers": {"LAchildID": "A1", "PersonBirthDate": "2015-05-06", "Sex": "F"},
    "ChildCharacteristics": {"Ethnicity": "WBRI"},
    "CINdetails": [
        {
            "CINreferralDate": "2025-06-02",
            "ReferralSource": "6",
            "ReferralNFA": "0",
            "Section47": [{"S47ActualStartDate": "2025-06-03", "ICPCnotRequired": "1"}],
            "ChildProtectionPlans": [
                {
                    "CPPstartDate": "2025-06-20",
                    "InitialCategoryOfAbuse": "NEG",
                    "LatestCategoryOfAbuse": "EMO",
                    "NumberOfPreviousCPP": "0",
                    "Reviews": {"CPPreviewDate": ["2025-09-18", "2026-03-10"]},
                }
            ],
        }
    ],
}


def test_a_sound_child_has_nothing_against_it():
    assert why_not(CHILD, SOUND) is None


@pytest.mark.parametrize(
    ("group", "change", "words"),
    [
        ("ChildIdentifiers", {"LAchildID": "A-1"}, "LAchildID is A-1"),
        ("ChildIdentifiers", {"LAchildID": "A" * 21}, "LAchildID is AAA"),
        ("ChildIdentifiers", {"UPN": "B80120000500"}, "UPN is B80120000500"),
        ("ChildIdentifiers", {"UPNunknown": "UN8"}, "UPNunknown is UN8"),
        ("ChildIdentifiers", {"PersonBirthDate": "6/5/2015"}, "PersonBirthDate is 6/5/2015"),
        ("ChildIdentifiers", {"Sex": None}, "there is no Sex"),
        ("ChildCharacteristics", {"Ethnicity": "WXYZ"}, "Ethnicity is WXYZ"),
        ("ChildCharacteristics", {"Ethnicity": ["WBRI", "WIRI"]}, "more than one Ethnicity"),
        ("ChildCharacteristics", {"Disabilities": {"Disability": []}}, "there is no Disability"),
    ],
)
def test_a_value_that_cannot_stand_is_said(group, change, words):
    child = SOUND | {group: SOUND[group] | change}

    assert words in (why_not(CHILD, child) or "")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<Sex>F</Sex>", "", "0 of Sex in ChildIdentifiers"),
        ("<Sex>F</Sex>", "<Sex>F</Sex><Sex>M</Sex>", "2 of Sex in ChildIdentifiers"),
        ("<Sex>F</Sex>", "<Sex>f</Sex>", "Sex is f"),
        ("<Sex>F</Sex>", "<Sex><b>F</b></Sex>", "Sex is None"),
        ("<Sex>F</Sex>", "<Sex>F</Sex><Name>Amy</Name>", "Name has no place here"),
        ("<Sex>F</Sex>", "<Sex>F</Sex><UPN>B801200005001</UPN>", "UPN has no place here"),
        ("ChildCharacteristics", "Characteristics", "0 of ChildCharacteristics in Child"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(old, new, words):
    text = (
        "<Child><ChildIdentifiers><LAchildID>A1</LAchildID><Sex>F</Sex></ChildIdentifiers>"
        "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
        "<CINdetails><CINreferralDate>2025-06-02</CINreferralDate><ReferralSource>6"
        "</ReferralSource><ReferralNFA>1</ReferralNFA></CINdetails></Child>"
    )
    assert list(faults(etree.fromstring(text), CHILD)) == []

    found = list(faults(etree.fromstring(text.replace(old, new)), CHILD))

    assert any(words in fault for fault in found)


def test_another_file_altogether_is_said_to_be_one():
    assert "Kittens where Message was expected" in " ".join(faults(etree.fromstring("<Kittens/>")))
