"""Made-up teams and staff."""

from datetime import date

import factory

from hearth.accounts.tests.factories import UserFactory
from hearth.workforce.models import Registration, Staff, Team, TeamMembership


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Assessment team {n}")
    kind = "assessment"
    opened_on = date(2005, 4, 1)


class StaffFactory(factory.django.DjangoModelFactory):
    """Somebody who works here: `registered=True` for a registered social worker, in a `team`."""

    class Meta:
        model = Staff
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    job_title = "Social worker"
    started_on = date(2008, 4, 1)

    @factory.post_generation
    def registered(self, create, extracted, **kwargs):
        if extracted:
            RegistrationFactory.create(staff=self)

    @factory.post_generation
    def team(self, create, extracted, **kwargs):
        if extracted:
            TeamMembershipFactory.create(staff=self, team=extracted, **kwargs)


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    staff = factory.SubFactory(StaffFactory)
    number = factory.Sequence(lambda n: f"SW{100000 + n}")
    started_on = date(2008, 4, 1)
    expires_on = date(2030, 11, 30)


class TeamMembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamMembership

    staff = factory.SubFactory(StaffFactory)
    team = factory.SubFactory(TeamFactory)
    started_on = date(2008, 4, 1)


def social_worker(team=None, **kwargs):
    """A registered social worker's user."""
    return StaffFactory.create(registered=True, team=team or TeamFactory.create(), **kwargs).user


def manager(team=None):
    """A registered team manager's user."""
    return StaffFactory.create(
        user=UserFactory.create(manager=True),
        registered=True,
        team=team or TeamFactory.create(),
        team__manages=True,
    ).user
