"""Nothing typed is ever lost: each way of losing it, tried in a real browser."""

import os
import shutil
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Error, expect

from hearth.accounts.actions import create_worker
from hearth.accounts.roles import Role
from hearth.config.testing import hearth_itself
from hearth.people.tests.factories import ChildFactory
from hearth.records import actions
from hearth.records.models import CaseNote, Draft
from hearth.workforce.tests.factories import StaffFactory

CHROMIUM = shutil.which("chromium")
PASSWORD = "amber basket candle daisy"
HALF = "She said that at night he"
REST = " listens for the door"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture
def child():
    return ChildFactory.create(given_names="Ade", family_name="Quill")


def worker(name):
    """Somebody who can sign in."""
    made = create_worker(
        email=f"{name.lower()}@fenbridge.example",
        first_name=name,
        last_name="Ashdown",
        roles=[Role.SOCIAL_WORKER],
        password=PASSWORD,
        by=hearth_itself(),
    )
    StaffFactory.create(user=made, registered=True)
    return made


@pytest.fixture
def amara():
    return worker("Amara")


@pytest.fixture
def bryony():
    return worker("Bryony")


@pytest.fixture
def note_page(live_server, child):
    return f"{live_server.url}/children/{child.pk}/notes/record/"


def sign_in(page, address, who):
    """Open a page, through the sign-in page it leads to."""
    page.goto(address)
    page.locator("[name=login]").fill(who.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(address)


def said(page):
    return page.locator("[data-draft-status]")


def words(page):
    return page.get_by_label("What is there to say?")


def saved(page):
    expect(said(page)).to_contain_text("Draft saved")


def kept_words(who):
    """What the server holds of what they typed."""
    draft = Draft.objects.unfinished().filter(worker=who).first()
    return "".join(draft.fields.get("text", [])) if draft else None


def sign_everybody_out():
    Session.objects.all().delete()


# The browser is killed


@contextmanager
def window(playwright, folder):
    """A browser that keeps what it stores in a folder, and can be killed."""
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
    )
    try:
        yield context.pages[0]
    finally:
        with suppress(Error):  # when it was killed
            context.close()


