"""A child in need plan, from an authorised assessment to its end, as its workers make it."""

import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from hearth.casework.timescales import ENGLAND

pytestmark = pytest.mark.browser

# A plan that is asked for and not begun, whose worker signs in by a known address; and a manager.
ASKED_FOR = """
    SELECT t.id, u.email FROM casework_task t
    JOIN accounts_user u ON u.id = t.worker_id AND u.email LIKE '%%@fenbridge.example'
    JOIN casework_allocation a ON a.child_id = t.about[1] AND a.ended_on IS NULL
        AND a.role = 'lead' AND a.worker_id = u.id
    WHERE t.step_key = 'family_help.plan' AND t.done_at IS NULL AND t.cancelled_at IS NULL
    ORDER BY t.id
"""


def fill_date(group, day):
    for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(part))


def fill_moment(page, legend, when):
    group = page.get_by_role("group", name=legend)
    fill_date(group, when)
    group.get_by_label("Time").fill(when.strftime("%H:%M"))


def write(page, axe):
    """Write what the plan is for, and an action of one of ours."""
    page.get_by_role("button", name="Write what it is for").click()
    page.get_by_label("What are we worried about?").fill("Nobody is at home in the evening.")
    page.get_by_label("What is going well?").fill("Their grandmother lives next door.")
    page.get_by_label("What should life be like").fill("Somebody they trust is there.")
    page.get_by_label("What do the parents say?").fill("They want it to work.")
    page.get_by_label("Yes").check()
    fill_date(page.get_by_role("group", name="When is it expected"), date(2030, 1, 7))
    for box in page.locator("textarea[name$='-needs'], textarea[name$='-views']").all():
        box.fill("Company in the evening")
    axe(page, "in-need-write")
    page.get_by_role("button", name="Save").click()

    page.get_by_role("button", name="Add an action").click()
    page.get_by_label("What is to be done?").fill("Ask their grandmother to come each evening")
    page.get_by_label("What will be better").fill("They are not alone")
    page.get_by_label("Who does it?").select_option(index=1)
    fill_date(
        page.get_by_role("group", name="By when?"),
        datetime.now(ENGLAND).date() + timedelta(days=21),
    )
    page.get_by_label("How will we know").fill("The children say that she came")
    axe(page, "in-need-action")
    page.get_by_role("button", name="Save", exact=True).click()


def write_contingency(page, axe):
    """Write what is done if the plan does not keep them safe."""
    page.get_by_role("button", name="Say what is done then").click()
    page.get_by_label("If what happens?").fill("They are found alone overnight")
    page.get_by_label("What is done then?").fill("Their grandmother comes and rings the duty team")
    page.get_by_label("Who does it?").fill("Their grandmother")
    page.get_by_label("How soon?").fill("the same night")
    axe(page, "in-need-contingency")
    page.get_by_role("button", name="Save").click()


def review(page, axe):
    """Call a review, record it, and end the plan."""
    page.get_by_role("button", name="Call the next meeting").click()
    page.get_by_label("Child in need review").check()
    axe(page, "in-need-call")
    page.get_by_role("button", name="Call it").click()
    axe(page, "in-need-meeting")
    page.get_by_role("button", name="Record what happened").click()
    fill_moment(page, re.compile("When was it held"), datetime.now(ENGLAND) - timedelta(minutes=10))
    for came in page.locator("select[name^='member-']").all():
        came.select_option("in_person")
    for rating in page.locator("select[name^='action-']").all():
        rating.select_option("done")
    for words in page.locator("textarea[name^='action-']").all():
        words.fill("She comes each evening, and they sleep.")
    for part in page.locator("select[name$='-participation']").all():
        part.select_option("views_told")
    for radio in page.locator("input[name$='-decision'][value='close']").all():
        radio.check()
    for reason in page.locator("textarea[name$='-reason'][name^='child-']").all():
        reason.fill("They are safe with her there.")
    page.get_by_label("What was said and agreed?").fill("It has worked.")
    axe(page, "in-need-review")
    page.get_by_role("button", name="Record the meeting").click()
    expect(page.get_by_text("Now send the notes")).to_be_visible()
    axe(page, "in-need-reviewed")


def send(page, axe):
    """Send it to a manager, saying why where it is late."""
    page.get_by_role("button", name="Send to a manager").click()
    if page.get_by_label("Why is it late?").count():
        page.get_by_label("Why is it late?").fill("The family was away.")
    axe(page, "in-need-send")
    page.get_by_role("button", name="Send to a manager").click()
    expect(page.get_by_text("With a manager", exact=True)).to_be_visible()


def agree(page, plan, axe):
    """A manager who took no part agrees it, and finds it in the list."""
    page.goto(plan)
    page.get_by_role("button", name="Decide").click()
    page.get_by_label("Agree it").check()
    page.get_by_label("Why?").fill("It says what must change, and how we will know.")
    axe(page, "in-need-decide")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("In force", exact=True)).to_be_visible()
    axe(page, "in-need-agreed")
    page.goto("/in-need/")
    axe(page, "in-need-list")


def test_a_plan_is_written_agreed_reviewed_and_ended(server, sign_in, axe):
    asked = server.ask(ASKED_FOR)[0]
    page = sign_in(Role.SOCIAL_WORKER, email=asked["email"])
    page.goto(f"/in-need/tasks/{asked['id']}/")
    axe(page, "in-need-task")
    page.get_by_role("button", name="Write the plan").click()
    plan = page.url
    axe(page, "in-need-begun")

    write(page, axe)
    write_contingency(page, axe)
    send(page, axe)
    agree(sign_in(Role.SERVICE_MANAGER), plan, axe)
    page.goto(plan)
    review(page, axe)

    page.goto(plan)
    expect(page.get_by_text("Ended", exact=True)).to_be_visible()
    axe(page, "in-need-ended")
    page.goto("/visits/due/")
    axe(page, "visits-due")
