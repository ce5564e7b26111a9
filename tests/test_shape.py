"""The code keeps the shape we gave it. Every exception is listed, with its reason."""

import ast
import re
from functools import cache

from django.apps import apps
from django.db import models

from tests.code import (
    HEARTH,
    MODULES,
    calls,
    functions,
    imports,
    is_in,
    name_of,
    nodes,
    of_kind,
    tree,
)

LONGEST_MODULE, LONGEST_FUNCTION = 400, 40

# Where a write is an action by another name.
WRITES_ELSEWHERE = {
    "hearth/accounts/seal.py": "seals the trail, which is not a record",
    "hearth/accounts/trail.py": "writes the trail itself",
    "hearth/records/outgoing/word.py": "saves a Word file in memory, which is not a record",
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
    "returns.CensusBuild.counts": "how many of each thing met which fate, by name",
    "quality.Alert.facts": "what a check went by when it found something, as it stood then",
    "quality.LastLook.said": "what each check said, worked out again at every look",
    "records.Draft.fields": "what is being typed, valid or not, before it is an answer",
}
NOT_RECORDED = {
    "accounts.TrailEvent": "never changed, and sealed",
    "accounts.TrailSeal": "never changed, and sealed",
    "accounts.TrailClock": "a number that the trail is counted from, and nobody's record",
    "quality.FirstCount": "written once, the night after a month is over, and never changed",
    "quality.ReportedMonth": "written once, the night after a month is over, and never changed",
    "quality.LastLook": "worked out from the record, and worked out again at every look",
    "records.Draft": "not yet a record: what is sent is, and a draft changes as it is typed",
}

# Offered to other rooms' actions as a part of theirs, within their transaction and their deed.
PARTS_OF_ACTIONS = {
    "family_help.gaps_of": "says what a plan lacks, before it may be sent",
    "plans.last_counted": "finds when a child was last seen on a visit that counts",
    "plans.open_actions": "finds what a meeting must say the progress of",
    "plans.tell_ended": "puts the end of a plan into a child's story",
    "plans.unsent": "finds who has not been sent the notes, when some are",
    "accounts.system_worker": "finds the worker that jobs run as",
    "people.the_one_before": "finds the fact that another corrected",
    "people.refresh": "draws a person's summary again from the facts just written",
    "people.refresh_many": "draws several again, likewise",
    "returns.import_census": "makes one transaction for each child, so that each is all or nothing",
    "returns.build_census": "makes one transaction for each batch, so that its progress is seen",
    "returns.check_return": "reads and asks for minutes, and writes what came of it in one",
    "quality.look_at_open_cases": "makes one transaction for each few hundred children",
    "casework.take_task": "locks the task an action is about to complete",
    "casework.still_here": "asks whether a worker can still be given work",
    "casework.lead_worker": "finds whom a step falls to",
    "casework.name_children": "names the children of a task just opened",
    "casework.open_next": "opens what an outcome leads to, when the step is completed",
    "casework.worked_on": "notes on a task who has worked on it",
}


