"""A record kept from a worker is not found at any address, whatever their role."""

from itertools import groupby

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


def subject_of(route):
    return route.policy.subject


ABOUT_A_RECORD = sorted(
    (route for route in routes() if route.policy and route.policy.subject),
    key=lambda route: subject_of(route)._meta.label,
)
BY_SUBJECT = [
    pytest.param(subject, list(each), id=subject._meta.label)
    for subject, each in groupby(ABOUT_A_RECORD, key=subject_of)
]
# Those who oversee restriction see that there is one, and that it was opened: never the record.
OVERSEEN = (DeclaredConnection, Restriction, RestrictionAccess)
OVERSEERS = {Role.CALDICOTT, Role.SERVICE_MANAGER}
NOBODYS = (0, 2**31, 2**63 - 1, 2**63, 10**30)
NOT_FOUND = {404, 405}


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


def sign_in(client, roles):
    """A worker with all of these roles: what any of them would be shown, this one is."""
    set_worker(hearth_itself())
    worker = UserFactory.create(roles=sorted(roles))
    client.force_login(worker)
    return worker


def hide(record):
    """Restrict everybody a record is about; whether it is about anybody."""
    people = Person.objects.filter(pk__in=trail.people_in(record))
    for person in people.exclude(restrictions__kind="sealed"):
        RestrictionFactory.create(person=person, kind="sealed")
    return people.exists()


@pytest.mark.parametrize(("subject", "addresses"), BY_SUBJECT)
def test_a_hidden_record_is_not_found_and_the_look_is_noted(client, subject, addresses):
    record = makers()[subject]()
    if not hide(record):
        pytest.skip("about nobody on record")
    about = trail.people_in(record)[:1]
    found, unnoted = [], []
    for route in addresses:
        allowed = set(route.policy.roles) - (OVERSEERS if subject in OVERSEEN else set())
        worker = sign_in(client, allowed)
        address = reverse(route.name, kwargs=route.arguments(record))
        answers = {"get": client.get(address), "post": client.post(address)}
        found += [(route.name, m) for m, a in answers.items() if a.status_code not in NOT_FOUND]
        set_worker(hearth_itself())
        if not TrailEvent.objects.filter(
            by_id=worker.pk, kind="refusal", about__contains=about
        ).exists():
            unnoted.append(route.name)

    assert found == []
    assert unnoted == []


@pytest.mark.parametrize(("subject", "addresses"), BY_SUBJECT)
def test_a_number_that_is_nobodys_is_not_found(client, subject, addresses):
    """Every such number at the subject's first address; the greatest at each of the rest."""
    numbers = [(addresses[0], number) for number in NOBODYS]
    numbers += [(route, NOBODYS[-1]) for route in addresses[1:]]
    sign_in(client, {role for route in addresses for role in route.policy.roles})
    answers = {}
    for route, number in numbers:
        address = reverse(route.name, kwargs=route.arguments(subject(pk=number)))
        answers[address] = client.get(address).status_code

    assert {a: status for a, status in answers.items() if status not in NOT_FOUND} == {}
