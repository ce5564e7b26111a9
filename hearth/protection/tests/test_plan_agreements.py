"""Papers under a plan, and a manager's word that they and the plan's contingency agree."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory
from hearth.casework.tests.pages import days
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.plans import actions as plans
from hearth.plans.models import PlanKind
from hearth.plans.tests.factories import plan
from hearth.protection import actions
from hearth.protection.agreeing import agrees
from hearth.protection.models import SafetyAgreement
from hearth.protection.tests.factories import children_of, enquiry, signed
from hearth.protection.tests.plan_papers import IF_THEN, beside_a_plan, standing_plan, write
from hearth.workforce.tests.factories import manager

pytestmark = pytest.mark.django_db


@pytest.fixture
def kai(worker, team):
    child = ChildFactory.create(given_names="Kai")
    episode = EpisodeFactory.create(child=child)
    AllocationFactory.create(episode=episode, worker=worker, team=team)
    return child


@pytest.fixture
def made(kai, worker):
    return standing_plan(kai, by=worker)


def still_agrees(agreement):
    made = SafetyAgreement.objects.get(pk=agreement.pk)
    return made.plan_beside is not None and agrees(made, made.plan_beside)


def test_a_paper_is_written_under_a_plan_for_a_child_who_has_a_part_in_it(made, worker):
    other = ChildFactory.create()
    refused: list[tuple[dict[str, Any], str]] = [
        ({"children": []}, "at least one child"),
        ({"children": [other]}, "no part in this plan"),
        ({"kind": "risk_assessment", "risk": "High"}, "belongs to an enquiry"),
        ({"contingency": ""}, "if it is not kept to"),
    ]
    for changes, words in refused:
        with pytest.raises(CannotDo, match=words):
            write(made, by=worker, **changes)
    assert not SafetyAgreement.objects.exists()

    written = write(made, by=worker)

    assert (written.plan, written.enquiry, written.signed_at) == (made, None, None)


def test_a_manager_confirms_that_it_agrees_until_the_plan_says_something_else(made, worker, boss):
    paper = beside_a_plan(made, by=worker, boss=boss)
    agreed = actions.confirm_agreement(agreement=paper, by=boss)
    assert agreed.compatible_by == boss
    assert still_agrees(agreed)
    with pytest.raises(CannotDo, match="confirmed this already"):
        actions.confirm_agreement(agreement=agreed, by=boss)

    tomorrow = timezone.now() + timedelta(days=1)
    made.contingencies.update(recorded_at=tomorrow)

    assert not still_agrees(agreed)


def test_it_is_confirmed_only_by_another_manager_once_signed_beside_a_contingency(
    made, worker, boss
):
    written = write(made, by=boss)
    other = manager()
    for by, words in [
        (worker, "A manager confirms"),
        (boss, "You wrote this"),
        (other, "signs it"),
    ]:
        with pytest.raises(CannotDo, match=words):
            actions.confirm_agreement(agreement=written, by=by)
    actions.sign_agreement(agreement=written, by=other)
    with pytest.raises(CannotDo, match="does not say what is done"):
        actions.confirm_agreement(agreement=written, by=other)

    unplanned = signed()
    with pytest.raises(CannotDo, match="No plan stands"):
        actions.confirm_agreement(agreement=unplanned, by=other)


def test_an_enquirys_paper_is_set_beside_the_plan_that_followed(worker, boss):
    made = enquiry()
    child = children_of(made)[0]
    paper = signed(made, children=[child])
    follows = plan(child, by=worker, kind=PlanKind.PROTECTION, started_on=timezone.localdate())
    plans.set_contingency(plan=follows, contingency=IF_THEN, by=worker)

    assert actions.confirm_agreement(agreement=paper, by=boss).plan == follows


def test_a_paper_under_a_plan_is_written_on_its_page_and_listed(client, made, kai, worker):
    client.force_login(worker)
    where = reverse("protection:plan_agreements", args=[made.pk])
    with at_most_queries():
        page = client.get(where).content.decode()
    assert "No paper stands about these children" in page
    sent = {
        "kind": "written_agreement",
        "children": [kai.pk],
        "conditions": "Nobody who drinks is left with the children.",
        "contingency": "Nan has the children that night.",
        **days("review_on", timezone.localdate() + timedelta(days=14)),
    }

    assert client.post(where, sent).status_code == 302

    set_worker(hearth_itself())
    written = SafetyAgreement.objects.get()
    assert str(written) in client.get(reverse("protection:agreements")).content.decode()
    child_page = client.get(reverse("protection:child_protection", args=[kai.pk])).content.decode()
    assert f"/agreements/{written.pk}/" in child_page
    assert "Agreements under the child protection plan" in child_page


def test_a_manager_reads_them_side_by_side_and_says_so(client, made, worker, boss):
    written = beside_a_plan(made, by=worker, boss=boss)
    client.force_login(boss)
    where = reverse("protection:agreement", args=[written.pk])
    assert "No manager has confirmed that they agree" in client.get(where).content.decode()
    confirm = reverse("protection:confirm_agreement", args=[written.pk])
    assert "the worker goes the same day" in client.get(confirm).content.decode()
    assert "you have read both" in client.post(confirm, {"x": "x"}).content.decode()

    client.post(confirm, {"read": "on"})

    with at_most_queries():
        assert f"{boss} confirmed" in client.get(where).content.decode()
