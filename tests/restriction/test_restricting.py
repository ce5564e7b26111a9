"""Restricting a record, naming who may see it, and lifting the restriction."""

from datetime import date

import pytest
from django.urls import reverse

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, seeing_everybody, set_worker
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.actions import connections, restriction
from hearth.people.models import Restriction, RestrictionAccess
from hearth.people.tests.factories import (
    ChildFactory,
    RelationshipFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import social_worker
from tests.restriction.who_sees import restrict, sees

pytestmark = pytest.mark.django_db


def test_a_restricted_record_is_seen_only_by_those_named(child, boss, worker):
    restrict(child, worker, by=boss)

    assert sees(worker, child)
    assert not sees(boss, child)
    assert not sees(UserFactory.create(), child)


def test_those_named_are_told_and_it_is_in_the_trail(child, boss, worker):
    restrict(child, worker, boss, by=boss)

    with acting_as(worker):
        assert "Tamsin Quill's record" in Notice.objects.visible_to(worker).get().text
    assert TrailEvent.objects.filter(what="Restricted a record", about=[child.pk]).exists()


def test_somebody_must_be_named(child, boss):
    with pytest.raises(CannotDo, match="Name at least one worker"):
        restrict(child, by=boss)

    assert not Restriction.objects.exists()


def test_a_record_is_restricted_once_for_a_reason_and_again_for_another(child, boss):
    restrict(child, boss, by=boss)
    with pytest.raises(CannotDo, match="already restricted"):
        restrict(child, boss, by=boss)

    restrict(child, by=boss, kind="adoption")
    assert Restriction.objects.in_force().count() == 2


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({"is_active": False}, "no longer works here"),
        ({"ends_on": date(2020, 1, 1)}, "no longer works here"),
        ({"roles": [Role.ADMINISTRATOR]}, "role does not open records"),
    ],
)
def test_who_cannot_see_records_cannot_be_named(child, boss, named, why):
    with pytest.raises(CannotDo, match=why):
        restrict(child, UserFactory.create(**named), by=boss)


def test_who_has_declared_a_connection_cannot_be_named(child, boss, worker):
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)

    with pytest.raises(CannotDo, match="has declared a connection"):
        restrict(child, worker, by=boss)


def test_a_reason_is_asked_for(child, boss):
    with pytest.raises(CannotDo, match="Say why"), acting_as(boss):
        restriction.restrict_people(
            people=[child], kind="staff", reason="  ", workers=[boss], by=boss
        )


def test_brothers_and_sisters_are_restricted_at_once(client, boss, child):
    brother = ChildFactory.create()
    RelationshipFactory.create(person=child, other_person=brother, code="brother")
    client.force_login(boss)
    page = reverse("people:restrict_people", args=[child.pk])
    with at_most_queries(25):
        form = client.get(page).context["form"]

    client.post(
        page,
        {
            "kind": "staff",
            "reason": "A colleague's children",
            "people": form.fields["people"].initial,
            "workers": form.fields["workers"].initial,
        },
    )

    outsider = UserFactory.create()
    assert not sees(outsider, child)
    assert not sees(outsider, brother)
    assert sees(boss, brother)


def test_restricting_takes_four_actions_for_the_worker_has_it_filled_in(
    client, boss, child, worker
):
    """Open the form, choose why, say why, send: the family and its workers are ticked already."""
    AllocationFactory.create(child=child, worker=worker)
    client.force_login(boss)
    page = reverse("people:restrict_people", args=[child.pk])
    form = client.get(page).context["form"]

    assert set(form.fields["workers"].initial) == {boss.pk, worker.pk}
    assert form.fields["people"].initial == [child.pk]


def test_everybody_in_a_team_is_named_at_once(client, boss, child, team, worker):
    client.force_login(boss)
    answers = {"kind": "sealed", "reason": "Police", "people": [child.pk], "team": team.pk}
    response = client.post(reverse("people:restrict_people", args=[child.pk]), answers)

    assert response.url == reverse("people:restriction", args=[child.pk])
    assert sees(worker, child)
    assert sees(boss, child)


def test_whoever_restricts_without_naming_themselves_goes_to_their_desk(
    client, boss, child, worker
):
    client.force_login(boss)
    answers = {"kind": "sealed", "reason": "Police", "people": [child.pk]}
    page = reverse("people:restrict_people", args=[child.pk])
    response = client.post(page, answers | {"another_worker": worker.pk})

    assert response.url == reverse("desk:home")
    assert client.get(page).status_code == 404


def test_the_form_asks_for_somebody_to_be_named(client, boss, child):
    client.force_login(boss)
    answers = {"kind": "sealed", "reason": "Police", "people": [child.pk]}
    page = client.post(reverse("people:restrict_people", args=[child.pk]), answers)

    assert "Name at least one worker" in page.content.decode()


def test_another_childs_record_cannot_be_slipped_into_the_form(client, boss, child):
    other = ChildFactory.create()
    client.force_login(boss)
    answers = {"kind": "sealed", "reason": "Police", "people": [other.pk], "workers": [boss.pk]}
    client.post(reverse("people:restrict_people", args=[child.pk]), answers)

    assert not Restriction.objects.filter(person=other).exists()


def test_a_social_worker_may_not_restrict_and_is_told_why(client, worker, child):
    client.force_login(worker)

    assert client.get(reverse("people:restrict_people", args=[child.pk])).status_code == 403
    page = client.get(reverse("people:restriction", args=[child.pk])).content.decode()
    assert "Your role does not allow this" in page


