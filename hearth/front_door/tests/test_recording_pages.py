"""Recording a contact on its pages: search, describe, match, confirm."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.config.testing import at_most_queries, hearth_itself
from hearth.front_door import actions
from hearth.front_door.models import Contact
from hearth.front_door.tests.factories import (
    out_of_hours_worker,
)
from hearth.front_door.tests.walking import (
    answers,
    back_to_hearth,
    described,
    family,
    recent,
    text_of,
)
from hearth.people.actions import NewPerson, create_child
from hearth.people.models import HouseholdMember
from hearth.people.tests.factories import (
    ChildFactory,
)

pytestmark = pytest.mark.django_db


def test_recording_begins_with_a_search(signed_in, officer):
    client = signed_in(officer)

    assert "Who is it about?" in text_of(client.get(reverse("front_door:start_contact")))
    page = text_of(client.get(reverse("front_door:start_contact"), {"q": "nobody at all"}))
    assert "children not on record" in page


def test_a_search_offers_each_found_alone_or_with_the_family(signed_in, officer):
    child = create_child(
        new=NewPerson(
            given_names="Tamsin",
            family_name="Quill",
            birth_kind="known",
            born_on=timezone.localdate().replace(2016, 4, 2),
        ),
        today=timezone.localdate(),
        by=hearth_itself(),
    )

    client = signed_in(officer)
    with at_most_queries():
        page = text_of(client.get(reverse("front_door:start_contact"), {"q": "tamsyn quil"}))

    assert f'name="child" value="{child.pk}"' in page
    assert f"child={child.pk}&amp;family=1" in page


def test_a_whole_family_is_recorded_at_once_and_screening_follows(signed_in, officer):
    children = family()
    client = signed_in(officer)
    address = f"{reverse('front_door:record_contact')}?child={children[0].pk}&family=1"
    with at_most_queries():
        page = text_of(client.get(address))
    assert page.count("checked") >= 3

    ticked = {f"child-{child.pk}-is_about": "on" for child in children}
    response = client.post(address, answers(**ticked))

    back_to_hearth()
    contact = Contact.objects.get()
    assert response.url == reverse("front_door:screen_contact", args=[contact.pk])
    assert contact.about == [child.pk for child in children]


def test_sent_twice_it_is_recorded_once(signed_in, officer):
    child = ChildFactory.create()
    client = signed_in(officer)
    address = f"{reverse('front_door:record_contact')}?child={child.pk}"
    sent = answers(**{f"child-{child.pk}-is_about": "on"})

    client.post(address, sent)
    client.post(address, sent)

    back_to_hearth()
    assert Contact.objects.count() == 1


def test_what_was_typed_is_kept_with_what_is_wrong(signed_in, officer):
    child = ChildFactory.create()
    sent = answers(reason="He was cold.", referrer_agency="", **{"reported-0-said": "Also a baby"})

    page = text_of(
        signed_in(officer).post(f"{reverse('front_door:record_contact')}?child={child.pk}", sent)
    )

    assert "There is a problem" in page
    assert "Choose the professional&#x27;s agency" in page
    assert "Enter a name, even if only a family name" in page
    assert "He was cold." in page
    assert "Also a baby" in page


def test_a_child_born_since_it_reached_us_is_pointed_out_beside_their_birthday(signed_in, officer):
    child = ChildFactory.create(born_on=timezone.localdate())
    known = {f"child-{child.pk}-is_about": "on"}
    soon = {"born_on_day": "1", "born_on_month": "1", "born_on_year": "2099"}
    earlier = {"received_at_year": timezone.localdate().year - 1}
    sent = described(**known, **{f"reported-0-{k}": v for k, v in soon.items()}, **earlier)

    page = text_of(
        signed_in(officer).post(f"{reverse('front_door:record_contact')}?child={child.pk}", sent)
    )

    assert "Tam Smyth was born on 1 January 2099, after this contact was received" in page
    assert f'href="#id_child-{child.pk}-is_about"' in page
    assert "He came to school hungry." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Choose which child it is about"),
        ({"received_at_year": "2099"}, "must not be in the future"),
        ({"reason": "x" * 100_000}, "Take out 50,000 characters"),
        ({"referrer_kind": "public", "referrer_agency": ""}, "Choose what kind of person it was"),
        ({"out_of_hours": "yes"}, "Say what you did about it"),
    ],
)
def test_bad_answers_are_said_and_nothing_is_recorded(signed_in, officer, changes, words):
    page = text_of(
        signed_in(officer).post(reverse("front_door:record_contact"), answers(**changes))
    )

    assert words in page
    assert not Contact.objects.exists()


def recorded_tamsin():
    """A child on record, whom the next test's referrer calls something else."""
    return create_child(
        new=NewPerson(
            given_names="Tamsin",
            family_name="Smith",
            birth_kind="known",
            born_on=timezone.localdate().replace(2016, 4, 2),
            sex="F",
        ),
        today=timezone.localdate(),
        by=hearth_itself(),
    )


