"""Nothing opens without a policy, and every policy answers every role as it declares."""

import pytest
from django.db import transaction
from django.urls import reverse

from hearth.accounts.policy import NOT_YOUR_ROLE, POLICIES
from hearth.accounts.roles import STAFF, Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import hearth_itself
from tests.makers import makers
from tests.routes import BEFORE_SIGNING_IN, LIBRARY, routes

# Refused, not found, or not a way of asking at all.
REFUSED = {403, 404, 405}
# A page, somewhere else to go, a form to mend, not that way of asking, or not as things stand.
ANSWERED = {200, 204, 302, 400, 404, 405, 409}

ROUTES = [pytest.param(route, id=route.name) for route in routes()]
GUARDED = [pytest.param(route, id=route.name) for route in routes() if route.policy]

ABOUT_A_RECORD = [
    pytest.param(route, id=route.name)
    for route in routes()
    if route.policy and route.policy.subject
]


@pytest.mark.parametrize("route", ROUTES)
def test_every_address_has_a_name_and_a_policy_or_a_reason_for_none(route):
    assert not route.name.endswith(":None")
    assert route.policy or route.reason or route.is_library


def test_what_is_open_before_signing_in_is_known_by_name():
    assert {route.name for route in routes()} >= BEFORE_SIGNING_IN
    assert not [r.name for r in routes() if r.policy and r.name.startswith(LIBRARY)]


@pytest.mark.parametrize("key", sorted(POLICIES))
def test_every_policy_says_what_it_allows_to_whom_and_on_what(key):
    policy = POLICIES[key]

    assert policy.title[0].isupper()
    assert policy.roles, "A policy names its roles"
    assert set(policy.roles) <= set(Role)
    assert (policy.objections.__doc__ or "").strip(), "A policy says what else must hold"
    assert policy.subject is None or policy.subject in makers(), (
        "a factory, or a line in tests/makers.py"
    )


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


@pytest.fixture
def workers():
    """One worker for each role."""
    made = [UserFactory.build(roles=[role]) for role in STAFF]
    for worker in made:
        worker.save()
    return dict(zip(STAFF, made, strict=True))


def something(policy):
    """A record for a policy to be asked about, as its factory makes it."""
    set_worker(hearth_itself())
    return makers()[policy.subject]() if policy.subject else None


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(POLICIES))
def test_a_policy_refuses_every_role_it_does_not_name_and_no_role_it_does(key, workers):
    policy = POLICIES[key]
    subject = something(policy)

    for role, worker in workers.items():
        with acting_as(worker):
            refusals = policy.refusals(worker, subject)
        assert (NOT_YOUR_ROLE in refusals) == (role not in policy.roles), role
        assert all(isinstance(reason, str) and reason for reason in refusals), role


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES)
def test_an_address_asks_whoever_has_not_signed_in_to_do_so(route, client):
    if route.name in BEFORE_SIGNING_IN:
        return
    address = reverse(route.name, kwargs=route.arguments(_unsaved(route.policy)))

    for method in (client.get, client.post):
        response = method(address)
        assert response.status_code == 302, method
        assert response["Location"].startswith(reverse("account_login")), method
    told = client.get(address, HTTP_ACCEPT="application/json")
    assert told.status_code in {302, 401}


def _unsaved(policy):
    """A record that is not there, for an address to be made with."""
    return policy.subject(pk=1) if policy and policy.subject else None


@pytest.mark.django_db
@pytest.mark.parametrize("route", GUARDED)
def test_an_address_answers_every_role_as_its_policy_does(route, workers, client):
    subject = something(route.policy)
    address = reverse(route.name, kwargs=route.arguments(subject))

    for role, worker in workers.items():
        may = _allowed(route.policy, worker, subject)
        for method in ("get", "post"):
            status = _ask(client, worker, method, address)
            assert status in (ANSWERED if may else REFUSED), f"{method} as {role}: {status}"


def _allowed(policy, worker, subject):
    """Whether this worker may, if they know of the record at all."""
    with acting_as(worker):
        seen = subject is None or policy.subject.objects.visible_to(worker).filter(pk=subject.pk)
        return bool(seen) and policy.allows(worker, subject)


def _ask(client, worker, method, address):
    """The answer to one request, which leaves nothing behind."""
    with transaction.atomic():
        set_worker(hearth_itself())
        client.force_login(worker)
        response = getattr(client, method)(address)
        if response.streaming:
            list(response)  # sent to its end, it closes its file
        client.logout()
        transaction.set_rollback(True)
    set_worker(hearth_itself())
    return response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("route", ABOUT_A_RECORD)
def test_a_record_that_is_not_there_is_not_found_by_guessing(route, workers, client):
    address = reverse(route.name, kwargs=route.arguments(_unsaved(route.policy)))
    address = address.replace("/1/", "/987654321/")

    for worker in workers.values():
        assert _ask(client, worker, "get", address) in REFUSED
