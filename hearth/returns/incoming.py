"""Beginning an import from a page: the file is kept, read once whole, and handed to the worker."""

from django.core.files.uploadedfile import UploadedFile

from hearth.accounts.models import User
from hearth.returns import tasks
from hearth.returns.actions import start_import
from hearth.returns.checking.plain_xml import CannotRead
from hearth.returns.kept import forget, keep
from hearth.returns.models import CensusImport
from hearth.workforce.models import Team


def begin(
    *,
    file: UploadedFile,  # type: ignore[type-arg]
    team: Team | None,
    by: User,
) -> CensusImport:
    """Begin to bring an uploaded census in. Raises CannotRead, keeping nothing, when it is broken.

    The job is put in the queue in this transaction, so there is no run without its job.
    """
    source = keep(file)
    try:
        run = start_import(name=file.name or "census.xml", source=source, by=by)
    except CannotRead:
        forget(source)
        raise
    tasks.import_census.defer(
        run_id=run.pk, file=source.path.name, by_id=by.pk, team_id=team.pk if team else None
    )
    return run
