"""Faults put into an invented census, so that there is something for its rules to find.

Days are moved to and over the boundaries that the rules speak of, codes are wrong, blank or written
otherwise, groups are missing or there twice, and identifiers are repeated.
"""

import copy
import random
from datetime import date, timedelta

from lxml import etree

CODES = {
    "Sex": ("U", "m", "1", "F", ""),
    "Ethnicity": ("wbri", "XXXX", "NOBT", ""),
    "Disability": ("NONE", "mob", "XX", "LD", "LD", "HEAR", "VIS", "DDA"),
    "ReferralSource": ("5E", "1a", "10", ""),
    "PrimaryNeedCode": ("N0", "N10", "n1", ""),
    "ReasonForClosure": ("RC1", "RC2", "RC8", "RC9", "RC10", ""),
    "ReferralNFA": ("0", "1", "true", "false", "FALSE", "2", ""),
    "ICPCnotRequired": ("0", "1", "false", "TRUE", ""),
    "InitialCategoryOfAbuse": ("neg", "XXX", ""),
    "LatestCategoryOfAbuse": ("neg", "XXX", ""),
    "NumberOfPreviousCPP": ("-1", "3", "one", ""),
    "AssessmentFactors": ("1A", "21", "18A", "19A", "8A", "1a", "20"),
    "UPNunknown": ("UN2", "UN7", "un7", "UN8", ""),
    "UPN": (
        *("A801200005001", "P999000016049", "B80X200005001", "B80120000500I"),
        *("B8012000050", "801200005001B", ""),
    ),
    "LAchildID": ("F0000001", "F-12", "F 12", "F123456789012345678901", ""),
}
# What may be put where it is not: a field of a group, the day or code a fault begins from.
ABSENT = {
    "ChildIdentifiers": ("PersonDeathDate", "ExpectedPersonBirthDate", "FormerUPN", "UPNunknown"),
    "CINdetails": ("CINclosureDate", "ReasonForClosure", "DateOfInitialCPC"),
    "Section47": ("DateOfInitialCPC",),
    "ChildProtectionPlans": ("CPPendDate",),
    "CINPlanDates": ("CINPlanEndDate",),
    "Assessments": ("AssessmentAuthorisationDate",),
}
GROUPS = ("CINdetails", "Assessments", "CINPlanDates", "Section47", "ChildProtectionPlans")
FIRST = {
    "CINPlanDates": "CINPlanStartDate",
    "Section47": "S47ActualStartDate",
    "ChildProtectionPlans": "CPPstartDate",
}
OLD = ("2013-03-31", "2000-02-29", "1999-12-31")
NOT_DAYS = ("2025-02-30", "soon", "01/04/2025")


def spoil(child: etree._Element, chance: random.Random, end: date, share: float) -> None:
    """Put faults into so great a share of what a child's record says."""
    days = [each.text for each in child.iter() if _is_day(each) and each.text]
    _spoil_groups(child, chance, days, share)
    _spoil_fields(child, chance, days, end, share)


def _is_day(element: etree._Element) -> bool:
    return str(element.tag).endswith(("Date", "date", "CPC", "target"))


def _spoil_groups(
    child: etree._Element, chance: random.Random, days: list[str], share: float
) -> None:
    for group in [each for name in GROUPS for each in child.iter(name)]:
        if chance.random() < share and group.getparent() is not None:
            chance.choice((_lose, _repeat, _repeat, _join, _empty))(group, chance.choice(days))
    for many in [*child.iter("FactorsIdentifiedAtAssessment"), *child.iter("Disabilities")]:
        if len(many) and chance.random() < share * 3:
            many.append(copy.deepcopy(many[0]))
            many[-1].text = chance.choice((many[0].text, *CODES[str(many[0].tag)]))


def _lose(group: etree._Element, _day: str) -> None:
    parent = group.getparent()
    if parent is not None:
        parent.remove(group)


def _repeat(group: etree._Element, _day: str) -> None:
    group.addnext(copy.deepcopy(group))


def _empty(group: etree._Element, _day: str) -> None:
    """All but what it says first; of an episode, nothing at all."""
    for field in list(group)[1:]:
        group.remove(field)


def _join(group: etree._Element, day: str) -> None:
    """Beside it, or within an episode, another of a kind that may not go with it."""
    parent = group if group.tag == "CINdetails" else group.getparent()
    if parent is not None:
        for name, first in FIRST.items():
            etree.SubElement(etree.SubElement(parent, name), first).text = day


def _spoil_fields(
    child: etree._Element, chance: random.Random, days: list[str], end: date, share: float
) -> None:
    for group in [each for each in child.iter() if each.tag in ABSENT]:
        for name in ABSENT[str(group.tag)]:
            if group.find(name) is None and chance.random() < share / 2:
                etree.SubElement(group, name).text = chance.choice(days)
    for each in [each for each in child.iter() if not len(each)]:
        # An identifier that is wrong sets apart all that is said under it, so few are.
        seldom = each.tag == "LAchildID" and chance.random() < 0.8
        if chance.random() < share and not seldom:
            _spoil_field(each, chance, days, end)


def _spoil_field(field: etree._Element, chance: random.Random, days: list[str], end: date) -> None:
    if codes := CODES.get(str(field.tag)):
        field.text = chance.choice(codes)
    elif _is_day(field):
        field.text = _other_day(field.text, chance, days, end)
    parent = field.getparent()
    if not field.text and parent is not None and chance.random() < 0.5:
        parent.remove(field)


def _other_day(text: str | None, chance: random.Random, days: list[str], end: date) -> str:
    """Another day: about the ends of the year, about the child's others, long ago, or none."""
    start = date(end.year - 1, 4, 1)
    kind = chance.random()
    if kind < 0.35:
        about = chance.choice((start, end, end - timedelta(days=63), end - timedelta(days=21)))
        return (about + timedelta(days=chance.randint(-2, 2))).isoformat()
    if kind < 0.7:
        about = date.fromisoformat(chance.choice(days))
        return (about + timedelta(days=chance.choice((-281, -280, -1, 0, 0, 1)))).isoformat()
    if kind < 0.85:
        about = date.fromisoformat(text or days[0])
        return (about + timedelta(days=chance.randint(-500, 500))).isoformat()
    return chance.choice((*OLD, *NOT_DAYS, "", ""))
