"""Every role signs in to a real server and finds a desk."""

import pytest

from hearth.accounts.roles import STAFF

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", STAFF)
def test_every_role_signs_in_and_finds_a_desk(sign_in, axe, role):
    page = sign_in(role)

    axe(page, f"desk-{role}")


def test_nobody_sees_a_page_without_signing_in(server, page):
    page.goto(server.address)

    assert "/accounts/sign-in/" in page.url
