"""What no return holds may be given to the command that checks one."""

import pytest

from hearth.cli.main import FOUND, UNUSABLE, main

HERE = "E06000001"
POSTCODES = (
    "pcds,oslaua,oseast1m,osnrth1m\n"
    "AB1 1AA,E06000001,400000,300000\n"
    "AB1 1AB,E06000002,403000,304000\n"
)
EPISODES = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
)


@pytest.fixture
def folder(tmp_path):
    rows = [EPISODES, "1,01/05/2026,S,C2,N1,K2,PR1,,,,AB1 1AA,AB1 1AB,SC000001"]
    (tmp_path / "return").mkdir()
    (tmp_path / "return/episodes.csv").write_text("\n".join(rows))
    (tmp_path / "providers.csv").write_bytes("URN,REG_END\nSC000001,30/06/2026\n".encode("utf-16"))
    (tmp_path / "postcodes.csv").write_text(POSTCODES)
    return tmp_path


def ask(folder, *words):
    how = ["--collection-end", "2027-03-31", "--format", "jsonl"]
    return main(["validate", "ssda903", str(folder / "return"), *how, *words])


def test_the_command_takes_what_is_known_besides(folder, capsys):
    lists = ["--providers", str(folder / "providers.csv")]
    lists += ["--postcodes", str(folder / "postcodes.csv"), "--authority", HERE]

    assert ask(folder, *lists, "--rules", "228,1015,454,219") == FOUND

    said = capsys.readouterr()
    assert [line.split('"')[3] for line in said.out.splitlines()] == ["1015", "228"]
    assert "219 was not run. The list of providers has no PLACE_CODES" in said.err


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--providers", "nowhere.csv"], "nowhere.csv: No such file"),
        (["--providers", "{}/postcodes.csv"], "postcodes.csv has no column URN"),
        (["--postcodes", "{}/postcodes.csv", "--authority", "E06"], "give the code as it writes"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_list(folder, words, why, capsys):
    assert ask(folder, *(word.format(folder) for word in words)) == UNUSABLE
    assert why in capsys.readouterr().err


def test_an_area_in_a_csv_file_is_read(folder, capsys):
    file = folder / "return/episodes.csv"
    named, row = file.read_text().splitlines()
    file.write_text(f"{named},PL_DISTANCE\n{row},351\n")

    assert ask(folder, "--rules", "454") == FOUND
