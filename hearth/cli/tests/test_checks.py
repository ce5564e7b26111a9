"""hearth checks: every check looks at every open case, and what is found is counted."""

import json

import pytest
from django.utils import timezone

from hearth.casework.checks import CHECKS
from hearth.cli.main import main
from hearth.quality.models import Alert
from hearth.quality.tests.stories import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(monkeypatch, capsys):
    monkeypatch.setattr("hearth.config.database.refuse_unready", lambda: None)

    def asked(*words):
        code = main(["checks", *words])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return asked


def test_nothing_found_is_said_of_every_check_and_is_well(ask):
    code, lines, _ = ask("--json")

    told = [json.loads(line) for line in lines]
    assert code == 0
    assert [one["check"] for one in told[:-1]] == sorted(CHECKS)
    assert (told[-1]["children"], told[-1]["sounding"]) == (0, 0)


def test_what_is_found_is_kept_counted_and_listed_by_number_alone(ask):
    case = Case()
    case.enquiry(timezone.localdate())
    Alert.objects.all().delete()
    case.plan(timezone.localdate().replace(year=timezone.localdate().year - 1))

    code, lines, _ = ask("--json", "--each")

    told = [json.loads(line) for line in lines]
    late = next(one for one in told if one.get("check") == "PC-040")
    assert code == 1
    assert (late["sounding"], late["new"], late["cleared"]) == (1, 1, 0)
    listed = [one for one in told if one.get("child") and one["check"] == "PC-040"]
    assert [one["child"] for one in listed] == [case.child.la_child_id]
    assert case.child.family_name not in "\n".join(lines)
    assert told[-1]["children"] == 1
    assert Alert.objects.standing().filter(child=case.child, check_key="PC-040").exists()
    again, in_words, _ = ask()
    assert again == 1
    assert "1 children looked at" in in_words[-1] or "1 child" in in_words[-1]


def test_it_is_asked_for_rightly(ask):
    code, _, why = ask("--each")

    assert (code, "--each goes with --json" in why) == (2, True)
