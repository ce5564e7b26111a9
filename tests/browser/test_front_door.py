"""The front door's two scenarios, counted by hand: a family screened, and then decided."""

import re

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.families import a_police_report, called, known_pair, name_of
from tests.browser.harness import Steps

pytestmark = pytest.mark.browser

MANAGER = "front.door.manager@fenbridge.example"
SCREENING_BUDGET, DECIDING_BUDGET = 10, 7


def screen(page, steps, told, one, other, axe=None):
    """The screening officer's ten steps, from the queue to the manager's list."""
    look = axe or (lambda *_: None)
    page.goto("/contacts/")
    look(page, "front-door-queue")
    row = page.get_by_role("row").filter(has_text=told)
    steps.click(row.get_by_role("link", name=re.compile("Match children")))
    look(page, "front-door-match")
    for described, person in ((told, one), (None, other)):
        region = page.get_by_role("region", name=described or name_of(person), exact=True)
        steps.click(region.get_by_role("button", name=re.compile(f"This is {name_of(person)}")))
    steps.click(page.get_by_role("button", name=re.compile("a new record for Zebedee")))
    look(page, "front-door-siblings")
    steps.click(page.get_by_role("button", name="Confirm and screen the contact"))
    look(page, "front-door-screen")
    steps.choose(page.get_by_label("A child has said that somebody is hurting them"))
    steps.choose(page.locator("[name=lawful_basis]"), "significant_harm")
    steps.fill(page.get_by_label("Your reasons"), "All three saw it, and one was hurt.")
    steps.choose(page.get_by_label("Level 4: statutory"))


def test_a_screening_officer_screens_a_police_report_in_ten_steps(server, sign_in, axe):
    one, other = known_pair(server)
    before = server.ask("SELECT count(*) FROM people_person")[0]["count"]
    page = sign_in(Role.SCREENING_OFFICER)
    told = a_police_report(page, one, other)
    steps = Steps(page)

    screen(page, steps, told, one, other, axe)
    known = page.get_by_role("region", name="What is known already")
    expect(known.get_by_text("On this contact")).to_have_count(3)
    expect(page.get_by_text(re.compile("left$|Due today")).first).to_be_visible()
    steps.click(page.get_by_role("button", name="Send to manager"))

    expect(page.get_by_role("heading", name="Front-door queue")).to_be_visible()
    assert steps.count <= SCREENING_BUDGET
    assert server.ask("SELECT count(*) FROM people_person")[0]["count"] == before + 1


def lightest(page):
    """The worker who carries least, among those who can be given a case."""
    options = page.locator("[name=given_to] option").all_text_contents()
    loads = [(re.search(r"\((\d+) child", words), words.strip()) for words in options]
    return min((int(found[1]), words) for found, words in loads if found)[1]


def screened_contact(server, sign_in):
    """A family screened, and waiting for the front door's manager to decide."""
    one, other = known_pair(server)
    page = sign_in(Role.SCREENING_OFFICER)
    told = a_police_report(page, one, other)
    screen(page, Steps(page), told, one, other)
    page.locator("[name=decision_maker]").select_option(label=called(server, MANAGER))
    page.get_by_role("button", name="Send to manager").click()
    expect(page.get_by_role("heading", name="Front-door queue")).to_be_visible()
    return server.ask("SELECT max(id) AS id FROM front_door_contact")[0]["id"]


def test_a_manager_decides_for_a_family_with_one_exception_in_seven_steps(server, sign_in, axe):
    contact = screened_contact(server, sign_in)
    page = sign_in(Role.TEAM_MANAGER, email=MANAGER)
    steps = Steps(page)

    steps.click(page.locator(f"a[href='/contacts/{contact}/decide/']").first)
    axe(page, "front-door-decide")
    steps.choose(page.get_by_label("Accept as a referral", exact=True))
    hurt = page.locator("[name$='-outcome']").nth(1)
    steps.choose(hurt, "strategy_discussion")
    hurt_id = int(hurt.get_attribute("name").split("-")[1])
    steps.fill(page.get_by_label("Your reasons", exact=True), "All must be seen. One was hurt.")
    steps.pick(page.get_by_label("Who will have it?"), lightest(page))
    steps.click(page.get_by_role("button", name="Continue"))
    expect(page.get_by_text("opens three referrals dated")).to_be_visible()
    axe(page, "front-door-check")
    steps.click(page.get_by_role("button", name="Confirm"))

    expect(page.get_by_text("Your decision is recorded")).to_be_visible()
    axe(page, "front-door-contact")
    assert steps.count <= DECIDING_BUDGET
    parts = server.ask(
        "SELECT e.started_on = (k.received_at AT TIME ZONE 'Europe/London')::date AS right_day,"
        " p.child_id = %s AS hurt, p.outcome FROM front_door_referralchild p"
        " JOIN front_door_referral r ON r.id = p.referral_id"
        " JOIN front_door_contact k ON k.id = r.contact_id"
        " JOIN casework_episode e ON e.id = p.episode_id WHERE k.id = %s ORDER BY p.id",
        hurt_id,
        contact,
    )
    assert len(parts) == 3
    assert all(part["right_day"] for part in parts)
    assert {part["outcome"] for part in parts if part["hurt"]} == {"strategy_discussion"}
    assert {part["outcome"] for part in parts if not part["hurt"]} == {"assess"}
    told = server.ask("SELECT text FROM front_door_feedback WHERE contact_id = %s", contact)
    assert told[0]["text"].startswith("Dear PC Adeyemi")


def test_what_was_typed_while_screening_is_there_after_the_page_is_lost(server, sign_in):
    one, other = known_pair(server)
    page = sign_in(Role.SCREENING_OFFICER)
    told = a_police_report(page, one, other)
    screen(page, Steps(page), told, one, other)

    expect(page.locator("[data-draft-status]")).to_contain_text(re.compile("saved", re.IGNORECASE))
    page.reload()

    expect(page.get_by_label("Your reasons")).to_have_value("All three saw it, and one was hurt.")
    expect(page.get_by_label("Level 4: statutory")).to_be_checked()


def test_a_contact_is_recorded_by_keyboard_alone_and_without_scripts(server, browser, sign_in):
    page = sign_in(Role.SCREENING_OFFICER, java_script_enabled=False)

    page.goto("/contacts/record/")
    page.get_by_label("Family name").first.fill("Quill")
    page.get_by_label("How did it come?").select_option("letter")
    page.get_by_label("Somebody who would not say who they are").check()
    page.get_by_label("What did they tell you?").fill("Heard crying at night.")
    page.get_by_label("What did they tell you?").press("Tab")
    page.get_by_role("button", name="Record the contact").press("Enter")

    expect(page.get_by_role("heading", name="Who are these children?")).to_be_visible()