def two_described():
    """Tam Smyth, born 4 February 2016, and Bertrand."""
    day = {"day": "4", "month": "2", "year": "2016"}
    return described(
        **{f"reported-0-born_on_{part}": value for part, value in day.items()},
        **{
            "reported-TOTAL_FORMS": "2",
            "reported-1-given_names": "Bertrand",
            "reported-1-family_name": "Smyth",
        },
    )


def test_described_children_are_shown_beside_the_records_they_may_be(signed_in, officer):
    tamsin = recorded_tamsin()
    client = signed_in(officer)

    response = client.post(reverse("front_door:record_contact"), two_described())

    back_to_hearth()
    contact = Contact.objects.get()
    address = reverse("front_door:match_children", args=[contact.pk])
    assert response.url == address
    page = text_of(client.get(address))
    assert "Same date of birth with day and month swapped" in page
    assert f'name="child" value="{tamsin.pk}"' in page


def test_they_are_matched_or_made_and_confirmed_as_siblings(signed_in, officer):
    tamsin = recorded_tamsin()
    client = signed_in(officer)
    client.post(reverse("front_door:record_contact"), two_described())
    back_to_hearth()
    contact = Contact.objects.get()
    first, second = contact.reported.values_list("pk", flat=True)

    def send(name, **answers):
        return client.post(reverse(f"front_door:{name}", args=[contact.pk]), answers)

    send("match_child", reported=first, child=tamsin.pk)
    send("create_reported_child", reported=second, none_of="")
    address = reverse("front_door:match_children", args=[contact.pk])
    assert "Are they brothers and sisters?" in text_of(client.get(address))
    back_to_hearth()
    ids = list(Contact.objects.get().about)
    response = send("confirm_siblings", children=ids, live_together="yes")

    assert response.url == reverse("front_door:screen_contact", args=[contact.pk])
    back_to_hearth()
    assert HouseholdMember.objects.filter(person__in=ids).count() == 2
    assert client.get(address).url == response.url


def test_a_match_made_by_somebody_else_meanwhile_is_said(signed_in, officer):
    contact = recent([], officer, reported=[actions.Told(family_name="Smyth")])
    reported = contact.reported.get()
    actions.match_child(reported=reported, child=ChildFactory.create(), by=officer)
    client = signed_in(officer)

    for name in ("match_child", "create_reported_child"):
        response = client.post(
            reverse(f"front_door:{name}", args=[contact.pk]), {"reported": reported.pk}
        )
        assert response.status_code == 409
        assert "matched already" in response.content.decode()


def test_a_search_beside_a_described_child(signed_in, officer):
    contact = recent([], officer, reported=[actions.Told(family_name="Smyth")])
    asked = {"reported": contact.reported.get().pk, "q": "nobody at all"}

    page = text_of(
        signed_in(officer).get(reverse("front_door:match_children", args=[contact.pk]), asked)
    )

    assert "Found for “nobody at all”" in page


def test_an_out_of_hours_worker_records_and_lands_on_the_contact(signed_in, team):
    child = ChildFactory.create()
    sent = answers(out_of_hours="yes", action_taken="Rang.", **{f"child-{child.pk}-is_about": "on"})

    response = signed_in(out_of_hours_worker()).post(
        f"{reverse('front_door:record_contact')}?child={child.pk}", sent
    )

    back_to_hearth()
    assert response.url == reverse("front_door:contact", args=[Contact.objects.get().pk])
