"""The long work of returns, done by the job worker while the page shows how far it has come."""

from contextlib import suppress
from pathlib import Path

from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.worker_context import acting_as
from hearth.lib.errors import CannotDo
from hearth.returns import actions
from hearth.returns.cin.reader import FileSource
from hearth.returns.kept import folder, forget
from hearth.returns.models import CensusBuild, CensusImport, CheckedReturn
from hearth.workforce.models import Team


@app.task(name="returns.import_census")
def import_census(*, run_id: int, file: str, by_id: int, team_id: int | None) -> None:
    """Bring in a file that was uploaded. Begun again, it goes on: what is there is not repeated."""
    source = FileSource(folder() / Path(file).name)
    try:
        actions.import_census(
            run=CensusImport.objects.get(pk=run_id),
            source=source,
            today=timezone.localdate(),
            by=User.objects.get(pk=by_id),
            team=Team.objects.get(pk=team_id) if team_id is not None else None,
        )
    finally:
        forget(source)


@app.task(name="returns.check_return")
def check_return(*, checked_id: int) -> None:
    """Check a return that was given. Begun again after it was cut short, it says so."""
    with acting_as(system_worker()):
        checked = CheckedReturn.objects.select_related("recorded_by").get(pk=checked_id)
    actions.check_return(checked=checked, by=checked.recorded_by)


@app.task(name="returns.build_census")
def build_census(*, build_id: int, by_id: int) -> None:
    """Build a census that was asked for on a page. What stopped it is on the build itself."""
    build = CensusBuild.objects.get(pk=build_id)
    with suppress(CannotDo):
        actions.build_census(build=build, by=User.objects.get(pk=by_id))


def clear() -> None:
    """Remove what was found by checks whose hour is over: done again and again by the worker."""
    with acting_as(system_worker()):
        actions.clear_checks(by=system_worker())
