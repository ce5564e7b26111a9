"""Which lines of the rules of practice the tests run, counted cheaply enough to count every time.

Tracing every line of everything makes the suite half as slow again. Here the modules that hold
rules are given, as they are imported, a mark before each statement; nothing else is touched. As a
plug-in of pytest (`-p tests.lines`) each process writes down what it ran; `python -m tests.lines`
adds that up, names the lines no test ran, and ends with 1 if there are too many.
"""

import ast
import json
import os
import sys
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = Path(os.environ.get("HEARTH_LOCAL") or ROOT / ".local") / "lines-run"
RULES = ("process", "timescales", "rules", "checks", "policies", "policies_restriction", "actions")
MARK = "__ran__"
BODIES = ("body", "orelse", "finalbody")
ran: dict[str, bytearray] = {}


def modules():
    """Every module that holds rules of practice: tests, pages and the invented borough apart."""
    return [path for path in sorted((ROOT / "hearth").rglob("*.py")) if _holds_rules(path)]


def _holds_rules(path):
    room, *words = path.relative_to(ROOT / "hearth").with_suffix("").parts
    apart = room in {"demo", "cli"} or words[:1] in (["tests"], ["pages"], ["views"])
    return bool(set(words[:2]) & set(RULES)) and not apart


def statements(tree):
    """Each list of statements in a module with the place of each that is run and counted."""
    for node in list(ast.walk(tree)):
        for name in BODIES:
            held = getattr(node, name, None)
            if isinstance(held, list):
                yield held, [n for n, each in enumerate(held) if _counts(each)]


def _counts(node):
    said = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return not said and not (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def lines_of(path):
    """The lines on which a statement begins."""
    found = statements(ast.parse(path.read_bytes()))
    return {held[n].lineno for held, places in found for n in places}


def marked(source):
    """A module with a mark before each statement, on the statement's own line."""
    tree = ast.parse(source)
    for held, places in statements(tree):
        for n in reversed(places):
            mark = ast.parse(f"{MARK}[{held[n].lineno}] = 1").body[0]
            for part in ast.walk(mark):
                ast.copy_location(part, held[n])
            held.insert(n, mark)
    return tree


class Loader(SourceFileLoader):
    """Loads a module with its marks, never from or to a compiled copy."""

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return compile(marked(self.get_data(path)), path, "exec", dont_inherit=True)

    def exec_module(self, module):
        lines = Path(self.path).read_bytes().count(b"\n") + 2
        module.__dict__[MARK] = ran.setdefault(self.path, bytearray(lines))
        super().exec_module(module)


class Finder:
    """Finds the modules that hold rules, and leaves every other to Python."""

    wanted = frozenset(str(path) for path in modules())

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if not name.startswith("hearth."):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.origin in cls.wanted:
            spec.loader = Loader(name, spec.origin)
            return spec
        return None


def pytest_configure(config):
    """Begin afresh: once, before any other process has started."""
    if not hasattr(config, "workerinput"):
        KEPT.mkdir(parents=True, exist_ok=True)
        for old in KEPT.glob("*.json"):
            old.unlink()


def pytest_unconfigure(config):
    """Write down which lines this process ran."""
    found = {path: [n for n, mark in enumerate(marks) if mark] for path, marks in ran.items()}
    (KEPT / f"{os.getpid()}.json").write_text(json.dumps(found))


def missed():
    """For each module, how many lines it has, and those that no test ran."""
    seen: dict[str, set[int]] = {}
    for kept in KEPT.glob("*.json"):
        for path, lines in json.loads(kept.read_text()).items():
            seen.setdefault(path, set()).update(lines)
    for path in modules():
        lines = lines_of(path)
        yield path, len(lines), sorted(lines - seen.get(str(path), set()))


def main(least):
    """Say which lines no test ran; 1 if the share that were run is below the least allowed."""
    found = list(missed())
    for path, many, left in found:
        if left:
            sys.stdout.write(
                f"{path.relative_to(ROOT)}: {len(left)} of {many}: {', '.join(map(str, left))}\n"
            )
    whole, not_run = sum(many for _, many, _ in found), sum(len(left) for *_, left in found)
    share = 100 * (whole - not_run) / max(whole, 1)
    say = f"Tests ran {share:.1f}% of {whole} lines of rules; at least {least:g}% is wanted\n"
    sys.stdout.write(say)
    return int(share < least)


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
elif "pytest" in sys.modules:
    sys.meta_path.insert(0, Finder)
