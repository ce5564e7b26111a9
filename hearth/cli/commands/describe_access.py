"""Write who may do what, policy by policy and role by role, from the policies in the code.

docs/generated/access.md is the committed copy, for the Caldicott guardian to review. It needs no
database.

    hearth describe access                 print it
    hearth describe access --write         after changing a policies.py
    hearth describe access --check         as the build does: ends with 1 if it is out of date
"""

import argparse

from hearth.cli.commands.describe_processes import add_arguments

__all__ = ["add_arguments", "run"]


def run(args: argparse.Namespace) -> int:
    """Deliver it."""
    from hearth.cli import documents

    return documents.deliver(args, "access", documents.access)
