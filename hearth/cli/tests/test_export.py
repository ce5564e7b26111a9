"""The trail can be taken out for an auditor, and that too is on the trail."""

import json
import stat

import pytest

from hearth.accounts import trail
from hearth.accounts.models import TrailEvent
from hearth.accounts.tests.factories import UserFactory
from hearth.cli.main import OK, UNUSABLE, main
from hearth.config.testing import hearth_itself
from hearth.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def exported(path, *more):
    assert main(["export", "trail", str(path), *more]) == OK
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_every_event_is_a_line_with_its_reason_and_only_we_can_read_it(tmp_path):
    worker, child = UserFactory.create(), PersonFactory.create()
    trail.record("Looked", child, by=worker, reason="Duty call: naïve")
    file = tmp_path / "trail.jsonl"

    events = exported(file)

    assert (events[-1]["what"], events[-1]["about"]) == ("Looked", [child.pk])
    assert events[-1]["reason"] == "Duty call: naïve"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    last = TrailEvent.objects.latest("id")
    assert (last.what, last.by_id) == ("Exported the trail", hearth_itself().pk)


def test_it_can_be_one_persons_and_one_periods(tmp_path):
    worker, child, other = UserFactory.create(), PersonFactory.create(), PersonFactory.create()
    trail.record("Looked", child, by=worker)
    trail.record("Looked", other, by=worker)

    about = exported(tmp_path / "one.jsonl", "--about", str(child.pk))

    assert {event["subject"] for event in about if event["what"] == "Looked"} == {
        f"people.Person:{child.pk}"
    }
    assert exported(tmp_path / "before.jsonl", "--to", "2001-01-01") == []


def test_nothing_is_written_over_and_days_are_the_right_way_round(tmp_path, capsys):
    file = tmp_path / "trail.jsonl"
    file.write_text("mine")

    assert main(["export", "trail", str(file)]) == UNUSABLE
    assert file.read_text() == "mine"
    days = ["--from", "2026-02-01", "--to", "2026-01-01"]
    assert main(["export", "trail", str(tmp_path / "x"), *days]) == UNUSABLE
    assert not (tmp_path / "x").exists()
    assert "Nothing was written" in capsys.readouterr().err
