"""What casework tells the rooms below of who has a child's case."""

from collections.abc import Collection, Iterable
from datetime import date

from hearth.accounts.models import User
from hearth.accounts.structure import STRUCTURE
from hearth.casework.models import Allocation


def working_with(people: Collection[int], on: date) -> Iterable[User]:  # noqa: ARG001 - as declared
    """Everybody to whom any of these children is now allocated."""
    held = Allocation.objects.current().filter(child__in=people)
    found: Iterable[User] = User.objects.filter(pk__in=held.values("worker"))
    return found


def tell() -> None:
    """Told once, when Hearth starts."""
    STRUCTURE.working_with = working_with
