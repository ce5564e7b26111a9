"""A return of any system is checked from the command line, with no database."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

from hearth.cli.main import FOUND, OK, TROUBLE, UNUSABLE, main
from tests.code import ROOT

SOUND = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>"
    "<Child><ChildIdentifiers><LAchildID>A1</LAchildID><UPNunknown>UN7</UPNunknown>"
    "<PersonBirthDate>2012-01-02</PersonBirthDate><Sex>{sex}</Sex></ChildIdentifiers>"
    "<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>"
    "<CINdetails><CINreferralDate>2026-03-30</CINreferralDate><ReferralSource>6</ReferralSource>"
    "<ReferralNFA>1</ReferralNFA></CINdetails></Child></Children></Message>"
)
# Asked of the return as a whole, which is of one child.
OF_ONE = "4180"


@pytest.fixture
def census(tmp_path):
    def write(sex="F"):
        file = tmp_path / "census.xml"
        file.write_text(SOUND.format(sex=sex))
        return str(file)

    return write


def test_a_sound_return_ends_with_nothing_and_one_with_a_fault_with_one(census, capsys):
    assert main(["validate", "cin", census(), "--rules", OF_ONE]) == OK
    assert main(["validate", "cin", census("X"), "--rules", OF_ONE]) == FOUND
    said = capsys.readouterr().out
    assert "child A1, ChildIdentifiers row 0: Sex = X" in said


def test_each_finding_is_a_line_of_json(census, capsys):
    main(["validate", "cin", census("X"), "--rules", OF_ONE, "--format", "jsonl"])

    found = json.loads(capsys.readouterr().out)
    assert found.pop("message")
    assert found == {
        "rule": "4180",
        "severity": "error",
        "child": "A1",
        "table": "ChildIdentifiers",
        "row": 0,
        "fields": ["Sex"],
        "values": ["X"],
    }


def test_a_spreadsheet_takes_nothing_for_a_formula(census, tmp_path, capsys):
    out = tmp_path / "found"
    for kind in ("csv", "xlsx"):
        how = ["--rules", OF_ONE, "--format", kind, "--output", f"{out}.{kind}"]
        main(["validate", "cin", census("=1+1"), *how])

    assert "'=1+1" in (tmp_path / "found.csv").read_text()
    with zipfile.ZipFile(f"{out}.xlsx") as book:
        findings = book.read("xl/worksheets/sheet3.xml").decode()
    assert "=1+1" in findings
    assert "<f>" not in findings


def test_a_workbook_needs_somewhere_to_be_written(census, capsys):
    assert main(["validate", "cin", census(), "--format", "xlsx"]) == UNUSABLE
    assert "--output" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["cin", "nowhere.xml"], ["ssda903", "nowhere"]])
def test_what_is_not_there_cannot_be_used(words, capsys):
    assert main(["validate", *words]) == UNUSABLE
    assert "nowhere" in capsys.readouterr().err


def test_an_unknown_rule_cannot_be_asked(census, capsys):
    assert main(["validate", "cin", census(), "--rules", "1"]) == UNUSABLE


def test_the_year_that_a_folder_is_taken_to_be_of_is_said(tmp_path, capsys):
    (tmp_path / "h.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,X,,,,,\n")
    (tmp_path / "r.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\n1,,01/05/2026,PN1\n")

    assert main(["validate", "ssda903", str(tmp_path), "--rules", "101"]) == FOUND
    said = capsys.readouterr()
    assert "year that ends on 2027-03-31" in said.err
    assert "SEX = X" in said.out


def test_a_year_that_there_are_no_rules_of_is_said_with_those_there_are(census, capsys):
    assert main(["validate", "cin", census(), "--year", "2019"]) == UNUSABLE
    assert "no rules of 2019: there are those of 2025 and 2026" in capsys.readouterr().err


def test_a_return_of_a_year_whose_rules_are_not_known_says_whose_were_asked(tmp_path, capsys):
    (tmp_path / "h.csv").write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,F,,,,,\n")
    how = ["--rules", "101", "--collection-end", "2020-03-31"]

    assert main(["validate", "ssda903", str(tmp_path), *how]) == OK
    assert "rules of 2020 are not known, so those of 2026 were asked" in capsys.readouterr().err


@pytest.mark.parametrize("said", ["31/03/2027", "2027-04-01", "2027"])
def test_how_the_end_of_a_year_is_written_is_said(said, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["validate", "ssda903", "anywhere", "--collection-end", said])

    assert stopped.value.code == UNUSABLE
    assert f"ends on 31 March, written as 2026-03-31: {said} is not" in capsys.readouterr().err


def test_findings_are_for_the_eyes_of_whoever_asked(census, tmp_path, capsys):
    out = tmp_path / "found.csv"
    main(["validate", "cin", census(), "--format", "csv", "--output", str(out)])

    assert out.stat().st_mode & 0o777 == 0o600
    nowhere = str(tmp_path / "no/found.csv")
    how = ["--format", "csv", "--output", nowhere]
    assert main(["validate", "cin", census(), *how]) == TROUBLE
    assert f"{nowhere} cannot be written" in capsys.readouterr().err


def test_a_value_does_nothing_to_the_screen(census, capsys):
    main(["validate", "cin", census("X&#9;Y\u202e"), "--rules", OF_ONE])

    assert "Sex = X\\tY\\u202e" in capsys.readouterr().out


def test_nothing_of_hearths_own_is_started(census):
    words = ["validate", "cin", census(), "--rules", OF_ONE]
    script = (
        f"import sys; from hearth.cli.main import main; code = main({words!r});"
        "assert 'django' not in sys.modules and 'psycopg' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": "postgresql://nobody@nowhere.invalid/none"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == OK, done.stderr
