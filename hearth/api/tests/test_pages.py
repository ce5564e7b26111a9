"""Who lets a health service ask, and who sees what it asked."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.api.actions import let_ask, stop_asking
from hearth.api.models import Asker, LookUp
from hearth.api.tests.factories import AskerFactory, public
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import StaffFactory, social_worker

pytestmark = pytest.mark.django_db
GIVEN: dict[str, Any] = {
    "name": "Mill Lane Surgery",
    "key_name": "mill-lane",
    "contact": "Jo, 01632 960 555",
    "an_hour": 20,
}


@pytest.fixture
def guardian():
    return StaffFactory.create(user=UserFactory.create(roles=[Role.CALDICOTT])).user


def send(client, who, name, /, *args, **data):
    client.force_login(who)
    response = client.post(reverse(f"api:{name}", args=args), data)
    set_worker(hearth_itself())
    return response


def see(client, who, name, *args):
    client.force_login(who)
    with at_most_queries(15):
        response = client.get(reverse(f"api:{name}", args=args))
    set_worker(hearth_itself())
    return response.content.decode()


def test_the_guardian_lets_a_service_ask_and_stops_it(client, guardian):
    send(client, guardian, "let_ask", public_key=public(), **GIVEN)
    asker = Asker.objects.get()
    assert "Mill Lane Surgery" in see(client, guardian, "askers")

    send(client, guardian, "stop_asking", asker.pk, reason="Their laptop was stolen.")

    asker.refresh_from_db()
    assert asker.ended_on
    with pytest.raises(CannotDo, match="already"):
        stop_asking(asker=asker, reason="Again", by=guardian)


def test_what_is_no_key_is_refused_and_nothing_typed_is_lost(client, guardian):
    page = send(client, guardian, "let_ask", public_key="secret", **GIVEN).content.decode()

    assert "not an Ed25519 public key" in page
    assert "Mill Lane Surgery" in page
    assert not Asker.objects.exists()
    with pytest.raises(CannotDo, match="not an Ed25519"):
        let_ask(public_key="secret", by=guardian, **GIVEN)


def test_a_short_name_is_one_services(client, guardian):
    AskerFactory.create(key_name="mill-lane")

    page = send(client, guardian, "let_ask", public_key=public(), **GIVEN).content.decode()

    assert "Another service has that short name" in page


def test_a_reason_is_given_for_stopping(guardian):
    with pytest.raises(CannotDo, match="Say why"):
        stop_asking(asker=AskerFactory.create(), reason="", by=guardian)


def test_a_worker_sees_who_asked_about_a_child(client):
    child, worker = ChildFactory.create(), social_worker()
    assert "No health service has asked" in see(client, worker, "child_look_ups", child.pk)
    LookUp.objects.create(
        asker=AskerFactory.create(),
        child=child,
        asked_id="5c0f6c1e-7c37-4f2c-8f2a-2f3ad6e3b1aa",
        asked_by="Dr Amin",
        setting="Emergency department",
        answer="protection",
        contact="01632 960 001",
    )

    page = see(client, worker, "child_look_ups", child.pk)

    assert "Dr Amin, Emergency department" in page
    assert "Has a child protection plan, and to ring 01632 960 001" in page
