"""How long a worker stays signed in."""

import time

import pytest
from django.urls import reverse

from hearth.accounts.sessions import BEGAN, SEEN
from hearth.accounts.tests.signing_in import is_signed_in, sign_in, told

pytestmark = pytest.mark.django_db


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
