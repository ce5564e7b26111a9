"""The command line teaches, and says in words what stops it."""

import importlib
import subprocess
import sys

import pytest

from hearth.cli.main import FOUND, OK, TROUBLE, UNUSABLE, main
from hearth.cli.table import COMMANDS, GROUPS


def hearth(*words, **environment):
    """Run the command as somebody would, in a process of its own."""
    import os

    return subprocess.run(
        [sys.executable, "-m", "hearth", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HEARTH_EMBEDDED": "", **environment},
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_teaches_by_example(name, capsys):
    module = importlib.import_module(COMMANDS[name].module)

    assert callable(module.add_arguments)
    assert callable(module.run)
    assert f"    hearth {name}" in (module.__doc__ or "")
    with pytest.raises(SystemExit) as asked:
        main([*name.split(), "--help"])
    assert asked.value.code == OK
    assert f"usage: hearth {name}" in capsys.readouterr().out


def test_the_overview_names_every_command_and_what_its_ending_means(capsys):
    assert main([]) == OK

    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS)
    assert "It ends with 0 when all is well" in shown


def test_a_group_alone_lists_its_commands(capsys):
    assert main(["describe"]) == OK

    shown = capsys.readouterr().out
    assert GROUPS["describe"] in shown
    assert "describe access" in shown
    assert "serve" not in shown


def test_a_misspelt_command_is_told_what_was_meant(capsys):
    assert main(["stauts"]) == UNUSABLE

    assert "Did you mean status?" in capsys.readouterr().err


def test_help_asks_for_no_django_and_no_database():
    loaded = "import sys, hearth.cli.main as m; m.main([]); sys.exit('django' in sys.modules)"

    assert (
        subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=False).returncode
        == OK
    )


def test_describing_needs_no_database():
    done = hearth(
        "describe", "access", DATABASE_URL="", HEARTH_LOCAL="/nonexistent", SECRET_KEY="x"
    )

    assert done.returncode == OK, done.stderr
    assert done.stdout.startswith("# Who may do what")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must start with postgresql://"),
        ({"DATABASE_URL": "postgresql://u@127.0.0.1:1/hearth"}, "The database cannot be used"),
        ({"DATABASE_URL": "postgresql://u@host:port/hearth"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "", "HEARTH_LOCAL": "/proc/nowhere"}, "Hearth cannot use /proc/nowhere"),
    ],
)
def test_trouble_with_the_database_is_said_in_words(environment, words):
    done = hearth("status", **environment, HEARTH_DATABASE="")

    assert done.returncode == TROUBLE
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert FOUND not in {OK, UNUSABLE, TROUBLE}
