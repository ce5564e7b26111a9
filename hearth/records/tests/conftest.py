"""What this room's tests share."""

import pytest
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.people.tests.factories import (
    ChildFactory,
    PersonFactory,
    RelationshipFactory,
)
from hearth.records import actions
from hearth.records.models import ChronologyEntry
from hearth.records.tests.factories import ALONE, PRIVATE, document, note, visit
from hearth.workforce.tests.factories import manager as a_manager
from hearth.workforce.tests.factories import social_worker


@pytest.fixture
def worker():
    """A registered social worker."""
    return social_worker()


@pytest.fixture
def manager():
    return a_manager()


@pytest.fixture
def other():
    """Another worker."""
    return UserFactory.create()


@pytest.fixture
def ade():
    return ChildFactory.create(given_names="Ade", family_name="Quill")


@pytest.fixture
def bea():
    return ChildFactory.create(given_names="Bea", family_name="Quill")


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"


@pytest.fixture
def mother(ade, bea):
    """What makes Ade and Bea siblings."""
    mother = PersonFactory.create(given_names="Dana", family_name="Quill")
    for child in (ade, bea):
        RelationshipFactory.create(person=mother, other_person=child)
    return mother


@pytest.fixture
def browser(client, worker):
    client.force_login(worker)
    return client


@pytest.fixture
def full(worker, manager, ade, bea, mother):
    """A family with one of everything, Bea's private words in all of it."""
    both = note(
        ade, bea, by=worker, significance="medium", texts={bea.pk: PRIVATE, ade.pk: "Ade's own."}
    )
    made = visit(
        ade,
        bea,
        by=worker,
        parts=[
            (ade, ALONE | {"own_words": "I am Ade and I am fine"}),
            (bea, ALONE | {"own_words": PRIVATE, "observation": PRIVATE}),
        ],
        home="Warm.",
        present="Dana Quill",
        announced=False,
        concern=True,
        place="Home",
    )
    actions.add_addendum(written=both, text=PRIVATE, child=bea, by=worker)
    actions.add_addendum(written=made, text=PRIVATE, child=bea, by=worker)
    actions.give_feedback(written=both, text="Thank you.", by=manager)
    kept = document(ade, bea, by=worker, confidential_from_family=True, source="School")
    actions.record_oversight(
        children=[ade, bea],
        text="See both by Friday.",
        oversight_point="allocation",
        texts={bea.pk: PRIVATE},
        by=manager,
    )
    today = timezone.localdate()
    plan = actions.plan_visit(
        children=[ade, bea], kind="child_in_need", planned_on=today, worker=worker, by=worker
    )
    entry = ChronologyEntry.objects.of_source(both).get(child=ade)
    actions.add_impact(entry=entry, text="He slept again.", by=worker)
    actions.change_significance(entry=entry, significance="high", reason="Third", by=worker)
    beas = ChronologyEntry.objects.of_source(both).get(child=bea)
    actions.add_impact(entry=beas, text=PRIVATE, by=worker)
    return {"note": both, "visit": made, "document": kept, "plan": plan, "entry": entry}
