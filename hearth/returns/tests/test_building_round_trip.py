"""A census built, brought into an empty database and built again there: the same, byte for byte."""

from datetime import date, timedelta
from typing import Any

import pytest

from hearth.accounts.actions import system_worker
from hearth.assessments.tests import factories as assessments
from hearth.casework.actions import (
    close_episode,
    end_at_referral,
    open_episode,
)
from hearth.config.testing import copy_template, work_as_hearth_itself
from hearth.people.actions import (
    NewPerson,
    correct_fact,
    create_child,
    create_people,
    record_birth,
    record_death,
    record_fact,
)
from hearth.people.models import Characteristic, Disability, Identifier
from hearth.plans.actions import PlanPart, change_category, end_plan, start_plan
from hearth.plans.models import PlanKind
from hearth.returns import actions
from hearth.returns.cin.reader import FileSource
from hearth.returns.tests.building import (
    TODAY,
    assessed,
    build,
    conference,
    enquired,
    file_of,
)
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("documents")]
START = date(2025, 4, 1)
UPNS = ("B801200005001", "P207000016049", "T850728973744", "C80120000501K")
WHO = (
    {"sex": "F", "ethnicity": "WBRI", "disabilities": ["NONE"], "upn": UPNS[0]},
    {"sex": "M", "ethnicity": "MWBC", "disabilities": ["LD", "AUT", "MOB"], "upn": UPNS[1]},
    {"sex": "U", "ethnicity": "", "disabilities": [], "unknown": "UN4"},
    {"birth_kind": "unknown", "born_on": None, "sex": "M", "ethnicity": "REFU"},
    {"birth_kind": "expected", "born_on": date(2026, 5, 1), "ethnicity": "NOBT"},
    {"birth_kind": "estimated", "born_on": date(2011, 1, 1), "sex": "F", "ethnicity": "OOTH"},
    {"born_on": date(2025, 11, 2), "sex": "F", "ethnicity": "WROM", "unknown": "UN1"},
)


def somebody(number):
    """A child on record by the real action, one of each sort in turn."""
    said: Any = {"born_on": date(2014, 2, 3), "birth_kind": "known"} | WHO[number % len(WHO)]
    facts: Any = [Disability(code=code) for code in said.pop("disabilities", ["NONE"])]
    if upn := said.pop("upn", ""):
        facts.append(Identifier(kind="upn", value=upn))
    if why := said.pop("unknown", ""):
        facts.append(Characteristic(kind="upn_unknown_reason", code=why))
    new = NewPerson(is_child=True, facts=facts, **{"sex": "U", **said})
    [child] = create_people(people=[new], today=TODAY, by=system_worker())
    return child


def live(child, number):
    """What befalls them, one of each sort in turn; each is told by the actions of its room."""
    day = max(START + timedelta(days=number * 5), date(2025, 9, 1))
    by: Any = {"by": system_worker()}
    lives = (
        _assessed_and_closed,
        _plans,
        _nothing_further,
        _protected,
        _came_back,
        _old_and_open,
        _enquired_about,
    )
    lives[number % len(lives)](child, day, by)


def _referred(child, day, by, need="N1"):
    said: Any = {"referral_source": ("6", "2A", "1A", "5D")[day.day % 4], "primary_need": need}
    return open_episode(child=child, started_on=day, **said, **by)


def _assessed_and_closed(child, day, by):
    episode = _referred(child, day, by)
    done = day + timedelta(days=40)
    assessed(episode, day, done, factors=["16A", "3B", "2B"], internal_review_on=day)
    reason = "RC9" if day.day % 2 else "RC8"
    close_episode(episode=episode, ended_on=done, closure_reason=reason, **by)


def _plans(child, day, by):
    episode = _referred(child, day, by, need="N5")
    said: Any = {"kind": PlanKind.CHILD_IN_NEED, "parts": [PlanPart(child=child)], **by}
    first = start_plan(started_on=day + timedelta(days=50), **said)
    end_plan(part=first.children.get(), ended_on=day + timedelta(days=80), reason="review", **by)
    start_plan(started_on=day + timedelta(days=90), **said)
    assessed(episode, day, day + timedelta(days=49), factors=["21"])
    assessed(episode, date(2026, 3, 2), internal_review_on=date(2026, 4, 20))


