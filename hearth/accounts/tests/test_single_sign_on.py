"""The council's own sign-in: whom it opens an account for, and whom it does not."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from django.utils import timezone

from hearth.accounts.adapters import SingleSignOnAdapter, account_for
from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(settings):
    settings.OIDC_DOMAIN = "fenbridge.example"
    return UserFactory.create(email="amara@fenbridge.example")


class Arrival(SimpleNamespace):
    """Somebody who comes back from the council's service, as the library describes them."""

    def connect(self, _request, worker):
        self.connected = worker


def arriving(email="amara@fenbridge.example", uid="1", known=None, process="login", **claims):
    data = {"email": email, **claims}
    provider = SimpleNamespace(get_user_data=lambda: data)
    account = SimpleNamespace(uid=uid, get_provider_account=lambda: provider)
    state = {"process": process}
    return Arrival(account=account, is_existing=known is not None, user=known, state=state)


def test_a_worker_is_found_by_the_address_the_service_vouches_for(worker):
    assert account_for(arriving("Amara@Fenbridge.example")) == (worker, "")


@pytest.mark.parametrize(
    "who",
    [
        {"email": ""},
        {"email": "nobody@fenbridge.example"},
        {"email": "amara@elsewhere.example"},
        {"email": "amara@evilfenbridge.example"},
        {"email_verified": False},
        {"process": "connect"},
    ],
)
def test_whoever_is_not_known_is_refused_and_gets_no_account(worker, who):
    arrival, request = arriving(**who), RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), SessionStore()
    adapter = SingleSignOnAdapter(request)
    count = type(worker).objects.count()

    with pytest.raises(ImmediateHttpResponse) as stop:
        adapter.pre_social_login(request, arrival)

    assert stop.value.response.status_code == 403
    assert not adapter.is_open_for_signup(request, arrival)
    assert type(worker).objects.count() == count
    assert TrailEvent.objects.get().what == "Failed to sign in"


def test_a_closed_account_and_a_leavers_are_opened_by_nobody(worker):
    worker.ends_on = timezone.localdate() - timedelta(days=1)
    worker.save()
    assert account_for(arriving())[0] is None

    worker.ends_on, worker.is_active = None, False
    worker.save()
    assert account_for(arriving())[0] is None


def test_an_address_given_to_somebody_new_does_not_open_the_old_account(worker):
    SocialAccount.objects.create(user=worker, provider="sign-in", uid="1")

    assert account_for(arriving(uid="1", known=worker))[0] == worker
    assert account_for(arriving(uid="2"))[0] is None


def test_an_identity_that_is_one_workers_opens_no_other_account(worker):
    other = UserFactory.create(email="bea@fenbridge.example")

    assert account_for(arriving(uid="1", known=other))[0] is None
