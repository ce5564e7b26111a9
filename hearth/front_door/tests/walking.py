"""What the tests of pages share: families, contacts of today, and the answers of a form."""

from datetime import timedelta

from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.factories import EpisodeFactory
from hearth.config.testing import earlier_today, hearth_itself
from hearth.front_door.tests.steps import record, screen
from hearth.people.models import HouseholdMember
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    PersonFactory,
    RelationshipFactory,
)


def family(size=3):
    """Brothers and sisters with their mother, under one roof, known before."""
    mother = PersonFactory.create(given_names="Ngozi", family_name="Okafor")
    children = ChildFactory.create_batch(size, family_name="Okafor")
    home = HouseholdFactory.create()
    for person in (mother, *children):
        HouseholdMember.objects.create(household=home, person=person, recorded_by=hearth_itself())
    for child in children:
        RelationshipFactory.create(person=mother, other_person=child)
        EpisodeFactory.create(
            child=child, started_on="2025-03-01", ended_on="2025-06-01", closure_reason="RC8"
        )
    return children


def recent(children, by, **changes):
    return record(children, by, **{"received_at": timezone.now() - timedelta(hours=2)} | changes)


def recent_screened(children, by, **changes):
    return screen(recent(children, by, **changes), by, at=timezone.now())


def back_to_hearth():
    set_worker(hearth_itself())


def text_of(response):
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def answers(**changes):
    now = earlier_today(hours=1)
    return {
        "form_key": "6f1d0c9a-8b1e-4a7b-9d2c-0a4c6d1e2f30",
        "received_at_day": now.day,
        "received_at_month": now.month,
        "received_at_year": now.year,
        "received_at_time": f"{now:%H:%M}",
        "method": "phone",
        "referrer_kind": "professional",
        "referrer_name": "Mrs Quayle",
        "referrer_agency": "school",
        "reason": "He came to school hungry.",
        "consent": "given",
        "reported-TOTAL_FORMS": "1",
        "reported-INITIAL_FORMS": "0",
        **changes,
    }


def described(**told):
    base = {"reported-0-given_names": "Tam", "reported-0-family_name": "Smyth"}
    return answers(**base, **told)


def screen_answers(**changes):
    return {
        "concerns": ["domestic_abuse"],
        "consent": "not_asked",
        "lawful_basis": "public_task",
        "rationale": "All three saw it.",
        "recommended_threshold": "3",
        **changes,
    }


def decision(**changes):
    return {
        "outcome": "referral",
        "threshold_level": "3",
        "rationale": "They need to be seen.",
        "primary_need": "N1",
        "priority": "routine",
        **changes,
    }
