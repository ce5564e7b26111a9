"""A real server, a real browser, and the helpers that journeys are written with.

The server is `hearth serve`, as script/server runs it, on a database copied from a template that
is made once; a test that needs one to itself takes `own_server`.

    def test_a_screening_officer_records_a_contact(server, sign_in, axe):
        page = sign_in(Role.SCREENING_OFFICER)
        steps = Steps(page)
        steps.click(page.get_by_role("link", name="Record a contact"))
        axe(page, "record-contact")
        assert steps.count <= 10
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect
from psycopg.rows import dict_row

ROOT = Path(__file__).resolve().parent.parent.parent
# A folder for a picture of each page that journeys stop at; by default none is taken.
PICTURES = os.environ.get("HEARTH_PICTURES")
TEMPLATE = "hearth_browser_template"
# What a server starts with: nobody, the workers alone, or a borough lived in for two years. Each is
# made once, on a copy of the one before it.
MADE_BY = {
    "empty": ["hearth", "make-ready"],
    "staffed": ["tests.browser.staffed"],
    "borough": ["hearth", "demo", "--size", "small", "--seed", "1"],
}
MADE_FROM = {"staffed": "empty", "borough": "empty"}
PASSWORD = "amber basket candle daisy"
STYLES = ROOT / "hearth/design/static/vendor/made-from"
WIDTHS = (1280, 320)
STARTS_WITHIN = 180
# Long enough for a machine busy with other things: nothing waits longer than it must.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


@dataclass
class Server:
    """A running Hearth: where it is, and which database it uses."""

    address: str
    database: str
    process: subprocess.Popen

    def ask(self, sql, *values):
        """Rows of its database, read as the owner: what a page cannot show."""
        with _owner(self.database) as connection:
            return connection.execute(sql, values).fetchall()

    def email_of(self, role):
        """The address of the first worker who holds a role."""
        found = self.ask(
            "SELECT email FROM accounts_user WHERE %s = ANY (roles) AND is_active ORDER BY id", role
        )
        return found[0]["email"]

    def stop(self, how=signal.SIGTERM):
        """Stop it, and wait until it has."""
        self.process.send_signal(how)
        self.process.wait(30)


class Steps:
    """Counts what a worker does by hand: a click, a key, a choice, or one field completed."""

    def __init__(self, page):
        self.page = page
        self.count = 0

    def click(self, target):
        self.count += 1
        target.click()

    def choose(self, target, option=None):
        """Tick or pick one answer: a radio button or checkbox, or an option of a list."""
        self.count += 1
        target.check() if option is None else target.select_option(option)

    def fill(self, target, text):
        """Complete one field; a paragraph counts as one."""
        self.count += 1
        target.fill(text)

    def fill_date(self, group, day):
        """Complete a date: its day, month and year are one field."""
        self.count += 1
        for label, part in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
            group.get_by_label(label).fill(str(part))

    def pick(self, target, words):
        """Type into a list and take what it offers: one answer."""
        self.count += 1
        target.fill(words)
        self.page.get_by_role("option", name=words).first.click()

    def press(self, key):
        self.count += 1
        self.page.keyboard.press(key)


def pytest_collection_modifyitems(items):
    """Leave out browser tests where there is no browser, unless this is continuous integration."""
    if CHROMIUM or os.environ.get("CI"):
        return
    why = pytest.mark.skip(reason="Chromium is not installed: apt-get install chromium")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(why)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Debian's Chromium: Playwright's own cannot be downloaded everywhere."""
    quiet = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": quiet}


@pytest.fixture(scope="session")
def server():
    """A Hearth for the whole session. Its workers are invented, one for each role at the least."""
    with running() as started:
        yield started


@pytest.fixture
def own_server():
    """A Hearth for one test alone: to stop, to kill, or to fill."""
    with running() as started:
        yield started


@pytest.fixture
def sign_in(server, browser):
    """Open a worker's own window, signed in, by role, or by email where it must be that one."""
    contexts = []

    def enter(role, *, at=None, email="", width=1280, **how):
        at = at or server
        contexts.append(
            browser.new_context(
                base_url=at.address, viewport={"width": width, "height": 900}, locale="en-GB", **how
            )
        )
        page = contexts[-1].new_page()
        page.complaints = watch(page)
        page.set_default_timeout(PATIENCE)
        page.goto("/")
        page.locator("[name=login]").fill(email or at.email_of(role))
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(f"{at.address}/")
        return page

    yield enter
    for context in contexts:
        context.close()


@pytest.fixture
def axe():
    """Fail if this page cannot be used by everybody, wide or narrow; picture it if asked to."""
    return usable_by_everybody


