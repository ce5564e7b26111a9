"""Before the returns go in: a return is checked from its page, read, downloaded, and deleted."""

import re

import pytest
from playwright.sync_api import expect

from hearth.accounts.roles import Role
from hearth.demo.census import write_census
from hearth.demo.looked_after import write_return
from tests.browser.harness import running

pytestmark = pytest.mark.browser

CHILDREN = 300
YEAR = 2026


@pytest.fixture(scope="module")
def staffed():
    """A Hearth with its workers and no child, which does its jobs."""
    with running("staffed", worker=True) as started:
        yield started


def test_a_census_is_checked_read_downloaded_and_deleted(staffed, sign_in, axe, tmp_path):
    census = tmp_path / "census.xml"
    write_census(census, children=CHILDREN, year=YEAR, seed=2, protection=0.1, faults=0.3)
    page = sign_in(Role.ANALYST, at=staffed)
    page.locator("summary", has_text="Service").click()
    page.get_by_role("link", name="Returns").click()
    expect(page.get_by_text("Your checks that are still held")).to_be_visible()
    axe(page, "returns-home-empty")
    page.get_by_role("link", name="Check a return").click()
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("link", name="Choose which return it is")).to_be_visible()
    axe(page, "check-errors")
    page.get_by_label("Children in need census").check()
    page.get_by_label("Its files").set_input_files(census)
    axe(page, "check-asked")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("link", name="By rule")).to_be_visible(timeout=60_000)
    axe(page, "check-by-rule")

    read(page, axe)
    kept_and_deleted(page, axe)


def read(page, look):
    """Rule by rule, child by child, finding by finding; and taken away as files."""
    page.get_by_role("link", name="By child").click()
    look(page, "check-by-child")
    page.get_by_role("link", name="Every finding").click()
    everything = page.get_by_text(re.compile("findings, showing 1 to 100")).inner_text()
    look(page, "check-findings")
    page.get_by_label("Severity").select_option("Queries")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).not_to_have_text(everything)
    look(page, "check-queries")
    for kind, ending in (("CSV", "csv"), ("Excel", "xlsx")):
        with page.expect_download() as coming:
            page.get_by_role("link", name=kind, exact=True).click()
        assert coming.value.suggested_filename.endswith(ending)


def kept_and_deleted(page, look):
    """What is worth keeping is kept, with why; and goes when it is told to."""
    page.get_by_role("link", name="By rule").click()
    page.get_by_role("button", name="Keep this").click()
    look(page, "check-keep")
    page.get_by_label("Why is it to be kept?").fill("To compare with the final return")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept until you delete it")).to_be_visible()
    look(page, "check-kept")
    page.get_by_role("link", name="Back to returns").click()
    look(page, "returns-home")
    page.get_by_role("link", name="Children in need census").click()
    page.get_by_role("button", name="Delete now").click()
    expect(page.get_by_text("Nothing of the return")).to_be_visible()


def test_many_files_are_checked_without_scripts_and_a_broken_one_says_where(
    staffed, sign_in, axe, tmp_path
):
    write_return(tmp_path / "now", children=60, year=YEAR, seed=2, faults=0.3)
    page = sign_in(Role.ANALYST, at=staffed, java_script_enabled=False)
    files = sorted((tmp_path / "now").iterdir())
    ask(page, "Looked-after children return", files)
    expect(page.get_by_role("link", name="By rule")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("Rules that were not run")).to_be_visible()

    files[0].write_text(files[0].read_text() + "1,2\n")
    page = sign_in(Role.ANALYST, at=staffed)
    ask(page, "Looked-after children return", files)
    expect(page.get_by_text(re.compile("it has 2 values"))).to_be_visible(timeout=60_000)
    axe(page, "check-refused")
    page.get_by_role("button", name="Choose the files again").click()
    expect(page.get_by_label("Looked-after children return")).to_be_checked()


def ask(page, collection, files):
    """Give files to be checked."""
    page.goto("/returns/checks/")
    page.get_by_label(collection).check()
    page.get_by_label("Its files").set_input_files(files)
    page.get_by_role("button", name="Check it").click()
