"""Steps and people of the tests' own, and property tests untimed: a busy machine is no fault."""

from datetime import date

import pytest
from hypothesis import settings

from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED, Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework import process, timescales
from hearth.casework.process import Process, Step
from hearth.casework.tests.factories import EpisodeFactory
from hearth.casework.timescales import Limit, Timescale
from hearth.people.tests.factories import ChildFactory, HouseholdFactory, HouseholdMemberFactory
from hearth.workforce.tests.a_team import boss
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, social_worker

__all__ = ["boss"]

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

LIMITS = {
    "T-1": Limit(45, "working days", "law"),
    "T-2": Limit(4, "weeks", "law"),
    "T-3": Limit(6, "hours", "law"),
}
# A small service of our own: an assessment that is signed off, and visits that come again.
STEPS = [
    Step(
        key="tests.assess",
        name="Assess",
        done_by=QUALIFIED,
        authority="law",
        due="T-1",
        qualified=True,
        signed_off_by=MANAGERS,
        leads_to={"plan": ["tests.plan"], "close": []},
        outcome_names={"plan": "Make a plan"},
    ),
    Step(key="tests.plan", name="Plan", done_by=PRACTITIONERS, authority="law"),
    Step(
        key="tests.visit",
        name="Visit",
        done_by=PRACTITIONERS,
        authority="law",
        due="T-2",
        repeats_while=["child_in_need"],
    ),
    Step(key="tests.hours", name="Ring", done_by=PRACTITIONERS, authority="law", due="T-3"),
    Step(key="tests.allocate", name="Choose", done_by=MANAGERS, authority="law"),
    Step(key="tests.falls", name="Falls", done_by=[], authority="none", ends_with_episode=True),
]


@pytest.fixture
def steps(monkeypatch):
    """The tests' own steps, declared beside the service's while a test runs."""
    known, processes = dict(process.STEPS), list(process.PROCESSES)
    for key, limit in LIMITS.items():
        timescale = Timescale(
            key=key,
            duty="Do it",
            trigger="it began",
            limits=[limit],
            configurable="stricter only",
        )
        monkeypatch.setitem(timescales.TIMESCALES, key, timescale)
    process.register(Process(name="Tests", steps=STEPS))
    yield process.STEPS
    process.STEPS.clear()
    process.STEPS.update(known)
    process.PROCESSES[:] = processes


@pytest.fixture
def team():
    return TeamFactory.create(name="North team", caseload_limit=4)


@pytest.fixture
def worker(team):
    return social_worker(team, phone="01632 960 001")


@pytest.fixture
def admin():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.ADMINISTRATOR])).user


@pytest.fixture
def senior():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.SERVICE_MANAGER])).user


@pytest.fixture
def family():
    """The episodes of a brother and a sister."""
    children = [
        ChildFactory.create(given_names=name, family_name="Quill", born_on=born)
        for name, born in (("Rowan", date(2012, 1, 1)), ("Bea", date(2016, 1, 1)))
    ]
    home = HouseholdFactory.create()
    for child in children:
        HouseholdMemberFactory.create(household=home, person=child)
    return [EpisodeFactory.create(child=child) for child in children]
