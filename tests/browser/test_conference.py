"""A child protection conference, live in the meeting, in the chair's budget of steps."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.harness import Steps, all_kept

pytestmark = pytest.mark.browser

CONFERENCE_BUDGET = 35
ENGLAND = ZoneInfo("Europe/London")
# Three children of one mother, old enough to be asked, with a worker, and known to all.
THREE = """
    SELECT r.person_id AS mother, array_agg(p.id ORDER BY p.id) AS children
    FROM people_relationship r JOIN people_person p ON p.id = r.other_person_id
    WHERE r.code = 'mother' AND r.withdrawn_at IS NULL AND p.la_child_id IS NOT NULL
      AND p.birth_kind = 'known' AND p.died_on IS NULL AND p.merged_into_id IS NULL
      AND p.born_on BETWEEN current_date - interval '16 years' AND current_date - interval '5 years'
      AND NOT EXISTS (SELECT FROM people_restriction x WHERE x.person_id = p.id)
      AND EXISTS (SELECT FROM casework_allocation a WHERE a.child_id = p.id AND a.ended_on IS NULL)
      AND NOT EXISTS (SELECT FROM protection_conferencechild c WHERE c.child_id = p.id)
    GROUP BY r.person_id HAVING count(*) >= 3 ORDER BY r.person_id
