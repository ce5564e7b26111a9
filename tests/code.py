"""Reading our own code, for the tests of its shape."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEARTH = ROOT / "hearth"
MODULES = sorted(
    path
    for folder in (HEARTH, ROOT / "tests", ROOT / "script")
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
)


def name_of(path):
    """How a module is called in a test's name."""
    return str(path.relative_to(ROOT))


@cache
def tree(path):
    return ast.parse(path.read_text())


def is_in(path, *kinds):
    """Whether a module is of these kinds: `actions` is actions.py, or a module in actions/."""
    return path.stem in kinds or bool(set(path.parts[:-1]) & set(kinds))


def of_kind(*kinds):
    """Modules of a kind, tests apart."""
    return [path for path in MODULES if is_in(path, *kinds) and not is_in(path, "tests")]


@cache
def nodes(path):
    """Every node of a module, walked once."""
    return list(ast.walk(tree(path)))


@cache
def functions(path):
    """Every function of a module, methods and inner ones too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in nodes(path) if isinstance(node, kinds)]


@cache
def calls(node):
    """Each call within, as the words before its bracket: `Task.objects.create`."""
    return [ast.unparse(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)]


def imports(path):
    """Each module that a module imports, with the names taken from it."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((each.name, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)
