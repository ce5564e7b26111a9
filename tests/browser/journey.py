"""A family taken from the front door to a worker of their own, as its journeys walk it."""

import re

from playwright.sync_api import expect

from tests.browser.families import pick

FRONT_DOOR_MANAGER = "front.door.manager@fenbridge.example"
MANAGER = "team.manager@fenbridge.example"
WORKER = "social.worker@fenbridge.example"
DIRECTION = "See each alone this week. Their mother first, without him."


def write_down(page):
    """Who told us, and what."""
    pick(page, "How did it come?", "Telephone")
    page.get_by_label("A relative, neighbour").check()
    page.get_by_label("Their name").fill("Mrs Lovell")
    page.get_by_label("What kind of person").select_option("1B")
    page.get_by_label("What did they tell you?").fill("Shouting. The children are on the stairs.")
    page.get_by_label("Domestic abuse in the household").check()


def screened(page, contact, manager, look, *, knows="On this contact"):
    """The screening officer weighs it, with all that is known of everybody in the home."""
    page.goto("/")
    look(page, "desk-screening-officer")
    page.goto("/contacts/")
    page.locator(f"a[href='/contacts/{contact}/screen/']").first.click()
    look(page, "contact-screen")
    known = page.get_by_role("region", name="What is known already")
    expect(known.get_by_text(knows).first).to_be_visible()
    page.get_by_label("Your reasons").fill("The children saw it; an aunt helps. They must be seen.")
    page.get_by_label("Level 3: targeted").check()
    page.locator("[name=decision_maker]").select_option(label=manager)
    page.get_by_role("button", name="Send to manager").click()
    expect(page.get_by_role("alert")).to_contain_text("lawful reason")
    page.locator("[name=lawful_basis]").select_option("consent_not_possible")
    page.get_by_role("button", name="Send to manager").click()
    expect(page.get_by_text("Sent to a manager")).to_be_visible()


def decided(page, contact, look, *, but_for=None):
    """The manager decides for all the children, or all but one, and the neighbour is told."""
    page.locator(f"a[href='/contacts/{contact}/decide/']").first.click()
    look(page, "contact-decide")
    page.get_by_label("Accept as a referral", exact=True).check()
    if but_for:
        page.locator("[name$='-outcome']").last.select_option("information")
    page.get_by_label("Your reasons", exact=True).fill(f"Seen by all but {but_for or 'the aunt'}.")
    pick(page, "Who will have it?", "Assessment Team 1: its manager")
    page.get_by_label("Your direction to the worker").fill(DIRECTION)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Opens a single assessment due by")).to_be_visible()
    opens_nothing = page.get_by_text("opens nothing; the advice is recorded")
    expect(opens_nothing).to_have_count(1 if but_for else 0)
    look(page, "contact-check")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="Tell Mrs Lovell what was decided").click()
    look(page, "contact-feedback")
    expect(page.get_by_label("The letter")).to_have_value(re.compile("^Dear Mrs Lovell"))
    page.get_by_label("Telephone").check()
    page.get_by_role("button", name="Record as sent").click()
    expect(page.get_by_text("Mrs Lovell was told by telephone")).to_be_visible()
    look(page, "contact-decided")
    page.get_by_role("link", name=re.compile("^Referral of")).click()
    look(page, "referral")


def the_children(server, contact):
    """Those referred, and those who were not."""
    parts = server.ask(
        "SELECT p.*, r.id IS NOT NULL AS referred FROM front_door_contactchild c"
        " JOIN people_person p ON p.id = c.child_id LEFT JOIN front_door_referralchild r"
        " ON r.child_id = c.child_id WHERE c.contact_id = %s ORDER BY c.id",
        contact,
    )
    return [p for p in parts if p["referred"]], [p for p in parts if not p["referred"]]


def allocated(page, children, worker, look, *, too_many=False):
    """The team's manager gives it to a worker, perhaps over the limit; some cannot have it."""
    page.get_by_role("link", name=re.compile("^Allocate")).first.click()
    look(page, "task-allocate")
    page.goto("/unallocated/")
    pick(page, "Team", "Assessment Team 1")
    page.get_by_role("button", name="Show").click()
    look(page, "unallocated")
    page.get_by_role("link", name=re.compile(f"{children[0]['given_names']}")).first.click()
    page.get_by_role("button", name=re.compile("^Allocate")).or_(
        page.get_by_role("link", name=re.compile("^Allocate"))
    ).first.click()
    look(page, "allocate")
    expect(page.get_by_text("has no social work registration on record")).to_be_visible()
    expect(page.get_by_label("Your direction to the worker")).to_have_value(DIRECTION)
    page.get_by_label(worker).check()
    page.get_by_role("button", name="Allocate").click()
    if too_many:
        expect(page.get_by_role("alert")).to_contain_text("over the limit of")
        page.get_by_label("Why is it right to go over").fill("Two of their cases close this week.")
        page.get_by_role("button", name="Allocate").click()
    expect(page.get_by_text("The case is allocated")).to_be_visible()
    look(page, "episode")
