"""A hospital asks whether a child has a plan: signed, counted, and told nothing more."""

import json
import uuid
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import timezone

from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.api.models import Asker, LookUp
from hearth.api.signing import message
from hearth.api.tests.factories import AskerFactory, sign
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.config.testing import hearth_itself
from hearth.people.models import Identifier
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db
ADDRESS = "/api/child-protection/look-up/"
NHS = "9434765919"
BORN = date(2016, 9, 14)


@pytest.fixture
def asker():
    return AskerFactory.create()


@pytest.fixture
def child():
    return known()


def known(**options):
    """A child whose NHS number we hold."""
    child = ChildFactory.create(born_on=BORN, **options)
    Identifier.objects.create(person=child, kind="nhs", value=NHS, recorded_by=UserFactory.create())
    return child


def question(**changes):
    asked = {
        "asked_id": str(uuid.uuid4()),
        "nhs_number": "943 476 5919",
        "born_on": BORN.isoformat(),
        "asked_by": "Dr Amin",
        "setting": "Emergency department",
    }
    return asked | changes


def ask(client, asker, asked=None, *, key=None, sent_at=None, body=None, headers=None):
    body = json.dumps(asked or question()).encode() if body is None else body
    sent_at = sent_at or timezone.now().isoformat()
    signed = message("POST", ADDRESS, sent_at, body)
    signature = sign(signed, key) if key else sign(signed)
    given = {"Hearth-Key": asker.key_name, "Hearth-Date": sent_at, "Hearth-Signature": signature}
    response = client.post(
        ADDRESS, body, content_type="application/json", headers=given | (headers or {})
    )
    set_worker(hearth_itself())
    return response


def test_a_child_with_a_plan_is_told_of_with_the_workers_telephone(client, asker, child):
    team = TeamFactory.create()
    worker, boss = social_worker(team, phone="01632 960 001"), manager(team)
    episode = EpisodeFactory.create(child=child)
    AllocationFactory.create(episode=episode, worker=worker, team=team)
    InvolvementFactory.create(child=child, kind="protection")

    response = ask(client, asker)

    assert response.json() == {
        "known": True,
        "child_protection_plan": True,
        "looked_after": False,
        "telephone": "01632 960 001",
    }
    assert response["Cache-Control"] == "no-store"
    for told in (worker, boss):
        notice = Notice.objects.get(to=told)
        assert notice.page == f"/children/{child.pk}/look-ups/"
        assert "Emergency department" in notice.text
    look = TrailEvent.objects.get(what="Answered a health service's question")
    assert (look.about, look.kind) == ([child.pk], "look")
    assert "Dr Amin" in look.reason


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        (["looked_after"], (True, False, True)),
        (["looked_after", "protection"], (True, True, True)),
        (["child_in_need"], (True, False, False)),
    ],
)
def test_what_is_told_is_what_the_child_is_to_us_today(client, asker, child, kinds, told):
    EpisodeFactory.create(child=child)
    for kind in kinds:
        InvolvementFactory.create(child=child, kind=kind)

    answer = ask(client, asker).json()

    assert (answer["known"], answer["child_protection_plan"], answer["looked_after"]) == told


def test_a_plan_that_ended_is_not_told(client, asker, child):
    InvolvementFactory.create(child=child, kind="protection", ended_on=date(2026, 3, 1))

    assert ask(client, asker).json()["known"] is False


def test_the_number_and_the_birth_must_both_be_the_childs(client, asker, child):
    EpisodeFactory.create(child=child)

    for wrong in ({"born_on": "2016-09-15"}, {"nhs_number": "4505577104"}):
        answer = ask(client, asker, question(**wrong)).json()
        assert answer == {
            "known": False,
            "child_protection_plan": False,
            "looked_after": False,
            "telephone": "01632 960 000",
        }


def test_two_children_with_one_number_are_not_guessed_between(client, asker, child):
    EpisodeFactory.create(child=child)
    known()

    assert ask(client, asker).json()["known"] is False


@pytest.mark.parametrize(
    ("kind", "told"), [("adoption", False), ("witness", False), ("sealed", False), ("staff", True)]
)
def test_a_record_kept_back_for_safety_is_not_told_of(client, asker, child, kind, told):
    EpisodeFactory.create(child=child)
    RestrictionFactory.create(person=child, kind=kind)

    assert ask(client, asker).json()["known"] is told


def test_who_asked_about_a_restricted_child_is_as_hidden_as_the_child(client, asker, child):
    EpisodeFactory.create(child=child)
    RestrictionFactory.create(person=child, kind="staff")
    ask(client, asker)

    assert LookUp.objects.count() == 1
    with acting_as(social_worker()):
        assert not LookUp.objects.exists()


def test_a_question_sent_twice_has_one_answer_and_one_look(client, asker, child):
    asked = question()
    first = ask(client, asker, asked).json()
    EpisodeFactory.create(child=child)

    assert ask(client, asker, asked).json() == first
    assert LookUp.objects.count() == 1


def test_no_more_are_answered_in_an_hour_than_was_agreed(client, child):
    asker = AskerFactory.create(an_hour=2)
    assert [ask(client, asker).status_code for _ in range(3)] == [200, 200, 429]
    LookUp.objects.update(recorded_at=timezone.now() - timedelta(minutes=61))
    assert ask(client, asker).status_code == 200


def test_nobody_else_is_answered(client, asker, child):
    other = Ed25519PrivateKey.generate()
    late = (timezone.now() - timedelta(minutes=6)).isoformat()
    gone = AskerFactory.create(ended_on=date(2026, 2, 1))
    stranger = AskerFactory.build(key_name="stranger")

    refused = [
        ask(client, asker, key=other),
        ask(client, asker, sent_at=late),
        ask(client, asker, sent_at="yesterday"),
        ask(client, asker, sent_at=timezone.now().replace(tzinfo=None).isoformat()),
        ask(client, asker, headers={"Hearth-Signature": ""}),
        ask(client, asker, headers={"Hearth-Signature": "é"}),
        ask(client, gone),
        ask(client, stranger),
        client.post(ADDRESS, b"{}", content_type="application/json"),
    ]

    assert [response.status_code for response in refused] == [401] * 9
    set_worker(hearth_itself())
    assert not LookUp.objects.exists()
    assert client.get(ADDRESS).status_code == 405


def test_a_signature_is_for_one_body_alone(client, asker, child):
    sent_at = timezone.now().isoformat()
    signature = sign(message("POST", ADDRESS, sent_at, json.dumps(question()).encode()))

    response = ask(client, asker, sent_at=sent_at, headers={"Hearth-Signature": signature})

    assert response.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"nhs_number": "9434765919"}',
        json.dumps(question(nhs_number="1234567890")).encode(),
        json.dumps(question(born_on="14/09/2016")).encode(),
        json.dumps(question(asked_id="1")).encode(),
        json.dumps(question(asked_by="  ")).encode(),
        json.dumps(question(setting="a\x00b")).encode(),
        json.dumps({**question(), "extra": "1"}).encode(),
        json.dumps({**question(), "asked_by": 7}).encode(),
        b"[" * 2000,
    ],
)
def test_a_question_that_cannot_be_read_is_refused_in_words(client, asker, body):
    response = ask(client, asker, body=body)

    assert response.status_code == 400
    assert response.json()["error"]
    assert not LookUp.objects.exists()


def test_a_question_as_long_as_a_book_is_not_read(client, asker):
    assert ask(client, asker, body=b"x" * 5000).status_code == 413
    assert Asker.objects.count() == 1
