"""A record kept from a worker is not found at any address, whatever their role."""

import pytest
from django.urls import reverse

from hearth.accounts import trail
from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.people.models import DeclaredConnection, Person, Restriction, RestrictionAccess
from hearth.people.tests.factories import RestrictionFactory
from tests.makers import makers
from tests.routes import routes

pytestmark = pytest.mark.django_db
ABOUT_A_RECORD = [
    pytest.param(route, id=route.name)
    for route in routes()
    if route.policy and route.policy.subject
]
# Those who oversee restriction see that there is one, and that it was opened: never the record.
OVERSEEN = (DeclaredConnection, Restriction, RestrictionAccess)
OVERSEERS = {Role.CALDICOTT, Role.SERVICE_MANAGER}
NOBODYS = (0, 2**31, 2**63 - 1, 2**63, 10**30)
NOT_FOUND = {404, 405}


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


def sign_in(client, role):
    set_worker(hearth_itself())
    worker = UserFactory.create(roles=[role])
    client.force_login(worker)
    return worker


def hide(record):
    """Restrict everybody a record is about; whether it is about anybody."""
    people = Person.objects.filter(pk__in=trail.people_in(record))
    for person in people.exclude(restrictions__kind="sealed"):
        RestrictionFactory.create(person=person, kind="sealed")
    return people.exists()


@pytest.mark.parametrize("route", ABOUT_A_RECORD)
def test_a_hidden_record_is_not_found_and_the_look_is_noted(client, route):
    set_worker(hearth_itself())
    subject = route.policy.subject
    record = makers()[subject]()
    if not hide(record):
        pytest.skip("about nobody on record")
    address = reverse(route.name, kwargs=route.arguments(record))
    roles = set(route.policy.roles) - (OVERSEERS if subject in OVERSEEN else set())
    for role in sorted(roles):
        worker = sign_in(client, role)

        assert client.get(address).status_code in NOT_FOUND, role
        assert client.post(address).status_code in NOT_FOUND, role
        set_worker(hearth_itself())
        noted = TrailEvent.objects.filter(by_id=worker.pk, kind="refusal")
        assert noted.filter(about__contains=trail.people_in(record)[:1]).exists(), role


@pytest.mark.parametrize("route", ABOUT_A_RECORD)
def test_a_number_that_is_nobodys_is_not_found(client, route):
    sign_in(client, route.policy.roles[0])
    for number in NOBODYS:
        address = reverse(route.name, kwargs=route.arguments(route.policy.subject(pk=number)))

        assert client.get(address).status_code in NOT_FOUND, number
