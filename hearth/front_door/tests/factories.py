"""Made-up contacts, decisions and referrals, and the people who make them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.casework.tests.factories import EpisodeFactory
from hearth.front_door.models import (
    AdviceRequest,
    Contact,
    ContactChild,
    ContactDecision,
    ContactDecisionChild,
    Feedback,
    NightWatch,
    Referral,
    ReferralChild,
    ReportedChild,
    ThirdContactPrompt,
    ThresholdDocument,
)
from hearth.people.tests.factories import ChildFactory
from hearth.workforce.tests.factories import StaffFactory, TeamFactory, manager

MONDAY = datetime(2026, 2, 2, 9, 30, tzinfo=UTC)
TUESDAY = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)


def front_door_team(**kwargs):
    """A front-door team with a screening officer and a registered manager in it."""
    team = TeamFactory.create(kind="front_door", name="Front door", **kwargs)
    screening_officer(team)
    manager(team)
    return team


def screening_officer(team):
    """A screening officer of this team."""
    return StaffFactory.create(
        user=UserFactory.create(screening=True), job_title="Screening officer", team=team
    ).user


def out_of_hours_worker():
    """A worker of the out-of-hours team."""
    team = TeamFactory.create(kind="out_of_hours", name="Out of hours")
    return StaffFactory.create(
        user=UserFactory.create(out_of_hours=True), registered=True, team=team
    ).user


def managers_of(team):
    """The managers of a team."""
    return [m.staff.user for m in team.memberships.filter(manages=True).order_by("pk")]


class ThresholdDocumentFactory(factory.django.DjangoModelFactory):
    """An edition that has ended, so that the one every database starts with still stands."""

    class Meta:
        model = ThresholdDocument

    title = "Levels of need"
    version = factory.Sequence(lambda n: f"Edition {n}")
    started_on = date(1985, 1, 1)
    ended_on = date(1986, 1, 1)


class ContactFactory(factory.django.DjangoModelFactory):
    """A school's telephone call about one child, not yet screened."""

    class Meta:
        model = Contact
        skip_postgeneration_save = True

    about = factory.LazyFunction(lambda: [ChildFactory.create().pk])
    family = "Pemberton"
    received_at = MONDAY
    recorded_by = factory.SubFactory(UserFactory, screening=True)
    team = factory.SubFactory(TeamFactory, kind="front_door")
    method = "phone"
    referrer_kind = "professional"
    referrer_name = "Mrs Quayle"
    referrer_role = "Head teacher"
    referrer_agency = "school"
    referrer_organisation = "Mill Lane Primary"
    source = "2A"
    reason = "He came to school hungry and tired three days running."

    class Params:
        anonymous = factory.Trait(
            referrer_kind="anonymous",
            referrer_name="",
            referrer_role="",
            referrer_agency="",
            referrer_organisation="",
            source="9",
        )
        screened = factory.Trait(
            screened_at=MONDAY,
            screened_by=factory.SubFactory(UserFactory, screening=True),
            screening_rationale="Needs help that one agency cannot give.",
            recommended_threshold="3",
            consent="given",
        )

    @factory.post_generation
    def children(self: Any, create, extracted, **kwargs):
        for pk in self.about:
            ContactChild.objects.create(contact=self, child_id=pk, age="9 years")


class ReportedChildFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReportedChild

    contact = factory.SubFactory(ContactFactory, about=[])
    given_names = "Tamsin"
    family_name = "Pemberton"
    born_on = date(2016, 9, 14)
    sex = "F"


class ThirdContactPromptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ThirdContactPrompt

    contact = factory.SubFactory(ContactFactory)
    child = factory.SubFactory(ChildFactory)
    count = 3


class AdviceRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdviceRequest

    contact = factory.SubFactory(ContactFactory)
    about = factory.SelfAttribute("contact.about")
    agency = "housing"
    asked_of = "Duty housing officer"
    question = "Is the tenancy at risk?"
    asked_at = MONDAY
    asked_by = factory.SubFactory(UserFactory, screening=True)


class ContactDecisionFactory(factory.django.DjangoModelFactory):
    """No further action, decided by another than whoever screened it."""

    class Meta:
        model = ContactDecision
        skip_postgeneration_save = True

    contact = factory.SubFactory(ContactFactory, screened=True)
    about = factory.SelfAttribute("contact.about")
    outcome = "no_further_action"
    threshold_level = "1"
    threshold_document = factory.SubFactory(ThresholdDocumentFactory)
    rationale = "The school's own offer meets what he needs."
    decided_at = TUESDAY
    decided_by = factory.SubFactory(UserFactory, manager=True)
    screened_by = factory.SelfAttribute("contact.screened_by")

    @factory.post_generation
    def leaves_the_queue(self: Any, create, extracted, **kwargs):
        if self.contact.first_decision is None:
            self.contact.first_decision = self
            self.contact.save(update_fields=["first_decision"])

    @factory.post_generation
    def children(self: Any, create, extracted, **kwargs):
        for pk in self.about:
            ContactDecisionChild.objects.create(
                decision=self,
                child_id=pk,
                outcome=self.outcome,
                threshold_level=self.threshold_level,
            )


class FeedbackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Feedback

    decision = factory.SubFactory(ContactDecisionFactory)
    contact = factory.SelfAttribute("decision.contact")
    about = factory.SelfAttribute("contact.about")
    to_name = "Mrs Quayle"
    text = "Dear Mrs Quayle"


class ReferralFactory(factory.django.DjangoModelFactory):
    """A referral of one child, waiting to be decided, with the child's episode open."""

    class Meta:
        model = Referral
        skip_postgeneration_save = True

    contact = factory.SubFactory(ContactFactory, screened=True)
    about = factory.SelfAttribute("contact.about")
    received_on = date(2026, 2, 2)
    source = "2A"
    reason = "He came to school hungry and tired three days running."
    recorded_by = factory.SubFactory(UserFactory, manager=True)

    @factory.post_generation
    def children(self: Any, create, extracted, **kwargs):
        for pk in self.about:
            episode = EpisodeFactory.create(child_id=pk, child=None, started_on=self.received_on)
            ReferralChild.objects.create(referral=self, child_id=pk, episode=episode)


class NightWatchFactory(factory.django.DjangoModelFactory):
    """A child the out-of-hours team is asked to keep in mind, for a week from tonight."""

    class Meta:
        model = NightWatch

    child = factory.SubFactory(ChildFactory)
    worry = "Dad is out of prison today."
    to_do = "If mum rings, go: she does not ring twice."
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + timedelta(days=7))
    asked_by = factory.SubFactory(UserFactory)
