"""Write every process and time limit in plain English, from the declarations in the code.

docs/generated/processes.md is the committed copy, for practice leads to review. It needs no
database.

    hearth describe processes              print it
    hearth describe processes --write      after changing a process.py or a timescales.py
    hearth describe processes --check      as the build does: ends with 1 if it is out of date
"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Print it, write it, or check it."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--write", action="store_true", help="write the committed document again")
    how.add_argument(
        "--check", action="store_true", help="end with 1, and the difference, if it is out of date"
    )


def run(args: argparse.Namespace) -> int:
    """Deliver it."""
    from hearth.cli import documents

    return documents.deliver(args, "processes", documents.processes)
