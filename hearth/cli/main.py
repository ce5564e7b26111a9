"""Read the command line, start as much of Hearth as the command needs, and run it."""

import argparse
import difflib
import errno
import importlib
import os
import sys
from collections.abc import Sequence

from hearth.cli.table import COMMANDS, GROUPS, Command
from hearth.lib.errors import CannotDo, CannotRun

OK, FOUND, UNUSABLE, TROUBLE, STOPPED = 0, 1, 2, 3, 130

TOP = """\
usage: hearth COMMAND [options]          (from a clone: script/hearth COMMAND)

Case management for children's social care. Pages are for workers; this is for whoever
runs the service.
"""
MORE = """\
`hearth COMMAND --help` explains a command and shows how it is used. Whatever reports takes
--json, for another program to read.
"""
BOTTOM = """\
Begin with:
    hearth serve                 start Hearth, and see where it is
    hearth status                see whether it is well
    hearth trail verify          see whether anybody has changed the trail

It ends with 0 when all is well; 1 when it found something wrong, and has said what; 2 when what it
was given cannot be used, and nothing was changed; 3 when this machine, its disk or its database
stands in the way.
"""


def main(words: Sequence[str]) -> int:
    """Run one command, and say in words whatever stops it."""
    try:
        return _main(list(words))
    except CannotRun as error:
        return _stopped(error, TROUBLE)
    except CannotDo as error:
        return _stopped(error, UNUSABLE)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        if (known := _foreseeable(error)) is None:
            raise
        return _stopped(known, TROUBLE)


def _main(words: list[str]) -> int:
    if not words or words[0] in {"-h", "--help", "help"}:
        sys.stdout.write(overview())
        return OK
    name = _named(words)
    if name is None:
        return _unknown(words)
    command = COMMANDS[name]
    module = importlib.import_module(command.module)
    parser = _parser(name, command, module.__doc__ or "")
    module.add_arguments(parser)
    args = parser.parse_args(words[len(name.split()) :])
    _start(command)
    return int(module.run(args))


def overview(group: str = "") -> str:
    """The list of commands, all of them or those of one group."""
    named = {n: c for n, c in COMMANDS.items() if not group or n.startswith(group + " ")}
    width = max(len(name) for name in COMMANDS) + 2
    lines = [f"    {name:<{width}}{command.summary}" for name, command in named.items()]
    if group:
        return "\n".join([f"{GROUPS[group]}.\n", *lines, f"\n{MORE}"])
    return "\n".join([TOP, "Commands:", *lines, "", MORE, BOTTOM])


def _named(words: list[str]) -> str | None:
    return next((name for name in (" ".join(words[:2]), words[0]) if name in COMMANDS), None)


def _unknown(words: list[str]) -> int:
    if words[0] in GROUPS:
        sys.stdout.write(overview(words[0]))
        asked = len(words) == 1 or words[1] in {"-h", "--help"}
        return OK if asked else UNUSABLE
    near = difflib.get_close_matches(words[0], [*COMMANDS, *GROUPS], n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    sys.stderr.write(f"hearth: there is no command {words[0]}.{meant} Try hearth --help\n")
    return UNUSABLE


def _parser(name: str, command: Command, words: str) -> argparse.ArgumentParser:
    lead, _, rest = words.strip().partition("\n\n")
    return argparse.ArgumentParser(
        prog=f"hearth {name}",
        description=" ".join(lead.split()) or command.summary,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _start(command: Command) -> None:
    if command.needs == "nothing":
        return
    if command.needs == "code":
        os.environ["HEARTH_AS"] = "nobody"
    start_django()
    if command.needs == "ready database":
        from hearth.config import database

        database.refuse_unready()


def start_django() -> None:
    """Read the settings and every room's declarations; this starts or finds the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.config.settings")
    import django

    django.setup()


def _foreseeable(error: Exception) -> Exception | None:
    """In words, if it is a full disk or a database that cannot be used."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CannotRun(f"The disk is full ({error.filename}). Make room, and start again.")
    if type(error).__module__ == "django.db.utils":
        from django.db import OperationalError

        from hearth.config.database import words_for

        if isinstance(error, OperationalError):
            return CannotRun(words_for(error))
    return None


def _stopped(error: Exception, code: int) -> int:
    if os.environ.get("HEARTH_DEBUG"):
        raise error
    sys.stderr.write(f"hearth: {error}\n")
    return code
