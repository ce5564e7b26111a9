"""The census built from the record: what a rule finds is put right where it says, and is gone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.harness import running

pytestmark = pytest.mark.browser

RULE = "8540"
# A child in need whose only word on disability is that they have none.
IN_NEED = """
    SELECT p.id, p.la_child_id, min(d.id) AS fact FROM people_person p
    JOIN people_disability d ON d.person_id = p.id AND d.withdrawn_at IS NULL
    JOIN casework_episode e ON e.child_id = p.id AND e.ended_on IS NULL
    WHERE p.born_on < current_date - interval '1 year'
    AND NOT EXISTS (SELECT FROM people_restriction r WHERE r.person_id = p.id)
    GROUP BY p.id HAVING count(DISTINCT d.id) = 1 AND min(d.code) = 'NONE' ORDER BY p.id
"""


@pytest.fixture
def borough():
    """A peopled Hearth that does its jobs."""
    with running(worker=True) as started:
        yield started


def test_a_finding_is_put_right_from_its_page_and_is_gone_from_the_next_build(
    borough, sign_in, axe
):
    child = borough.ask(IN_NEED)[0]
    page = sign_in(Role.SERVICE_MANAGER, at=borough)
    never_so(page, child)
    found(page, child)
    row = page.get_by_role("row").filter(has_text=f"{RULE}:")
    axe(page, "own-census-findings")
    row.first.get_by_role("link", name=re.compile("^Put it right")).click()
    axe(page, "own-census-history")
    page.get_by_role("button", name="Record a disability").click()
    page.get_by_label("Disability").select_option("NONE")
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("Recorded a disability")).to_be_visible()

    found(page, child)
    expect(page.get_by_role("row").filter(has_text=f"{RULE}:")).to_have_count(0)


def never_so(page, child):
    """What was recorded by mistake is withdrawn, and nothing is left that the census can send."""
    page.goto(f"/people/{child['id']}/")
    page.get_by_role("link", name="History of Disability").click()
    page.get_by_role("link", name="It was never so").click()
    page.get_by_label("How do you know").fill("Nobody has asked the family yet")
    page.get_by_role("button", name="Withdraw").click()


def found(page, child):
    """This year's census is built and checked, and what is found of the child is on the page."""
    today = date.today()  # noqa: DTZ011
    page.goto("/returns/builds/")
    page.get_by_label("Which census?").select_option(str(today.year + (today.month >= 4)))
    page.get_by_role("button", name="Build").click()
    page.get_by_role("button", name="See what the rules find").click(timeout=60_000)
    expect(page.get_by_role("link", name="By rule")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Every finding").click()
    page.get_by_label(re.compile("^Child.s identifier")).fill(child["la_child_id"])
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status").first).to_be_visible()
