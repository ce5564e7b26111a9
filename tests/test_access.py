"""Nothing opens without a policy, and every policy answers every role as it declares."""

import pytest
from django.db import transaction
from django.test import Client
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

GUARDED = sorted((route for route in routes() if route.policy), key=lambda route: route.name)
# Addresses are asked a score to a test: what those share (a worker for each role, each signed in
# once) is most of what asking costs.
SCORE = 20
SCORES = [
    pytest.param(GUARDED[start : start + SCORE], id=GUARDED[start].name)
    for start in range(0, len(GUARDED), SCORE)
]


def test_every_address_has_a_name_and_a_policy_or_a_reason_for_none():
    assert not [route.name for route in routes() if route.name.endswith(":None")]
    assert not [r.name for r in routes() if not (r.policy or r.reason or r.is_library)]


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


@pytest.fixture
def browsers(workers):
    """Each worker's browser, signed in."""
    signed_in = {role: Client() for role in workers}
    for role, worker in workers.items():
        signed_in[role].force_login(worker)
    return signed_in


def something(policy):
    """A record for a policy to be asked about, as its factory makes it."""
    set_worker(hearth_itself())
    return makers()[policy.subject]() if policy.subject else None


@pytest.mark.django_db
def test_a_policy_refuses_every_role_it_does_not_name_and_no_role_it_does(workers):
    for key, policy in sorted(POLICIES.items()):
        subject = something(policy)

        for role, worker in workers.items():
            with acting_as(worker):
                refusals = policy.refusals(worker, subject)
            assert (NOT_YOUR_ROLE in refusals) == (role not in policy.roles), (key, role)
            assert all(isinstance(reason, str) and reason for reason in refusals), (key, role)


@pytest.mark.django_db
def test_an_address_asks_whoever_has_not_signed_in_to_do_so(client):
    for route in routes():
        if route.name in BEFORE_SIGNING_IN:
            continue
        address = reverse(route.name, kwargs=route.arguments(_unsaved(route.policy)))

        for method in (client.get, client.post):
            response = method(address)
            assert response.status_code == 302, (route.name, method)
            assert response["Location"].startswith(reverse("account_login")), route.name
        told = client.get(address, HTTP_ACCEPT="application/json")
        assert told.status_code in {302, 401}, route.name


def _unsaved(policy):
    """A record that is not there, for an address to be made with."""
    return policy.subject(pk=1) if policy and policy.subject else None


@pytest.mark.django_db
@pytest.mark.parametrize("score", SCORES)
def test_an_address_answers_every_role_as_its_policy_does(score, workers, browsers):
    wrong = [
        f"{route.name}: {method} as {role}: {status}"
        for route in score
        for role, method, may, status in _asked(route, workers, browsers)
        if status not in (ANSWERED if may else REFUSED)
    ]

    assert wrong == []


def _asked(route, workers, browsers):
    """What each role is told at one address.

    All who may not are tried at doing it as well as seeing it. Of those who may, one is: doing it
    is proved in its room.
    """
    subject = something(route.policy)
    address = reverse(route.name, kwargs=route.arguments(subject))
    done = False
    for role, worker in workers.items():
        may = _allowed(route.policy, worker, subject)
        yield role, "get", may, _ask(browsers[role].get, address)
        if not (may and done):
            yield role, "post", may, _ask(browsers[role].post, address)
        done = done or may


def _allowed(policy, worker, subject):
    """Whether this worker may, if they know of the record at all."""
    with acting_as(worker):
        seen = subject is None or policy.subject.objects.visible_to(worker).filter(pk=subject.pk)
        return bool(seen) and policy.allows(worker, subject)


def _ask(method, address):
    """The answer to one request, which leaves nothing behind."""
    with transaction.atomic():
        response = method(address)
        if response.streaming:
            list(response)  # sent to its end, it closes its file
        transaction.set_rollback(True)
    set_worker(hearth_itself())
    return response.status_code


@pytest.mark.django_db
def test_a_record_that_is_not_there_is_not_found_by_guessing(browsers):
    found = [
        (route.name, role)
        for route in GUARDED
        if route.policy and route.policy.subject
        for role in {min(route.policy.roles), max(route.policy.roles)}
        if _ask(browsers[role].get, _address_of_nobody(route)) not in REFUSED
    ]

    assert found == []


def _address_of_nobody(route):
    address = reverse(route.name, kwargs=route.arguments(_unsaved(route.policy)))
    return address.replace("/1/", "/987654321/")
