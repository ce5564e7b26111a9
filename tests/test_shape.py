"""The code keeps the shape we gave it. Every exception is listed, with its reason."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models

from tests.code import HEARTH, MODULES, calls, functions, imports, is_in, name_of, of_kind, tree

LONGEST_MODULE, LONGEST_FUNCTION = 400, 40

# Where a write is an action by another name.
WRITES_ELSEWHERE = {
    "hearth/accounts/seal.py": "seals the trail, which is not a record",
    "hearth/accounts/trail.py": "writes the trail itself",
}
WRITES = ("save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update")
# Words that also belong to dictionaries and sets: a write when said to a queryset.
WRITES_TO_MANY = ("update", "delete")
QUERYSET = re.compile(r"\.(objects|filter|exclude|all|select_for_update)\b")

KINDS = ("plain", "personal", "sensitive")
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")
LISTENS = {
    "hearth/accounts/apps.py": "the sign-in library offers nothing else at sign-in and sign-out",
}

JSON_HOLDS = {
    "casework.Submission.content": "the record as it was sent for sign-off, kept whole",
    "records.Draft.fields": "what is being typed, valid or not, before it is an answer",
}
NOT_RECORDED = {
    "accounts.TrailEvent": "never changed, and sealed",
    "accounts.TrailSeal": "never changed, and sealed",
    "accounts.TrailClock": "a number that the trail is counted from, and nobody's record",
    "records.Draft": "not yet a record: what is sent is, and a draft changes as it is typed",
}

# Offered to other rooms' actions as a part of theirs, within their transaction and their deed.
PARTS_OF_ACTIONS = {
    "accounts.system_worker": "finds the worker that jobs run as",
    "people.the_one_before": "finds the fact that another corrected",
    "people.refresh": "draws a person's summary again from the facts just written",
    "people.refresh_many": "draws several again, likewise",
    "returns.import_census": "makes one transaction for each child, so that each is all or nothing",
    "casework.take_task": "locks the task an action is about to complete",
    "casework.still_here": "asks whether a worker can still be given work",
    "casework.lead_worker": "finds whom a step falls to",
    "casework.name_children": "names the children of a task just opened",
    "casework.open_next": "opens what an outcome leads to, when the step is completed",
    "casework.worked_on": "notes on a task who has worked on it",
}


# Known to be out of shape, and to be mended: an entry no longer true fails the build.
TO_MEND = {
    ("hearth/accounts/tests/test_sign_in.py", "length"),
    ("tests/test_restriction.py", "length"),
    ("hearth/people/tests/test_views.py", "length"),
    ("hearth/records/tests/test_pages.py", "length"),
    ("hearth/cli/commands/import_cin_census.py", "function"),
    ("hearth/assessments/tests/test_pages.py", "length"),
    ("hearth/assessments/tests/test_pages.py", "function"),
    ("hearth/assessments/tests/test_sign_off.py", "length"),
    ("hearth/casework/tests/test_views.py", "length"),
    ("people.DeclaredConnection", "pair"),
}


def each(things, named, fault):
    """A test's cases, those still to be mended marked as such."""
    wrong = pytest.mark.xfail(strict=True, reason="still to be mended")
    return [
        pytest.param(thing, id=name, marks=[wrong] if (name, fault) in TO_MEND else [])
        for thing in things
        for name in [named(thing)]
    ]


