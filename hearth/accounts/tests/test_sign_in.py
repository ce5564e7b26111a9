"""Signing in and out with a password, within limits."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.models import TrailEvent, User
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.tests.signing_in import PASSWORD, is_signed_in, sign_in, told

pytestmark = pytest.mark.django_db


def test_a_worker_signs_in_with_their_password_and_it_is_in_the_trail(client, worker, desk):
    response = sign_in(client)

    assert response.url == desk
    assert is_signed_in(client)
    event = TrailEvent.objects.get(what="Signed in")
    assert event.by_id == worker.pk
    assert event.reason == "By password. from 127.0.0.1"


def test_a_worker_returns_to_the_page_they_asked_for(client, worker):
    page = client.get(reverse("accounts:notices"))
    response = client.post(
        page.url, {"login": worker.email, "password": PASSWORD, "next": "/accounts/notices/"}
    )

    assert response.url == "/accounts/notices/"


def test_an_address_on_another_site_is_never_gone_to(client, worker, desk):
    form = {"login": worker.email, "password": PASSWORD, "next": "https://elsewhere.example/"}

    assert client.post(reverse("account_login"), form).url == desk


def test_a_wrong_password_says_neither_which_was_wrong_nor_more(client, worker):
    known = sign_in(client, password="not the password at all").content.decode()
    unknown = sign_in(client, email="nobody@fenbridge.example").content.decode()

    assert "The email address or the password is not right" in known
    assert "The email address or the password is not right" in unknown
    assert told() == ["Failed to sign in", "Failed to sign in"]


def test_what_was_typed_as_an_unknown_address_is_not_kept(client, worker):
    sign_in(client, email="mypassword@typed.here")

    assert "mypassword" not in str(list(TrailEvent.objects.values()))


def test_five_wrong_passwords_lock_the_login_and_say_for_how_long(client, worker):
    for _ in range(5):
        sign_in(client, password="wrong wrong wrong")
    page = sign_in(client).content.decode()

    assert "Too many wrong passwords. Try again in 15 minutes" in page
    assert not is_signed_in(client)
    assert told()[-2:] == ["Locked out", "Tried to sign in while locked out"]


def test_an_unknown_login_is_locked_in_the_same_way(client, worker):
    for _ in range(5):
        sign_in(client, email="nobody@fenbridge.example")

    page = sign_in(client, email="NOBODY@fenbridge.example").content.decode()
    assert "Too many wrong passwords" in page


def test_a_lock_out_is_of_one_login_and_ends_by_itself(client, worker, monkeypatch):
    other = UserFactory.create(email="other@fenbridge.example")
    other.set_password(PASSWORD)
    other.save()
    for _ in range(5):
        sign_in(client, password="wrong wrong wrong")

    assert sign_in(client, email=other.email).status_code == 302
    client.logout()
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert sign_in(client).status_code == 302


def test_signing_in_forgets_nothing_of_the_wrong_tries_before_it(client, worker):
    for _ in range(4):
        sign_in(client, password="wrong wrong wrong")
    sign_in(client)
    client.logout()
    sign_in(client, password="wrong wrong wrong")

    assert "Too many wrong passwords" in sign_in(client).content.decode()


def test_nobody_makes_their_own_account(client, worker):
    assert client.get("/accounts/signup/").status_code == 404
    assert client.get("/accounts/email/").status_code == 404


def test_signing_out_ends_the_session(client, worker):
    sign_in(client)
    response = client.post(reverse("account_logout"))

    assert response.url == reverse("account_login")
    assert not is_signed_in(client)
    assert told()[-1] == "Signed out"


def test_a_deactivated_worker_is_signed_out_at_once(client, worker):
    sign_in(client)
    User.objects.filter(pk=worker.pk).update(is_active=False)

    assert not is_signed_in(client)
    assert "not right" in sign_in(client).content.decode() or not is_signed_in(client)


def test_a_leaver_is_signed_out_on_the_day_they_no_longer_work_here(client, worker):
    sign_in(client)
    User.objects.filter(pk=worker.pk).update(ends_on=timezone.localdate() + timedelta(days=1))
    assert is_signed_in(client)

    User.objects.filter(pk=worker.pk).update(ends_on=timezone.localdate())
    assert not is_signed_in(client)
    sign_in(client)
    assert not is_signed_in(client)


def test_signing_out_everywhere_ends_every_session(client, worker, django_user_model):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)

    client.post(reverse("accounts:sign_out_everywhere"))

    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_changing_the_password_signs_out_every_other_device(client, worker):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    new = "three other plain words"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(reverse("account_change_password"), form).status_code == 302

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert "Changed their password" in told()


@pytest.mark.parametrize("weak", ["short", "password1234", "amara@fenbridge.example"])
def test_a_weak_password_is_refused(client, worker, weak):
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    client.post(reverse("account_change_password"), form)

    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)
