"""No page asks the database for more than fifteen things, however much is on record.

Every address that a policy guards is opened in an invented borough, as a worker who may. Counted is
all that is asked from the request to the last byte: the session, the worker, the setting of who is
at work for row-level security, the record the guard finds, its line in the trail, and what the page
asks itself. `at_most_queries` says the little that is not: savepoints, and the note once a minute
that a worker is still there.
"""

from itertools import islice

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import User
from hearth.accounts.roles import STAFF, Role
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.casework.models import Allocation
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.demo import borough
from hearth.people.models import Person
from tests.makers import makers
from tests.routes import routes

BUDGET = 15
FAMILIES = 6
# Each with the reason why it is allowed more.
OVER: dict[str, str] = {}
# A manager is shown what others are, and more.
ASKED_FIRST = (Role.TEAM_MANAGER, Role.SOCIAL_WORKER, Role.SCREENING_OFFICER)


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


@pytest.mark.django_db
def test_no_page_asks_for_more_than_its_budget_in_a_borough_full_of_records():
    borough.small(
        FAMILIES,
        seed=1,
        today=timezone.localdate(),
        password="quiet river lantern",
        say=lambda _line: None,
    )
    set_worker(hearth_itself())
    browsers = {worker: Client() for worker in _workers()}
    for worker, browser in browsers.items():
        browser.force_login(worker)

    over = {
        route.name: found
        for route in routes()
        if route.policy and route.name not in OVER
        for subject in _subjects(route.policy.subject)
        if (found := _over(route, subject, browsers))
    }

    assert not over, "\n\n".join(f"{name}: {what}" for name, what in over.items())


def _workers():
    """One worker of each role, and the managers of several teams."""
    first = [*ASKED_FIRST, *(role for role in STAFF if role not in ASKED_FIRST)]
    active = User.objects.filter(is_active=True).order_by("pk")
    found = [worker for role in first for worker in active.filter(roles__contains=[role])[:3]]
    return list(dict.fromkeys(found))


def _subjects(model):
    """Some records of a kind: of people, the children with most on record, and an adult."""
    if model is None:
        return [None]
    set_worker(hearth_itself())
    if model is Person:
        open_now = Allocation.objects.current().leading().values("child")
        children = Person.objects.filter(pk__in=open_now).order_by("pk")
        return [*children[:2], Person.objects.filter(la_child_id=None).first()]
    found = [model.objects.order_by("pk").first(), model.objects.order_by("-pk").first()]
    return list(dict.fromkeys(filter(None, found))) or [makers()[model]()]


def _over(route, subject, browsers):
    """What a page asked, where that was too much; of the first who may open it, or first few."""
    may = (worker for worker in browsers if _may(route.policy, worker, subject))
    for worker in islice(may, 3 if subject is None else 1):
        browser = browsers[worker]
        try:
            with transaction.atomic(), at_most_queries(BUDGET):
                response = browser.get(reverse(route.name, kwargs=route.arguments(subject)))
                if response.streaming:
                    list(response)
                transaction.set_rollback(True)
        except AssertionError as asked:
            return str(asked)
        finally:
            set_worker(hearth_itself())
    return ""


def _may(policy, worker, subject):
    with acting_as(worker):
        seen = subject is None or policy.subject.objects.visible_to(worker).filter(pk=subject.pk)
        return bool(seen) and policy.allows(worker, subject)
