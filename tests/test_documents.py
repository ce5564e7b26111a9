"""The documents we commit say what the code does, and what is written can be read."""

import re

import pytest
from django.urls import resolve

from hearth.accounts.policy import POLICIES
from hearth.casework.process import PROCESSES, STEPS
from hearth.casework.timescales import TIMESCALES
from hearth.cli import documents
from tests.code import MODULES, ROOT

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


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_document_links_to_what_is_there(path):
    local = [link for link, _ in LINK.findall(path.read_text()) if ":" not in link]

    missing = {link for link in local if not (path.parent / link).exists()}
    assert missing == set()


# Read by the tests, or by one process of ours from another: nobody sets these.
OUR_OWN = {"HEARTH_AS", "HEARTH_DATABASE", "HEARTH_EMBEDDED", "PYTEST_XDIST_WORKER", "PYTHONPATH"}
# Read by the scripts' installers and by our messages, not by Hearth.
INSTALLERS = {"PIP_INDEX_URL", "UV_INDEX_URL", "NPM_CONFIG_REGISTRY", "PYTHON", "PATH"}
READS = re.compile(r'(?:environ(?:ment)?(?:\.get)?[\[(]|_on\()\s*"([A-Z][A-Z_]+)"')
OPERATIONS = ROOT / "docs/operations.md"
ADDRESS = re.compile(r"`(/[a-zA-Z/-]*)`")


def test_every_setting_that_is_read_is_documented_and_no_other():
    code = [path for path in MODULES if "tests" not in path.parts]
    read = {name for path in code for name in READS.findall(path.read_text())}
    told = re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS.read_text(), re.MULTILINE)

    assert set(told) == read - OUR_OWN - INSTALLERS
    assert len(told) == len(set(told))


GUIDES = sorted((ROOT / "docs/guide").glob("*.md"))


def test_every_guide_is_in_the_index_and_names_only_pages_that_exist():
    index = (ROOT / "docs/guide/README.md").read_text()

    for guide in GUIDES:
        named = ADDRESS.findall(guide.read_text())
        assert all(resolve(address.replace("NUMBER", "1")) for address in named), guide.name
        assert guide.name == "README.md" or f"({guide.name})" in index