def ours():
    """Our own models: not the tables that keep their earlier versions."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("hearth.") and not hasattr(model, "pgh_tracked_model")
    ]


def label(model):
    return model._meta.label


@pytest.mark.parametrize("path", each(MODULES, name_of, "length"))
def test_a_module_can_be_read_in_one_sitting(path):
    assert len(path.read_text().splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", each(MODULES, name_of, "function"))
def test_a_function_fits_on_a_screen(path):
    """Its keywords apart: an action has one for each answer of its form."""
    lengths = {f.name: f.end_lineno - f.body[0].lineno + 1 for f in functions(path)}

    assert {name: n for name, n in lengths.items() if n > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", of_kind("views"), ids=name_of)
def test_a_view_asks_for_records_by_name_and_never_by_manager(path):
    named = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}

    assert "objects" not in named
    assert "_default_manager" not in named


WRITERS = ("actions", "tests", "demo", "cli", "bench", "config")


@pytest.mark.parametrize("path", [p for p in MODULES if not is_in(p, *WRITERS)], ids=name_of)
def test_nothing_is_written_outside_actions(path):
    if path.is_relative_to(HEARTH) and name_of(path) not in WRITES_ELSEWHERE:
        assert [call for call in calls(tree(path)) if _is_write(call)] == []


def _is_write(call):
    said_to, _, word = call.rpartition(".")
    if word in WRITES:
        return bool(QUERYSET.search(said_to + ".")) or word == "save" or word.startswith("bulk")
    return word in WRITES_TO_MANY and bool(QUERYSET.search(said_to + "."))


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(HEARTH)], ids=name_of)
def test_nothing_happens_by_signal(path):
    if name_of(path) not in LISTENS:
        assert {module for module, _ in imports(path)}.isdisjoint(SIGNALS)
        assert not any(name == "signals" for _, name in imports(path))


@pytest.mark.parametrize("model", ours(), ids=label)
def test_answers_are_columns_and_not_json(model):
    held = [f for f in model._meta.local_fields if isinstance(f, models.JSONField)]

    assert {f"{label(model)}.{f.name}" for f in held} <= set(JSON_HOLDS)


@pytest.mark.parametrize("model", ours(), ids=label)
def test_every_earlier_version_of_a_record_is_kept(model):
    tracked = {
        event.pgh_tracked_model
        for event in apps.get_models()
        if hasattr(event, "pgh_tracked_model")
    }

    assert model in tracked or label(model) in NOT_RECORDED


@pytest.mark.parametrize("model", ours(), ids=label)
def test_every_field_is_classed_once_for_privacy(model):
    declared = [vars(cls)["Privacy"] for cls in model.__mro__ if "Privacy" in vars(cls)]
    lists = [[n for kind in KINDS for n in vars(p).get(kind, ())] for p in declared]
    classed = {name for names in lists for name in names}
    known = {field.name for field in model._meta.local_fields}
    asked = {f.name for f in model._meta.local_fields if not f.is_relation and not f.primary_key}

    assert [names for names in lists if len(names) != len(set(names))] == [], "classed twice"
    assert classed <= known, "classed, and not a field"
    assert asked - classed == set(), "not classed"


@pytest.mark.parametrize("model", ours(), ids=label)
def test_every_table_says_when_we_were_told(model):
    names = {field.name for field in model._meta.local_fields}

    assert "recorded_at" in names or label(model) in NOT_RECORDED


@pytest.mark.parametrize("model", ours(), ids=label)
def test_nothing_is_deleted_by_deleting_something_else(model):
    keys = [f for f in model._meta.local_fields if isinstance(f, models.ForeignKey)]

    assert [f.name for f in keys if f.remote_field.on_delete is not models.PROTECT] == []


@pytest.mark.parametrize("model", each(ours(), label, "pair"))
def test_who_and_when_are_held_together_by_the_database(model):
    fields = {field.name: field for field in model._meta.local_fields}
    checks = [
        str(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    loose = [
        (when, who)
        for who in fields
        if who.endswith("_by")
        for when in (who[:-2] + "at", who[:-2] + "on")
        if when in fields and fields[who].is_relation and not who.startswith("recorded")
        if fields[who].null or fields[when].null
        if not any(f"'{who}" in check and f"'{when}" in check for check in checks)
    ]

    assert loose == []


def actions():
    """Each deed a room offers: what its actions package exports, or what its actions.py holds."""
    return [
        pytest.param(path, node, id=f"{name_of(path)}:{node.name}")
        for path in of_kind("actions")
        if path.is_relative_to(HEARTH)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and _is_offered(path, node.name)
    ]


def _is_offered(path, name):
    if name.startswith(("_", "why_not_")):
        return False
    if f"{path.relative_to(HEARTH).parts[0]}.{name}" in PARTS_OF_ACTIONS:
        return False
    package = path.parent / "__init__.py"
    return path.name == "actions.py" or name in {name for _, name in imports(package)}


@pytest.mark.parametrize(("path", "action"), actions())
def test_an_action_is_one_transaction(path, action):
    assert "transaction.atomic" in [ast.unparse(mark) for mark in action.decorator_list]


@pytest.mark.parametrize(("path", "action"), actions())
def test_an_action_takes_keywords_and_says_by_whom(path, action):
    assert len([*action.args.posonlyargs, *action.args.args]) <= 1, "all but the subject by keyword"
    assert "by" in [arg.arg for arg in action.args.kwonlyargs]


@pytest.mark.parametrize(("path", "action"), actions())
def test_an_action_writes_to_the_trail(path, action):
    assert _reaches_the_trail(path, action, set())


def _reaches_the_trail(path, function, seen):
    """Whether it calls trail.record, itself or by way of another function of any actions module."""
    said = set(calls(function))
    if "trail.record" in said:
        return True
    names = {call.rpartition(".")[2] for call in said} - seen
    seen |= names
    return any(
        _reaches_the_trail(path, other, seen) for name in names for other in ACTIONS.get(name, ())
    )


ACTIONS: dict[str, list[ast.FunctionDef]] = {}
for _path in of_kind("actions"):
    for _function in functions(_path):
        ACTIONS.setdefault(_function.name, []).append(_function)


@pytest.mark.parametrize(
    ("line", "is_write"),
    [
        ("Task.objects.create(a=1)", True),
        ("form.save()", True),
        ("child.tasks.filter(a=1).update(b=2)", True),
        ("Task.objects.select_for_update().delete()", True),
        ("Task.objects.bulk_create([])", True),
        ("words.update({})", False),
        ("actions.create(by=by)", False),
        ("Task.objects.filter(a=1)", False),
    ],
)
def test_a_write_is_known_when_it_is_seen(line, is_write):
    assert any(_is_write(call) for call in calls(ast.parse(line))) is is_write