def usable_by_everybody(page, name=None):
    """No fault that axe finds, nothing wider than the window, at each width; pictures if asked."""
    from axe_playwright_python.base import AXE_SCRIPT, AxeResults

    was = page.viewport_size
    page.evaluate(AXE_SCRIPT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        results = AxeResults(page.evaluate("axe.run(document, {resultTypes: ['violations']})"))
        assert not results.response["violations"], f"{width}px: {results.generate_report()}"
        wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, f"{page.url} is wider than {width}px"
        if name and PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size(was)
    assert getattr(page, "complaints", []) == []


def all_kept(page):
    """Wait until the server has every word that was typed into this page's form."""
    wait = """async patience => {
      const { draftKey } = document.querySelector('form[data-draft-key]').dataset;
      const key = `hearth-draft:${document.body.dataset.user}:${draftKey}`;
      const until = Date.now() + patience;
      const sent = () => JSON.parse(localStorage.getItem(key))?.sent;
      while (!sent() && Date.now() < until) await new Promise(each => setTimeout(each, 50));
      return sent();
    }"""
    assert page.evaluate(wait, PATIENCE), "What was typed was not saved"


def watch(page):
    """What the browser objects to: script errors, and what the security policy refused."""
    found = []
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on(
        "console", lambda line: found.append(line.text) if "Security Policy" in line.text else None
    )
    return found


@contextmanager
def running(holding="borough", *, worker=False, **environment):
    """Hearth on a free port and a database of its own, until the end of the block."""
    assert STYLES.exists(), "There are no style sheets to walk with: run script/assets"
    database = f"hearth_browser_{os.getpid()}_{time.monotonic_ns() % 10**9}"
    copy_template(database, holding)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "hearth", "serve", *([] if worker else ["--no-worker"])],
        cwd=ROOT,
        env=_environment(database, PORT=str(port), HEARTH_WEB_PROCESSES="1", **environment),
        stdout=subprocess.DEVNULL,
    )
    started = Server(f"http://127.0.0.1:{port}", database, process)
    try:
        _wait_for(started)
        yield started
    finally:
        if process.poll() is None:
            started.stop()
        with _owner("postgres") as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


def copy_template(database, holding="borough"):
    """A database made ready and peopled once, and copied in a moment ever after."""
    (ROOT / ".local").mkdir(exist_ok=True)
    with (ROOT / ".local/browser-database.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with _owner("postgres") as connection:
            template = _template(connection, holding)
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')


def _template(connection, holding):
    """The name of a database to copy; it is made, and those of older code are dropped."""
    print_of_code = _fingerprint()
    wanted = f"{TEMPLATE}_{holding}_{print_of_code}"
    found = {row["datname"] for row in connection.execute("SELECT datname FROM pg_database")}
    for name in found:
        if name.startswith(TEMPLATE) and not name.endswith(print_of_code):
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    if wanted not in found:
        making = f"{TEMPLATE}_making"
        if holding in MADE_FROM:
            whole = _template(connection, MADE_FROM[holding])
            connection.execute(f'CREATE DATABASE "{making}" TEMPLATE "{whole}"')
        command = [sys.executable, "-m", *MADE_BY[holding]]
        about = _environment(making)
        subprocess.run(command, cwd=ROOT, env=about, check=True, stdout=subprocess.DEVNULL)
        connection.execute(f'ALTER DATABASE "{making}" RENAME TO "{wanted}"')
    return wanted


def _fingerprint():
    """Changes with the code that invents the borough, and all that it rests on."""
    pages = re.compile(r"/(tests|forms|views|templates|static|cli)/|/(forms|views|urls)\.py$")
    digest = hashlib.sha256()
    for file in sorted((ROOT / "hearth").rglob("*.py")):
        if not pages.search(str(file)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _environment(database, **more):
    """The server's surroundings: this run's own, with its database and the invented password."""
    ours = {"HEARTH_DATABASE": database, "HEARTH_DEMO_PASSWORD": PASSWORD, "HEARTH_AS": ""}
    return {**os.environ, **ours, **more}


def _owner(database):
    """The owner's connection to a database beside ours."""
    from hearth.config.postgres import database_url, parse

    place = parse(database_url())
    return psycopg.connect(
        host=place["HOST"],
        port=place["PORT"] or None,
        user=place["USER"],
        password=place["PASSWORD"] or None,
        dbname=database,
        autocommit=True,
        row_factory=dict_row,
    )


def _wait_for(server):
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        assert server.process.poll() is None, "The server ended instead of starting"
        try:
            with urllib.request.urlopen(server.address + "/health/", timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"The server did not answer in {STARTS_WITHIN} seconds")
