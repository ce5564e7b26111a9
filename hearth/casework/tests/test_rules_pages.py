"""How the service works, and what this authority chose."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.casework import actions
from hearth.casework.models import (
    FrameworkAdoption,
    LocalChange,
    Task,
)
from hearth.casework.tests.pages import days, look, refused, send

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 3)


def test_how_work_flows_is_made_from_the_declarations(client, worker):
    page = look(client, worker, "how_work_flows")

    assert "Allocate to a social worker" in page
    assert "never by anyone who did the work" in page


def test_a_limit_is_proposed_by_one_agreed_by_another_and_shown(client, admin, senior, worker):
    look(client, admin, "propose_limit")
    tomorrow = timezone.localdate() + timedelta(days=1)
    wrong = send(
        client,
        admin,
        "propose_limit",
        timescale="CLO-01",
        amount="3",
        reason="Ours.",
        **days("since", date(2026, 1, 1)),
    )
    send(
        client,
        admin,
        "propose_limit",
        timescale="CLO-01",
        amount="3",
        reason="Ours.",
        **days("since", tomorrow),
    )
    change = LocalChange.objects.get()

    assert "cannot start in the past" in wrong.content.decode()
    assert "Decide" in look(client, senior, "local_limits")
    assert "3 working days, not 5 working days" in look(client, senior, "decide_change", change.pk)
    send(client, senior, "decide_change", change.pk, decision="agree", reason="")
    assert f"3 from {tomorrow.day}" in look(client, worker, "local_limits")
    assert "This has been decided" in refused(client, senior, "decide_change", change.pk)


def test_a_day_of_adoption_is_proposed_and_may_be_refused_or_taken_back(client, admin, senior):
    look(client, admin, "propose_adoption")
    said = {
        "framework": "single",
        "reason": "Cabinet minute.",
        **days("adopted_on", date(2016, 9, 1)),
    }

    send(client, admin, "propose_adoption", **said)
    change = LocalChange.objects.get()
    mute = send(client, senior, "decide_change", change.pk, decision="refuse", reason="")
    own = send(client, admin, "decide_change", change.pk, decision="agree", reason="")
    send(client, admin, "decide_change", change.pk, decision="refuse", reason="Wrong day.")

    assert "Say why" in mute.content.decode()
    assert "someone else must agree it" in own.content.decode()
    assert not FrameworkAdoption.objects.exists()


def test_another_administrator_does_not_decide(client, admin):
    other = UserFactory.create(roles=[Role.ADMINISTRATOR])
    change = actions.propose_adoption(
        framework="single", adopted_on=date(2016, 9, 1), reason="x", by=admin
    )

    assert "A service manager or the director decides this" in refused(
        client, other, "decide_change", change.pk
    )


def test_an_adopted_framework_shows_our_day(client, admin, senior):
    change = actions.propose_adoption(
        framework="single", adopted_on=date(2016, 9, 1), reason="x", by=admin
    )
    actions.agree_change(change=change, by=senior)

    assert "1 September 2016" in look(client, senior, "local_limits")
    assert Task.objects.count() == 0
