"""Signing in with a code as well as a password."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.signing_in import SECRET, code_now, is_signed_in, sign_in, told

pytestmark = pytest.mark.django_db


def test_a_worker_with_an_app_gives_a_code_as_well(client, with_app):
    assert sign_in(client).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)

    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert is_signed_in(client)
    event = TrailEvent.objects.get(what="Signed in")
    assert event.reason.startswith("By password and second factor")


def test_a_code_works_once(client, with_app):
    code = code_now()
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert not is_signed_in(client)


def test_five_wrong_codes_lock_the_second_factor_and_are_in_the_trail(client, with_app):
    sign_in(client)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    page = client.post(reverse("mfa_authenticate"), {"code": code_now()}).content.decode()
    assert "Try again in" in page
    assert not is_signed_in(client)
    assert told().count("Gave a wrong code") == 5


def test_the_apps_secret_is_not_readable_in_the_database(with_app):
    assert SECRET not in str(Authenticator.objects.get(user=with_app).data)


def test_a_worker_sets_up_an_app_and_is_given_recovery_codes(client, worker):
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    code = code_now(secret=client.session["mfa.totp.secret"])
    response = client.post(reverse("mfa_activate_totp"), {"code": code})

    assert response.url == reverse("mfa_view_recovery_codes")
    codes = client.get(response.url).context["unused_codes"]
    assert len(codes) == 10
    client.post(reverse("account_logout"))
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert is_signed_in(client)


def test_where_it_is_required_nobody_without_one_goes_anywhere_else(client, worker, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)

    assert client.get(reverse("desk:home")).url == reverse("mfa_index")
    assert client.get(reverse("accounts:notices")).url == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    answer = client.get(reverse("desk:home"), headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert client.post(reverse("account_logout")).status_code == 302


def test_where_it_is_required_a_worker_who_has_one_works_as_ever(client, with_app, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert is_signed_in(client)
