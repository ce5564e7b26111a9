"""hearth build: a statutory return made from the record."""

import json
from datetime import date

import pytest

from hearth.casework.tests.factories import EpisodeFactory
from hearth.cli.main import main
from hearth.people.tests.factories import ChildFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(settings, tmp_path, monkeypatch, capsys):
    settings.DOCUMENTS = tmp_path / "documents"
    monkeypatch.setattr("hearth.config.database.refuse_unready", lambda: None)
    child = ChildFactory.create(la_child_id="A1")
    ChildFactory.create(la_child_id="A2")
    EpisodeFactory.create(child=child, started_on=date(2025, 6, 2))

    def ask(*words):
        code = main(["build", "cin", "--year", "2026", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ask


def test_a_census_is_built_with_its_reconciliation(asked, tmp_path):
    file, left_out = tmp_path / "census.xml", tmp_path / "left-out.csv"

    code, said, _ = asked("--output", str(file), "--reconciliation", str(left_out))

    assert code == 1
    assert "Children: 1 in the file, 1 with nothing in the year" in said
    assert "The rules of 2026 find" in said
    assert b"<LAchildID>A1</LAchildID>" in file.read_bytes()
    assert "A2,Nothing of theirs is in the year," in left_out.read_text()


def test_the_moment_said_builds_the_same_file_again(asked, tmp_path):
    _, told, _ = asked("--output", str(tmp_path / "1.xml"), "--json")
    moment = json.loads(told)["as_at"]

    asked("--output", str(tmp_path / "2.xml"), "--as-at", moment)
    asked("--output", str(tmp_path / "3.xml"), "--dated", "2026-07-01T12:00")

    assert (tmp_path / "1.xml").read_bytes() == (tmp_path / "2.xml").read_bytes()
    assert "<DateTime>2026-07-01T12:00:00</DateTime>" in (tmp_path / "3.xml").read_text()


def test_a_file_that_is_there_is_not_written_over(asked, tmp_path):
    (tmp_path / "census.xml").write_text("ours")

    code, _, why = asked("--output", str(tmp_path / "census.xml"))

    assert (code, (tmp_path / "census.xml").read_text()) == (2, "ours")
    assert "is there already" in why


def test_a_moment_that_is_none_is_refused(asked):
    with pytest.raises(SystemExit):
        asked("--output", "x.xml", "--as-at", "last July")
