"""The documents we commit say what the code does, and what is written can be read."""

import re

import pytest

from hearth.accounts.policy import POLICIES
from hearth.casework.process import PROCESSES, STEPS
from hearth.casework.timescales import TIMESCALES
from hearth.cli import documents
from tests.code import ROOT

WRITERS = {"processes": documents.processes, "access": documents.access}
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")], key=str)
LINK = re.compile(r"\[[^\]]+\]\(([^)#\s]+)(#[^)]*)?\)")


@pytest.mark.parametrize("name", WRITERS)
def test_a_generated_document_is_up_to_date(name):
    kept = ROOT / "docs/generated" / f"{name}.md"

    assert kept.read_text() == WRITERS[name](), f"script/hearth describe {name} --write"


def test_every_step_and_time_limit_is_described():
    written = documents.processes()

    assert all(process.name in written for process in PROCESSES)
    assert all(step.name in written for step in STEPS.values())
    assert all(f"`{key}`" in written for key in TIMESCALES)


def test_every_policy_is_described():
    written = documents.access()

    assert all(f"(`{key}`)" in written for key in POLICIES)


# Linked to, and still to be written: an entry no longer true fails the build.
TO_WRITE = {
    "SECURITY.md",
    "docs/images/desk.png",
    "docs/guide/README.md",
    "docs/operations.md",
    "docs/security.md",
    "docs/performance.md",
}


def test_what_is_still_to_be_written_is_not_there():
    assert [path for path in TO_WRITE if (ROOT / path).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_links_to_what_is_there(path):
    local = [link for link, _ in LINK.findall(path.read_text()) if ":" not in link]

    missing = {link for link in local if not (path.parent / link).exists()}
    assert missing - TO_WRITE == set()
