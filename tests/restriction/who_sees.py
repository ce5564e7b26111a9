"""What the tests of restriction ask and do."""

from hearth.accounts.models import Notice
from hearth.accounts.worker_context import acting_as
from hearth.people.actions import restriction
from hearth.people.models import Person


def sees(worker, person):
    with acting_as(worker):
        return Person.objects.filter(pk=person.pk).exists()


def restrict(child, *workers, by, kind="staff"):
    with acting_as(by):
        return restriction.restrict_people(
            people=[child], kind=kind, reason="A colleague's child", workers=workers, by=by
        )


def told(to):
    with acting_as(to):
        return [notice.text for notice in Notice.objects.visible_to(to)]
