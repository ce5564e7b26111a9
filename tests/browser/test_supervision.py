"""A team manager's Monday in its budget of steps; and a supervision, from agenda to signature."""

import re

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.harness import Steps

pytestmark = pytest.mark.browser

MONDAY_BUDGET = 8
DIRECTION = "See each child alone by Friday."
THOUGHT = "The calm since our last visit may be change, or only the quiet after being seen."
# A worker of a manager's team who leads a case, and has no supervision waiting to be written up.
SUPERVISED = """
    SELECT w.id, s.id AS staff, w.email FROM accounts_user w
    JOIN workforce_staff s ON s.user_id = w.id
    JOIN workforce_teammembership t ON t.staff_id = s.id AND t.ended_on IS NULL
    JOIN workforce_teammembership m ON m.team_id = t.team_id AND m.manages AND m.ended_on IS NULL
    JOIN workforce_staff ms ON ms.id = m.staff_id
    JOIN accounts_user b ON b.id = ms.user_id AND b.email = %s AND b.id <> w.id
    JOIN casework_allocation a ON a.worker_id = w.id AND a.ended_on IS NULL AND a.role = 'lead'
    WHERE w.email IN ('social.worker@fenbridge.example', 'senior.social.worker@fenbridge.example',
                      'agency.social.worker@fenbridge.example',
                      'newly.qualified@fenbridge.example')
      AND NOT EXISTS (SELECT FROM supervision_session x WHERE x.worker_id = w.id
                      AND x.held_on IS NOT NULL AND x.finished_at IS NULL)
      AND NOT EXISTS (SELECT FROM people_restriction r WHERE r.person_id = a.child_id)
    ORDER BY w.id
"""


def find_overdue(page):
    """The bands of a team's list, each of which says how many it lists; the first task with why."""
    bands = page.locator(".hearth-band--overdue, .hearth-band--soon, .hearth-band--coming")
    count = bands.first.locator(".hearth-band__count")
    if count.count():
        assert count.inner_text() == f"({bands.first.locator('.hearth-task').count()})"
    return bands.locator(".hearth-task").filter(has=page.locator("summary")).first


def give_to_another(page, steps, task):
    """Ask why a task is due, and give it to another worker: back on the team's list."""
    steps.click(task.locator("summary"))
    expect(task.get_by_text(re.compile("after|asked for this"))).to_be_visible()
    steps.click(task.get_by_role("link", name=re.compile("Give it to somebody else")))
    to = page.locator("[name=to]")
    steps.choose(to, to.locator("option[value^='worker:']").first.get_attribute("value"))
    steps.click(page.get_by_role("button", name="Give it to them"))
    expect(page.get_by_text("has changed hands")).to_be_visible()


def test_a_team_manager_goes_through_mondays_work_in_eight_steps(server, sign_in, axe):
    page = sign_in(Role.TEAM_MANAGER)
    steps = Steps(page)

    steps.click(page.get_by_role("link", name=re.compile("^Work of ")).first)
    axe(page, "monday-team")
    give_to_another(page, steps, find_overdue(page))
    steps.click(page.get_by_role("link", name=re.compile("Write oversight for")).first)
    steps.fill(page.get_by_label("What do you direct, and why?"), DIRECTION)
    children = page.locator(".hearth-part").count()
    steps.click(page.get_by_role("button", name="Record the direction"))

    expect(page.get_by_text("Direction recorded")).to_be_visible()
    assert steps.count <= MONDAY_BUDGET
    note = server.ask("SELECT about FROM records_casenote ORDER BY id DESC LIMIT 1")[0]
    told = server.ask(
        "SELECT count(*) FROM records_chronologyentry WHERE child_id = ANY (%s) AND text = %s",
        note["about"],
        DIRECTION,
    )
    assert told[0]["count"] == len(note["about"]) == max(children, 1)


def discuss(page, axe, worker):
    """Discuss the case that has waited longest; a decision without an owner is not taken."""
    page.get_by_role("link", name=re.compile("^Discuss ")).first.click()
    axe(page, "supervision-discuss")
    for box in page.get_by_label(re.compile("What is life like for")).all():
        box.fill("In school every day, and wary at home.")
    page.get_by_label("What do you think is going on").fill(THOUGHT)
    page.get_by_label("What are the risks now?").fill("Weekends, when nobody sees them.")
    page.locator("[name=decision-0-text]").fill("Visit on a Saturday, without notice")
    page.get_by_role("button", name="Record on each child").click()
    axe(page, "supervision-discuss-errors")
    page.locator("[name=decision-0-owner]").select_option(str(worker))
    for part, value in (("day", "1"), ("month", "12"), ("year", "2027")):
        page.locator(f"[name=decision-0-due_on_{part}]").fill(value)
    page.get_by_role("button", name="Record on each child").click()
    decided = page.get_by_role("link", name=re.compile("^What was decided")).first
    expect(decided).to_be_visible()
    decided.click()
    axe(page, "supervision-discussion")


def finish(page, axe):
    """Write up the session and sign it; what is private is read by the pair."""
    page.get_by_role("button", name="Finish and sign").click()
    page.get_by_label("What did you reflect on together?").fill("Patient work with a shy father.")
    page.get_by_label("How are they").fill("Tired, and well.")
    if page.get_by_label("Why was it held late?").count():
        page.get_by_label("Why was it held late?").fill("Leave.")
    axe(page, "supervision-finish")
    page.get_by_role("button", name="Finish and sign").click()
    expect(page.get_by_text("Tired, and well.")).to_be_visible()
    axe(page, "supervision-finished")


def test_a_supervision_is_held_discussed_and_signed(server, sign_in, axe):
    who = server.ask(SUPERVISED, server.email_of(Role.TEAM_MANAGER))[0]
    page = sign_in(Role.TEAM_MANAGER)
    page.locator("summary", has_text="Cases").click()
    page.get_by_role("link", name="Supervision", exact=True).first.click()
    axe(page, "supervision-overview")
    page.goto("/supervision/cases/?show=0")
    axe(page, "supervision-cases")
    page.goto(f"/staff/{who['staff']}/supervision/")
    axe(page, "supervision-worker")
    page.get_by_role("button", name="Record supervision held").click()
    axe(page, "supervision-hold")
    page.get_by_role("button", name="Write it up").click()
    axe(page, "supervision-session")
    session = page.url

    discuss(page, axe, who["id"])
    page.goto(session)
    finish(page, axe)

    signed = server.ask("SELECT * FROM supervision_session WHERE worker_id = %s", who["id"])
    assert any(row["finished_at"] and not row["signed_at"] for row in signed)
