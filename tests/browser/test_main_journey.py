"""The main journey, walked by those who do it: from a call at night to an assessment and its end.

Each page met on the way is usable by everybody, wide and narrow. What follows from each decision is
looked for where the next worker would look for it.
"""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser import assessing
from tests.browser.families import called, describe, known_pair, misremembered, name_of
from tests.browser.journey import (
    DIRECTION,
    FRONT_DOOR_MANAGER,
    MANAGER,
    WORKER,
    allocated,
    decided,
    screened,
    the_children,
    write_down,
)

pytestmark = pytest.mark.browser

SENIOR = "service.manager@fenbridge.example"


def test_a_family_is_taken_from_a_call_at_night_to_an_assessment_and_its_end(server, sign_in, axe):
    one, _ = known_pair(server)

    contact = told_at_night(sign_in(Role.OUT_OF_HOURS), one, axe)
    taken_up_by_day(sign_in(Role.TEAM_MANAGER, email=FRONT_DOOR_MANAGER), contact, axe)
    officer, decider = sign_in(Role.SCREENING_OFFICER), called(server, FRONT_DOOR_MANAGER)
    screened(officer, contact, decider, axe, knows="Mother")
    at_the_front_door = sign_in(Role.TEAM_MANAGER, email=FRONT_DOOR_MANAGER)
    decided(at_the_front_door, contact, axe, but_for="Zebedee")
    children, others = the_children(server, contact)
    assert one["id"] in [child["id"] for child in children]
    manager = sign_in(Role.TEAM_MANAGER, email=MANAGER)
    allocated(manager, children, called(server, WORKER), axe, too_many=True)

    worker = sign_in(Role.SOCIAL_WORKER, email=WORKER)
    expect(worker.get_by_text(re.compile(f"lead worker for.*{name_of(one)}"))).to_be_visible()
    assessment = assessed(server, worker, children, others, axe)
    sent(worker, assessment, axe)
    returned(manager, assessment, axe)
    sent_again(worker, assessment, children)
    authorised(sign_in(Role.SERVICE_MANAGER, email=SENIOR), assessment, axe)
    followed(server, worker, children, axe)


def told_at_night(page, child, look):
    """A neighbour tells the out-of-hours worker of a family she half remembers, and a new baby."""
    page.get_by_role("button", name="Record a contact").click()
    look(page, "contact-start")
    misspelt, swapped = misremembered(child)
    page.get_by_label("Who is it about?").fill(
        f"{child['given_names']} {misspelt} {swapped:%d/%m/%Y}"
    )
    page.get_by_label("Who is it about?").press("Enter")
    found = page.locator(".front-hits li").first
    expect(found).to_contain_text(name_of(child))
    expect(found).to_contain_text("day and month swapped")
    look(page, "contact-found")
    found.get_by_role("link", name=re.compile("and every brother and sister")).click()
    page.get_by_text("Add a child who is not on record").click()
    describe(page, 0, "Zebedee", child["family_name"], date.today() - timedelta(90), "M")  # noqa: DTZ011
    write_down(page)
    page.get_by_role("button", name="Record the contact").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what you did about it")
    expect(page.get_by_label("What did they tell you?")).to_have_value(re.compile("on the stairs"))
    look(page, "contact-record")
    page.get_by_label("If so, what did you do about it?").fill("Police went. Their aunt is there.")
    page.get_by_role("button", name="Record the contact").click()
    page.get_by_role("button", name=re.compile("a new record for Zebedee")).click()
    look(page, "contact-siblings")
    page.get_by_role("button", name=re.compile("^Confirm")).click()
    expect(page.get_by_text("Acknowledge an out-of-hours contact").first).to_be_visible()
    return int(re.findall(r"/contacts/(\d+)/", page.url)[0])


def taken_up_by_day(page, contact, look):
    """The day service acknowledges what was taken at night."""
    look(page, "desk-front-door-manager")
    page.locator(f"a[href='/contacts/{contact}/acknowledge/']").first.click()
    look(page, "contact-acknowledge")
    page.get_by_label("What will the day service do?").fill("Screened first thing. Aunt rung.")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Acknowledged", exact=True)).to_be_visible()
    look(page, "contacts-out-of-hours")


def assessed(server, page, children, others, look):
    """The worker plans, visits, and writes every section for every child."""
    look(page, "desk-social-worker")
    task = server.ask(
        "SELECT id FROM casework_task WHERE step_key = 'assessments.single'"
        " AND about @> ARRAY[%s]::bigint[]",
        children[0]["id"],
    )[0]["id"]
    page.goto(f"/assessments/tasks/{task}/")
    expect(page.get_by_text(DIRECTION)).to_be_visible()
    look(page, "assessment-start")
    assessment = assessing.start(page, task)
    look(page, "assessment-empty")
    assessing.visit(page, children, others, look, seen_with=children[-1])
    for section in ("voice", "needs", "identity", "family", "history"):
        assessing.write(page, assessment, section, children, look)
    assessing.hear_parents(page, assessment, look)
    assessing.ask_agency(page, assessment, look)
    assessing.weigh(page, assessment, children, look)
    outcomes = dict.fromkeys((child["id"] for child in children), assessing.IN_NEED)
    outcomes[children[1]["id"]] = assessing.NO_FURTHER_ACTION
    assessing.conclude(page, assessment, children, outcomes, look, but_not=children[0])
    return assessment


