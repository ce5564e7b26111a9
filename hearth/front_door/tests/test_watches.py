"""What is known by day is known at night, and what happens at night is known in the morning."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import Notice
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.front_door.actions import ask_for_watch, end_watch, read_night, report_night
from hearth.front_door.models import NightReport, NightWatch, StepNote
from hearth.front_door.tests.factories import front_door_team, out_of_hours_worker
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    HouseholdMemberFactory,
    RestrictionFactory,
)
from hearth.records.models import ChronologyEntry
from hearth.workforce.models import Staff
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
WORRY, TO_DO = "Dad is out of prison today.", "If mum rings, go: she does not ring twice."


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def worker():
    return social_worker(TeamFactory.create())


@pytest.fixture
def night():
    return out_of_hours_worker()


@pytest.fixture
def child(worker):
    return AllocationFactory.create(worker=worker).child


def ask(*children, by, **changed):
    today = timezone.localdate()
    given: dict[str, Any] = {"worry": WORRY, "to_do": TO_DO, "starts_on": today, "last_on": today}
    return ask_for_watch(children=list(children), by=by, **(given | changed))


def told(watch, by, **changed):
    given: dict[str, Any] = {
        "happened_at": timezone.now(),
        "seen": True,
        "text": "Mum well, door bolted.",
    }
    return report_night(watch=watch, by=by, **(given | changed))


def waiting():
    return Task.objects.outstanding().filter(step_key="front_door.read_night")


def test_those_on_duty_are_told_and_it_is_in_the_childs_story(child, worker, night, today):
    (watch,) = ask(child, by=worker, last_on=today + timedelta(days=2))

    assert (watch.starts_on, watch.ends_on) == (today, today + timedelta(days=3))
    assert list(NightWatch.objects.on(today + timedelta(days=2))) == [watch]
    assert not NightWatch.objects.on(today + timedelta(days=3)).exists()
    assert f"keep {child} in mind" in Notice.objects.get(to=night).text
    assert WORRY in ChronologyEntry.objects.of_source(watch).get().text


def test_what_happens_is_on_the_workers_list_in_the_morning(child, worker, night):
    (watch,) = ask(child, by=worker)

    told(watch, night)
    told(watch, night, seen=False, text="No answer at 4am.")

    task = waiting().get()
    assert (task.worker, task.record_id, task.about) == (worker, watch.pk, [child.pk])
    assert ChronologyEntry.objects.of_source(watch).count() == 3
    read_night(watch=watch, will_do="Visit today.", at=timezone.now(), by=worker)
    assert not waiting().exists()
    assert StepNote.objects.get(task=task).text == "Visit today."
    with pytest.raises(CannotDo, match="already been read"):
        read_night(watch=watch, will_do="Visit.", at=timezone.now(), by=worker)


def test_with_no_worker_it_is_whose_who_asked_then_their_managers_then_the_front_doors(
    night, today
):
    office = TeamFactory.create()
    asker, boss = social_worker(office), manager(office)
    (watch,) = ask(ChildFactory.create(), by=asker)
    told(watch, night)
    assert waiting().get().worker == asker

    left = social_worker(office)
    (second,) = ask(ChildFactory.create(), by=left)
    Staff.objects.filter(user=left).update(ended_on=today)
    told(second, night)
    assert waiting().get(record_id=second.pk).worker == boss

    alone = social_worker(TeamFactory.create())
    (third,) = ask(ChildFactory.create(), by=alone)
    Staff.objects.filter(user=alone).update(ended_on=today)
    screening = front_door_team()
    told(third, night)
    assert waiting().get(record_id=third.pk).team == screening


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"worry": " "}, "what you are worried about"),
        ({"to_do": ""}, "what they should do"),
        ({"starts_on": timezone.localdate() - timedelta(days=1)}, "first night has gone"),
        ({"last_on": timezone.localdate() - timedelta(days=1)}, "before the first"),
        ({"last_on": timezone.localdate() + timedelta(days=29)}, "four weeks at most"),
    ],
)
def test_it_is_refused_when_it_could_not_be_followed(child, worker, change, why):
    with pytest.raises(CannotDo, match=why):
        ask(child, by=worker, **change)


def test_it_is_asked_once_and_can_be_taken_back(child, worker, night, today):
    (watch,) = ask(child, by=worker)
    with pytest.raises(CannotDo, match="in mind already"):
        ask(child, by=worker)
    with pytest.raises(CannotDo, match="which child"):
        ask(by=worker)
    with pytest.raises(CannotDo, match="Say why"):
        end_watch(watch=watch, reason="", by=worker)

    end_watch(watch=watch, reason="They moved to her sister\u2019s.", by=worker)

    assert not NightWatch.objects.on(today).exists()
    watch.refresh_from_db()
    told(watch, night)  # what had happened before is still told
    assert ask(child, by=worker)


def test_what_is_told_of_a_night_must_have_happened(child, worker, night):
    (watch,) = ask(child, by=worker)
    now = timezone.now()

    for change, why in (
        ({"happened_at": now + timedelta(hours=1)}, "cannot be in the future"),
        ({"happened_at": now - timedelta(days=2)}, "before this was asked"),
        ({"text": ""}, "Say what happened"),
    ):
        with pytest.raises(CannotDo, match=why):
            told(watch, night, **change)


def test_a_restricted_child_is_on_nobodys_list_who_may_not_know(client, child, worker, night):
    ask(child, by=worker)
    RestrictionFactory.create(person=child)
    client.force_login(night)

    page = client.get(reverse("front_door:night_watches")).content.decode()

    set_worker(hearth_itself())
    assert str(child) not in page
    assert "Nobody is to be kept in mind tonight" in page


def boxes(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def watch(child, worker):
    return ask(child, by=worker)[0]


def test_a_worker_asks_from_the_childs_contacts_for_brothers_and_sisters_too(
    client, child, worker, today
):
    sister, home = ChildFactory.create(given_names="Bea"), HouseholdFactory.create()
    for person in (child, sister):
        HouseholdMemberFactory.create(household=home, person=person)
    asking = reverse("front_door:ask_for_watch", args=[child.pk])
    client.force_login(worker)
    assert asking in client.get(reverse("front_door:of_child", args=[child.pk])).content.decode()
    words = {"worry": WORRY, "to_do": TO_DO}
    nights = {**boxes("starts_on", today), **boxes("last_on", today)}
    with at_most_queries(16):
        assert "Bea" in client.get(asking).content.decode()

    wrong = client.post(asking, {**words, **boxes("starts_on", today)})
    assert WORRY in wrong.content.decode()
    assert client.post(asking, {**words, **nights, "also": [sister.pk]}).status_code == 302
    assert "in mind already" in client.post(asking, {**words, **nights}).content.decode()

    with at_most_queries():
        listed = client.get(reverse("front_door:night_watches")).content.decode()
    assert "2 children" in listed
    front = client.get(reverse("desk:child", args=[child.pk])).content.decode()
    assert "Out-of-hours watch" in front
    assert TO_DO in front
    set_worker(hearth_itself())


def test_the_night_is_recorded_by_who_is_on_duty_and_read_in_the_morning(
    client, watch, worker, night, today
):
    page, end, report, read = (
        reverse(f"front_door:{name}", args=[watch.pk])
        for name in ("night_watch", "end_watch", "report_night", "read_night")
    )
    client.force_login(night)
    with at_most_queries():
        assert report in client.get(page).content.decode()
    assert client.get(end).status_code == 403
    assert TO_DO in client.get(report).content.decode()
    sent = {"happened_at": f"{today}T00:00", "seen": "no", "text": "No answer."}
    assert client.post(report, sent).status_code == 302

    client.force_login(worker)
    with at_most_queries(16):
        assert "No answer." in client.get(read).content.decode()
    assert client.post(read, {"will_do": "Visit today."}).url == page
    assert "from tonight" in client.get(end).content.decode()
    assert client.post(end, {"reason": "All well."}).url == page
    assert "All well." in client.get(page).content.decode()
    set_worker(hearth_itself())
    assert NightReport.objects.get().seen is False
