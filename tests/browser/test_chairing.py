"""Two windows chair one conference, and the network goes in the middle of it."""

import re

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.test_conference import THREE, asked_for, booked

pytestmark = pytest.mark.browser

DANGER = "What is the danger to the children?"
GOING_WELL = "What is going well?"
FOUND = "What did the conference find"


def saved(page):
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")


def choose(page, which):
    """Settle what two windows wrote, the same way for every question."""
    clash = page.locator("#hearth-clash")
    expect(clash).to_be_visible()
    for each in clash.get_by_label(which).all():
        each.check()
    clash.get_by_role("button", name="Use these").click()
    saved(page)


def issue(page):
    page.get_by_role("button", name="Issue the decisions").click()


def whole(page):
    """All that issuing needs, but for what the two windows write."""
    page.locator("[name$='-participation']").first.select_option("views_told")
    page.locator("[name$='-decision'][value=plan]").check()
    page.locator("[name$='-category']").select_option("PHY")
    page.get_by_label(FOUND).fill("They are likely to be hurt again.")
    for name, words in (
        ("action-0-what", "Fit a lock to the gate"),
        ("action-0-owner", "DS Hart"),
        ("action-0-measure", "The worker sees the lock"),
        ("if-0-trigger", "he comes back to the house"),
        ("if-0-action", "she rings the police"),
        ("if-0-owner", "Their mother"),
        ("if-0-within", "the same hour"),
    ):
        page.locator(f"[name={name}]").fill(words)
    for part, value in (("day", "1"), ("month", "12"), ("year", "2099")):
        page.locator(f"[name=action-0-due_on_{part}]").fill(value)
    page.locator("[name=if-0-rating]").select_option("sound")


def decided(server, where):
    """Whether it is issued, and how many children have a plan by it."""
    return server.ask(
        "SELECT c.decided_at IS NOT NULL AS issued, count(p.id) AS plans"
        " FROM protection_conference c LEFT JOIN plans_planchild p ON p.plan_id = c.plan_id"
        " WHERE c.id = %s GROUP BY c.id",
        where.rstrip("/").rpartition("/")[2],
    )[0]


def shown_both(here, there):
    """One types; the other, who has not seen it, is shown both, and takes some of each."""
    whole(there)
    there.get_by_label(DANGER).fill("Typed in the meeting room.")
    saved(there)
    here.get_by_label(GOING_WELL).fill("Typed in the office.")
    clash = here.locator("#hearth-clash")
    expect(clash).to_contain_text("Typed in the meeting room.")
    expect(clash).to_contain_text("Typed in the office.")
    for group in clash.locator("fieldset").all():
        mine = group.filter(has_text="Typed in the office.").count()
        group.get_by_label("Keep mine" if mine else "Take theirs").check()
    clash.get_by_role("button", name="Use these").click()
    saved(here)
    expect(here.get_by_label(DANGER)).to_have_value("Typed in the meeting room.")


def not_over_what_was_not_seen(here, there):
    """One types on; the other issues without having seen it, and may not."""
    there.get_by_label(DANGER).fill("Typed on in the meeting room.")
    choose(there, "Keep mine")
    issue(here)
    expect(here.get_by_role("alert").first).to_contain_text("which you had not seen")
    expect(here.locator("#hearth-clash")).to_contain_text("Typed on in the meeting room.")
    choose(here, "Keep mine")


def kept_without_network(page):
    """No network at the press: the page stays, and says so."""
    page.context.set_offline(True)
    issue(page)
    expect(page.locator("[data-draft-status]")).to_contain_text("Not sent: there is no connection")
    expect(page.get_by_label(GOING_WELL)).to_have_value("Typed in the office.")
    page.context.set_offline(False)
    saved(page)
    page.wait_for_timeout(1000)  # a second press within a second is taken for the first


def lost_on_the_way(page, *, done):
    """The connection breaks at the press: before the server has it, or when it has done it."""

    def broken(route):
        if done:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    address = page.url
    page.route(re.compile("/decide/$"), broken, times=1)
    with page.expect_event("requestfailed"):
        issue(page)
    expect(page).to_have_url(re.compile("^chrome-error"))
    page.goto(address)


def told_it_is_over(page):
    """A window that goes on typing is told, and keeps what it typed; it issues nothing."""
    page.get_by_label(DANGER).fill("Typed too late.")
    expect(page.locator("#hearth-ended")).to_contain_text("sent or discarded in another window")
    issue(page)
    expect(page.get_by_role("alert").first).to_contain_text("issued these decisions")
    expect(page.get_by_label(DANGER)).to_have_value("Typed too late.")
    page.get_by_role("link", name="Read what was decided").click()


def test_two_windows_and_a_lost_network_lose_nothing_and_issue_once(server, sign_in):
    child = server.ask(THREE)[0]["children"][:1]
    chair = server.ask(
        "SELECT * FROM accounts_user WHERE email = %s", server.email_of(Role.CONFERENCE_CHAIR)
    )[0]
    where = asked_for(sign_in(Role.TEAM_MANAGER), child)
    here, there = sign_in(Role.CONFERENCE_CHAIR), sign_in(Role.CONFERENCE_CHAIR)
    booked(here, where, f"{chair['first_name']} {chair['last_name']}", lambda *_: None, minutes=400)
    for page in (here, there):
        page.goto(f"{where}decide/")

    shown_both(here, there)
    not_over_what_was_not_seen(here, there)
    kept_without_network(here)
    assert decided(server, where) == {"issued": False, "plans": 0}
    lost_on_the_way(here, done=False)
    assert decided(server, where) == {"issued": False, "plans": 0}
    expect(here.get_by_label(GOING_WELL)).to_have_value("Typed in the office.")
    lost_on_the_way(here, done=True)
    expect(here.get_by_role("heading", name="What was decided")).to_be_visible()
    told_it_is_over(there)

    assert decided(server, where) == {"issued": True, "plans": 1}
