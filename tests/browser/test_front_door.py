"""The front door's two scenarios, counted by hand: a family screened, and then decided."""

import re
from dataclasses import dataclass, fields
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.harness import Server, Steps

pytestmark = pytest.mark.browser

SCREENING_BUDGET, DECIDING_BUDGET = 10, 7

# Two children of one mother, both closed to us and not spoken of for a year, with a birthday that
# can be mistaken for another.
PAIRS = """
    SELECT a.id AS a, b.id AS b FROM people_person a
    JOIN people_relationship ma ON ma.other_person_id = a.id AND ma.code = 'mother'
    JOIN people_relationship mb ON mb.person_id = ma.person_id AND mb.code = 'mother'
    JOIN people_person b ON b.id = mb.other_person_id AND b.id > a.id
    WHERE a.la_child_id IS NOT NULL AND b.la_child_id IS NOT NULL
      AND a.birth_kind = 'known' AND b.birth_kind = 'known'
      AND a.family_name = b.family_name AND a.given_names <> b.given_names
      AND extract(day FROM a.born_on) <= 12
      AND extract(day FROM a.born_on) <> extract(month FROM a.born_on)
      AND least(a.born_on, b.born_on) > current_date - interval '15 years'
      AND NOT EXISTS (SELECT FROM casework_episode e WHERE e.child_id IN (a.id, b.id)
                      AND (e.ended_on IS NULL OR e.ended_on >= current_date))
      AND NOT EXISTS (SELECT FROM front_door_contactchild c JOIN front_door_contact k
                      ON k.id = c.contact_id WHERE c.child_id IN (a.id, b.id)
                      AND k.received_at > now() - interval '1 year')
      AND NOT EXISTS (SELECT FROM people_restriction r WHERE r.person_id IN (a.id, b.id))
    ORDER BY a.id, b.id
"""


@dataclass
class For(Server):
    """The same server, where any role means one worker."""

    who: str = ""

    def email_of(self, role):
        return self.who


def only(server, who):
    """Sign in as this worker, whatever the role."""
    given = {field.name: getattr(server, field.name) for field in fields(Server)}
    return For(**given, who=who)


def known_pair(server, number):
    """Two brothers or sisters on record, who have nothing open: a pair for each test."""
    pair = server.ask(PAIRS)[number]
    people = server.ask(
        "SELECT * FROM people_person WHERE id = ANY (%s) ORDER BY id", [pair["a"], pair["b"]]
    )
    return people[0], people[1]


def name_of(person):
    first = person["known_as"] or person["given_names"]
    return f"{first} {person['family_name']}"


def describe(page, number, given, family, born, sex):
    """Write down a child as the police described them."""
    if number:
        page.get_by_role("button", name="Add another child").click()
    row = page.locator("[data-row]").nth(number)
    row.get_by_label("First names").fill(given)
    row.get_by_label("Family name").fill(family)
    for label, part in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        row.get_by_label(label, exact=True).fill(str(part))
    row.get_by_label("Sex").select_option(sex)


def a_police_report(page, one, other):
    """Three children, one misspelt with day and month swapped, one as recorded, one new."""
    page.goto("/contacts/record/")
    swapped = one["born_on"].replace(day=one["born_on"].month, month=one["born_on"].day)
    misspelt = one["family_name"] + one["family_name"][-1]
    describe(page, 0, one["given_names"], misspelt, swapped, one["sex"])
    describe(page, 1, other["given_names"], other["family_name"], other["born_on"], other["sex"])
    born = max(one["born_on"], other["born_on"]) + timedelta(days=400)
    describe(page, 2, "Zebedee", one["family_name"], born, "M")
    page.get_by_label("How did it come?").select_option("police_notification")
    page.get_by_label("Somebody whose work it is").check()
    page.get_by_label("Their name").fill("PC Adeyemi")
    page.locator("[name=referrer_agency]").evaluate("box => { box.value = 'police' }")
    page.get_by_label("What did they tell you?").fill("Called at 2am. Three children were awake.")
    page.get_by_role("button", name="Record the contact").click()
    expect(page.get_by_role("heading", name="Who are these children?")).to_be_visible()
    return f"{one['given_names']} {misspelt}"


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
    one, other = known_pair(server, 0)
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
    options = page.locator("[name=given_to] option").all()
    loads = [
        (re.search(r"\((\d+) child", o.inner_text()), o.get_attribute("value")) for o in options
    ]
    return min((int(found[1]), value) for found, value in loads if found)[1]


def screened_contact(server, sign_in, number):
    """A family screened and waiting for its manager: the contact, and the manager's address."""
    one, other = known_pair(server, number)
    page = sign_in(Role.SCREENING_OFFICER)
    told = a_police_report(page, one, other)
    screen(page, Steps(page), told, one, other)
    page.get_by_role("button", name="Send to manager").click()
    expect(page.get_by_role("heading", name="Front-door queue")).to_be_visible()
    found = server.ask(
        "SELECT t.record_id, t.family, u.email FROM casework_task t JOIN accounts_user u"
        " ON u.id = t.worker_id WHERE step_key = 'front_door.decide_contact' ORDER BY t.id DESC"
    )[0]
    return found["record_id"], found["email"]


def test_a_manager_decides_for_a_family_with_one_exception_in_seven_steps(server, sign_in, axe):
    contact, manager = screened_contact(server, sign_in, 1)
    page = sign_in(Role.TEAM_MANAGER, at=only(server, manager))
    steps = Steps(page)

    steps.click(page.locator(f"a[href='/contacts/{contact}/decide/']").first)
    axe(page, "front-door-decide")
    steps.choose(page.get_by_label("Accept as a referral", exact=True))
    steps.choose(page.locator("[name$='-outcome']").nth(1), "strategy_discussion")
    steps.fill(page.get_by_label("Your reasons", exact=True), "All must be seen. One was hurt.")
    steps.choose(page.locator("[name=given_to]"), lightest(page))
    steps.click(page.get_by_role("button", name="Continue"))
    expect(page.get_by_text("opens three referrals dated")).to_be_visible()
    axe(page, "front-door-check")
    steps.click(page.get_by_role("button", name="Confirm"))

    expect(page.get_by_text("Your decision is recorded")).to_be_visible()
    axe(page, "front-door-contact")
    assert steps.count <= DECIDING_BUDGET
    parts = server.ask(
        "SELECT e.started_on = (k.received_at AT TIME ZONE 'Europe/London')::date AS right_day,"
        " p.outcome FROM front_door_referralchild p JOIN front_door_referral r"
        " ON r.id = p.referral_id JOIN front_door_contact k ON k.id = r.contact_id"
        " JOIN casework_episode e ON e.id = p.episode_id WHERE k.id = %s ORDER BY p.id",
        contact,
    )
    assert [(part["right_day"], part["outcome"]) for part in parts] == [
        (True, "assess"),
        (True, "strategy_discussion"),
        (True, "assess"),
    ]
    told = server.ask("SELECT text FROM front_door_feedback WHERE contact_id = %s", contact)
    assert told[0]["text"].startswith("Dear PC Adeyemi")


def test_what_was_typed_while_screening_is_there_after_the_page_is_lost(server, sign_in):
    one, other = known_pair(server, 2)
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
