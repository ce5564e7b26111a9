"""Signing in and out: with a password, a second factor, and within limits."""

import time
from datetime import timedelta

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hearth.accounts import actions
from hearth.accounts.models import TrailEvent, User
from hearth.accounts.sessions import BEGAN, SEEN
from hearth.accounts.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


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


def sign_in(client, password=PASSWORD, email="amara@fenbridge.example", **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **extra)


def is_signed_in(client):
    return client.get(reverse("desk:home")).status_code == 200


def told():
    events = TrailEvent.objects.filter(kind="sign_in").order_by("pk")
    return [event.what for event in events]


def code_now(offset=0):
    counter = int(time.time()) // 30 + offset
    return format_hotp_value(hotp_value(SECRET, counter))


@pytest.fixture
def with_app(worker, rf):
    with context.request_context(rf.get("/")):
        TOTP.activate(worker, SECRET)
    return worker


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


# Limits


def age(client, **seconds):
    session = client.session
    for key, gone in seconds.items():
        session[key] = int(time.time()) - gone
    session.save()


def test_a_session_ends_after_thirty_minutes_of_nothing_and_says_so(client, worker):
    sign_in(client)
    age(client, **{SEEN: 31 * 60})

    assert not is_signed_in(client)
    page = client.get(reverse("account_login")).content.decode()
    assert "nothing was done here for 30 minutes" in page
    assert told()[-1] == "Signed out"
    # Once: it is not said again to whoever signs in next.
    assert "nothing was done" not in client.get(reverse("account_login")).content.decode()


def test_a_session_ends_after_twelve_hours_however_busy(client, worker):
    sign_in(client)
    age(client, **{BEGAN: 12 * 3600 + 1, SEEN: 5})

    assert not is_signed_in(client)
    assert "signed in for 12 hours" in client.get(reverse("account_login")).content.decode()


def test_work_keeps_a_session_going(client, worker):
    sign_in(client)
    age(client, **{SEEN: 29 * 60})

    assert is_signed_in(client)
    assert client.session[SEEN] >= int(time.time()) - 5


def test_the_browser_can_ask_how_long_is_left_without_adding_to_it(client, worker):
    sign_in(client)
    age(client, **{SEEN: 20 * 60})
    asked = reverse("accounts:session")

    left = client.get(asked, headers={"X-Hearth-Asks": "1"}).json()
    assert left["last"] is False
    assert 9 * 60 < left["left"] <= 10 * 60
    assert client.post(asked).json()["left"] > 29 * 60


def test_near_the_twelve_hours_staying_signed_in_is_not_offered(client, worker):
    sign_in(client)
    age(client, **{BEGAN: 12 * 3600 - 60})

    assert client.get(reverse("accounts:session")).json() == {"left": 60, "last": True}


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "application/json"}, {"HX-Request": "true"}],
    ids=["a program", "part of a page"],
)
def test_what_is_not_a_page_is_told_that_nobody_is_signed_in(client, db, headers):
    response = client.get(reverse("desk:home"), headers=headers)

    assert response.status_code == 401
    assert response.json() == {"reason": "You are signed out. Sign in again"}


def test_a_draft_sent_while_signed_out_is_told_so(client, db):
    response = client.post(reverse("accounts:session"), "{}", content_type="application/json")

    assert response.status_code == 401


# The second factor


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
    global SECRET  # noqa: PLW0603
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml" in page.content.decode()
    secret, SECRET = SECRET, client.session["mfa.totp.secret"]
    try:
        response = client.post(reverse("mfa_activate_totp"), {"code": code_now()})
    finally:
        SECRET = secret

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


# Links to choose a password


def test_without_email_a_worker_is_told_to_ask_their_administrator(client, db):
    page = client.get(reverse("account_reset_password")).content.decode()

    assert "Ask your administrator" in page


def test_with_email_a_link_is_sent_and_works_once(client, worker, settings, mailoutbox):
    settings.EMAIL_CONFIGURED = True
    client.post(reverse("account_reset_password"), {"email": worker.email})
    (mail,) = mailoutbox
    link = next(line for line in mail.body.splitlines() if line.startswith("http"))
    form = client.get(link, follow=True)
    new = "three other plain words"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    sign_in(client, password=new)
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert "no longer works" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_is_sent_nothing_and_told_the_same(client, worker, settings, mailoutbox):
    settings.EMAIL_CONFIGURED = True
    response = client.post(reverse("account_reset_password"), {"email": "no@fenbridge.example"})

    assert response.url == reverse("account_reset_password_done")
    assert mailoutbox == []


def test_closing_an_account_in_use_leaves_nothing_open(client, worker):
    sign_in(client)
    actions.sign_out_everywhere(worker=worker, by=worker)

    answer = client.get(reverse("desk:home"), headers={"Accept": "application/json"})
    assert answer.status_code == 401


PAGES = [
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "socialaccount_login_cancelled",
    "accounts:account",
    "accounts:notices",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("factor", [False, True], ids=["no second factor", "second factor"])
def test_every_page_of_signing_in_is_in_our_own_words(client, worker, name, factor, request):
    if factor:
        request.getfixturevalue("with_app")
    sign_in(client)
    if factor:
        client.post(reverse("mfa_authenticate"), {"code": code_now()})
        client.post(reverse("mfa_generate_recovery_codes"))

    response = client.get(reverse(name), follow=True)

    page = response.content.decode()
    assert response.status_code in {200, 403, 404}
    assert " Hearth</title>" in page or response["Content-Type"] == "text/plain"
    assert "Two-Factor" not in page
