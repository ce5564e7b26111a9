"""The declarations: joined up, and told in plain English."""

import pytest

from hearth.accounts.roles import MANAGERS, QUALIFIED
from hearth.casework import process
from hearth.casework.apps import processes_join_up
from hearth.casework.process import Process, Step, describe, describe_timescale, loose_ends
from hearth.casework.timescales import Limit, Timescale


def test_every_step_and_timescale_named_in_the_service_is_declared():
    assert loose_ends() == []
    assert processes_join_up() == []


def test_a_step_that_leads_nowhere_declared_keeps_hearth_from_starting(monkeypatch):
    step = Step(
        key="t.a", name="A", done_by=[], authority="none", due="X-1", leads_to={"y": ["t.gone"]}
    )
    monkeypatch.setitem(process.STEPS, "t.a", step)

    assert [error.msg for error in processes_join_up()] == [
        "t.a names the timescale X-1, which nothing declares",
        "t.a leads to t.gone, which no process declares",
    ]


def test_a_step_is_declared_once(steps):
    twice = Process(
        name="Again", steps=[Step(key="tests.plan", name="P", done_by=[], authority="")]
    )

    with pytest.raises(ValueError, match=r"tests\.plan is declared twice"):
        process.register(twice)


def test_a_process_says_who_by_when_who_agrees_and_what_follows(steps):
    text = describe(process.PROCESSES[-1])

    assert "## Tests\n\n### Assess\n" in text
    assert "- Done by: social worker, senior social worker\n" in text
    assert "- Completed only by a social worker registered on the day\n" in text
    assert (
        "- Due: 45 working days (law) after it began; an authority may set a shorter one\n" in text
    )
    assert (
        "- Signed off by: team manager, service manager, never by anyone who did the work" in text
    )
    assert "- Make a plan: plan\n- close: nothing further\n" in text
    assert "- Authority: law\n" in text
    assert "- Due: no date\n" in text
    assert "- Done again, counted from the last, while: child_in_need\n" in text
    assert "- Falls away when the episode closes\n" in text


def test_a_step_no_longer_used_says_so():
    old = Step(key="t", name="Old", done_by=QUALIFIED, authority="law", retired=True)

    assert "- No longer used" in describe(Process(name="P", steps=[old]))


@pytest.mark.parametrize(
    ("configurable", "words"),
    [
        ("no", "fixed"),
        ("stricter only", "an authority may set a shorter one"),
        ("yes", "an authority may set its own"),
    ],
)
def test_a_timescale_says_whether_an_authority_may_choose(configurable, words):
    timescale = Timescale(
        key="k",
        duty="Do",
        trigger="it began",
        limits=[Limit(7, "working days", "2000"), Limit(10, "working days", "2010")],
        configurable=configurable,
    )

    assert describe_timescale(timescale) == (
        f"7 working days (2000); 10 working days (2010) after it began; {words}"
    )


@pytest.mark.parametrize(
    ("amount", "words"), [(0, "the same day"), (1, "1 working day"), (2, "2 working days")]
)
def test_an_amount_is_said_as_a_person_would(amount, words):
    timescale = Timescale(
        key="k",
        duty="Do",
        trigger="the referral, or news,",
        limits=[Limit(amount, "working days", "law")],
    )

    assert describe_timescale(timescale) == f"{words} (law) after the referral, or news; fixed"


def test_whoever_signs_off_is_named_by_role():
    step = Step(key="t", name="T", done_by=QUALIFIED, authority="law", signed_off_by=MANAGERS)

    assert "Signed off by: team manager, service manager" in describe(
        Process(name="P", steps=[step])
    )
