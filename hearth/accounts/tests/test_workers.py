"""What an administrator does to workers' accounts, and cannot do."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.urls import reverse

from hearth.accounts import actions
from hearth.accounts.actions import system_worker
from hearth.accounts.adapters import note
from hearth.accounts.models import Notice, RoleRequest, TrailEvent, User
from hearth.accounts.notices import notify
from hearth.accounts.roles import RECORD_READERS, Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.config.testing import at_most_queries
from hearth.lib.errors import CannotDo

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return UserFactory.create(roles=[Role.ADMINISTRATOR])


@pytest.fixture
def guardian():
    return UserFactory.create(roles=[Role.CALDICOTT])


@pytest.fixture
def worker():
    return UserFactory.create(first_name="Farah", last_name="Holt")


def told(to):
    with acting_as(to):
        return [notice.text for notice in Notice.objects.visible_to(to)]


NEW = {"email": "Jo.Bell@Fenbridge.example", "first_name": "Jo", "last_name": "Bell"}


# Accounts


def test_an_account_is_made_with_no_password_and_its_roles(administrator, guardian):
    worker = actions.create_worker(**NEW, roles=["social_worker"], password=None, by=administrator)

    assert worker.email == "jo.bell@fenbridge.example"
    assert not worker.has_usable_password()
    assert "gave Jo Bell a role that opens records: Social worker" in told(guardian)[0]


def test_an_address_is_one_workers(administrator, worker):
    with pytest.raises(CannotDo, match="already"):
        actions.create_worker(
            **NEW | {"email": worker.email.upper()},
            roles=["analyst"],
            password=None,
            by=administrator,
        )


@pytest.mark.parametrize(
    ("roles", "why"),
    [([], "at least one role"), (["system"], "Nobody holds"), (["king"], "Nobody holds")],
)
def test_an_account_needs_a_role_that_somebody_holds(administrator, roles, why):
    with pytest.raises(CannotDo, match=why):
        actions.create_worker(**NEW, roles=roles, password=None, by=administrator)


def test_no_account_is_made_that_both_administers_and_reads(administrator):
    with pytest.raises(CannotDo, match="then ask for them"):
        actions.create_worker(
            **NEW, roles=["administrator", "social_worker"], password=None, by=administrator
        )


def test_hearth_itself_may_make_the_first_accounts_as_it_needs(db):
    actions.create_worker(
        **NEW, roles=["administrator", "caldicott"], password=None, by=system_worker()
    )

    assert User.objects.filter(email="jo.bell@fenbridge.example").exists()


def test_a_new_address_is_signed_in_with_and_its_old_identity_forgotten(administrator, worker):
    SocialAccount.objects.create(user=worker, provider="sign-in", uid="old")
    actions.change_worker(
        worker=worker,
        email="Farah.New@fenbridge.example",
        first_name="Farah",
        last_name="Reed",
        by=administrator,
    )

    worker.refresh_from_db()
    assert (worker.username, str(worker)) == ("farah.new@fenbridge.example", "Farah Reed")
    assert not SocialAccount.objects.exists()


def test_an_account_is_closed_and_opened_again(administrator, worker, client):
    client.force_login(worker)
    actions.deactivate_worker(worker=worker, by=administrator)
    assert client.get(reverse("desk:home")).status_code == 302

    actions.reactivate_worker(worker=worker, by=administrator)
    worker.refresh_from_db()
    assert worker.is_active
    assert client.get(reverse("desk:home")).status_code == 302, "the old session stays ended"


def test_nobody_does_to_their_own_account_what_an_administrator_does(administrator):
    for deed in (
        actions.deactivate_worker,
        actions.reactivate_worker,
        actions.reset_second_factor,
    ):
        with pytest.raises(CannotDo, match="ask another administrator"):
            deed(worker=administrator, by=administrator)
    with pytest.raises(CannotDo, match="Change your own"):
        actions.issue_password_link(worker=administrator, by=administrator)


def test_nothing_is_done_to_hearths_own_account(administrator):
    hearth = system_worker()
    deeds = (
        lambda: actions.deactivate_worker(worker=hearth, by=administrator),
        lambda: actions.reactivate_worker(worker=hearth, by=administrator),
        lambda: actions.end_account(worker=hearth, ends_on=None, by=administrator),
        lambda: actions.give_roles(worker=hearth, roles=["analyst"], by=administrator),
        lambda: actions.request_roles(
            worker=hearth, roles=["analyst"], reason="Why not", by=administrator
        ),
    )
    for deed in deeds:
        with pytest.raises(CannotDo, match="Hearth's own"):
            deed()


def test_the_only_administrator_stays_one(administrator):
    other = UserFactory.create(roles=[Role.ADMINISTRATOR], is_active=False)
    with pytest.raises(CannotDo, match="only administrator"):
        actions.deactivate_worker(worker=administrator, by=other)
    with pytest.raises(CannotDo, match="only administrator"):
        actions.give_roles(worker=administrator, roles=["analyst"], by=other)


def test_resetting_a_second_factor_takes_it_away_and_tells_the_worker_and_the_guardian(
    administrator, worker, guardian
):
    Authenticator.objects.create(user=worker, type="totp", data={})
    actions.reset_second_factor(worker=worker, by=administrator)

    assert not Authenticator.objects.exists()
    words = f"{administrator} reset Farah Holt's second factor."
    assert words in told(worker)
    assert words in told(guardian)


def test_the_day_an_account_ends_is_kept(administrator, worker):
    actions.end_account(worker=worker, ends_on=date(2030, 1, 1), by=administrator)
    worker.refresh_from_db()
    assert worker.may_sign_in(on=date(2029, 12, 31))
    assert not worker.may_sign_in(on=date(2030, 1, 1))


# Passwords


def test_a_link_lets_a_worker_choose_a_password_once(administrator, worker, client):
    cache.clear()
    link = actions.issue_password_link(worker=worker, by=administrator)
    form = client.get(link, follow=True)
    new = "three other plain words"
    address = form.redirect_chain[-1][0]
    assert client.post(address, {"password1": new, "password2": "different"}).status_code == 200
    client.post(address, {"password1": new, "password2": new})

    worker.refresh_from_db()
    assert worker.check_password(new)
    assert "no longer works" in client.get(link, follow=True).content.decode()
    assert "made a link" in told(worker)[0]


def test_no_link_is_made_for_a_closed_account(administrator):
    closed = UserFactory.create(is_active=False)
    with pytest.raises(CannotDo, match="closed"):
        actions.issue_password_link(worker=closed, by=administrator)


def test_the_link_is_shown_to_the_administrator_only_where_there_is_no_email(
    administrator, worker, client, settings, mailoutbox
):
    client.force_login(administrator)
    address = reverse("accounts:issue_password_link", args=[worker.pk])
    assert "/accounts/password/new/" in client.post(address).content.decode()

    settings.EMAIL_CONFIGURED = True
    response = client.post(address)
    assert response.status_code == 302
    assert mailoutbox[0].to == [worker.email]
    assert "/accounts/password/new/" in mailoutbox[0].body


# Roles


def test_roles_are_changed_by_another_and_told(administrator, guardian, worker):
    actions.give_roles(worker=worker, roles=["team_manager"], by=administrator)

    worker.refresh_from_db()
    assert worker.roles == ["team_manager"]
    assert "Team manager" in told(guardian)[0]
    event = TrailEvent.objects.get(what="Changed a worker's roles")
    assert event.reason == "Social worker; now Team manager"


def test_a_role_that_opens_no_records_is_nobody_elses_business(administrator, guardian, worker):
    actions.give_roles(worker=worker, roles=["analyst"], by=administrator)

    assert told(guardian) == []


@pytest.mark.parametrize("role", RECORD_READERS)
def test_an_administrator_cannot_give_themselves_a_role_that_opens_records(administrator, role):
    with pytest.raises(CannotDo, match="somebody else must agree"):
        actions.give_roles(worker=administrator, roles=["administrator", role], by=administrator)


def test_nor_can_another_administrator_without_asking(administrator):
    other = UserFactory.create(roles=[Role.ADMINISTRATOR])
    with pytest.raises(CannotDo, match="somebody else agrees"):
        actions.give_roles(worker=other, roles=["administrator", "auditor"], by=administrator)


def test_nor_by_laying_down_the_one_role_as_the_other_is_taken_up(administrator):
    other = UserFactory.create(roles=[Role.ADMINISTRATOR])
    with pytest.raises(CannotDo, match="somebody else agrees"):
        actions.give_roles(worker=other, roles=["social_worker"], by=administrator)


def ask(worker, by, roles=("administrator", "auditor")):
    return actions.request_roles(worker=worker, roles=roles, reason="Cover", by=by)


def test_roles_asked_for_count_once_somebody_else_agrees(administrator, guardian):
    request = ask(administrator, administrator)
    administrator.refresh_from_db()
    assert administrator.roles == ["administrator"]
    assert "Somebody else must agree" in told(guardian)[0]

    actions.decide_roles(request=request, agreed=True, by=guardian)

    administrator.refresh_from_db()
    assert administrator.roles == ["administrator", "auditor"]
    with pytest.raises(CannotDo, match="has been decided"):
        actions.decide_roles(request=request, agreed=False, by=guardian)


def test_roles_asked_for_and_refused_change_nothing(administrator, guardian):
    actions.decide_roles(request=ask(administrator, administrator), agreed=False, by=guardian)

    administrator.refresh_from_db()
    assert administrator.roles == ["administrator"]
    assert "refused the roles you asked for" in told(administrator)[0]


def test_neither_who_asked_nor_who_is_to_have_them_agrees(administrator, guardian):
    other = UserFactory.create(roles=[Role.ADMINISTRATOR])
    request = ask(other, administrator)
    for worker in (administrator, other):
        with pytest.raises(CannotDo, match="Somebody else must decide"):
            actions.decide_roles(request=request, agreed=True, by=worker)


def test_roles_are_asked_for_once_with_a_reason(administrator):
    with pytest.raises(CannotDo, match="Say why"):
        actions.request_roles(worker=administrator, roles=["auditor"], reason=" ", by=administrator)
    ask(administrator, administrator)
    with pytest.raises(CannotDo, match="already"):
        ask(administrator, administrator)


# Pages


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def test_workers_are_found_by_name_role_and_state(signed_in):
    UserFactory.create(first_name="Tansy", last_name="Orchard")
    UserFactory.create(first_name="Closed", is_active=False)
    UserFactory.create_batch(5)
    address = reverse("accounts:workers")
    with at_most_queries(15):
        page = signed_in.get(address, {"q": "orchard tansy"}).content.decode()
    assert "Tansy Orchard" in page
    assert "1 worker" in page
    assert "Closed" in signed_in.get(address, {"state": "closed"}).content.decode()
    assert "No account matches" in signed_in.get(address, {"role": "director"}).content.decode()
    assert "Tansy Orchard" in signed_in.get(address, {"role": "social_worker"}).content.decode()


def test_an_account_is_made_changed_and_closed_from_its_pages(signed_in):
    answers = NEW | {"roles": ["social_worker"]}
    response = signed_in.post(reverse("accounts:create_worker"), answers)
    worker = User.objects.get(email="jo.bell@fenbridge.example")
    assert response.url == reverse("accounts:worker", args=[worker.pk])
    with at_most_queries(15):
        assert signed_in.get(response.url).status_code == 200
    for name, sent in {
        "change_worker": NEW | {"last_name": "Reed"},
        "give_roles": {"roles": ["analyst"]},
        "reset_second_factor": {},
        "deactivate_worker": {},
        "reactivate_worker": {},
    }.items():
        address = reverse(f"accounts:{name}", args=[worker.pk])
        assert signed_in.get(address).status_code == 200
        assert signed_in.post(address, sent).url == response.url
    worker.refresh_from_db()
    assert (worker.last_name, worker.roles, worker.is_active) == ("Reed", ["analyst"], True)


def test_an_administrator_asks_for_roles_and_another_agrees_on_the_page(
    signed_in, administrator, guardian, client
):
    address = reverse("accounts:request_roles", args=[administrator.pk])
    assert signed_in.get(address).status_code == 200
    answers = {"roles": ["administrator", "auditor"], "reason": "Cover"}
    response = signed_in.post(address, answers)
    assert "Somebody else must decide this" in signed_in.get(response.url).content.decode()

    client.force_login(guardian)
    assert "Agree" in client.get(response.url).content.decode()
    request = RoleRequest.objects.get()
    client.post(reverse("accounts:decide_roles", args=[request.pk]), {"answer": "agree"})
    administrator.refresh_from_db()
    assert "auditor" in administrator.roles


def test_the_page_of_ones_own_account_offers_only_to_ask(signed_in, administrator):
    page = signed_in.get(reverse("accounts:worker", args=[administrator.pk])).content.decode()

    assert "Ask for others" in page
    assert "Nobody does this to their own account" in page
    for name in ("give_roles", "deactivate_worker", "reset_second_factor"):
        address = reverse(f"accounts:{name}", args=[administrator.pk])
        assert signed_in.get(address).status_code == 403


def test_sign_ins_are_listed_for_the_administrator(signed_in, worker, client):
    note("Failed to sign in", worker, None, "Wrong password")
    with at_most_queries(15):
        page = signed_in.get(reverse("accounts:sign_ins"), {"worker": worker.pk}).content.decode()

    assert "Failed to sign in" in page
    assert "Farah Holt" in page


def test_notices_are_read_once_and_lead_to_their_page(client, worker):
    notify(to=worker, text="Look at this", page="/accounts/", by=system_worker())
    client.force_login(worker)
    page = client.get(reverse("accounts:notices")).content.decode()
    assert "Look at this" in page
    with acting_as(worker):
        notice = Notice.objects.get()

    response = client.post(reverse("accounts:read_notice", args=[notice.pk]))
    assert response.url == "/accounts/"
    with acting_as(worker):
        notice.refresh_from_db()
        before = notice.read_at
        actions.read_notice(notice=notice, by=worker)
        notice.refresh_from_db()
    assert notice.read_at == before
    assert "Read " in client.get(reverse("accounts:notices")).content.decode()


def test_another_workers_notice_is_not_found(client, worker):
    notify(to=worker, text="Look at this", by=system_worker())
    pk = Notice.objects.get().pk
    client.force_login(UserFactory.create())

    assert client.post(reverse("accounts:read_notice", args=[pk])).status_code == 404
