"""Links to choose a password, and the words of every page of signing in."""

import pytest
from django.urls import reverse

from hearth.accounts import actions
from hearth.accounts.tests.signing_in import code_now, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


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
