"""Made-up workers."""

import factory

from hearth.accounts.models import User
from hearth.accounts.roles import Role

FIRST = ("Amara", "Bryony", "Callum", "Dilys", "Edwin", "Farah", "Gethin", "Hana", "Idris", "Jory")
LAST = ("Ashdown", "Birchall", "Cotterill", "Drayton", "Eastham", "Fairclough", "Garside", "Holt")


class UserFactory(factory.django.DjangoModelFactory):
    """A worker: `UserFactory.create(roles=[Role.SOCIAL_WORKER])`, or by trait."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"worker{n}@fenbridge.example")
    email = factory.SelfAttribute("username")
    first_name = factory.Sequence(lambda n: FIRST[n % len(FIRST)])
    last_name = factory.Sequence(lambda n: f"{LAST[n % len(LAST)]}{n // len(LAST) or ''}")
    password = "!"
    roles = factory.LazyFunction(lambda: [Role.SOCIAL_WORKER])

    class Params:
        manager = factory.Trait(roles=[Role.TEAM_MANAGER])
        screening = factory.Trait(roles=[Role.SCREENING_OFFICER])
        out_of_hours = factory.Trait(roles=[Role.OUT_OF_HOURS])
