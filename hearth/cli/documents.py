"""The documents written from the code, and whether the committed ones still say the same."""

import argparse
import difflib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hearth.accounts.policy import POLICIES, Policy
from hearth.accounts.roles import STAFF, Role
from hearth.casework.process import PROCESSES, describe
from hearth.casework.timescales import FRAMEWORKS, TIMESCALES, Framework, Limit, Timescale
from hearth.cli.main import FOUND, OK
from hearth.config.postgres import ROOT
from hearth.lib.dates import in_words

GENERATED = ROOT / "docs/generated"
CHOICE = {"no": "No", "stricter only": "A shorter one only", "yes": "Yes"}


def deliver(args: argparse.Namespace, name: str, write: Callable[[], str]) -> int:
    """Do what was asked with a document."""
    text, kept = write(), GENERATED / f"{name}.md"
    if args.write:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text)
        return OK
    if not args.check:
        sys.stdout.write(text)
        return OK
    return _compare(kept, text)


def _compare(kept: Path, text: str) -> int:
    was = kept.read_text() if kept.exists() else ""
    lines = difflib.unified_diff(
        was.splitlines(),
        text.splitlines(),
        f"{kept.name} as committed",
        "as the code is",
        "",
        "",
        1,
    )
    found = list(lines)
    sys.stdout.writelines(f"{line}\n" for line in found)
    if found:
        sys.stdout.write(f"\nRun: script/hearth describe {kept.stem} --write\n")
    return FOUND if found else OK


def processes() -> str:
    """Every process, step by step, and every time limit through all its editions."""
    lead = (
        "# What is done, by whom and by when\n\n"
        "Written from the declarations in the code by `hearth describe processes`; the build fails "
        "when it is out of date. Practice leads: this page is what to review. A due date is worked "
        "out once, when a step opens, from the limit in force on the day of its trigger; working "
        "days are Monday to Friday without the bank holidays of England, and the day of the "
        "trigger is day 0.\n"
    )
    parts = [describe(p) for p in sorted(PROCESSES, key=lambda p: p.name)]
    return (
        "\n".join([lead, *parts, "## Time limits", "", *_timescales(), "", *_frameworks()]) + "\n"
    )


def _timescales() -> Iterator[str]:
    yield "| Duty | Limit | Counted from | In force | Authority | May an authority choose? |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for key in sorted(TIMESCALES):
        rule = TIMESCALES[key]
        for limit in rule.limits:
            yield _row(*_limit(rule, limit))


def _limit(rule: Timescale, limit: Limit) -> Iterator[str]:
    yield f"{rule.duty} (`{rule.key}`)"
    yield f"{limit.amount} {limit.unit[:-1] if limit.amount == 1 else limit.unit}"
    yield rule.trigger
    yield _in_force(limit)
    yield limit.authority
    yield CHOICE[rule.configurable]


def _in_force(limit: Limit) -> str:
    words = []
    if limit.framework:
        words.append(f"from {_begins(FRAMEWORKS[limit.framework])}")
    if limit.replaced_by:
        words.append(f"until {_begins(FRAMEWORKS[limit.replaced_by])}")
    return " ".join(words) or "always"


def _begins(framework: Framework) -> str:
    return f"{in_words(framework.since)}{'*' if framework.adoptable else ''}"


def _frameworks() -> Iterator[str]:
    yield "\\* or the day the authority itself adopted it:"
    yield ""
    for framework in FRAMEWORKS.values():
        if framework.adoptable:
            yield f"- {framework.name}"


def access() -> str:
    """Every policy with its roles, room by room, and then every role with what it may do."""
    lead = (
        "# Who may do what\n\n"
        "Written from the policies in the code by `hearth describe access`; the build fails when "
        "it is out of date. Caldicott guardians: this page is what to review. A worker may do a "
        "thing if they hold one of the roles named and nothing in the last column forbids it. "
        "Whatever the policy, a restricted record is found by nobody but those named on it.\n"
    )
    rooms = sorted({_room(policy) for policy in POLICIES.values()})
    parts = [line for room in rooms for line in _room_table(room)]
    return "\n".join([lead, *parts, "## By role", "", *_by_role()]) + "\n"


def _room(policy: Policy[Any]) -> str:
    return policy.key.split(".")[0]


def _room_table(room: str) -> Iterator[str]:
    yield f"## {room.replace('_', ' ').capitalize()}"
    yield ""
    yield "| What | To what | Who may | What else must hold |"
    yield "| --- | --- | --- | --- |"
    for key in sorted(POLICIES):
        policy = POLICIES[key]
        if _room(policy) == room:
            subject = policy.subject._meta.verbose_name if policy.subject else ""
            condition = " ".join((policy.objections.__doc__ or "").split())
            yield _row(f"{policy.title} (`{key}`)", subject, _who(policy.roles), condition)
    yield ""


def _who(roles: Sequence[Role]) -> str:
    if set(roles) >= set(STAFF):
        return "Everybody who works here"
    return ", ".join(role.label for role in Role if role in roles) or "Nobody"


def _by_role() -> Iterator[str]:
    for role in STAFF:
        titles = sorted({p.title for p in POLICIES.values() if role in p.roles})
        yield f"### {role.label}"
        yield ""
        yield from (f"- {title}" for title in titles or ["Nothing yet"])
        yield ""


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"
