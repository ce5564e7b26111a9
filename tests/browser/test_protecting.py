"""From a contact with signs of harm to a conference asked for, as three workers walk it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.families import called
from tests.browser.harness import Steps
from tests.browser.journey import WORKER
from tests.browser.test_front_door import MANAGER, screened_contact

pytestmark = pytest.mark.browser

CONCERN = "He told his teacher that he was hit with a belt. There are marks."
CALLING_BUDGET = 4


def newest(server, table):
    return server.ask(f"SELECT max(id) AS id FROM {table}")[0]["id"]


def pick_worker(page, label, name):
    """Choose a worker, from a list short enough to read or one that is typed into."""
    field = page.get_by_label(label)
    if field.evaluate("box => box.tagName") == "SELECT":
        field.select_option(label=name)
    else:
        field.fill(name)
        page.get_by_role("option", name=name).first.click()


def discussed(server, page, axe):
    """The manager decides the contact, calls the discussion, and records it as it is held."""
    page.get_by_label("Hold a strategy discussion (section 47)", exact=True).check()
    page.get_by_label("Your reasons", exact=True).fill("A child was hurt. A discussion today.")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Your decision is recorded")).to_be_visible()
    task = server.ask(
        "SELECT max(id) AS id FROM casework_task WHERE step_key = 'protection.strategy_discussion'"
    )[0]["id"]
    page.goto(f"/strategy-discussions/tasks/{task}/")
    axe(page, "strategy-call")
    steps = Steps(page)
    steps.fill(page.locator("[name=concern]"), CONCERN)
    steps.fill(page.locator("[name=asked-0-name]"), "DS Marlow")
    steps.fill(page.locator("[name=asked-1-name]"), "Dr Adeyemi")
    steps.click(page.get_by_role("button", name="Call the discussion"))
    assert steps.count <= CALLING_BUDGET
    hold(server, page, axe)


def hold(server, page, axe):
    """Everybody's part, each child's safety and the decision, on one page."""
    expect(page.get_by_role("heading", name="Hold and record the discussion")).to_be_visible()
    axe(page, "strategy-hold")
    for each in page.locator("select[name^=member-][name$=-attendance]").all():
        each.select_option("telephone")
    for each in page.locator("[name^=child-][name$=-safe_now][value=yes]").all():
        each.check()
    for each in page.locator("[name^=child-][name$=-safety]").all():
        each.fill("With their grandmother until they are seen.")
    for each in page.locator("[name^=child-][name$=-in_enquiry][value=yes]").all():
        each.check()
    page.locator("[name=decision][value=joint]").check()
    page.locator("[name=rationale]").fill("An injury that his account explains.")
    page.get_by_role("button", name="Record what was decided").click()
    expect(page.get_by_role("alert")).to_contain_text("Say how the enquiry will be made")
    axe(page, "strategy-hold-refused")
    page.locator("[name=enquiry_plan]").fill("Each seen alone today, with the police.")
    pick_worker(page, "Who leads the enquiry?", called(server, WORKER))
    page.get_by_role("button", name="Record what was decided").click()
    expect(page.get_by_text("The discussion is recorded")).to_be_visible()
    axe(page, "strategy-record")


def visited(page, child):
    """The worker sees each child alone, and writes the visit up once."""
    page.goto(f"/children/{child}/visits/record/")
    page.locator("[name=kind]").select_option("section_47")
    for each in page.locator("[name$=-sight][value=alone]").all():
        each.check()
    for each in page.locator("[name$=-own_words]").all():
        each.fill("I want to stay at Nan's.")
    for each in page.locator("[name$=-bedroom_seen][value=yes]").all():
        each.check(force=True)
    page.get_by_label("What happened, and what was said?").fill("All three seen at Nan's.")
    page.get_by_role("button", name="Record the visit").click()
    expect(page.get_by_text("Visit recorded", exact=True)).to_be_visible()


def today(page, name):
    """Complete a date with today, as the server has it."""
    day = date.today()  # noqa: DTZ011 - the server's day
    for part in ("day", "month", "year"):
        page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))


def enquired(page, enquiry, axe):
    """The worker writes what the visits do not say, each part on its own page."""
    page.goto(f"/enquiries/{enquiry}/parents/")
    page.locator("[name=name]").fill("Dawn Achebe")
    today(page, "seen_on")
    page.locator("[name=account]").fill("She says that he fell.")
    axe(page, "enquiry-parents")
    page.get_by_role("button", name="Record what they say").click()
    page.goto(f"/enquiries/{enquiry}/agencies/")
    page.locator("[name=contact]").fill("Mrs Birchall")
    pick_worker(page, "Which agency was asked?", "School")
    page.get_by_role("button", name="Record that they were asked").click()
    page.get_by_role("link", name=re.compile("Record what they said")).click()
    today(page, "answered_on")
    page.locator("[name=said]").fill("He flinches when a man comes in.")
    page.get_by_role("button", name="Record", exact=True).click()
    page.goto(f"/enquiries/{enquiry}/nights/")
    for each in page.locator("[name$=-at_home][value=no]").all():
        each.check()
    for name, words in (
        ("place", "14 Mill Lane"),
        ("with_whom", "Their grandmother"),
        ("decided_by_name", "The team manager"),
        ("reason", "He is afraid to go home"),
    ):
        for each in page.locator(f"[name$=-{name}]").all():
            each.fill(words)
    axe(page, "enquiry-nights")
    page.get_by_role("button", name="Record where they sleep").click()
    write(page, enquiry, axe)


def write(page, enquiry, axe):
    page.goto(f"/enquiries/{enquiry}/write/")
    expect(page.get_by_text("I want to stay at Nan's.").first).to_be_visible()
    today(page, "home_seen_on")
    for name in ("home", "history", "analysis"):
        page.locator(f"[name={name}]").fill("What was found, in some words.")
    for name in ("presentation", "medical_why_not", "analysis", "outcome_reason"):
        for each in page.locator(f"[name^=child-][name$=-{name}]").all():
            each.fill("What was found of this child, in some words.")
    for each in page.locator("[name$=-medical_needed][value=no]").all():
        each.check()
    for each in page.locator("[name^=child-][name$=-outcome][value=conference]").all():
        each.check()
    for each in page.locator("[name$=-bedroom_seen][value=yes]").all():
        each.check()
    axe(page, "enquiry-write")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"/enquiries/{enquiry}/check/")
    expect(page.get_by_text("Everything that must be here is here.")).to_be_visible()
    axe(page, "enquiry-check")
    page.get_by_role("button", name="Send to a manager").click()
    expect(page.get_by_text("The enquiry was sent to a manager")).to_be_visible()


def test_a_contact_with_signs_of_harm_becomes_an_enquiry_and_a_conference_is_asked_for(
    server, sign_in, axe
):
    contact = screened_contact(server, sign_in)
    boss = sign_in(Role.TEAM_MANAGER, email=MANAGER)
    boss.goto(f"/contacts/{contact}/decide/")
    discussed(server, boss, axe)
    enquiry = newest(server, "protection_enquiry")
    children = server.ask("SELECT about FROM protection_enquiry WHERE id = %s", enquiry)[0]["about"]
    worker = sign_in(Role.SOCIAL_WORKER, email=WORKER)
    for name in ("", f"{enquiry}/", f"{enquiry}/going-home/", f"{enquiry}/agreements/"):
        worker.goto(f"/enquiries/{name}")
        axe(worker, f"enquiries-{name.strip('/').replace('/', '-')}")
    for child in children:
        seen = "SELECT seen_at FROM protection_enquirychild WHERE enquiry_id = %s AND child_id = %s"
        if server.ask(seen, enquiry, child)[0]["seen_at"] is None:
            visited(worker, child)
    enquired(worker, enquiry, axe)

    boss.goto(f"/enquiries/{enquiry}/decide/")
    axe(boss, "enquiry-decide")
    boss.get_by_label("Authorise it").check()
    boss.get_by_label("Why").fill("The harm is plain, and likely to go on.")
    boss.get_by_role("button", name="Confirm").click()
    expect(boss.get_by_text("The enquiry was authorised")).to_be_visible()
    axe(boss, "enquiry-authorised")

    asked = server.ask(
        "SELECT about FROM casework_task WHERE step_key = 'protection.request_conference'"
        " AND record_id = %s AND done_at IS NULL",
        enquiry,
    )
    assert [row["about"] for row in asked] == [children]
