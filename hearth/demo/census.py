"""An invented CIN census of any size, the same for the same seed: to import, validate and measure.

Built from the borough's invented families. About one child in three is open at the end of the year;
dates, codes and orders are sound unless faults are asked for (`census_faults`), and there are
enquiries and child protection plans when they are (`census_protection`).
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from lxml import etree

from hearth.demo.census_faults import spoil
from hearth.demo.census_protection import protect
from hearth.demo.disabilities import others
from hearth.demo.families import Somebody, households
from hearth.lib.dates import add_working_days
from hearth.lib.identifiers import check_letter

SOURCES = ("6", "2A", "3A", "1A", "3E", "5B", "4", "8", "1B", "7")
HOW_OFTEN = (31, 18, 12, 9, 8, 7, 5, 5, 3, 2)
NEEDS = ("N1", "N5", "N4", "N2", "N3", "N6", "N8", "N9")
NEED_SHARES = (56, 14, 9, 8, 4, 4, 3, 2)
FACTORS = ("3B", "4B", "16A", "17A", "2B", "1B", "4A", "14A", "15A", "18C", "11A", "24A", "7A")


def write_census(
    path: Path,
    *,
    children: int,
    year: int,
    seed: int,
    lea: str = "399",
    protection: float = 0,
    faults: float = 0,
) -> None:
    """Write a census of so many children for the year ending on 31 March of `year`.

    `protection` is the share of children with an enquiry where their record allows one, and
    `faults` the share of what is said that is made wrong.
    """
    end = date(year, 3, 31)
    with etree.xmlfile(str(path), encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element("Message"):
            xml.write(_header(end, lea), pretty_print=True)
            with xml.element("Children"):
                for number, child in enumerate(islice(_known(seed, end), children)):
                    chance = random.Random(f"{seed}/census/{number}")
                    element = _child(child, number, chance, end)
                    if chance.random() < protection:
                        protect(element, chance, end)
                    if faults:
                        spoil(element, chance, end, faults)
                    xml.write(element, pretty_print=True)


def _known(seed: int, end: date) -> Iterator[Somebody]:
    for family in households(10_000_000, seed=seed, today=end):
        yield from family.children


def _header(end: date, lea: str) -> etree._Element:
    header = etree.Element("Header")
    details = etree.SubElement(header, "CollectionDetails")
    _say(details, "Collection", "CIN")
    _say(details, "Year", str(end.year))
    _say(details, "ReferenceDate", end.isoformat())
    source = etree.SubElement(header, "Source")
    for name, text in (
        ("SourceLevel", "L"),
        ("LEA", lea),
        ("SoftwareCode", "Hearth"),
        ("Release", "1"),
        ("SerialNo", "001"),
        ("DateTime", f"{end.isoformat()}T09:00:00"),
    ):
        _say(source, name, text)
    return header


def _say(parent: etree._Element, name: str, text: str | None) -> None:
    if text:
        etree.SubElement(parent, name).text = text


def _child(who: Somebody, number: int, chance: random.Random, end: date) -> etree._Element:
    child = etree.Element("Child")
    identifiers = etree.SubElement(child, "ChildIdentifiers")
    _say(identifiers, "LAchildID", f"F{number:07d}")
    of_school_age = not who.expected and who.born_on <= date(end.year - 6, 8, 31)
    if of_school_age:
        _say(identifiers, "UPN", _upn(number))
    else:
        _say(identifiers, "UPNunknown", "UN1")
    name = "ExpectedPersonBirthDate" if who.expected else "PersonBirthDate"
    _say(identifiers, name, who.born_on.isoformat())
    _say(identifiers, "Sex", who.sex)
    characteristics = etree.SubElement(child, "ChildCharacteristics")
    _say(characteristics, "Ethnicity", who.ethnicity or "NOBT")
    disabled = etree.SubElement(characteristics, "Disabilities")
    for code in (who.disability, *others(who.disability, random.Random(f"{number}/disabled"))):
        _say(disabled, "Disability", code)
    first = _first_referral(who, chance, end)
    episode, closed = _episode(first, chance, end)
    child.append(episode)
    if closed is not None and chance.random() < 0.3:
        again = closed + timedelta(days=chance.randint(20, 200))
        if again < end:
            child.append(_episode(again, chance, end)[0])
    return child


def _upn(number: int) -> str:
    """Of a school that is not there: one each for the first hundred thousand children."""
    rest = f"0019999{number // 1000 % 100:02}{number % 1000:03}"
    return check_letter(rest) + rest


def _first_referral(who: Somebody, chance: random.Random, end: date) -> date:
    start = end - timedelta(days=364)
    earliest = who.born_on - timedelta(days=200)
    return min(max(start + timedelta(days=chance.randint(0, 330)), earliest), end)


def _episode(
    referred: date, chance: random.Random, end: date
) -> tuple[etree._Element, date | None]:
    episode = etree.Element("CINdetails")
    nothing_further = chance.random() < 0.07
    _say(episode, "CINreferralDate", referred.isoformat())
    _say(episode, "ReferralSource", chance.choices(SOURCES, weights=HOW_OFTEN)[0])
    if nothing_further:
        _say(episode, "ReferralNFA", "1")
        return episode, referred + timedelta(days=1)
    _say(episode, "PrimaryNeedCode", chance.choices(NEEDS, weights=NEED_SHARES)[0])
    started = add_working_days(referred, chance.randint(0, 2))
    authorised = add_working_days(started, min(int(chance.gauss(33, 11)) + 3, 70))
    done = started <= authorised <= end
    closed = add_working_days(authorised, chance.randint(1, 60)) if done else None
    reason = chance.choices(("RC8", "RC9", "RC7"), weights=(48, 22, 30))[0]
    short = referred + timedelta(days=140)
    is_closed = closed is not None and closed <= min(end, short)
    if is_closed and closed is not None:
        _say(episode, "CINclosureDate", closed.isoformat())
        _say(episode, "ReasonForClosure", reason)
    if started <= end:
        episode.append(_assessment(started, authorised if done else None, chance))
    if done and (reason == "RC7" or not is_closed) and authorised < end:
        episode.append(_plan(authorised, closed if is_closed else None))
    _say(episode, "ReferralNFA", "0")
    return episode, closed if is_closed else None


def _assessment(started: date, authorised: date | None, chance: random.Random) -> etree._Element:
    assessment = etree.Element("Assessments")
    _say(assessment, "AssessmentActualStartDate", started.isoformat())
    _say(assessment, "AssessmentInternalReviewDate", add_working_days(started, 10).isoformat())
    if authorised is not None:
        _say(assessment, "AssessmentAuthorisationDate", authorised.isoformat())
        found = etree.SubElement(assessment, "FactorsIdentifiedAtAssessment")
        for code in sorted(chance.sample(FACTORS, chance.randint(1, 4))):
            _say(found, "AssessmentFactors", code)
    return assessment


def _plan(started: date, ended: date | None) -> etree._Element:
    plan = etree.Element("CINPlanDates")
    _say(plan, "CINPlanStartDate", started.isoformat())
    if ended is not None:
        _say(plan, "CINPlanEndDate", ended.isoformat())
    return plan
