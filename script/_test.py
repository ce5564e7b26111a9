"""Run every check, one stage after another, and say at the end how each went.

    script/test                      everything, as continuous integration does
    script/test lint types           some stages
    script/test unit hearth/people   a stage of tests, on some of them
    script/test --list               the stages

A stage that fails does not stop the next. It ends with 0 when all passed, and 1 otherwise.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
# How much of the rules of practice the tests must run, in per cent of their lines.
RULES_COVERED = 98
NO_DATABASE = {"HEARTH_AS": "nobody", "DATABASE_URL": ""}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(*command: object, **environment: str) -> bool:
    """Run one command where the clone is. True if all was well."""
    words = [str(word) for word in command]
    return (
        subprocess.run(words, cwd=ROOT, env=os.environ | environment, check=False).returncode == 0
    )


def formatting(_: Sequence[str]) -> bool:
    """Everything is formatted by ruff."""
    return run(BIN / "ruff", "format", "--check", "--quiet", ".")


def lint(_: Sequence[str]) -> bool:
    """No rule of ruff's is broken."""
    return run(BIN / "ruff", "check", ".")


def types(_: Sequence[str]) -> bool:
    """Every type holds (mypy, strict)."""
    return run(BIN / "mypy", "hearth", "tests", **NO_DATABASE)


def imports(_: Sequence[str]) -> bool:
    """Imports only point down the list of rooms."""
    return run(BIN / "lint-imports", "--no-cache", "--verbose", **NO_DATABASE)


def documents(_: Sequence[str]) -> bool:
    """The generated documents say what the code does."""
    checks = [
        run(PYTHON, "-m", "hearth", "describe", n, "--check") for n in ("processes", "access")
    ]
    return all(checks)


def unit(chosen: Sequence[str]) -> bool:
    """Every test but those in a browser; and how much of the rules of practice they ran."""
    counted = ["-p", "tests.lines"] if not chosen else []
    shared = ["-n", "2", "--dist", "worksteal"]
    which = [*shared, "-m", "not browser", "-q", *counted, *chosen]
    passed = run(PYTHON, "-m", "pytest", *which)
    return passed and (bool(chosen) or run(PYTHON, "-m", "tests.lines", RULES_COVERED))


def browser(chosen: Sequence[str]) -> bool:
    """Every test that walks a page in a real browser."""
    install_browser()
    apart = ["-n", "2", "--dist", "loadfile"]
    return run(PYTHON, "-m", "pytest", *apart, "-m", "browser", "-q", "-rs", *chosen)


def install_browser() -> None:
    """Have a Chromium: the machine's, or Debian's where apt is there and we may use it."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    apt = shutil.which("apt-get")
    may = [] if os.geteuid() == 0 else [shutil.which("sudo") or "", "-n"]
    if not apt or "" in may:
        print("No Chromium is installed, and there is no apt-get to install it with: install one.")
        return
    print("Installing Chromium with apt-get", flush=True)
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ["update", "-qq"],
        ["install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(
            [*may, apt, *words], env=os.environ | quiet, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"apt-get {words[0]} did not work: {done.stderr.strip() or done.stdout.strip()}")
            return


STAGES = {
    stage.__name__: stage for stage in (formatting, lint, types, imports, documents, unit, browser)
}


def main(words: Sequence[str]) -> int:
    """Run the stages named, or all of them."""
    if "--help" in words or "-h" in words or "--list" in words:
        print(__doc__, *(f"    {name:<12}{s.__doc__}" for name, s in STAGES.items()), sep="\n")
        return 0
    chosen = [word for word in words if word not in STAGES]
    stages = [word for word in words if word in STAGES] or list(STAGES)
    if (chosen and not set(stages) & {"unit", "browser"}) or (
        chosen and len(stages) == len(STAGES)
    ):
        print(f"There is no stage {chosen[0]}. They are: {', '.join(STAGES)}")
        return 2
    os.environ.pop("HEARTH_DATABASE", None)
    outcomes = {}
    for name in stages:
        print(f"\n==> {name}: {STAGES[name].__doc__}", flush=True)
        began = time.monotonic()
        outcomes[name] = (STAGES[name](chosen), time.monotonic() - began)
    return closing(outcomes)


def closing(outcomes: dict[str, tuple[bool, float]]) -> int:
    """Say how each stage went."""
    print()
    for name, (passed, seconds) in outcomes.items():
        print(f"{name:<12}{'passed' if passed else 'FAILED':<8}{seconds:7.1f} s")
    failed = [name for name, (passed, _) in outcomes.items() if not passed]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nEverything passed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
