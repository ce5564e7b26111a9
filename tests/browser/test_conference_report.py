"""The report to a conference, in a social worker's budget of steps, and an agency's by its link."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from tests.browser.harness import PATIENCE, Steps
from tests.browser.test_conference import ENGLAND, THREE, asked_for, booked

pytestmark = pytest.mark.browser

REPORT_BUDGET = 9


def through_its_link(browser, server, link, axe):
    """The school's head, signed out, in a browser of her own; and somebody else with her link."""
    hers, theirs = (browser.new_context(base_url=server.address, locale="en-GB") for _ in range(2))
    page, other = hers.new_page(), theirs.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(link)
    axe(page, "agency-link")
    page.get_by_role("button", name="I was asked for this report").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    axe(page, "agency-report")
    for field in page.locator("textarea[name$='-known']").all():
        field.fill("Late on nine days this term.")
    expect(page.locator("[data-saved-when]")).to_contain_text(re.compile("^Saved at"))
    other.goto(link)
    expect(other.get_by_role("heading", name="in another browser")).to_be_visible()
    axe(other, "agency-refused")
    page.reload()
    expect(page.locator("textarea[name$='-known']").first).to_have_value(re.compile("^Late on"))
    page.get_by_label("Your name and your job").fill("Mrs Onwu, head")
    refused(server, page)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Your report has been sent")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This report has been sent")).to_be_visible()
    hers.close()
    theirs.close()


def refused(server, page):
    """A file that is not what it says it is, and a link that expired: nothing typed is lost."""
    known = page.locator("textarea[name$='-known']").first
    send = page.get_by_role("button", name="Send the report")
    fake = {"name": "report.pdf", "mimeType": "application/pdf", "buffer": b"<html>Hello</html>"}
    page.locator("[type=file]").set_input_files(fake)
    send.click()
    expect(page.get_by_role("alert")).to_contain_text("is called a PDF, and is not one inside")
    expect(known).to_have_value(re.compile("^Late on"))
    last = "UPDATE protection_reportlink SET expires_at = now() + %s::interval RETURNING id"
    server.ask(last, "0")
    send.click()
    expect(page.get_by_role("heading", name="This link has expired")).to_be_visible()
    expect(page.get_by_text("Late on nine days this term.").first).to_be_visible()
    server.ask(last, "1 day")
    page.goto("/agency-report/")
    page.get_by_label("Your name and your job").fill("Mrs Onwu, head")


def written(page, where, look):
    """What the social worker does by hand, counted."""
    page.goto(f"{where}report/")
    steps = Steps(page)
    steps.click(page.get_by_role("button", name="Write the report"))
    for box in page.locator("textarea[name$='-analysis']").all():
        steps.fill(box, "Frightened at night, and behind at school.")
    steps.fill(page.get_by_label("What is the danger"), "He hits them when he has drunk.")
    look(page, "report-write")
    # The chronology opens trimmed to what is significant: whether it is, is one step to change.
    steps.choose(page.get_by_label("Only the most significant events"))
    steps.click(page.get_by_role("button", name="Save, and preview"))
    expect(page.get_by_role("heading", name="as the family reads it")).to_be_visible()
    group = page.get_by_role("group", name="When did the parents have this report?")
    steps.fill_date(group, datetime.now(ENGLAND).date())
    return steps


def test_a_social_worker_reports_to_a_conference_in_9_steps_with_what_the_school_sent(
    server, sign_in, browser, axe
):
    children = server.ask(THREE)[0]["children"][:3]
    chair = server.ask(
        "SELECT * FROM accounts_user WHERE email = %s", server.email_of(Role.CONFERENCE_CHAIR)
    )[0]
    where = asked_for(sign_in(Role.TEAM_MANAGER), children)
    page = sign_in(Role.CONFERENCE_CHAIR)
    booked(
        page,
        where,
        f"{chair['first_name']} {chair['last_name']}",
        lambda *_: None,
        minutes=8 * 24 * 60,
    )
    page.goto(f"{where}reports/")
    axe(page, "reports")
    page.get_by_role("link", name="Ask for it Mrs Onwu").click()
    axe(page, "report-ask")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("code").inner_text()
    through_its_link(browser, server, link, axe)
    page.goto(f"{where}reports/")
    expect(page.get_by_text("Late on nine days this term.").first).to_be_visible()
    axe(page, "reports-here")
    page = sign_in(Role.SOCIAL_WORKER)

    steps = written(page, where, axe)

    expect(page.get_by_text("Late on nine days this term.").first).to_be_attached()
    axe(page, "report-preview")
    steps.click(page.get_by_role("button", name="Send to a manager"))
    expect(page.get_by_text("The report is with a manager")).to_be_visible()
    axe(page, "report-sent")
    assert steps.count <= REPORT_BUDGET
