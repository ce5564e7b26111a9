"""Every command, what it needs, and where it is.

A command is a module with `add_arguments(parser)` and `run(args) -> int`. Its docstring is its
help: the first paragraph says what it is for, the rest teaches by example. It is imported when it
is asked for and not before, so it may not import a model above its functions.
"""

from dataclasses import dataclass
from typing import Literal

Needs = Literal["nothing", "code", "database", "ready database"]


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `needs` says how much of Hearth is started before it runs.

    "code": Hearth's own declarations, and no database. "database": one is started or reached.
    "ready database": it must also have been made ready for this version.
    """

    module: str
    summary: str
    needs: Needs = "ready database"


OURS = "hearth.cli.commands."
COMMANDS: dict[str, Command] = {
    "serve": Command(
        OURS + "serve", "Make the database ready, and serve Hearth until stopped", "nothing"
    ),
    "worker": Command(OURS + "worker", "Run the jobs and seal the trail, until stopped"),
    "make-ready": Command(
        OURS + "make_ready", "Bring the database up to date with this version", "database"
    ),
    "status": Command(OURS + "status", "Say whether this installation is well", "database"),
    "create-worker": Command(OURS + "create_worker", "Give somebody a way to sign in"),
    "backup": Command(
        OURS + "backup", "Copy the database and the documents to a folder", "database"
    ),
    "restore": Command(OURS + "restore", "Put a backup into an empty place", "database"),
    "describe processes": Command(
        OURS + "describe_processes", "Write every process and time limit in plain English", "code"
    ),
    "describe access": Command(
        OURS + "describe_access", "Write who may do what, policy by policy", "code"
    ),
    "checks": Command(
        OURS + "checks",
        "Have the practice checks look at every open case, and count what they find",
    ),
    "build cin": Command(
        OURS + "build_cin", "Build the children in need census of a year from the record"
    ),
    "import cin-census": Command(OURS + "import_cin_census", "Bring in a children in need census"),
    "export record": Command(
        OURS + "export_record", "Take out one child's whole record, for whoever may have it"
    ),
    "validate cin": Command(
        OURS + "validate_cin", "Check a children in need census file of any system", "nothing"
    ),
    "validate ssda903": Command(
        OURS + "validate_ssda903",
        "Check a return of looked-after children of any system",
        "nothing",
    ),
    "export trail": Command(
        OURS + "export_trail", "Write who looked at what and did what, for an auditor"
    ),
    "trail verify": Command(
        OURS + "trail_verify", "Find any event of the trail changed, added or removed"
    ),
    "trail head": Command(OURS + "trail_head", "Say the newest seal, to be kept elsewhere"),
    "trail seal": Command(OURS + "trail_seal", "Seal the trail now"),
    "bench": Command(
        OURS + "bench", "Measure Hearth against its budgets, beside baselines", "nothing"
    ),
    "demo": Command(OURS + "demo", "Create the invented borough", "database"),
}
GROUPS = {
    "build": "Make a statutory return from the record",
    "describe": "Documents written from the code itself",
    "export": "Take out what others have a right or a duty to see",
    "import": "Bring in what another system holds",
    "validate": "Check a statutory return against the rules of its year",
    "trail": "The record of who looked at what and did what",
}
