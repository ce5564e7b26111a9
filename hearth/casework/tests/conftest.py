"""Steps of the tests' own, and property tests untimed: a busy machine is no fault in a date."""

import pytest
from hypothesis import settings

from hearth.accounts.roles import MANAGERS, PRACTITIONERS, QUALIFIED
from hearth.casework import process, timescales
from hearth.casework.process import Process, Step
from hearth.casework.timescales import Limit, Timescale

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def steps(monkeypatch):
    """A small service of our own: an assessment that is signed off, visits that come again."""
    steps, processes = dict(process.STEPS), list(process.PROCESSES)
    limits = {
        "T-1": Limit(45, "working days", "law"),
        "T-2": Limit(4, "weeks", "law"),
        "T-3": Limit(6, "hours", "law"),
    }
    for key, limit in limits.items():
        timescale = Timescale(
            key=key,
            duty="Do it",
            trigger="it began",
            limits=[limit],
            configurable="stricter only",
        )
        monkeypatch.setitem(timescales.TIMESCALES, key, timescale)
    process.register(
        Process(
            name="Tests",
            steps=[
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
                Step(
                    key="tests.hours",
                    name="Ring",
                    done_by=PRACTITIONERS,
                    authority="law",
                    due="T-3",
                ),
                Step(key="tests.allocate", name="Choose", done_by=MANAGERS, authority="law"),
                Step(
                    key="tests.falls",
                    name="Falls",
                    done_by=[],
                    authority="none",
                    ends_with_episode=True,
                ),
            ],
        )
    )
    yield process.STEPS
    process.STEPS.clear()
    process.STEPS.update(steps)
    process.PROCESSES[:] = processes
