"""What the census file is made of: its elements in their order, how many of each, and what fits.

The writer writes by it, and `faults` holds any file against it. Yes and no are 1 and 0.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from hearth.lib.codes import code_set

Fits = Callable[[str], bool]
# What an element says: its text, the elements within by name, or several such in a list.
Value = Any
Values = Mapping[str, Value]


def _any(text: str) -> bool:
    return bool(text)


def _matching(pattern: str) -> Fits:
    found = re.compile(pattern)
    return lambda text: found.fullmatch(text) is not None


def _day(text: str) -> bool:
    try:
        return len(text) == len("2026-03-31") and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _code(key: str, but: Sequence[str] = ()) -> Fits:
    """A code that the census takes or has taken: an old assessment's factors are its own."""
    return lambda text: text not in but and code_set(key).is_valid(text, in_return="CIN")


@dataclass(frozen=True, slots=True)
class Element:
    """One element: how many there may be (`most` is None for any number), and what it holds."""

    name: str
    least: int = 1
    most: int | None = 1
    holds: tuple["Element", ...] = ()
    fits: Fits = _any


def _one(name: str, *holds: Element) -> Element:
    return Element(name, holds=holds)


def _some(name: str, *holds: Element) -> Element:
    return Element(name, least=0, most=None, holds=holds)


def _must(name: str, fits: Fits) -> Element:
    return Element(name, fits=fits)


def _may(name: str, fits: Fits) -> Element:
    return Element(name, least=0, fits=fits)


def _list(name: str, each: str, fits: Fits) -> Element:
    """A wrapper, left out when there is nothing to wrap."""
    return Element(name, least=0, holds=(Element(each, most=None, fits=fits),))


UPN, YES_OR_NO = _matching("[A-Za-z][0-9]{11}[0-9A-Za-z]"), _matching("[01]")

HEADER = _one(
    "Header",
    _one(
        "CollectionDetails",
        _must("Collection", _matching("CIN")),
        _must("Year", _matching("[0-9]{4}")),
        _must("ReferenceDate", _day),
    ),
    _one(
        "Source",
        _must("SourceLevel", _matching("L")),
        _must("LEA", _matching("[0-9]{3}")),
        _must("SoftwareCode", _any),
        _must("Release", _any),
        _must("SerialNo", _matching("[0-9]{3,}")),
        _must("DateTime", _matching(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")),
    ),
)
ABUSE = _matching("NEG|PHY|SAB|EMO|MUL")
EPISODE = Element(
    "CINdetails",
    most=None,
    holds=(
        _must("CINreferralDate", _day),
        _must("ReferralSource", _code("referral_source")),
        _may("PrimaryNeedCode", _code("primary_need")),
        _may("CINclosureDate", _day),
        _may("ReasonForClosure", _code("cin_closure_reason")),
        _may("DateOfInitialCPC", _day),
        _some(
            "Assessments",
            _must("AssessmentActualStartDate", _day),
            _may("AssessmentInternalReviewDate", _day),
            _may("AssessmentAuthorisationDate", _day),
            _list(
                "FactorsIdentifiedAtAssessment",
                "AssessmentFactors",
                _code("assessment_factors", but=("8A",)),
            ),
        ),
        _some("CINPlanDates", _must("CINPlanStartDate", _day), _may("CINPlanEndDate", _day)),
        _some(
            "Section47",
            _must("S47ActualStartDate", _day),
            _may("InitialCPCtarget", _day),
            _may("DateOfInitialCPC", _day),
            _must("ICPCnotRequired", YES_OR_NO),
        ),
        _must("ReferralNFA", YES_OR_NO),
        _some(
            "ChildProtectionPlans",
            _must("CPPstartDate", _day),
            _may("CPPendDate", _day),
            _must("InitialCategoryOfAbuse", ABUSE),
            _must("LatestCategoryOfAbuse", ABUSE),
            _must("NumberOfPreviousCPP", _matching("[0-9]+")),
            _list("Reviews", "CPPreviewDate", _day),
        ),
    ),
)
CHILD = Element(
    "Child",
    most=None,
    holds=(
        _one(
            "ChildIdentifiers",
            _must("LAchildID", _matching("[0-9A-Za-z]{1,20}")),
            _may("UPN", UPN),
            _may("FormerUPN", UPN),
            _may("UPNunknown", _code("upn_unknown_reason")),
            _may("PersonBirthDate", _day),
            _may("ExpectedPersonBirthDate", _day),
            _must("Sex", _code("sex")),
            _may("PersonDeathDate", _day),
        ),
        _one(
            "ChildCharacteristics",
            _must("Ethnicity", _code("ethnicity")),
            _list("Disabilities", "Disability", _code("disability")),
        ),
        EPISODE,
    ),
)
MESSAGE = _one("Message", HEADER, _one("Children", CHILD))


def why_not(element: Element, value: Value) -> str | None:
    """Why a value cannot stand in an element, in words; None when it can."""
    if not element.holds:
        return None if element.fits(value) else f"{element.name} is {value}, which is not taken"
    for within in element.holds:
        found = each_of(value.get(within.name))
        if len(found) < within.least:
            return f"there is no {within.name}"
        if within.most is not None and len(found) > within.most:
            return f"there is more than one {within.name}"
        for one in found:
            if why := why_not(within, one):
                return why
    return None


def each_of(value: Value) -> Sequence[Value]:
    """The values of an element that may stand several times, once or not at all."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def faults(found: etree._Element, element: Element = MESSAGE) -> Iterator[str]:
    """What is wrong with a file's element: order, number, text or anything that has no place."""
    if found.tag != element.name:
        yield f"Line {found.sourceline}: {found.tag} where {element.name} was expected"
    elif element.holds:
        yield from _faults_within(found, element)
    elif len(found) or not element.fits(found.text or ""):
        yield f"Line {found.sourceline}: {element.name} is {found.text}"


def _faults_within(found: etree._Element, element: Element) -> Iterator[str]:
    left = list(found)
    for within in element.holds:
        many = 0
        while left and left[0].tag == within.name:
            yield from faults(left.pop(0), within)
            many += 1
        if many < within.least or (within.most is not None and many > within.most):
            yield f"Line {found.sourceline}: {many} of {within.name} in {element.name}"
    for stray in left:
        yield f"Line {stray.sourceline}: {stray.tag} has no place here"