def sent(page, assessment, look):
    """It cannot be sent while one thing is missing; the list leads to it."""
    page.goto(f"/assessments/{assessment}/check/")
    expect(page.get_by_role("heading", name="1 thing to put right")).to_be_visible()
    expect(page.get_by_role("button", name="Send to a manager")).to_have_count(0)
    look(page, "assessment-gaps")
    page.get_by_role("link", name=re.compile("write what it means for them")).click()
    assert page.evaluate("document.querySelector(':target').name").endswith("-analysis")
    page.locator(":target").fill("He waits for the shouting to stop before he sleeps.")
    assessing.save(page)
    look(page, "assessment-check")
    page.get_by_label("What do you make of the points above?").fill("A second visit on Thursday.")
    page.get_by_role("button", name="Send to a manager").click()
    expect(page.get_by_text("sent to a manager")).to_be_visible()


def returned(page, assessment, look):
    """The manager reads it and sends it back, saying what must change."""
    page.goto("/")
    page.get_by_role("link", name="Single assessment").first.click()
    page.goto(f"/assessments/{assessment}/decide/")
    look(page, "assessment-decide")
    page.get_by_label("Return it with comments").check()
    page.locator("#id_words").fill("Say more of how each of them is in health.")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Single assessment returned", exact=True)).to_be_visible()


def sent_again(page, assessment, children):
    """The worker finds it on their desk with the comments, mends it, and sends it again."""
    page.goto(f"/assessments/{assessment}/")
    expect(page.get_by_text("Say more of how each of them is in health.")).to_be_visible()
    page.goto(f"/assessments/{assessment}/write/needs/")
    weight = "Has not grown since the spring; the nurse weighs and has written to the doctor."
    assessing.box(page, children[-1], "health").fill(weight)
    assessing.save(page)
    page.goto(f"/assessments/{assessment}/check/")
    page.get_by_label("What do you make of the points above?").fill("As before.")
    page.get_by_role("button", name="Send to a manager").click()
    expect(page.get_by_text("sent to a manager")).to_be_visible()
    page.goto(f"/assessments/{assessment}/decide/")
    expect(page.get_by_role("heading", name=re.compile("cannot|not allow"))).to_be_visible()


def authorised(page, assessment, look):
    """Somebody senior, who had no part in it, sees what changed and agrees."""
    page.goto(f"/assessments/{assessment}/decide/")
    page.get_by_role("link", name=re.compile("what changed")).click()
    expect(page.get_by_text("Has not grown since the spring").first).to_be_visible()
    look(page, "assessment-versions")
    page.go_back()
    page.get_by_label("Authorise it").check()
    page.locator("#id_words").fill("Each was seen and heard, and it is right for each.")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Single assessment authorised", exact=True)).to_be_visible()
    look(page, "assessment-authorised")


def followed(server, page, children, look):
    """One child's next step is open, the other's case is closed, and the story tells it all."""
    first, second = children[0], children[1]
    ended = server.ask(
        "SELECT closure_reason FROM casework_episode WHERE child_id = %s ORDER BY id DESC",
        second["id"],
    )
    assert ended[0]["closure_reason"] == "RC8"
    opened = server.ask(
        "SELECT about FROM casework_task WHERE step_key = 'family_help.plan' ORDER BY id DESC"
    )
    assert first["id"] in opened[0]["about"]
    assert second["id"] not in opened[0]["about"]
    page.goto(f"/children/{first['id']}/")
    expect(page.get_by_text("Make a child in need plan").first).to_be_visible()
    look(page, "child-open")
    page.goto(f"/children/{second['id']}/")
    expect(page.get_by_text("Closed on").first).to_be_visible()
    look(page, "child-closed")
    told(page, second, look)


def told(page, child, look):
    """The chronology made itself, and prints."""
    page.get_by_role("link", name="The whole chronology").click()
    for event in (
        "Contact from a relative",
        "Contact decided: accept as a referral",
        "Accepted as a referral",
        "Lead worker:",
        "Single assessment started",
        "Assessment visit",
        f"What {name_of(child)} said",
        "Single assessment authorised",
        "Case closed",
    ):
        expect(page.get_by_text(event).first).to_be_visible()
    look(page, "chronology")
    printed = page.context.request.get(
        page.get_by_role("link", name=re.compile("^Print the last two years")).get_attribute("href")
    )
    assert printed.headers["content-type"] == "application/pdf"
    assert printed.body().startswith(b"%PDF")
