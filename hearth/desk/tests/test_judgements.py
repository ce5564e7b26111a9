"""Need and risk as they were judged: each with its reasons, and whether they rose or fell."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.assessments.tests.factories import submitted
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.desk.judgements import judgements_of
from hearth.front_door.tests.factories import (
    TUESDAY,
    ContactDecisionFactory,
    ContactFactory,
    ReferralFactory,
    ThresholdDocumentFactory,
)
from hearth.people.tests.factories import ChildFactory
from hearth.supervision.actions import withdraw_discussion
from hearth.supervision.tests.factories import case_of, discuss, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def child():
    return ChildFactory.create(given_names="Ade")


def decided(child, level, *, days=0, **kwargs):
    contact = ContactFactory.create(about=[child.pk], screened=True)
    return ContactDecisionFactory.create(
        contact=contact, threshold_level=level, decided_at=TUESDAY + timedelta(days), **kwargs
    )


def test_a_level_of_need_is_set_beside_the_one_before_it(child):
    decided(child, "2")
    decided(child, "4", days=10, rationale="Bruises he does not explain.")
    decided(child, "4", days=20)
    decided(child, "1", days=30)

    found = judgements_of(child)

    assert [(each.level[:7], each.change) for each in found] == [
        ("Level 1", "Lower"),
        ("Level 4", ""),
        ("Level 4", "Higher"),
        ("Level 2", ""),
    ]
    assert found[2].why == "Bruises he does not explain."


def test_referrals_assessments_and_supervision_are_in_it_each_on_its_own_scale(child):
    decided(child, "3")
    ReferralFactory.create(
        about=[child.pk],
        outcome="assess",
        threshold_level="3",
        threshold_document=ThresholdDocumentFactory.create(),
        rationale="Unmet needs.",
        decided_at=TUESDAY,
        decided_by=UserFactory.create(manager=True),
    )
    assessment = submitted()
    assessed = assessment.children.first().child

    assert [each.where.partition(":")[0] for each in judgements_of(child)] == [
        "Referral",
        "Contact",
    ]
    (judged,) = judgements_of(assessed)
    assert judged.level.startswith("Moderate")
    assert "arguments" in judged.why


def test_what_was_withdrawn_is_not_in_it(child):
    session = held()
    discussed = case_of(session.worker)
    discussion = discuss(session, discussed)
    (spoken,) = judgements_of(discussed)
    assert (spoken.where, spoken.level) == ("Supervision", "")

    withdraw_discussion(discussion=discussion, reason="Wrong case", by=session.supervisor)

    assert judgements_of(discussed) == []


def test_its_page_says_them_and_that_there_are_none(client, child):
    decided(child, "2")
    decided(child, "4", days=10)
    client.force_login(UserFactory.create())
    address = reverse("desk:judgements", args=[child.pk])

    with at_most_queries():
        page = client.get(address).content.decode()
    empty = client.get(reverse("desk:judgements", args=[ChildFactory.create().pk]))

    set_worker(hearth_itself())
    assert "Higher" in page
    assert "Level 4: statutory" in page
    assert "Nobody has judged" in empty.content.decode()
