"""Restricting a record, breaking the glass, and declaring a connection."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.actions import system_worker
from hearth.accounts.models import Notice, TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, seeing_everybody, set_worker
from hearth.casework.tests.factories import AllocationFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.actions import connections, restriction
from hearth.people.actions.restriction_openings import (
    ExactDetails,
    break_glass,
    review_opening,
)
from hearth.people.models import DeclaredConnection, Person, Restriction, RestrictionAccess
from hearth.people.tests.factories import (
    ChildFactory,
    NameFactory,
    RelationshipFactory,
    RestrictionAccessFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


def sees(worker, person):
    with acting_as(worker):
        return Person.objects.filter(pk=person.pk).exists()


@pytest.fixture
def child():
    return ChildFactory.create(
        given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 14), la_child_id="T1234567"
    )


@pytest.fixture
def team():
    return TeamFactory.create()


@pytest.fixture
def boss(team):
    return manager(team)


@pytest.fixture
def worker(team):
    return social_worker(team)


@pytest.fixture
def guardian():
    return UserFactory.create(roles=[Role.CALDICOTT])


def restrict(child, *workers, by, kind="staff"):
    with acting_as(by):
        return restriction.restrict_people(
            people=[child], kind=kind, reason="A colleague's child", workers=workers, by=by
        )


# Restricting


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


# Breaking the glass

EXACT = ExactDetails(given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 14))


def ask(worker, details=EXACT, reason="Father is at the school gate"):
    with acting_as(worker):
        return break_glass(details=details, reason=reason, by=worker)


@pytest.fixture
def hidden(child):
    RestrictionFactory.create(person=child)
    return child


@pytest.mark.parametrize(
    "details",
    [
        EXACT,
        ExactDetails(given_names=" tamsin ", family_name="QUILL", born_on=date(2016, 9, 14)),
        ExactDetails(identifier="t1234567"),
        ExactDetails(identifier="T 1234 567", given_names="Tamsin", family_name="Quill"),
    ],
)
def test_exact_details_open_a_restricted_record(hidden, worker, details):
    assert ask(worker, details) == [hidden]
    assert sees(worker, hidden)


def test_a_name_of_theirs_that_is_not_their_first_will_do(hidden, worker):
    NameFactory.create(person=hidden, kind="alias", given_names="Tammy", family_name="Reed")
    details = ExactDetails(given_names="Tammy", family_name="Reed", born_on=date(2016, 9, 14))

    assert ask(worker, details) == [hidden]


@pytest.mark.parametrize(
    "details",
    [
        ExactDetails(given_names="Tamsyn", family_name="Quill", born_on=date(2016, 9, 14)),
        ExactDetails(given_names="Tamsin", family_name="Quill", born_on=date(2016, 9, 15)),
        ExactDetails(identifier="T1234568"),
        ExactDetails(given_names="Tamsin", family_name="Quill", phone="07700 900123"),
    ],
)
def test_details_that_are_nearly_right_open_nothing(hidden, worker, details):
    assert ask(worker, details) == []
    assert not sees(worker, hidden)


@pytest.mark.parametrize(
    "details",
    [
        ExactDetails(),
        ExactDetails(given_names="Tamsin", family_name="Quill"),
        ExactDetails(family_name="Quill", born_on=date(2016, 9, 14)),
        ExactDetails(phone="07700 900123"),
    ],
)
def test_too_few_details_are_not_looked_for(hidden, worker, details):
    with pytest.raises(CannotDo, match="Give the full name"):
        ask(worker, details)


def test_a_reason_for_opening_is_asked_for(hidden, worker):
    with pytest.raises(CannotDo, match="Say why"):
        ask(worker, reason=" ")


@pytest.mark.parametrize("kind", ["adoption", "allegation"])
def test_adoptions_and_allegations_are_never_opened_so(child, worker, guardian, kind):
    RestrictionFactory.create(person=child)
    RestrictionFactory.create(person=child, kind=kind)

    assert ask(worker) == []
    assert not sees(worker, child)
    with acting_as(guardian):
        assert "never opened so" in Notice.objects.visible_to(guardian).get().text


@pytest.mark.parametrize("kind", ["adoption", "allegation"])
def test_the_database_itself_lets_nobody_through_to_them_so(child, worker, kind):
    RestrictionFactory.create(person=child, kind=kind)
    RestrictionAccessFactory.create(
        person=child,
        worker=worker,
        kind="break_glass",
        expires_at=timezone.now() + timedelta(minutes=60),
    )

    assert not sees(worker, child)


def test_a_record_one_declared_a_connection_to_is_never_opened_so(hidden, worker):
    with seeing_everybody(system_worker()):
        DeclaredConnection.objects.create(
            worker=worker, declared_person_id=hidden.pk, relationship="My niece"
        )

    assert ask(worker) == []
    assert not sees(worker, hidden)


def test_the_answer_is_the_same_whether_there_is_no_record_or_one_never_opened(
    client, child, worker
):
    RestrictionFactory.create(person=child, kind="adoption")
    client.force_login(worker)
    page = reverse("people:break_glass")
    reason = {"reason": "At risk"}
    never = client.post(page, reason | {"identifier": "T1234567"}).content.decode()
    nobody = client.post(page, reason | {"identifier": "T7654321"}).content.decode()

    def words(text):
        return text.split("<main")[1].split("<form")[0]

    assert "No record could be opened" in never
    assert words(never) == words(nobody)


def test_a_record_in_plain_sight_is_not_opened_and_leaves_no_opening(child, worker):
    assert ask(worker) == []
    assert not RestrictionAccess.objects.exists()


def test_opening_lasts_sixty_minutes(hidden, worker):
    ask(worker)
    access = RestrictionAccess.objects.get()
    assert access.expires_at is not None
    assert access.expires_at - timezone.now() < timedelta(minutes=60, seconds=1)

    RestrictionAccess.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert not sees(worker, hidden)


def test_the_database_lets_no_opening_last_longer_whatever_the_row_says(hidden, worker):
    ask(worker)
    RestrictionAccess.objects.update(
        expires_at=timezone.now() + timedelta(days=9),
        recorded_at=timezone.now() - timedelta(minutes=62),
    )

    assert not sees(worker, hidden)


def told(to):
    with acting_as(to):
        return [notice.text for notice in Notice.objects.visible_to(to)]


def test_the_manager_and_the_reviewers_are_told_but_not_whose_record_it_is(
    hidden, worker, boss, guardian
):
    ask(worker)

    for told_worker in (boss, guardian):
        (text,) = told(told_worker)
        assert f"{worker} opened a restricted record" in text
        assert "Tamsin" not in text


def test_those_named_on_the_record_are_told_whose_it_is(hidden, worker):
    named = social_worker()
    RestrictionAccessFactory.create(person=hidden, worker=named)
    ask(worker)

    assert "Tamsin Quill's restricted record" in told(named)[0]


def test_after_five_that_could_not_be_opened_a_worker_must_telephone(hidden, worker):
    for number in range(5):
        ask(worker, ExactDetails(identifier=f"T000000{number}"))

    with pytest.raises(CannotDo, match="Telephone your manager"):
        ask(worker)
    assert ask(social_worker()) == [hidden]


def test_an_opening_is_reviewed_by_somebody_else_once(hidden, worker, guardian):
    worker.roles = [Role.SERVICE_MANAGER]
    worker.save()
    ask(worker)
    access = RestrictionAccess.objects.get()
    with acting_as(worker), pytest.raises(CannotDo, match="someone else must review"):
        review_opening(access=access, review_note="Fine", by=worker)
    with acting_as(guardian):
        with pytest.raises(CannotDo, match="Say what you found"):
            review_opening(access=access, review_note=" ", by=guardian)
        review_opening(access=access, review_note="Right: the school rang", by=guardian)
        with pytest.raises(CannotDo, match="has been reviewed"):
            review_opening(access=access, review_note="Again", by=guardian)

    access.refresh_from_db()
    assert access.reviewed_by == guardian


def test_a_naming_is_not_reviewed(hidden, worker, guardian):
    access = RestrictionAccessFactory.create(person=hidden, worker=worker)
    with pytest.raises(CannotDo, match="nothing to review"):
        review_opening(access=access, review_note="Fine", by=guardian)


def test_the_reviewers_list_says_by_when_and_not_whose(client, hidden, worker, guardian):
    ask(worker)
    client.force_login(guardian)
    with at_most_queries(15):
        page = client.get(reverse("people:openings")).content.decode()

    assert str(worker) in page
    assert "Tamsin" not in page
    access = RestrictionAccess.objects.get()
    address = reverse("people:review_opening", args=[access.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"review_note": "Right"}).status_code == 302
    assert (
        "All have been reviewed"
        in client.get(reverse("people:openings"), {"show": "waiting"}).content.decode()
    )


def test_a_worker_opens_a_record_from_the_page_and_sees_until_when(client, hidden, worker):
    client.force_login(worker)
    answers = {
        "given_names": "Tamsin",
        "family_name": "Quill",
        "born_on_day": "14",
        "born_on_month": "9",
        "born_on_year": "2016",
        "reason": "Father is at the gate",
    }
    page = client.post(reverse("people:break_glass"), answers, follow=True).content.decode()

    assert "Open to you until" in page
    assert "Restricted" in page


# Own connections


def test_declaring_a_connection_closes_the_record_at_once_and_tells_the_manager(
    child, boss, worker
):
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)

    assert not sees(worker, child)
    assert sees(boss, child)
    assert "personal connection to Tamsin Quill" in told(boss)[0]


def test_a_named_worker_who_declares_a_connection_is_named_no_more(child, boss, worker):
    restrict(child, boss, worker, by=boss)
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)
    with acting_as(boss):
        connection = DeclaredConnection.objects.get()
        connections.end_connection(connection=connection, reason="A mistake", by=boss)

    assert not sees(worker, child)


def test_a_connection_is_declared_once_and_says_what_it_is(child, worker):
    with acting_as(worker):
        with pytest.raises(CannotDo, match="Say what you are"):
            connections.declare_connection(person=child, relationship=" ", by=worker)
        connections.declare_connection(person=child, relationship="My niece", by=worker)
        with pytest.raises(CannotDo, match="declared this already"):
            connections.declare_connection(person=child, relationship="My niece", by=worker)


def test_only_a_manager_ends_a_connection_never_the_worker(child, boss):
    with acting_as(boss):
        connections.declare_connection(person=child, relationship="My niece", by=boss)
        connection = DeclaredConnection.objects.get()
        with pytest.raises(CannotDo, match="a manager must end it"):
            connections.end_connection(connection=connection, reason="Done", by=boss)
    other = manager()
    with acting_as(other):
        with pytest.raises(CannotDo, match="Say why"):
            connections.end_connection(connection=connection, reason=" ", by=other)
        connections.end_connection(connection=connection, reason="A mistake", by=other)
        with pytest.raises(CannotDo, match="has been ended"):
            connections.end_connection(connection=connection, reason="Again", by=other)

    assert sees(boss, child)


def test_declared_connections_are_each_workers_own_and_all_to_managers(client, child, worker, boss):
    client.force_login(worker)
    address = reverse("people:declare_connection", args=[child.pk])
    assert client.get(address).status_code == 200
    response = client.post(address, {"relationship": "My niece"})
    own = client.get(response.url).content.decode()
    assert "My niece" in own
    assert "Tamsin" not in own

    set_worker(hearth_itself())
    client.force_login(UserFactory.create())
    assert "My niece" not in client.get(response.url).content.decode()
    client.force_login(boss)
    page = client.get(response.url).content.decode()
    assert "Tamsin Quill" in page
    with seeing_everybody(system_worker()):
        connection = DeclaredConnection.objects.get()
    address = reverse("people:end_connection", args=[connection.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "A mistake"}).status_code == 302


def test_a_worker_cannot_even_find_another_workers_connection(client, child, worker):
    with acting_as(worker):
        connections.declare_connection(person=child, relationship="My niece", by=worker)
        pk = DeclaredConnection.objects.get().pk
    client.force_login(UserFactory.create())

    assert client.get(reverse("people:end_connection", args=[pk])).status_code == 404


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
