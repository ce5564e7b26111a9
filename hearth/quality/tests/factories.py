"""Made-up alerts."""

from datetime import date

import factory
from django.utils import timezone

from hearth.casework.tests.factories import AllocationFactory
from hearth.quality.models import Alert


class AlertFactory(factory.django.DjangoModelFactory):
    """A child whom nobody has seen in an enquiry, of a worker's open case."""

    class Meta:
        model = Alert
        exclude = ["allocation"]

    allocation = factory.SubFactory(AllocationFactory)
    check_key = "PC-022"
    child = factory.SelfAttribute("allocation.child")
    subject = "protection.Enquiry:1"
    because = "Rowan has not been seen in the enquiry, and there is no reason."
    facts = factory.LazyFunction(
        lambda: [{"label": "Enquiry began", "says": "8 June 2026", "on": None, "page": "", "pk": 1}]
    )
    since = date(2026, 6, 9)
    managers_from = date(2026, 6, 9)
    opened_at = factory.LazyFunction(timezone.now)
