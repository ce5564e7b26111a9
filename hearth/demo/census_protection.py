"""Enquiries and child protection plans of an invented census: added to the episodes it holds.

Made by a chance of their own, so that a census without them is what it was.
"""

import random
from datetime import date, timedelta

from lxml import etree

from hearth.lib.dates import add_working_days

# An episode that closed with nothing further to do had no enquiry.
NOTHING_FURTHER = {"RC8", "RC9"}
ABUSE = ("NEG", "EMO", "PHY", "SAB", "MUL")
ABUSE_SHARES = (48, 37, 7, 4, 4)


def protect(child: etree._Element, chance: random.Random, end: date) -> None:
    """Give the child's last episode an enquiry, and mostly a plan, where there can be one."""
    episode = child.findall("CINdetails")[-1]
    referred = date.fromisoformat(episode.findtext("CINreferralDate", ""))
    closed = episode.findtext("CINclosureDate")
    sound = episode.findtext("ReasonForClosure") not in NOTHING_FURTHER
    last = episode.find("ReferralNFA")
    if last is None or last.text != "0" or not sound:
        return
    until = min(date.fromisoformat(closed), end) if closed else end
    started = add_working_days(referred, chance.randint(0, 4))
    if started > until:
        return
    met = add_working_days(started, chance.randint(7, 15))
    needed = chance.random() < 0.55 and (met <= until or not closed)
    enquiry = _enquiry(started, add_working_days(started, 15), needed=needed)
    held = needed and met <= until
    if held:
        _insert(enquiry, "DateOfInitialCPC", met.isoformat())
    last.addprevious(enquiry)
    if held and met < until and chance.random() < 0.85:
        for plan in episode.findall("CINPlanDates"):
            episode.remove(plan)
        episode.append(_plan(met, until, chance, ended=closed is not None))


def _enquiry(started: date, target: date, *, needed: bool) -> etree._Element:
    enquiry = etree.Element("Section47")
    etree.SubElement(enquiry, "S47ActualStartDate").text = started.isoformat()
    etree.SubElement(enquiry, "InitialCPCtarget").text = target.isoformat()
    etree.SubElement(enquiry, "ICPCnotRequired").text = "0" if needed else "1"
    return enquiry


def _insert(enquiry: etree._Element, name: str, text: str) -> None:
    said = etree.Element(name)
    said.text = text
    enquiry.insert(2, said)


def _plan(started: date, until: date, chance: random.Random, *, ended: bool) -> etree._Element:
    plan = etree.Element("ChildProtectionPlans")
    etree.SubElement(plan, "CPPstartDate").text = started.isoformat()
    early = not ended and chance.random() < 0.2
    if early:
        until = started + timedelta(days=chance.randint(1, max((until - started).days, 1)))
    if ended or early:
        etree.SubElement(plan, "CPPendDate").text = until.isoformat()
    abuse = chance.choices(ABUSE, weights=ABUSE_SHARES)[0]
    later = abuse if chance.random() < 0.85 else chance.choice(ABUSE)
    etree.SubElement(plan, "InitialCategoryOfAbuse").text = abuse
    etree.SubElement(plan, "LatestCategoryOfAbuse").text = later
    before = chance.choices((0, 1, 2), weights=(78, 18, 4))[0]
    etree.SubElement(plan, "NumberOfPreviousCPP").text = str(before)
    _add_reviews(plan, started, until, chance)
    return plan


def _add_reviews(plan: etree._Element, started: date, until: date, chance: random.Random) -> None:
    """The first within three months, and then within six (Working Together 2023)."""
    reviewed = started + timedelta(days=chance.randint(70, 91))
    if reviewed > until:
        return
    reviews = etree.SubElement(plan, "Reviews")
    while reviewed <= until:
        etree.SubElement(reviews, "CPPreviewDate").text = reviewed.isoformat()
        reviewed += timedelta(days=chance.randint(140, 183))
