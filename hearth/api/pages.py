"""What the pages of those who ask are made of."""

from django.db.models import QuerySet

from hearth.api.models import Asker, LookUp
from hearth.people.models import Person


def all_askers() -> QuerySet[Asker]:
    """Every service that may ask, or might once, by name."""
    return Asker.objects.order_by("name", "pk")


def look_ups_of(child: Person) -> QuerySet[LookUp]:
    """Every question about a child, the newest first."""
    return LookUp.objects.filter(child=child).select_related("asker")