@cache
def ours():
    """Our own models: not the tables that keep their earlier versions."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("hearth.") and not hasattr(model, "pgh_tracked_model")
    ]


def label(model):
    return model._meta.label


def test_a_module_can_be_read_in_one_sitting():
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in MODULES}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}

    assert too_long == {}


def test_a_function_fits_on_a_screen():
    """Its keywords apart: an action has one for each answer of its form."""
    too_long = {
        (name_of(path), f.name): length
        for path in MODULES
        for f in functions(path)
        if (length := f.end_lineno - f.body[0].lineno + 1) > LONGEST_FUNCTION
    }

    assert too_long == {}


def test_a_view_asks_for_records_by_name_and_never_by_manager():
    asking = [
        f"{name_of(path)}:{node.lineno}"
        for path in of_kind("views")
        for node in nodes(path)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]

    assert asking == []


WRITERS = ("actions", "tests", "demo", "cli", "bench", "config")


def test_nothing_is_written_outside_actions():
    writing = [
        f"{name_of(path)}: {call}"
        for path in MODULES
        if path.is_relative_to(HEARTH) and not is_in(path, *WRITERS)
        if name_of(path) not in WRITES_ELSEWHERE
        for call in calls(tree(path))
        if _is_write(call)
    ]

    assert writing == []


def _is_write(call):
    said_to, _, word = call.rpartition(".")
    if word in WRITES:
        return bool(QUERYSET.search(said_to + ".")) or word == "save" or word.startswith("bulk")
    return word in WRITES_TO_MANY and bool(QUERYSET.search(said_to + "."))


def test_nothing_happens_by_signal():
    listening = {
        name_of(path)
        for path in MODULES
        if path.is_relative_to(HEARTH)
        for module, name in imports(path)
        if module in SIGNALS or name == "signals"
    }

    assert listening <= set(LISTENS)


def test_answers_are_columns_and_not_json():
    held = {
        f"{label(model)}.{each.name}"
        for model in ours()
        for each in model._meta.local_fields
        if isinstance(each, models.JSONField)
    }

    assert held <= set(JSON_HOLDS)


def test_every_earlier_version_of_a_record_is_kept():
    events = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    tracked = {event.pgh_tracked_model for event in events}

    assert {label(m) for m in ours() if m not in tracked} <= set(NOT_RECORDED)


def test_every_field_is_classed_once_for_privacy():
    wrong = {label(model): faults for model in ours() if (faults := _privacy_faults(model))}

    assert wrong == {}


def _privacy_faults(model):
    """The fields that a model classes twice, classes without having, or does not class."""
    declared = [vars(cls)["Privacy"] for cls in model.__mro__ if "Privacy" in vars(cls)]
    lists = [[n for kind in KINDS for n in vars(p).get(kind, ())] for p in declared]
    classed = {name for names in lists for name in names}
    known = {field.name for field in model._meta.local_fields}
    asked = {f.name for f in model._meta.local_fields if not f.is_relation and not f.primary_key}
    twice = {name for names in lists for name in names if names.count(name) > 1}

    found = {"classed twice": twice, "not a field": classed - known, "unclassed": asked - classed}
    return {fault: names for fault, names in found.items() if names}


def test_every_table_says_when_we_were_told():
    silent = {
        label(model)
        for model in ours()
        if "recorded_at" not in {field.name for field in model._meta.local_fields}
    }

    assert silent <= set(NOT_RECORDED)


def test_nothing_is_deleted_by_deleting_something_else():
    loose = [
        f"{label(model)}.{key.name}"
        for model in ours()
        for key in model._meta.local_fields
        if isinstance(key, models.ForeignKey)
        if key.remote_field.on_delete is not models.PROTECT
    ]

    assert loose == []


def test_who_and_when_are_held_together_by_the_database():
    loose = {label(model): pairs for model in ours() if (pairs := _loose_pairs(model))}

    assert loose == {}


def _loose_pairs(model):
    fields = {field.name: field for field in model._meta.local_fields}
    checks = [
        str(constraint.condition)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    ]
    return [
        (when, who)
        for who in fields
        if who.endswith("_by")
        for when in (who[:-2] + "at", who[:-2] + "on")
        if when in fields and fields[who].is_relation and not who.startswith("recorded")
        if fields[who].null or fields[when].null
        if not any(f"'{who}" in check and f"'{when}" in check for check in checks)
    ]


@cache
def actions():
    """Each deed a room offers: what its actions package exports, or what its actions.py holds."""
    return {
        f"{name_of(path)}:{node.name}": node
        for path in of_kind("actions")
        if path.is_relative_to(HEARTH)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and _is_offered(path, node.name)
    }


def _is_offered(path, name):
    if name.startswith(("_", "why_not_")):
        return False
    if f"{path.relative_to(HEARTH).parts[0]}.{name}" in PARTS_OF_ACTIONS:
        return False
    package = path.parent / "__init__.py"
    return path.name == "actions.py" or name in {name for _, name in imports(package)}


def test_an_action_is_one_transaction():
    broken = [
        name
        for name, action in actions().items()
        if "transaction.atomic" not in [ast.unparse(mark) for mark in action.decorator_list]
    ]

    assert len(actions()) > 100, "they are found"
    assert broken == []


def test_an_action_takes_keywords_and_says_by_whom():
    """All but its subject by keyword, and who does it among them."""
    faults = [
        name
        for name, action in actions().items()
        if len([*action.args.posonlyargs, *action.args.args]) > 1
        or "by" not in [arg.arg for arg in action.args.kwonlyargs]
    ]

    assert faults == []


def test_an_action_writes_to_the_trail():
    silent = [name for name, each in actions().items() if not _reaches_the_trail(each, set())]

    assert silent == []


def _reaches_the_trail(function, seen):
    """Whether it calls trail.record, itself or by way of another function of any actions module."""
    said = set(calls(function))
    if said & {"trail.record", "trail.record_many"}:
        return True
    names = {call.rpartition(".")[2] for call in said} - seen
    seen |= names
    return any(
        _reaches_the_trail(other, seen)
        for name in names
        for other in _all_of_actions().get(name, ())
    )


@cache
def _all_of_actions():
    """Every function of every actions module, by name."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for path in of_kind("actions"):
        for function in functions(path):
            found.setdefault(function.name, []).append(function)
    return found


WRITES_AND_NOT = {
    "Task.objects.create(a=1)": True,
    "form.save()": True,
    "child.tasks.filter(a=1).update(b=2)": True,
    "Task.objects.select_for_update().delete()": True,
    "Task.objects.bulk_create([])": True,
    "words.update({})": False,
    "actions.create(by=by)": False,
    "Task.objects.filter(a=1)": False,
}


def test_a_write_is_known_when_it_is_seen():
    known = {
        line: any(_is_write(call) for call in calls(ast.parse(line))) for line in WRITES_AND_NOT
    }

    assert known == WRITES_AND_NOT
