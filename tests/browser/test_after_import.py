"""Day one: a census brought into an empty record from its page, and the work begun on top of it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from hearth.demo.census import write_census
from tests.browser import assessing
from tests.browser.families import called, name_of
from tests.browser.harness import running
from tests.browser.journey import (
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

MANY = 200
# A child of the census who goes to school, and whose case was closed.
CLOSED = """
    SELECT p.* FROM people_person p JOIN casework_episode e ON e.child_id = p.id
    WHERE p.born_on BETWEEN current_date - interval '14 years' AND current_date - interval '7 years'
    GROUP BY p.id HAVING max(coalesce(e.ended_on, 'infinity')) < current_date ORDER BY p.id
"""


@pytest.fixture
def staffed():
    """A Hearth with its workers and no child, which does its jobs."""
    with running("staffed", worker=True) as started:
        yield started


def test_a_census_is_brought_in_and_the_work_goes_on_from_it(staffed, sign_in, axe, tmp_path):
    census = tmp_path / "census.xml"
    write_census(census, children=MANY, year=date.today().year, seed=2)  # noqa: DTZ011
    analyst = sign_in(Role.ANALYST, at=staffed)
    brought_in(analyst, census, axe, loaded=MANY)
    brought_in(analyst, census, axe, unchanged=MANY)

    child = staffed.ask(CLOSED)[0]
    officer = sign_in(Role.SCREENING_OFFICER, at=staffed)
    found_and_named(officer, child, axe)
    contact = told_of(officer, child, axe)
    screened(officer, contact, called(staffed, FRONT_DOOR_MANAGER), axe)
    decided(sign_in("", at=staffed, email=FRONT_DOOR_MANAGER), contact, axe)
    children, _ = the_children(staffed, contact)
    allocated(sign_in("", at=staffed, email=MANAGER), children, called(staffed, WORKER), axe)
    begun(staffed, sign_in("", at=staffed, email=WORKER), child, children, axe)


def brought_in(page, census, look, *, loaded=0, unchanged=0):
    """The file is chosen; its progress is watched; and every child of it is answered for."""
    page.goto("/")
    page.locator("summary", has_text="Service").click()
    page.get_by_role("link", name="Returns").click()
    page.get_by_role("link", name="Bring in a CIN census").click()
    look(page, "import-start")
    page.get_by_label("Which file?").set_input_files(census)
    page.get_by_role("button", name="Bring in").click()
    expect(page.get_by_text(re.compile("children gone through|Finished")).first).to_be_visible()
    look(page, "import-progress")
    expect(page.get_by_role("link", name="Download every line")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(f"{MANY} children, showing 1 to")).to_be_visible()
    for what, many in (("Put on record", loaded), ("Unchanged", unchanged), ("Refused", 0)):
        row = page.locator(".govuk-summary-list__row").filter(has_text=what)
        expect(row.locator("dd")).to_have_text(str(many))
    expect(page.get_by_text("not kept")).to_have_count(0)
    look(page, "import-over")


def found_and_named(page, child, look):
    """A census has no names: the child is found by number, and their name is written down."""
    box = page.get_by_role("searchbox").first
    box.fill(child["la_child_id"])
    box.press("Enter")
    look(page, "search-by-number")
    page.get_by_role("link", name=f"Child {child['la_child_id']}").first.click()
    expect(page.get_by_role("link", name="Case closed")).to_be_visible()
    look(page, "child-imported")
    page.get_by_role("link", name="Who they are").click()
    page.get_by_role("link", name="Record a name").click()
    expect(page.get_by_label("Legal name")).to_be_checked()
    page.get_by_label("First names").fill("Oriel")
    page.get_by_label("Family name").fill("Quillfeather")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".hearth-banner__name")).to_contain_text("Oriel Quillfeather")
    child.update(given_names="Oriel", family_name="Quillfeather")


def told_of(page, child, look):
    """The officer takes a call about a child of the census, and goes straight on to screen it."""
    page.goto("/contacts/")
    page.get_by_role("button", name="Record a contact").click()
    page.get_by_label("Who is it about?").fill(f"Oriol {child['family_name']}")
    page.get_by_label("Who is it about?").press("Enter")
    expect(page.locator(".front-hits li").first).to_contain_text(name_of(child))
    page.get_by_role("link", name=re.compile("and every brother and sister")).first.click()
    write_down(page)
    page.get_by_role("button", name="Record the contact").click()
    expect(page.get_by_role("heading", name=re.compile("^Screen"))).to_be_visible()
    return int(re.findall(r"/contacts/(\d+)/", page.url)[0])


def begun(server, page, child, children, look):
    """Their worker starts the assessment, with what the census says of them beside it."""
    task = server.ask(
        "SELECT id FROM casework_task WHERE step_key = 'assessments.single' AND done_on IS NULL"
        " AND about @> ARRAY[%s]::bigint[]",
        child["id"],
    )[0]["id"]
    assessment = assessing.start(page, task)
    assessing.write(page, assessment, "voice", children, look)
    page.goto(f"/children/{child['id']}/chronology/")
    for event in ("Case closed", "Contact from a relative", "Single assessment started"):
        expect(page.get_by_text(event).first).to_be_visible()
    look(page, "chronology-after-import")
