"""Who is kept out, and what is left behind for whoever comes next to the same computer."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.signing_in import PASSWORD, code_now, is_signed_in, sign_in, told
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself

pytestmark = pytest.mark.django_db


def lock(client, **extra):
    for _ in range(5):
        sign_in(client, password="wrong wrong wrong", **extra)


def test_nobody_elsewhere_locks_a_worker_out_of_a_browser_they_have_used(client, worker):
    sign_in(client)
    client.post(reverse("account_logout"))
    lock(Client(), REMOTE_ADDR="203.0.113.9")

    assert not is_signed_in(stranger := Client())
    assert "Try again in" in sign_in(stranger).content.decode()
    sign_in(client)
    assert is_signed_in(client)


def test_a_browser_that_was_used_before_is_locked_in_its_turn(client, worker):
    sign_in(client)
    client.post(reverse("account_logout"))
    lock(client)

    assert "Try again in" in sign_in(client).content.decode()
    assert told().count("Locked out") == 1


@pytest.mark.parametrize(
    "forged", ["", "amara@fenbridge.example abc", "amara@fenbridge.example:x:y"]
)
def test_a_forged_mark_of_a_browser_is_no_way_round_a_lock_out(client, worker, forged):
    lock(client)
    client.cookies["hearth_known"] = forged

    assert "Try again in" in sign_in(client).content.decode()


def test_anothers_mark_is_no_way_round_a_lock_out(client, worker, django_user_model):
    other = django_user_model.objects.create(
        username="b", email="b@fenbridge.example", roles=["analyst"]
    )
    other.set_password(PASSWORD)
    other.save()
    sign_in(client, email=other.email)
    client.post(reverse("account_logout"))
    lock(Client())

    assert "Try again in" in sign_in(client).content.decode()


def test_a_leaver_does_not_begin_a_session_nor_seem_to(client, worker):
    worker.ends_on = timezone.localdate() - timedelta(days=1)
    worker.save()

    response = sign_in(client)

    assert response.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert told() == ["Failed to sign in"]


@pytest.mark.parametrize(
    "name", ["desk:home", "desk:search", "accounts:account", "accounts:notices"]
)
def test_a_workers_page_is_kept_by_no_browser(client, worker, name):
    sign_in(client)

    assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_what_is_refused_or_not_found_is_kept_by_no_browser_either(client, worker):
    sign_in(client)

    for address in (reverse("accounts:workers"), "/children/987654/"):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_a_role_may_need_a_second_factor_though_others_do_not(client, worker, settings):
    settings.SECOND_FACTOR_ROLES = [Role.CALDICOTT]
    sign_in(client)
    assert is_signed_in(client)

    set_worker(hearth_itself())
    worker.roles = [Role.CALDICOTT]
    worker.save()

    assert client.get(reverse("desk:home")).url == reverse("mfa_index")


def test_who_lays_down_their_second_factor_is_asked_for_one_at_once(client, with_app, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_signed_in(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(user=with_app).exists()
    assert client.get(reverse("desk:home")).url == reverse("mfa_index")


def test_a_right_taken_away_is_gone_from_the_next_request(client, worker):
    worker.roles = [Role.ADMINISTRATOR]
    worker.save()
    sign_in(client)
    assert client.get(reverse("accounts:workers")).status_code == 200
    set_worker(hearth_itself())
    worker.roles = [Role.ANALYST]
    worker.save()

    assert client.get(reverse("accounts:workers")).status_code == 403


def test_signing_in_begins_a_session_of_another_name(client, worker):
    client.get(reverse("account_login"))
    client.session["planted"] = True
    client.session.save()
    before = client.session.session_key
    sign_in(client)

    assert client.session.session_key != before
    assert TrailEvent.objects.filter(what="Signed in").count() == 1
