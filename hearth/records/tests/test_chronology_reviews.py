"""A chronology is read through by somebody, who says what it tells taken together."""

import pytest
from django.urls import reverse

from hearth.accounts.worker_context import set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.lib.errors import CannotDo
from hearth.people.tests.factories import ChildFactory
from hearth.records.actions import review_chronology
from hearth.records.models import ChronologyReview

pytestmark = pytest.mark.django_db
TOLD = "Each time dad comes home, school falls away."


def test_what_it_tells_is_kept_with_each_reading(worker, ade):
    review_chronology(child=ade, text="Quiet since the move.", by=worker)
    latest = review_chronology(child=ade, text=TOLD, by=worker)

    assert ChronologyReview.objects.filter(child=ade).count() == 2
    assert (latest.text, latest.recorded_by) == (TOLD, worker)
    for child, text, why in (
        (ade, "", "Say what the story tells"),
        (ChildFactory.create(merged_into=ade), TOLD, "merged into another"),
    ):
        with pytest.raises(CannotDo, match=why):
            review_chronology(child=child, text=text, by=worker)


def test_the_chronology_says_when_it_was_last_read_through_and_by_whom(client, worker, ade):
    client.force_login(worker)
    chronology = reverse("records:chronology", args=[ade.pk])
    address = reverse("records:review_chronology", args=[ade.pk])
    with at_most_queries():
        before = client.get(chronology).content.decode()
    assert "Nobody has said yet" in before
    assert address in before

    assert "Error:" in client.post(address, {"text": " "}).content.decode()
    assert client.post(address, {"text": TOLD}).url == chronology

    after = client.get(chronology).content.decode()
    assert TOLD in after
    assert f"by {worker}" in after
    set_worker(hearth_itself())
