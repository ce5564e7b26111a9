"""A visit to a family, written up on a telephone in its budget of steps."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.harness import Steps
from tests.browser.journey import WORKER

pytestmark = pytest.mark.browser

# Two for each child, and six for the visit: twelve for three brothers and sisters.
FOR_EACH, FOR_ALL = 2, 6
# The children whom a worker leads, the largest family first, none of whom is restricted.
LED = """
    SELECT array_agg(a.child_id ORDER BY a.child_id) AS children FROM casework_allocation a
    JOIN accounts_user w ON w.id = a.worker_id JOIN people_person p ON p.id = a.child_id
    WHERE w.email = %s AND a.role = 'lead' AND a.ended_on IS NULL AND p.birth_kind <> 'expected'
      AND NOT EXISTS (SELECT FROM people_restriction r WHERE r.person_id = a.child_id)
    GROUP BY p.family_name ORDER BY count(*) DESC, p.family_name
"""


def planned(page, child):
    """Plan a visit for today, to a child and every brother and sister."""
    page.goto(f"/children/{child}/visits/plan/")
    page.locator("[name=kind]").select_option("child_in_need")
    for part in ("day", "month", "year"):
        today = date.today()  # noqa: DTZ011 - the server's day
        page.locator(f"[name=planned_on_{part}]").fill(str(getattr(today, part)))
    page.get_by_role("button", name=re.compile("Plan")).click()
    expect(page.get_by_text("Visit planned", exact=True)).to_be_visible()


def test_a_visit_is_written_up_on_a_telephone_in_its_budget(server, sign_in, axe):
    page = sign_in(Role.SOCIAL_WORKER, email=WORKER, width=320)
    planned(page, server.ask(LED, WORKER)[0]["children"][0])
    page.goto("/day/")
    axe(page, "visits-of-the-day")
    steps = Steps(page)

    # Others may have visits planned, or made, that day.
    visit = server.ask("SELECT max(id) AS id FROM records_visit")[0]["id"]
    steps.click(page.locator(f"main a[href='/visits/{visit}/record/']"))
    alone = page.locator("[name$='-sight'][value=alone]")
    children = alone.count()
    for number in range(children):
        steps.choose(alone.nth(number))
        steps.fill(page.locator("[name$='-own_words']").nth(number), f"I told you {number} times.")
    steps.fill(page.get_by_label("What happened, and what was said?"), "Their mother let me in.")
    steps.fill(page.get_by_label("What was the home like?"), "Warm. A lock is off the door.")
    steps.choose(page.locator("[name=concern][value=no]"))
    next_week = date.today() + timedelta(days=7)  # noqa: DTZ011
    steps.fill_date(page.get_by_role("group", name="When is the next visit?"), next_week)
    axe(page, "visit-on-a-telephone")
    steps.click(page.get_by_role("button", name="Record the visit"))

    expect(page.get_by_text("Visit recorded", exact=True)).to_be_visible()
    assert steps.count <= FOR_EACH * children + FOR_ALL
    seen = server.ask(
        "SELECT count(*) FROM records_visitchild WHERE seen_alone AND happened_on = current_date"
        " AND own_words LIKE 'I told you %%'"
    )
    assert seen[0]["count"] == children > 1
