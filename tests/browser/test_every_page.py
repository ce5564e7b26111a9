"""Every page there is, opened in a browser by somebody who may: wide, on a phone, and on paper.

To look at them all, keep a picture of each: HEARTH_PICTURES=FOLDER script/test browser
tests/browser/test_every_page.py
"""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.harness import ROOT, _environment, watch

pytestmark = pytest.mark.browser

WIDE, PHONE = 1280, 320
PICTURES = os.environ.get("HEARTH_PICTURES")
# Addresses that show nothing to a worker who opens them, for these reasons.
NO_PAGE = {
    "takes what is sent": {
        "accounts:sign_out_everywhere",
        "accounts:read_notice",
        "accounts:decide_roles",
        "records:save_draft",
        "records:send_visit",
        "front_door:match_child",
        "front_door:create_reported_child",
        "front_door:confirm_siblings",
        "returns:delete_check",
        "returns:check_build",
        "quality:look_again",
        "quality:withdraw_note",
    },
    "gives a file, or an answer to a script": {
        "returns:download_import",
        "returns:check_as_csv",
        "returns:check_as_excel",
        "returns:download_build",
        "returns:download_reconciliation",
        "accounts:session",
        "records:print_chronology",
        "records:download_document",
        "assessments:print_assessment",
    },
    "sends back to the page it belongs to": {
        "records:mark_note_read",
        "records:mark_visit_read",
        "records:scan_again",
        "front_door:match_children",
        "front_door:answer_advice",
        "supervision:bring_back",
        "casework:allocate_children",
        "family_help:begin_plan",
        "plans:visit_asked_for",
        "protection:conference_of_task",
        "supervision:mine",
    },
    "asks for the password again, or a second factor, first": {
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
    },
}
# Open to whoever works here: their own account, and who works beside them.
OPEN_TO_ALL = {
    "desk:home",
    "desk:work",
    "accounts:account",
    "accounts:notices",
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "mfa_index",
    "mfa_list_webauthn",
    "casework:how_work_flows",
    "casework:weights",
    "casework:local_limits",
    "quality:checks",
    "workforce:staff_list",
    "workforce:staff",
    "workforce:teams",
    "workforce:team",
}
# But for what a draft says of itself: drafts are kept by scripts, and another test may leave one.
WORDS = "main :is(h1,h2,h3,p,dt,dd,th,td,legend,label,summary):not(.hearth-draft-note *)"
LOOK = """words => {
  const text = each => each.textContent.replace(/\\s+/g, ' ').trim();
  const shown = each => each.checkVisibility({visibilityProperty: true});
  return {
    title: document.title,
    headings: [...document.querySelectorAll('h1')].filter(shown).map(text),
    skip: document.querySelector('a.govuk-skip-link')?.getAttribute('href'),
    main: !!document.querySelector('main#main-content'),
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    words: [...document.querySelectorAll(words)].filter(shown).map(text).filter(Boolean),
  }
}"""
# What the page says to a browser that runs no scripts: as it was sent.
SENT = """([page, words]) => {
  const text = each => each.textContent.replace(/\\s+/g, ' ').trim();
  const sent = new DOMParser().parseFromString(page, 'text/html');
  return [...sent.querySelectorAll(words)].filter(each => !each.closest('[hidden]')).map(text);
}"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
AXE = f"""async () => {{
  {AXE_SCRIPT}
  return (await axe.run(document, {{resultTypes: ['violations']}})).violations
}}"""
ON_PAPER = """() => [...document.querySelectorAll(
  'header.hearth-header, .hearth-ways, .hearth-side, .govuk-skip-link, .govuk-pagination'
)].filter(each => each.checkVisibility()).map(each => each.className)"""


@pytest.fixture(scope="session")
def found(server):
    """Every page, with somebody who may open it and somebody who may not.

    Once for the session: pytest may leave a module and come back to it, and what is made here is
    made in a database that others use.
    """
    command = "import django; django.setup(); from tests.browser import find_pages as f; f.main()"
    told = subprocess.run(
        [sys.executable, "-c", command],
        cwd=ROOT,
        env=_environment(server.database, DJANGO_SETTINGS_MODULE="hearth.config.settings"),
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(told.stdout)


@pytest.fixture(scope="session")
def pages(found):
    return found["pages"]


def visitor(server, browser, session):
    """A window of somebody who has signed in."""
    context = browser.new_context(
        base_url=server.address, viewport={"width": WIDE, "height": 900}, locale="en-GB"
    )
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.address}])
    return context


def test_every_address_opens_a_page_for_somebody_or_is_known_to_be_none(found):
    nothing = {name for names in NO_PAGE.values() for name in names}

    assert {name: why for name, why in found["others"].items() if name not in nothing} == {}


def test_every_page_refuses_somebody_or_is_open_to_all_who_sign_in(pages):
    opened = {page["name"] for page in pages if page["answer"] not in {403, 404}}

    assert opened <= OPEN_TO_ALL


def test_every_page_is_whole_wide_on_a_phone_and_on_paper(server, browser, pages):
    wrong = []
    by_worker = sorted(pages, key=lambda each: each["session"])
    for session, theirs in groupby(by_worker, key=lambda each: each["session"]):
        context = visitor(server, browser, session)
        window = context.new_page()
        complaints = heard(window)
        for page in theirs:
            wrong += [f"{page['name']} {page['address']}: {what}" for what in faults(window, page)]
            wrong += [f"{page['name']} says {words}" for words in complaints]
            complaints.clear()
        context.close()
    assert not wrong, "\n" + "\n".join(wrong)


def heard(window):
    """All that the browser complains of, as it does so."""
    complaints = watch(window)
    window.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    return complaints


def faults(window, page):
    """What is wrong with a page."""
    window.set_viewport_size({"width": WIDE, "height": 900})
    answer = window.goto(page["address"])
    if answer.status != 200 or not window.url.endswith(page["address"]):
        yield f"opens {window.url} ({answer.status})"
        return
    seen = window.evaluate(LOOK, WORDS)
    yield from of_shape(seen)
    yield from of_axe(window)
    picture(window, page, WIDE)
    window.set_viewport_size({"width": PHONE, "height": 900})
    if wider := window.evaluate(TOO_WIDE):
        yield f"{wider} pixels too wide for a phone"
    picture(window, page, PHONE)
    window.emulate_media(media="print")
    if still := window.evaluate(ON_PAPER):
        yield f"prints {still}"
    window.emulate_media(media="screen")
    sent = Counter(window.evaluate(SENT, [answer.text(), WORDS]))
    if lost := Counter(seen["words"]) - sent:
        yield f"without scripts lacks {list(lost)[:5]}"


def of_shape(seen):
    if len(seen["headings"]) != 1:
        yield f"has the headings {seen['headings']}"
    if not re.fullmatch(r".{3,} \u2013 Hearth", seen["title"]):
        yield f"is titled {seen['title']!r}"
    if seen["skip"] != "#main-content" or not seen["main"]:
        yield "has no way to skip to what matters"
    if seen["wider"] > 0:
        yield "is too wide"


def of_axe(window):
    for fault in window.evaluate(AXE):
        where = [node["html"][:200] for node in fault["nodes"][:3]]
        yield f"axe: {fault['help']}: {where}"


def picture(window, page, width):
    """Keep what it looks like, if somebody wants to see."""
    if PICTURES:
        name = re.sub(r"\W+", "-", page["name"] + page["address"].split("?")[0])
        path = Path(PICTURES) / f"{name}{page['role']}-{width}.png"
        window.screenshot(path=path, full_page=True)
