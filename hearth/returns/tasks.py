"""The long work of returns, done by the job worker while the page shows how far it has come."""

from pathlib import Path

from django.utils import timezone
from procrastinate.contrib.django import app

from hearth.accounts.models import User
from hearth.returns import actions
from hearth.returns.cin.reader import FileSource
from hearth.returns.kept import folder, forget
from hearth.returns.models import CensusImport
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
