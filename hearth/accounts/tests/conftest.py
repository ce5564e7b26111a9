"""Who signs in, in this room's tests."""

import pytest
from allauth.core import context
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.tests.signing_in import PASSWORD, SECRET


@pytest.fixture
def worker():
    cache.clear()
    worker = UserFactory.create(email="amara@fenbridge.example", username="amara@fenbridge.example")
    worker.set_password(PASSWORD)
    worker.save()
    return worker


@pytest.fixture
def desk():
    return reverse("desk:home")


@pytest.fixture
def with_app(worker, rf):
    with context.request_context(rf.get("/")):
        TOTP.activate(worker, SECRET)
    return worker
