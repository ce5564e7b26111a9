"""Migrating without drawing every model again for each thing added.

Django redraws, for each operation, every model that can be reached from the one it changes. Here
everything can be reached from everything, so a new database took longer, by the square, the more
there was to it. Most operations need the one model they change. A migration made of such operations
is applied so; any other (one that runs our own Python, renames, or alters a key that others point
at) is applied exactly as Django does, with every model drawn afresh. `tests/test_migrations.py`
proves that both ways make the same database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger
from procrastinate.contrib.django.migrations_utils import RunProcrastinateSQL

from hearth.lib.errors import CannotRun

OF_ONE_MODEL = {
    AddTrigger,
    RemoveTrigger,
    RunProcrastinateSQL,
    migrations.AddConstraint,
    migrations.AddField,
    migrations.AddIndex,
    migrations.AlterField,
    migrations.AlterModelOptions,
    migrations.AlterUniqueTogether,
    migrations.CreateModel,
    migrations.RemoveConstraint,
    migrations.RemoveField,
    migrations.RemoveIndex,
    migrations.RunSQL,
}
Progress = Callable[[int, int], None]


def one_model_at_a_time(migration: migrations.Migration) -> bool:
    """Whether every operation needs no other model than the one it changes."""
    return all(_is_of_one_model(operation) for operation in migration.operations)


def _is_of_one_model(operation: Operation) -> bool:
    """A key that others point at cannot be altered without them."""
    pointed_at = isinstance(operation, migrations.AlterField) and (
        operation.field.primary_key or operation.field.unique
    )
    return type(operation) in OF_ONE_MODEL and not pointed_at


def _itself(
    state: ProjectState,
    app_label: str,
    model_name: str,
    delay: bool = False,  # noqa: ARG001, FBT001, FBT002 - as Django calls it
) -> set[tuple[str, str]]:
    state.is_delayed = True
    return {(app_label, model_name)}


@contextmanager
def _drawing_one_model() -> Iterator[None]:
    whole = ProjectState._find_reload_model  # type: ignore[attr-defined]  # noqa: SLF001
    ProjectState._find_reload_model = _itself  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield
    finally:
        ProjectState._find_reload_model = whole  # type: ignore[attr-defined]  # noqa: SLF001


class QuickExecutor(MigrationExecutor):
    """Applies most migrations by drawing one model at a time."""

    stale = False

    def apply_migration(
        self, state: ProjectState, migration: migrations.Migration, *args: Any, **kwargs: Any
    ) -> ProjectState:
        """Apply one migration; before one that needs them all, have every model drawn."""
        if one_model_at_a_time(migration):
            self.stale = True
            with _drawing_one_model():
                return super().apply_migration(state, migration, *args, **kwargs)
        if self.stale:
            state.__dict__.pop("apps", None)
            self.stale = False
        return super().apply_migration(state, migration, *args, **kwargs)


def migrate(connection: BaseDatabaseWrapper, progress: Progress | None = None) -> None:
    """Apply every migration that has not been, as Django's own command does."""
    executor = QuickExecutor(connection)
    executor.loader.check_consistent_history(connection)
    _refuse_newer(executor)
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    if not plan:
        return
    executor.progress_callback = _counting(progress, len(plan))
    connection.prepare_database()
    before = executor._create_project_state(  # type: ignore[attr-defined]  # noqa: SLF001
        with_applied_migrations=True
    )
    alias = connection.alias
    emit_pre_migrate_signal(0, False, alias, apps=before.apps, plan=plan)  # noqa: FBT003
    after = executor.migrate(targets, plan, state=before.clone())
    after.__dict__.pop("apps", None)
    emit_post_migrate_signal(0, False, alias, apps=after.apps, plan=plan)  # noqa: FBT003


def _counting(progress: Progress | None, total: int) -> Callable[..., None]:
    done = 0

    def step(action: str, *_: Any) -> None:
        nonlocal done
        if action == "apply_success":
            done += 1
            if progress is not None:
                progress(done, total)

    return step


def _refuse_newer(executor: MigrationExecutor) -> None:
    """Stop if the database has been changed in ways this copy of Hearth has not heard of."""
    known = executor.loader.disk_migrations or {}
    rooms = {app for app, _ in known}
    unheard = sorted(
        f"{app}.{name}"
        for app, name in executor.loader.applied_migrations or {}
        if app in rooms and (app, name) not in known
    )
    if unheard:
        raise CannotRun(
            "This database was made by a newer version of Hearth, or a different one. Nothing has "
            "been changed. Update this copy of Hearth, or use another database. It does not know "
            f"of: {', '.join(unheard)}."
        )