def test_a_worker_is_named_and_taken_off_later(child, boss, worker):
    restrict(child, boss, by=boss)
    with acting_as(boss):
        restriction.name_worker(person=child, worker=worker, reason="Duty", by=boss)
        with pytest.raises(CannotDo, match="already named"):
            restriction.name_worker(person=child, worker=worker, reason="Duty", by=boss)
    assert sees(worker, child)

    with acting_as(boss):
        access = RestrictionAccess.objects.get(worker=worker)
        restriction.remove_worker(access=access, by=boss)
        with pytest.raises(CannotDo, match="no longer named"):
            restriction.remove_worker(access=access, by=boss)
    assert not sees(worker, child)


def test_the_last_named_worker_cannot_be_taken_off(child, boss):
    restrict(child, boss, by=boss)

    with acting_as(boss), pytest.raises(CannotDo, match="Somebody must be named"):
        restriction.remove_worker(access=RestrictionAccess.objects.get(), by=boss)


def test_nobody_is_named_on_a_record_that_is_not_restricted(child, boss, worker):
    with pytest.raises(CannotDo, match="not restricted"):
        restriction.name_worker(person=child, worker=worker, reason="Duty", by=boss)


def test_a_lifted_restriction_leaves_nobody_named_for_a_later_one(child, boss, worker):
    (made,) = restrict(child, boss, worker, by=boss)
    with acting_as(boss):
        with pytest.raises(CannotDo, match="Say why"):
            restriction.lift_restriction(restriction=made, lifted_reason=" ", by=boss)
        restriction.lift_restriction(restriction=made, lifted_reason="He has left", by=boss)
        with pytest.raises(CannotDo, match="has been lifted"):
            restriction.lift_restriction(restriction=made, lifted_reason="Again", by=boss)
    assert sees(UserFactory.create(), child)

    restrict(child, boss, by=boss)
    assert not sees(worker, child)


def test_with_two_restrictions_lifting_one_leaves_the_record_hidden(child, boss):
    (made,) = restrict(child, boss, by=boss)
    restrict(child, by=boss, kind="witness")
    with acting_as(boss):
        restriction.lift_restriction(restriction=made, lifted_reason="No longer", by=boss)

    assert not sees(UserFactory.create(), child)
    assert sees(boss, child)


def test_the_caldicott_guardian_finds_a_record_that_nobody_can_see_and_names_somebody(
    client, child, boss, guardian, worker
):
    leaver = social_worker()
    (made,) = restrict(child, leaver, by=boss)
    leaver.is_active = False
    leaver.save()
    client.force_login(guardian)
    page = client.get(reverse("people:restrictions")).content.decode()
    assert "Nobody can see it" in page
    assert "Tamsin" not in page

    address = reverse("people:name_worker_unseen", args=[made.pk])
    client.post(address, {"worker": worker.pk, "reason": "Takes the family over"})

    assert sees(worker, child)
    assert not sees(guardian, child)


def test_the_guardian_lifts_a_restriction_on_a_record_they_cannot_open(
    client, child, boss, guardian
):
    (made,) = restrict(child, boss, by=boss)
    restrict(child, by=boss, kind="sealed")
    client.force_login(guardian)
    address = reverse("people:lift_restriction", args=[made.pk])

    assert client.get(address).status_code == 200
    response = client.post(address, {"lifted_reason": "Nobody is left"})
    assert response.url == reverse("people:restrictions")
    access = RestrictionAccess.objects.get()
    page = client.get(reverse("people:remove_worker", args=[access.pk]))
    assert page.status_code == 403


@pytest.mark.parametrize(
    "name", ["restriction", "restrict_people", "name_worker", "declare_connection"]
)
def test_every_page_of_a_hidden_record_is_not_found(client, child, boss, name):
    RestrictionFactory.create(person=child)
    client.force_login(boss)

    response = client.get(reverse(f"people:{name}", args=[child.pk]))

    assert response.status_code == 404
    with seeing_everybody(system_worker()):
        refused = TrailEvent.objects.get(kind="refusal")
    assert refused.about == [child.pk]
    assert refused.by_id == boss.pk


def test_the_restriction_page_and_its_deeds(client, child, boss, worker):
    restrict(child, boss, worker, by=boss)
    client.force_login(boss)
    with at_most_queries(15):
        page = client.get(reverse("people:restriction", args=[child.pk])).content.decode()
    assert str(worker) in page
    set_worker(hearth_itself())
    access = RestrictionAccess.objects.get(worker=worker)
    taking_off = reverse("people:remove_worker", args=[access.pk])
    assert client.get(taking_off).status_code == 200
    assert client.post(taking_off).status_code == 302
    naming = reverse("people:name_worker", args=[child.pk])
    assert client.get(naming).status_code == 200
    assert client.post(naming, {"worker": worker.pk, "reason": "Duty"}).status_code == 302
    set_worker(hearth_itself())
    (held,) = Restriction.objects.all()
    lifting = reverse("people:lift_restriction", args=[held.pk])
    assert client.get(lifting).status_code == 200
    assert client.post(lifting, {"lifted_reason": "Left"}).status_code == 302
    assert (
        "not restricted"
        in client.get(reverse("people:restriction", args=[child.pk])).content.decode()
    )


def test_whoever_takes_off_their_own_name_goes_to_their_desk(client, child, boss, worker):
    restrict(child, boss, worker, by=boss)
    access = RestrictionAccess.objects.get(worker=boss)
    client.force_login(boss)

    response = client.post(reverse("people:remove_worker", args=[access.pk]))
    assert response.url == reverse("desk:home")
