"""Checked returns, made as a worker makes them: given, and checked by the job worker."""

from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.returns import actions, tasks
from hearth.returns.models import CheckedReturn
from hearth.returns.tests.test_reader import CHILD, census

COLUMNS = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"
OTHER = {"collection": "ssda903"}
FAULTY = CHILD.replace("2025-06-03", "2025-05-01")


def upload(name, text):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def given(by, *files, collection="cin", **answers):
    """A return that has been given, and is waiting to be checked."""
    files = files or (upload("census.xml", census(CHILD, FAULTY)),)
    with acting_as(by):
        return actions.start_check(collection=collection, this_year=list(files), by=by, **answers)


def without_year():
    """A return that waits to be told its year."""
    return checked(None, upload("header.csv", f"{COLUMNS}\n1,1,01/02/2015,WBRI,,,\n"), **OTHER)


def checked(by=None, *files, **answers):
    """A return that has been checked."""
    by = by or UserFactory.create(roles=[Role.ANALYST])
    made = given(by, *files, **answers)
    tasks.check_return(checked_id=made.pk)
    with acting_as(by):
        return CheckedReturn.objects.get(pk=made.pk)
