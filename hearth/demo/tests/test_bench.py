"""The benchmark runs on a handful of records, and says what it measured. It asserts no time."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.demo import borough
from hearth.demo.bench import figures, runs

pytestmark = pytest.mark.django_db
FEW = runs.Run(users=7, seconds=0, think=0, each=1)


def test_pages_and_forms_are_walked_and_their_figures_said():
    borough.small(
        12,
        seed=1,
        today=timezone.localdate() + timedelta(days=1),
        password="quiet river lantern",
        say=lambda _line: None,
    )
    set_worker(hearth_itself())

    pages = runs.pages(FEW, None)
    saves = runs.saves(FEW, None)

    assert {"child", "chronology", "desk", "search", "work list"} <= {f.name for f in pages}
    assert {"save a case note", "save a visit", "save a contact"} <= {f.name for f in saves}
    assert not [failed for found in (*pages, *saves) for failed in found.failed]
    check_said(pages)


def check_said(pages):
    """As a table for people, and a line of JSON for each."""
    kept = figures.as_json(pages, size="here")
    assert {json.loads(line)["name"] for line in kept.splitlines()} == {f.name for f in pages}
    assert any("1.00" in line for line in figures.growth(kept, kept))
    assert len(figures.lines(pages, "pages")) >= len(pages)


def test_a_percentile_of_one_is_itself():
    assert figures.percentile([12.0], 95) == 12.0
    assert figures.percentile([1.0, 2.0, 3.0], 50) == 2.0
