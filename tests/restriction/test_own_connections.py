"""Declaring that one knows a child or family, which closes their records to one."""

import pytest
from django.urls import reverse

from hearth.accounts.actions import system_worker
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, seeing_everybody, set_worker
from hearth.config.testing import hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.actions import connections
from hearth.people.models import DeclaredConnection
from hearth.workforce.tests.factories import manager
from tests.restriction.who_sees import restrict, sees, told

pytestmark = pytest.mark.django_db


def test_declaring_a_connection_closes_the_record_at_once_and_tells_the_manager(
    child, boss, worker
):
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)

    assert not sees(worker, child)
    assert sees(boss, child)
    assert "personal connection to Tamsin Quill" in told(boss)[0]


def test_a_named_worker_who_declares_a_connection_is_named_no_more(child, boss, worker):
    restrict(child, boss, worker, by=boss)
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)
    with acting_as(boss):
        connection = DeclaredConnection.objects.get()
        connections.end_connection(connection=connection, reason="A mistake", by=boss)

    assert not sees(worker, child)


def test_a_connection_is_declared_once_and_says_what_it_is(child, worker):
    with acting_as(worker):
        with pytest.raises(CannotDo, match="Say what you are"):
            connections.declare_connection(person=child, relationship=" ", by=worker)
        connections.declare_connection(person=child, relationship="My niece", by=worker)
        with pytest.raises(CannotDo, match="declared this already"):
            connections.declare_connection(person=child, relationship="My niece", by=worker)


def test_only_a_manager_ends_a_connection_never_the_worker(child, boss):
    with acting_as(boss):
        connections.declare_connection(person=child, relationship="My niece", by=boss)
        connection = DeclaredConnection.objects.get()
        with pytest.raises(CannotDo, match="a manager must end it"):
            connections.end_connection(connection=connection, reason="Done", by=boss)
    other = manager()
    with acting_as(other):
        with pytest.raises(CannotDo, match="Say why"):
            connections.end_connection(connection=connection, reason=" ", by=other)
        connections.end_connection(connection=connection, reason="A mistake", by=other)
        with pytest.raises(CannotDo, match="has been ended"):
            connections.end_connection(connection=connection, reason="Again", by=other)

    assert sees(boss, child)


def test_declared_connections_are_each_workers_own_and_all_to_managers(client, child, worker, boss):
    client.force_login(worker)
    address = reverse("people:declare_connection", args=[child.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, {"relationship": "My niece"})
    own = client.get(response.url).content.decode()
    assert "My niece" in own
    assert "Tamsin" not in own

    set_worker(hearth_itself())
    client.force_login(UserFactory.create())
    assert "My niece" not in client.get(response.url).content.decode()
    client.force_login(boss)
    page = client.get(response.url).content.decode()
    assert "Tamsin Quill" in page
    with seeing_everybody(system_worker()):
        connection = DeclaredConnection.objects.get()
    address = reverse("people:end_connection", args=[connection.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "A mistake"}).status_code == 302


def test_a_worker_cannot_even_find_another_workers_connection(client, child, worker):
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)
        pk = DeclaredConnection.objects.get().pk
    client.force_login(UserFactory.create())

    assert client.get(reverse("people:end_connection", args=[pk])).status_code == 404