def kill(folder):
    """End the browser whose folder this is as a crash would: no page hears of it."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={folder}".encode() in command:
            with suppress(ProcessLookupError):
                os.kill(int(place.name), signal.SIGKILL)


def test_what_was_typed_is_there_after_the_browser_was_killed(
    playwright, tmp_path, note_page, amara
):
    with window(playwright, tmp_path / "browser") as page:
        sign_in(page, note_page, amara)
        words(page).press_sequentially(HALF)
        saved(page)
        kill(tmp_path / "browser")

    with window(playwright, tmp_path / "another") as page:
        sign_in(page, note_page, amara)

        expect(words(page)).to_have_value(HALF)
        expect(page.get_by_text("This form has a draft in it")).to_be_visible()


def test_every_key_is_on_the_server_within_five_seconds_however_long_one_types(
    page, note_page, amara
):
    sign_in(page, note_page, amara)
    began = time.monotonic()
    while time.monotonic() - began < 5:
        words(page).press_sequentially("on and on ", delay=20)

    assert (kept_words(amara) or "").startswith("on and on on and on")
    saved(page)


def test_what_was_typed_is_there_after_the_page_is_closed_at_once(context, note_page, amara):
    page = context.new_page()
    sign_in(page, note_page, amara)
    words(page).fill(HALF)
    page.close()

    again = context.new_page()
    again.goto(note_page)

    expect(words(again)).to_have_value(HALF)


# The session ends


def test_typing_goes_on_signed_out_and_is_saved_after_signing_in_elsewhere(
    context, page, note_page, live_server, amara
):
    sign_in(page, note_page, amara)
    words(page).press_sequentially(HALF)
    saved(page)
    sign_everybody_out()

    words(page).press_sequentially(REST)
    expect(said(page)).to_contain_text("You are signed out")
    assert kept_words(amara) == HALF
    other = context.new_page()
    sign_in(other, f"{live_server.url}/", amara)
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    saved(page)

    assert kept_words(amara) == HALF + REST
    page.get_by_label("What happened, in one line?").fill("Call with the school")
    page.get_by_label("What kind of note is it?").select_option("phone")
    page.get_by_role("button", name="Record the note").click()
    expect(page.get_by_text("Note recorded")).to_be_visible()
    assert CaseNote.objects.get().text == HALF + REST


def test_a_form_sent_signed_out_is_there_again_after_signing_in(page, note_page, amara):
    sign_in(page, note_page, amara)
    page.get_by_label("What happened, in one line?").fill("Call with the school")
    words(page).fill(HALF)
    sign_everybody_out()
    page.get_by_role("button", name="Record the note").click()

    page.locator("[name=login]").fill(amara.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(note_page)

    expect(words(page)).to_have_value(HALF)
    expect(page.get_by_label("What happened, in one line?")).to_have_value("Call with the school")


# The network goes


def test_typing_goes_on_without_a_network_and_is_saved_when_it_is_back(
    context, page, note_page, amara
):
    sign_in(page, note_page, amara)
    context.set_offline(True)
    words(page).press_sequentially(HALF)
    expect(said(page)).to_contain_text("Saved on this device only")
    assert kept_words(amara) is None

    context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    saved(page)
    assert kept_words(amara) == HALF


def test_a_page_closed_without_a_network_has_its_words_when_it_is_opened_again(
    context, note_page, amara
):
    page = context.new_page()
    sign_in(page, note_page, amara)
    context.set_offline(True)
    words(page).press_sequentially(HALF)
    expect(said(page)).to_contain_text("Saved on this device only")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(note_page)

    expect(words(again)).to_have_value(HALF)
    saved(again)
    assert kept_words(amara) == HALF


def test_what_was_saved_while_the_page_was_on_its_way_is_in_it(context, page, note_page, amara):
    sign_in(page, note_page, amara)
    on_its_way = context.request.get(note_page).text()
    words(page).fill(HALF)
    saved(page)
    page.route(note_page, lambda asked: asked.fulfill(body=on_its_way, content_type="text/html"))
    page.goto("about:blank")
    page.goto(note_page)

    expect(words(page)).to_have_value(HALF)
    words(page).press_sequentially(REST)
    saved(page)
    expect(page.locator("#hearth-clash")).to_have_count(0)
    assert kept_words(amara) == HALF + REST


# Two write at once


@pytest.fixture
def planned(child, amara):
    return actions.plan_visit(
        children=[child],
        kind="joint",
        planned_on=timezone.localdate(),
        worker=amara,
        by=amara,
    )


def test_two_who_write_up_one_visit_are_shown_both_texts_and_choose(
    browser, live_server, planned, amara, bryony
):
    address = f"{live_server.url}/visits/{planned.pk}/record/"
    hers, mine = browser.new_page(), browser.new_page()
    account = "What happened, and what was said?"
    sign_in(hers, address, amara)
    sign_in(mine, address, bryony)

    hers.get_by_label(account).fill("Their mother let us in.")
    saved(hers)
    mine.get_by_label(account).fill("Nobody wanted us there.")
    clash = mine.locator("#hearth-clash")
    expect(clash).to_be_visible()

    expect(clash).to_contain_text("Amara Ashdown changed this too")
    expect(clash).to_contain_text("Their mother let us in.")
    expect(clash).to_contain_text("Nobody wanted us there.")
    for choice in clash.get_by_label("Keep mine").all():
        choice.check()
    clash.get_by_role("button", name="Use these").click()
    saved(mine)
    texts = {draft.worker: draft.fields["account"] for draft in Draft.objects.unfinished().filter()}
    assert texts == {amara: ["Their mother let us in."], bryony: ["Nobody wanted us there."]}
    hers.context.close()
    mine.context.close()


def test_two_windows_of_one_worker_are_shown_both_texts(context, note_page, amara):
    here, there = context.new_page(), context.new_page()
    sign_in(here, note_page, amara)
    there.goto(note_page)
    words(here).fill("Written here")
    saved(here)

    words(there).fill("Written there")

    clash = there.locator("#hearth-clash")
    expect(clash).to_be_visible()
    expect(clash).to_contain_text("Written here")
    expect(clash).to_contain_text("Written there")


# It is sent and is not right


def test_a_form_that_is_not_right_keeps_every_word(page, note_page, amara):
    sign_in(page, note_page, amara)
    words(page).fill(HALF)
    page.get_by_label("Private to Ade").fill("Only his.")
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month", exact=True).fill("2")
    page.get_by_role("button", name="Record the note").click()

    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    expect(words(page)).to_have_value(HALF)
    expect(page.get_by_label("Private to Ade")).to_have_value("Only his.")
    expect(page.get_by_label("Day", exact=True)).to_have_value("31")
    page.reload()


def test_what_was_sent_is_forgotten_and_the_next_form_is_empty(page, note_page, amara):
    sign_in(page, note_page, amara)
    words(page).fill(HALF)
    page.get_by_label("What happened, in one line?").fill("Call with the school")
    page.get_by_label("What kind of note is it?").select_option("phone")
    saved(page)
    page.get_by_role("button", name="Record the note").click()
    expect(page.get_by_text("Note recorded")).to_be_visible()

    page.goto(note_page)

    expect(words(page)).to_have_value("")
    assert kept_words(amara) is None


# Somebody else sits down


def test_on_a_shared_computer_the_next_worker_finds_nothing_of_the_last_ones(
    page, note_page, live_server, amara, bryony
):
    sign_in(page, note_page, amara)
    words(page).fill(HALF)
    saved(page)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()

    sign_in(page, note_page, bryony)

    expect(words(page)).to_have_value("")
    assert HALF not in page.content()
    assert HALF not in page.evaluate("JSON.stringify(localStorage)")
    assert kept_words(amara) == HALF
