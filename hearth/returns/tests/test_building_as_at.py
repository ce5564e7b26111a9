"""The census of the record as it stood: what was recorded, changed or withdrawn later is not in it.

Each deed is committed, because a row is dated with the beginning of its transaction.
"""

import time
from datetime import date
from typing import Any

import pytest

from hearth.accounts.actions import system_worker
from hearth.accounts.as_at import settled_moment
from hearth.accounts.tests.factories import UserFactory
from hearth.casework.actions import close_episode, end_involvement, restate_need
from hearth.casework.tests.factories import EpisodeFactory, InvolvementFactory
from hearth.people.actions import (
    agree_merge,
    correct_fact,
    propose_merge,
    record_birth,
    record_death,
    record_fact,
    withdraw_fact,
)
from hearth.people.models import Disability, Identifier, Merge
from hearth.people.tests.factories import ChildFactory
from hearth.returns.tests.building import TODAY, assessed, build, children_in, file_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("documents")]


def now():
    """A moment of which nothing more can come to be recorded, and after which more can."""
    time.sleep(0.002)
    moment = settled_moment()
    time.sleep(0.002)
    return moment


def four_children():
    made = []
    for number in range(4):
        child = ChildFactory.create(la_child_id=f"A{number}", ethnicity="WBRI", unborn=number == 3)
        episode = EpisodeFactory.create(child=child, started_on=date(2025, 12, 1))
        assessed(episode, date(2025, 12, 2), date(2026, 1, 20), factors=["3B"])
        InvolvementFactory.create(child=child, episode=episode, started_on=date(2026, 1, 21))
        made.append(child)
    return made


def change_everything(children):
    """What may happen to a record after a return was sent."""
    by: Any = {"by": system_worker()}
    first, second, third, unborn = children
    told: Any = {"today": TODAY, **by}
    sex = first.characteristics.get(kind="sex")
    correct_fact(fact=sex, changes={"code": "F"}, reason="Misread", **told)
    record_fact(fact=Disability(person=first, code="LD"), **told)
    record_fact(fact=Identifier(person=first, kind="upn", value="B801200005001"), **told)
    withdraw_fact(fact=second.characteristics.get(kind="ethnicity"), reason="Not theirs", **told)
    record_death(person=second, died_on=date(2026, 3, 2), **told)
    end_involvement(involvement=first.involvements.get(), ended_on=date(2026, 2, 2), **by)
    restate_need(episode=second.episodes.get(), primary_need="N5", **by)
    close_episode(
        episode=second.episodes.get(), ended_on=date(2026, 3, 2), closure_reason="RC2", **by
    )
    factor = first.assessment_parts.get().factors.get()
    factor.code = "4B"
    factor.save()
    record_birth(person=unborn, born_on=date(2026, 3, 30), sex="F", **told)
    merge = propose_merge(
        person=third, other_person=unborn, reason="Twice", by=UserFactory.create()
    )
    third.involvements.update(ended_on=date(2026, 1, 21))
    third.episodes.update(ended_on=date(2025, 12, 1), closure_reason="RC7")
    agree_merge(merge=Merge.objects.get(pk=merge.pk), by=UserFactory.create())
    day: Any = {"started_on": date(2026, 3, 30), "ended_on": date(2026, 3, 30)}
    EpisodeFactory.create(child=first, no_further_action=True, **day)


def test_the_same_moment_gives_the_same_bytes_whatever_became_of_the_record_since():
    children = four_children()
    moment = now()
    as_sent = file_of(build(as_at=moment))

    change_everything(children)

    assert file_of(build(as_at=moment)) == as_sent
    later = children_in(build(dated=moment))
    assert later.keys() == {"A0", "A1", "A3"}
    assert later["A0"]["ChildIdentifiers"]["Sex"] == "F"
    assert later["A1"]["ChildCharacteristics"]["Ethnicity"] == "NOBT"
    assert later["A1"]["CINdetails"][0]["CINclosureDate"] == "2026-03-02"
    assert later["A3"]["ChildIdentifiers"]["PersonBirthDate"] == "2026-03-30"


def test_a_build_of_now_can_be_made_again_from_the_moment_it_noted():
    four_children()

    built = build()

    assert file_of(build(as_at=built.as_at)) == file_of(built)
