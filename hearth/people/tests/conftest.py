"""A worker, a child and a browser for the tests of this room's pages."""

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.people.tests.factories import ChildFactory


@pytest.fixture
def worker():
    return UserFactory.create()


@pytest.fixture
def amy():
    return ChildFactory.create(given_names="Amy", family_name="Tredwell", sex="F")


@pytest.fixture
def visit(client, worker):
    """Open or send a page as a worker, and be Hearth itself again afterwards."""
    client.force_login(worker)

    def visit(name, *args, data=None, query="", as_=None):
        if as_ is not None:
            client.force_login(as_)
        address = reverse(f"people:{name}", args=args) + query
        answer = client.get(address) if data is None else client.post(address, data)
        set_worker(hearth_itself())
        return answer

    return visit