def _protected(child, day, by):
    """An enquiry, a conference, a plan whose category changes, and a plan in need after it."""
    episode = _referred(child, day, by)
    assessed(episode, day, day + timedelta(days=30), factors=["18C"])
    begun, held = day + timedelta(days=3), day + timedelta(days=17)
    enquiry = enquired(episode, begun, outcome="conference", authorised_on=held)
    conference(episode, "initial_conference", held, enquiry)
    standing: Any = {"child": child, "category": "PHY", "earlier_plans": day.day % 3}
    made = start_plan(kind=PlanKind.PROTECTION, parts=[PlanPart(**standing)], started_on=held, **by)
    part, reviewed = made.children.get(), held + timedelta(days=85)
    conference(episode, "review_conference", reviewed)
    change_category(part=part, category="NEG", since=reviewed, **by)
    if day.day % 2:
        over = reviewed + timedelta(days=30)
        conference(episode, "review_conference", over)
        end_plan(part=part, ended_on=over, reason="conference", **by)
        start_plan(
            kind=PlanKind.CHILD_IN_NEED, parts=[PlanPart(child=child)], started_on=over, **by
        )


def _enquired_about(child, day, by):
    """Enquiries that needed no conference, that go on, and that a plan came with."""
    episode = _referred(child, day, by)
    assessed(episode, day, day + timedelta(days=30), factors=["3B"])
    enquired(episode, day, outcome="not_substantiated", authorised_on=day + timedelta(days=9))
    enquired(episode, date(2026, 3, 20))
    conference(episode, "transfer_conference", date(2026, 2, 2))


def _nothing_further(child, day, by):
    end_at_referral(episode=_referred(child, day, by, need=""), **by)


def _came_back(child, day, by):
    _nothing_further(child, day, by)
    _assessed_and_closed(child, day + timedelta(days=1), by)
    _nothing_further(child, day + timedelta(days=41), by)
    _referred(child, day + timedelta(days=41), by, need="")


def _old_and_open(child, day, by):
    episode = _referred(child, day - timedelta(days=200), by)
    start = episode.started_on
    assessed(episode, start, date(2025, 3, 31), factors=["3B"])
    assessed(episode, date(2025, 3, 20), date(2026, 4, 9), factors=["4A"])
    close_episode(episode=episode, ended_on=date(2026, 4, 30), closure_reason="RC7", **by)


def the_rest():
    """Those whose lives need more words: a birth, a death, a new number, a whole assessment."""
    by: Any = {"by": system_worker()}
    told: Any = {"today": TODAY, **by}
    unborn = create_child(
        new=NewPerson(family_name="Quill", birth_kind="expected", born_on=date(2026, 3, 3)), **told
    )
    _referred(unborn, date(2026, 1, 5), by)
    record_birth(person=unborn, born_on=date(2026, 3, 1), sex="F", **told)
    dead = somebody(0)
    _plans(dead, date(2025, 9, 9), by)
    record_fact(
        fact=Identifier(person=dead, kind="upn", value=UPNS[2], started_on=date(2025, 9, 1)), **told
    )
    record_death(person=dead, died_on=date(2026, 3, 20), **told)
    standing = dead.plan_parts.current().get()
    end_plan(part=standing, ended_on=date(2026, 3, 20), reason="died", **by)
    close_episode(
        episode=dead.episodes.get(), ended_on=date(2026, 3, 20), closure_reason="RC2", **by
    )
    wrong = somebody(1)
    _referred(wrong, date(2026, 2, 2), by)
    sex = wrong.characteristics.get(kind="sex")
    correct_fact(fact=sex, changes={"code": "F"}, reason="Misread", **told)
    worker = social_worker()
    assessments.authorised(by=manager(), worker=worker)


def test_a_census_brought_in_where_nobody_is_on_record_is_built_again_the_same(tmp_path):
    for number in range(35):
        live(somebody(number), number)
    the_rest()
    first = build()
    file = tmp_path / "census.xml"
    file.write_bytes(file_of(first))
    assert first.counts["children.written"] == 40
    copy_template()
    work_as_hearth_itself(committing=True)

    by, source = system_worker(), FileSource(file)
    run = actions.start_import(name=file.name, source=source, by=by)
    actions.import_census(run=run, source=source, today=TODAY, by=by)
    again = build(dated=first.dated)

    assert (run.loaded, run.refused) == (40, 0)
    assert file_of(again).decode() == file.read_text()
