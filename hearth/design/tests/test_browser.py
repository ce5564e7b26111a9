"""Every component and the drafts, in a real browser."""

import shutil
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect

from hearth.design.tests import addresses

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore:Session-scoped fixtures:pytest.PytestRemovedIn10Warning"),
    pytest.mark.urls("hearth.design.tests.addresses"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


class Server(ThreadingMixIn, WSGIServer):
    """As many requests at once as the page makes."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log_message(self, *words):
        pass


# Long enough for a machine busy with other things: nothing waits longer than it must.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The test pages, served without a test's transaction: they write nothing."""
    with django_db_blocker.unblock():
        handler = StaticFilesHandler(get_wsgi_application())
        server = make_server("127.0.0.1", 0, handler, server_class=Server, handler_class=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _no_drafts():
    addresses.SAVED.clear()


@pytest.fixture
def complaints(page):
    """What the browser objects to: script errors, and what the security policy refused."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console", lambda line: found.append(line.text) if "Security Policy" in line.text else None
    )
    return found


def check(page):
    results = Axe().run(page)
    assert not results.response["violations"], results.generate_report()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(
    "address",
    [
        "/form/?as",
        "/record/?as",
        "/list/?as&page=4",
        "/desk/?as",
        "/decision/?as",
        "/cannot/",
        "/refuse/?many",
    ],
)
def test_a_page_can_be_used_by_everybody(page, site, complaints, address, width):
    page.set_viewport_size({"width": width, "height": 800})

    page.goto(site + address)
    expect(page.locator("body.govuk-frontend-supported")).to_be_visible()

    check(page)
    assert complaints == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_page_with_errors_can_be_used_by_everybody(page, site, complaints, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/form/?as")

    page.locator("#id_held_on_day").fill("31")
    page.get_by_role("button", name="Record the visit").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.locator("#id_held_on_day")).to_have_value("31")
    page.get_by_role("link", name="Enter the month and the year").click()
    expect(page.locator("#id_held_on_month")).to_be_focused()
    check(page)
    assert complaints == []


def test_a_page_works_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{site}/form/?as")
    page.locator("#id_name").fill("Done School")
    page.get_by_role("button", name="Record the visit").click()

    expect(page.get_by_text("Visit recorded")).to_be_visible()
    context.close()


def test_a_slash_goes_to_the_search_box_but_not_while_writing(page, site):
    page.goto(f"{site}/form/?as")

    page.locator("#id_name").press_sequentially("a/b")
    expect(page.locator("#id_name")).to_have_value("a/b")
    page.locator("h1").click()
    page.keyboard.press("/")

    expect(page.locator("#hearth-search")).to_be_focused()


def test_a_long_list_is_found_by_typing_and_never_answers_by_itself(page, site):
    page.goto(f"{site}/form/?as")
    box, chosen = page.locator("#id_ethnicity"), page.locator("#id_ethnicity-select")

    box.press_sequentially("gyp")
    page.locator(".autocomplete__option").first.click()
    expect(chosen).not_to_have_value("")
    box.fill("something else")
    expect(chosen).to_have_value("")
    box.press("Tab")
    expect(page.get_by_text("Nothing in the list is called “something else”")).to_be_visible()
    page.get_by_role("button", name="Record the visit").click()

    expect(box).to_be_focused()


def test_a_long_list_says_what_no_answer_means_and_only_then(page, site):
    page.goto(f"{site}/form/?as")
    page.evaluate(
        """() => { const list = document.createElement("div");
        list.innerHTML = `<label for="team">Team</label><select id="team" data-autocomplete>
        <option value="">The whole service</option><option value="1">North</option>
        <option value="2">South</option></select>`;
        document.querySelector("main").append(list);
        list.dispatchEvent(new CustomEvent("hearth:added", {bubbles: true})); }"""
    )
    box, options = page.locator("#team"), page.locator("#team__listbox .autocomplete__option")

    expect(page.locator("#id_ethnicity")).to_have_value("")
    expect(box).to_have_value("The whole service")
    box.click()
    expect(options).to_have_text(["The whole service", "North", "South"])
    options.nth(1).click()
    expect(page.locator("#team-select")).to_have_value("1")
    box.click()
    options.first.click()
    expect(page.locator("#team-select")).to_have_value("")
    expect(page.get_by_text("Nothing in the list")).to_have_count(0)


def test_a_date_pasted_whole_fills_its_boxes(page, site):
    page.goto(f"{site}/form/?as")

    page.locator("#id_held_on_day").evaluate(
        """box => { const data = new DataTransfer(); data.setData("text", "14 April 2026");
        box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true})); }"""
    )

    expect(page.locator("#id_held_on_month")).to_have_value("April")
    expect(page.locator("#id_held_on_year")).to_have_value("2026")


def test_what_is_typed_is_kept_here_at_once_and_there_within_five_seconds(page, site):
    page.goto(f"{site}/form/?as")
    status = page.locator("[data-draft-status]")

    page.locator("#id_happened").press_sequentially("Amy said")
    kept = page.evaluate("JSON.parse(localStorage.getItem('hearth-draft:7:visit')).fields.happened")
    expect(status).to_contain_text("Draft saved")

    assert kept == ["Amy said"]
    fields = addresses.SAVED["visit"]["fields"]
    assert fields["happened"] == ["Amy said"]
    assert "csrfmiddlewaretoken" not in fields
    assert "letter" not in fields


def test_a_draft_comes_back_says_how_old_it_is_and_can_be_discarded(page, site):
    page.goto(f"{site}/form/?as")
    page.locator("#id_happened").fill("Amy said")
    page.locator("#id_ethnicity").press_sequentially("white british")
    page.locator(".autocomplete__option").first.click()
    page.get_by_label("Yes").first.check()
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")

    page.reload()

    note = page.locator(".hearth-draft-note")
    expect(note).to_contain_text("written less than a minute ago")
    expect(page.locator("#id_happened")).to_have_value("Amy said")
    expect(page.locator("#id_ethnicity")).to_have_value("White British")
    expect(page.locator("#id_seen_alone_0")).to_be_checked()
    check(page)
    note.get_by_role("button").click()
    expect(page.locator("#id_happened")).to_have_value("")
    assert "visit" not in addresses.SAVED


def test_a_draft_left_in_mid_sentence_comes_back(page, site):
    page.goto(f"{site}/form/?as")
    page.locator("#id_happened").press_sequentially("Amy sai")

    page.goto(f"{site}/record/")
    page.goto(f"{site}/form/?as")

    expect(page.locator("#id_happened")).to_have_value("Amy sai")


def test_a_recorded_draft_is_forgotten(page, site):
    page.goto(f"{site}/form/?as")
    page.locator("#id_name").fill("Done School")

    page.get_by_role("button", name="Record the visit").click()

    expect(page.get_by_text("Visit recorded")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_without_a_connection_the_draft_is_kept_here_and_sent_later(page, site):
    page.goto(f"{site}/form/?as")
    status = page.locator("[data-draft-status]")

    page.context.set_offline(True)
    page.locator("#id_happened").fill("Amy said")
    expect(status).to_contain_text("Saved on this device only: no connection")
    page.context.set_offline(False)

    expect(status).to_contain_text("Draft saved")


def test_signed_out_the_draft_is_kept_and_saves_after_signing_in(page, site):
    page.goto(f"{site}/form/?as")
    status = page.locator("[data-draft-status]")

    addresses.SAVED["signed out"] = {"yes": True}
    page.locator("#id_happened").fill("Amy said")
    expect(status).to_contain_text("You are signed out")
    del addresses.SAVED["signed out"]
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(status).to_contain_text("Draft saved")
    assert addresses.SAVED["visit"]["fields"]["happened"] == ["Amy said"]


def test_two_versions_are_shown_and_the_worker_chooses(page, site):
    page.goto(f"{site}/form/?as")
    fields = {"happened": ["Theirs <b>"], "name": ["Their school"], "where": ["school"]}
    addresses.SAVED["visit"] = {
        "version": 5, "fields": fields, "at": "2026-04-14T16:20:00Z", "by": "Sam Reed",
    }  # fmt: skip

    page.locator("#id_happened").fill("Mine")
    panel = page.locator("#hearth-clash")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("Theirs <b>")
    expect(panel).to_contain_text("At school")
    check(page)
    page.get_by_role("button", name="Record the visit").click()
    expect(panel).to_be_focused()
    for question, choice in [("school called", "Sam"), ("happened", "Keep"), ("seen?", "Sam")]:
        group = panel.locator("fieldset", has=page.locator("legend", has_text=question))
        group.get_by_label(choice).check()
    page.get_by_role("button", name="Use these").click()

    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")
    expect(page.locator("#id_name")).to_have_value("Their school")
    expect(page.locator("#id_happened")).to_have_value("Mine")
    expect(page.locator("#id_where_1")).to_be_checked()


def test_another_workers_drafts_are_not_left_on_a_shared_computer(page, site):
    page.goto(f"{site}/record/")
    page.evaluate("localStorage.setItem('hearth-draft:9:visit', '{}')")
    assert page.evaluate("localStorage.length") == 1

    page.goto(f"{site}/record/?as")

    page.wait_for_function("localStorage.length === 0")


def test_a_printed_page_says_what_it_is_and_who_printed_it(page, site):
    page.goto(f"{site}/record/")

    page.emulate_media(media="print")

    expect(page.locator(".hearth-printed")).to_contain_text("OFFICIAL-SENSITIVE")
    expect(page.locator(".hearth-header")).to_be_hidden()
    expect(page.locator(".govuk-details__text")).to_be_visible()