"""
ACTIONS = (
    ("Fit a lock to the gate and keep it shut", "The worker sees the lock at each visit"),
    ("Go to the freedom programme every week", "The programme's letter after six weeks"),
    ("See each child alone every ten working days", "The record of each visit"),
    ("Tell the worker the same day of any absence", "The school's register"),
    ("Check his bail conditions and tell us of a breach", "The officer's note"),
    ("Keep every health visitor appointment", "The health visitor's report"),
)
AGENCIES = (("DS Hart", "Police"), ("Mrs Onwu", "School"), ("Ms Bright", "Health visiting"))


def fill_moment(page, group, moment):
    """A date and a time in its four boxes."""
    for label, part in (("Day", moment.day), ("Month", moment.month), ("Year", moment.year)):
        group.get_by_label(label).fill(str(part))
    group.get_by_label("Time").fill(f"{moment:%H:%M}")


def asked_for(page, children):
    """A manager tells the conference service of a family who moved here with a plan."""
    page.goto(f"/children/{children[0]}/conferences/call/")
    page.get_by_label("Transfer-in").check()
    for child in children:
        page.locator(f"[name=children][value='{child}']").check()
    today = datetime.now(ENGLAND).date()
    group = page.get_by_role("group", name="When did the other authority tell us?")
    for label, part in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        group.get_by_label(label).fill(str(part))
    page.get_by_label("Why is a conference needed?").fill("They moved from Ashmere with a plan.")
    page.get_by_role("button", name="Ask for the conference").click()
    expect(page.get_by_text("has been asked for a conference")).to_be_visible()
    return page.url


def booked(page, where, chair, look, *, minutes=20):
    """The chair books it for later today, and asks the family and three agencies."""
    page.goto(where)
    look(page, "conference-asked-for")
    page.get_by_role("button", name="Book it").or_(page.get_by_role("link", name="Book it")).click()
    begins = datetime.now(ENGLAND) + timedelta(minutes=minutes)
    fill_moment(page, page.get_by_role("group", name="When does it start?"), begins)
    fill_moment(
        page, page.get_by_role("group", name="When does it end?"), begins + timedelta(hours=2)
    )
    page.get_by_label("In one room", exact=True).check()
    page.locator("[name=chair]").select_option(label=chair)
    look(page, "conference-book")
    page.get_by_role("button", name="Book it").click()
    expect(page.get_by_role("heading", name="Who is asked")).to_be_visible()
    look(page, "conference-asked")
    page.get_by_role("button", name="Ask those ticked").click()
    for name, agency in AGENCIES:
        page.get_by_label("Name", exact=True).fill(name)
        page.locator("[name=agency]").evaluate(
            "(list, label) => list.value = [...list.options].find(o => o.text === label).value",
            agency,
        )
        page.get_by_role("button", name="Ask them").click()
        expect(page.get_by_role("rowheader", name=name)).to_be_visible()


def prepared(page, where):
    """Before the day: what the report says, and what each child told their worker."""
    page.goto(f"{where}decide/")
    page.get_by_label("What is the danger to the children?").fill("He hit them when he had drunk.")
    page.get_by_label("What is going well?").fill("Their mother keeps every appointment.")
    page.get_by_label("What did the conference find").fill("They are likely to be hurt again.")
    for part in page.locator("[name$='-participation']").all():
        part.select_option("views_told")
    for views in page.locator("textarea[name$='-views']").all():
        views.fill("I want the shouting to stop.")
    for name, words in (
        ("trigger", "he comes back to the house"),
        ("action", "she rings the police and takes the children to their aunt"),
        ("owner", "Their mother"),
        ("within", "the same hour"),
    ):
        page.locator(f"[name=if-0-{name}]").fill(words)
    page.locator("[name=if-0-rating]").select_option("sound")
    all_kept(page)
    page.goto(where)


def in_the_meeting(page, look):
    """What the chair does by hand, counted."""
    steps = Steps(page)
    steps.click(page.get_by_role("button", name="Hold the conference"))
    expect(page.get_by_label("What is the danger to the children?")).to_have_value(
        "He hit them when he had drunk."
    )
    rows = page.locator(".conference-member")
    steps.choose(rows.filter(has_text="Ms Bright").get_by_label("Came?"), "apologies")
    steps.choose(rows.filter(has_text="DS Hart").get_by_label("Came?"), "video")
    expect(page.locator("#quorum")).to_contain_text("Quorate")
    decisions, categories = page.locator("[name$='-decision']"), page.locator("[name$='-category']")
    for child in range(3):
        steps.choose(decisions.locator("xpath=self::*[@value='plan']").nth(child))
    for child in range(3):
        steps.choose(categories.nth(child), "PHY")
    due = datetime.now(ENGLAND).date() + timedelta(days=21)
    for number, (what, measure) in enumerate(ACTIONS):
        row = page.locator(".conference-row").filter(
            has=page.locator(f"[name=action-{number}-what]")
        )
        steps.fill(row.get_by_label("What is to be done?"), what)
        steps.fill(row.get_by_label("Who?"), "DS Hart" if number == 4 else "Their mother")
        steps.fill_date(row.get_by_role("group", name="By when?"), due)
        steps.fill(row.get_by_label("How will we know?"), measure)
    meets = page.get_by_role("group", name="When does the core group first meet?")
    steps.fill_date(meets, datetime.now(ENGLAND).date() + timedelta(days=7))
    look(page, "conference-live")
    steps.click(page.get_by_role("button", name="Issue the decisions"))
    return steps.count


def test_a_chair_issues_a_plan_for_three_children_live_in_35_steps(server, sign_in, axe):
    children = server.ask(THREE)[0]["children"][:3]
    found = server.ask(
        "SELECT * FROM accounts_user WHERE email = %s", server.email_of(Role.CONFERENCE_CHAIR)
    )[0]
    where = asked_for(sign_in(Role.TEAM_MANAGER), children)
    page = sign_in(Role.CONFERENCE_CHAIR)
    booked(page, where, f"{found['first_name']} {found['last_name']}", axe)
    prepared(page, where)

    taken = in_the_meeting(page, axe)

    expect(page.get_by_role("heading", name="What was decided")).to_be_visible()
    axe(page, "conference-family-copy")
    assert taken <= CONFERENCE_BUDGET
    opened = server.ask(
        "SELECT step_key, count(*) AS n FROM casework_task WHERE about <@ %s::bigint[]"
        " AND done_at IS NULL AND step_key LIKE 'protection.%%' GROUP BY step_key",
        children,
    )
    waiting = {row["step_key"]: row["n"] for row in opened}
    assert waiting["protection.visit"] == 3
    assert {"protection.core_group", "protection.review_conference"} <= set(waiting)
    plans = server.ask(
        "SELECT a.* FROM plans_planaction a JOIN plans_plan p ON p.id = a.plan_id"
        " WHERE p.kind = 'protection' AND a.about && %s::bigint[]",
        children,
    )
    assert len(plans) == len(ACTIONS)
    page.goto(where)
    axe(page, "conference-decided")
    page.goto(f"{where}send/decisions/")
    axe(page, "conference-send")
    page.goto("/conferences/")
    axe(page, "conference-list")


def test_what_the_chair_typed_outlives_a_lost_network(server, sign_in):
    children = server.ask(THREE)[0]["children"][:3]
    found = server.ask(
        "SELECT * FROM accounts_user WHERE email = %s", server.email_of(Role.CONFERENCE_CHAIR)
    )[0]
    where = asked_for(sign_in(Role.TEAM_MANAGER), children)
    page = sign_in(Role.CONFERENCE_CHAIR)
    booked(page, where, f"{found['first_name']} {found['last_name']}", lambda *_: None, minutes=200)
    page.goto(f"{where}decide/")

    page.context.set_offline(True)
    page.locator("[name=action-0-what]").fill("Fit a lock to the gate")
    expect(page.locator("[data-draft-status]")).to_contain_text("this device")
    page.context.set_offline(False)
    page.reload()

    expect(page.locator("[name=action-0-what]")).to_have_value("Fit a lock to the gate")
