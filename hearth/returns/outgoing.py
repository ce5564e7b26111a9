"""Beginning a build from a page: noted, and handed to the worker in one transaction."""

from datetime import date, datetime

from django.db import transaction

from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.records import storage
from hearth.returns import tasks
from hearth.returns.actions import check_own_census, start_build
from hearth.returns.models import CensusBuild, CheckedReturn


@transaction.atomic
def begin(*, year: int, as_at: datetime | None, today: date, by: User) -> CensusBuild:
    """Begin to build a census. There is no build without its job."""
    build = start_build(year=year, as_at=as_at, today=today, by=by)
    tasks.build_census.defer(build_id=build.pk, by_id=by.pk)
    return build


@transaction.atomic
def begin_again(*, build: CensusBuild, today: date, by: User) -> CensusBuild:
    """Begin to build the same census, of the record at the same moment."""
    again = start_build(year=build.year, as_at=build.as_at, dated=build.dated, today=today, by=by)
    tasks.build_census.defer(build_id=again.pk, by_id=by.pk)
    return again


def check(*, build: CensusBuild, by: User) -> CheckedReturn:
    """Have a built census checked, and what is found held for whoever asks."""
    path = storage.path_of(build.stored_as)
    if not path.is_file():
        raise CannotDo("The file is not in the store. Tell whoever looks after Hearth here")
    return check_own_census(path=path, build_name=build.file_name, by=by)
