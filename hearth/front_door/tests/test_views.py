"""The front door's pages: drawn, refused, sent badly, and within their queries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Allocation, Task
from hearth.casework.tests.factories import AllocationFactory, EpisodeFactory, InvolvementFactory
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.front_door import actions
from hearth.front_door.models import Contact, ContactDecision, Feedback, Referral
from hearth.front_door.tests.factories import (
    front_door_team,
    managers_of,
    out_of_hours_worker,
    screening_officer,
)
from hearth.front_door.tests.steps import decide, record, screen
from hearth.people.actions import NewPerson, create_child
from hearth.people.models import HouseholdMember
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    PersonFactory,
    RelationshipFactory,
)
from hearth.workforce.tests.factories import TeamFactory, manager, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def signed_in(client):
    def sign_in(worker):
        client.force_login(worker)
        return client

    return sign_in


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
    return record(children, by, received_at=timezone.now() - timedelta(hours=2), **changes)


def recent_screened(children, by, **changes):
    return screen(recent(children, by, **changes), by, at=timezone.now())


def back_to_hearth():
    set_worker(hearth_itself())


def text_of(response):
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_an_empty_queue_says_what_would_be_there(signed_in, officer):
    page = text_of(signed_in(officer).get(reverse("front_door:queue")))

    assert "No contact is waiting" in page


def test_the_queue_shows_harm_first_and_each_contacts_age_owner_and_next_step(
    signed_in, officer, decider
):
    calm = recent_screened(ChildFactory.create_batch(1, family_name="Quill"), officer)
    recent(ChildFactory.create_batch(1, family_name="Szabo"), officer, concerns=["injury"])
    recent([], officer, reported=[actions.Told(family_name="Smyth")])

    client = signed_in(decider)
    with at_most_queries():
        page = text_of(client.get(reverse("front_door:queue")))

    assert page.index("Szabo") < page.index("Quill")
    assert "2 hours ago" in page
    assert reverse("front_door:decide_contact", args=[calm.pk]) in page
    assert "Children to be matched" in page
    assert "Consider now" in page


def test_the_queue_asks_no_more_of_the_database_for_forty_contacts_than_for_one(signed_in, officer):
    for _ in range(40):
        recent(ChildFactory.create_batch(2), officer)

    client = signed_in(officer)
    with at_most_queries():
        client.get(reverse("front_door:queue"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"state": "screen"}, "Szabo"),
        ({"state": "decide"}, "Quill"),
        ({"risk": "harm"}, "Szabo"),
        ({"whose": "mine"}, "Quill"),
        ({"whose": "nobody"}, ""),
        ({"risk": "domestic_abuse"}, "Quill"),
    ],
)
def test_the_queue_is_narrowed_by_state_risk_and_whose(signed_in, officer, decider, asked, shown):
    recent_screened(ChildFactory.create_batch(1, family_name="Quill"), officer)
    recent(ChildFactory.create_batch(1, family_name="Szabo"), officer, concerns=["injury"])
    Task.objects.filter(step_key="front_door.consider_harm").update(worker=None)

    page = text_of(signed_in(decider).get(reverse("front_door:queue"), asked))

    assert [name for name in ("Quill", "Szabo") if name in page] == [shown] * bool(shown)


def test_a_contact_nobody_can_decide_is_marked(signed_in, team, decider):
    recent_screened(ChildFactory.create_batch(1), decider)

    assert "No decision-maker" in text_of(signed_in(decider).get(reverse("front_door:queue")))


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


def answers(**changes):
    now = timezone.localtime(timezone.now() - timedelta(hours=1))
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


def described(**told):
    base = {"reported-0-given_names": "Tam", "reported-0-family_name": "Smyth"}
    return answers(**base, **told)


def test_a_described_child_is_matched_made_or_found_and_siblings_confirmed(signed_in, officer):
    known = [
        create_child(
            new=NewPerson(
                given_names=name, family_name="Smith", birth_kind="known", born_on=born, sex="F"
            ),
            today=timezone.localdate(),
            by=hearth_itself(),
        )
        for name, born in (("Tamsin", timezone.localdate().replace(2016, 4, 2)),)
    ]
    client = signed_in(officer)
    sent = described(
        **{
            "reported-0-born_on_day": "4",
            "reported-0-born_on_month": "2",
            "reported-0-born_on_year": "2016",
            "reported-TOTAL_FORMS": "2",
            "reported-1-given_names": "Bertrand",
            "reported-1-family_name": "Smyth",
        }
    )
    response = client.post(reverse("front_door:record_contact"), sent)
    back_to_hearth()
    contact = Contact.objects.get()
    address = reverse("front_door:match_children", args=[contact.pk])
    assert response.url == address

    page = text_of(client.get(address))
    assert "Same date of birth with day and month swapped" in page
    first, second = (r.pk for r in contact.reported.all())
    client.post(
        reverse("front_door:match_child", args=[contact.pk]),
        {"reported": first, "child": known[0].pk},
    )
    client.post(
        reverse("front_door:create_reported_child", args=[contact.pk]),
        {"reported": second, "none_of": ""},
    )
    page = text_of(client.get(address))
    assert "Are they brothers and sisters?" in page
    back_to_hearth()
    ids = list(Contact.objects.get().about)
    response = client.post(
        reverse("front_door:confirm_siblings", args=[contact.pk]),
        {"children": ids, "live_together": "yes"},
    )
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


def screen_answers(**changes):
    return {
        "concerns": ["domestic_abuse"],
        "consent": "not_asked",
        "lawful_basis": "public_task",
        "rationale": "All three saw it.",
        "recommended_threshold": "3",
        **changes,
    }


def test_screening_shows_what_is_known_of_all_and_sends_it_on(signed_in, officer, decider):
    children = family()
    contact = recent(children, officer)
    address = reverse("front_door:screen_contact", args=[contact.pk])
    client = signed_in(officer)

    with at_most_queries():
        page = text_of(client.get(address))
    assert page.count("1 March 2025 to 1 June 2025: closed") == 3
    assert "Ngozi Okafor" in page
    response = client.post(address, screen_answers(decision_maker=decider.pk))

    assert response.url == reverse("front_door:queue")
    back_to_hearth()
    assert Task.objects.get(step_key="front_door.decide_contact").worker == decider


def test_screening_without_agreement_asks_the_lawful_reason(signed_in, officer):
    contact = recent(ChildFactory.create_batch(1), officer)

    page = text_of(
        signed_in(officer).post(
            reverse("front_door:screen_contact", args=[contact.pk]),
            screen_answers(lawful_basis="", rationale="Kept."),
        )
    )

    assert "Choose the lawful reason" in page
    assert "Kept." in page


def test_screening_waits_for_the_children_to_be_matched(signed_in, officer):
    contact = recent([], officer, reported=[actions.Told(family_name="Smyth")])

    response = signed_in(officer).get(reverse("front_door:screen_contact", args=[contact.pk]))

    assert response.url == reverse("front_door:match_children", args=[contact.pk])


def decision(**changes):
    return {
        "outcome": "referral",
        "threshold_level": "3",
        "rationale": "They need to be seen.",
        "primary_need": "N1",
        "priority": "routine",
        **changes,
    }


def test_a_decision_says_what_it_will_do_before_it_is_confirmed(signed_in, officer, decider):
    team = TeamFactory.create()
    worker = social_worker(team)
    children = family()
    contact = recent_screened(children, officer)
    address = reverse("front_door:decide_contact", args=[contact.pk])
    client = signed_in(decider)
    with at_most_queries():
        page = text_of(client.get(address))
    assert f"{worker}, {team} (0 children)" in page

    sent = decision(
        given_to=f"worker-{worker.pk}-{team.pk}",
        **{f"child-{children[2].pk}-outcome": "strategy_discussion"},
    )
    page = text_of(client.post(address, sent))

    assert "opens three referrals dated" in page
    assert f"Gives the case to {worker}" in page
    assert "a strategy discussion is due by" in page
    assert "Drafts a letter to PC Adeyemi" in page
    back_to_hearth()
    assert not ContactDecision.objects.exists()

    assert "What do you decide?" in text_of(client.post(address, {**sent, "change": "1"}))
    response = client.post(address, {**sent, "confirm": "1"})
    assert response.url == reverse("front_door:contact", args=[contact.pk])
    back_to_hearth()
    assert Allocation.objects.filter(worker=worker).count() == 3
    assert {a.direction for a in Allocation.objects.all()} == {"They need to be seen."}


def test_a_decision_sent_after_anothers_is_told_who_decided(signed_in, team, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    response = signed_in(manager(team)).post(
        reverse("front_door:decide_contact", args=[contact.pk]),
        decision(outcome="information", confirm="1"),
    )

    assert response.status_code == 409
    assert f"{decider} decided this contact" in response.content.decode()


def test_a_worker_over_their_limit_asks_for_a_reason(signed_in, officer, decider):
    team = TeamFactory.create(caseload_limit=0)
    worker = social_worker(team)
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    address = reverse("front_door:decide_contact", args=[contact.pk])
    client = signed_in(decider)
    sent = decision(given_to=f"worker-{worker.pk}-{team.pk}")

    page = text_of(client.post(address, sent))
    assert "over the limit of 0" in page
    client.post(address, {**sent, "over_limit_reason": "Knows the family", "confirm": "1"})

    back_to_hearth()
    assert Allocation.objects.get().over_limit_reason == "Knows the family"


def test_nobody_sees_the_decision_page_of_what_they_screened(signed_in, team, decider):
    contact = recent_screened(ChildFactory.create_batch(1), decider)

    response = signed_in(decider).get(reverse("front_door:decide_contact", args=[contact.pk]))

    assert response.status_code == 403
    assert "You recorded or screened this contact" in response.content.decode()


def test_a_referral_is_decided_on_its_own_page(signed_in, officer, decider):
    team = TeamFactory.create()
    social_worker(team)
    children = family(2)
    contact = recent_screened(children, officer)
    decide(contact, decider, outcome="referral", threshold_level="3", at=timezone.now())
    referral = Referral.objects.get()
    client = signed_in(decider)
    page = text_of(client.get(reverse("front_door:referral", args=[referral.pk])))
    assert "Decide the referral" in page
    address = reverse("front_door:decide_referral", args=[referral.pk])
    with at_most_queries():
        assert "What this rests on" in text_of(client.get(address))

    sent = decision(
        outcome="assess",
        given_to=f"team-{team.pk}",
        **{f"child-{children[1].pk}-outcome": "no_further_action"},
    )
    page = text_of(client.post(address, sent))
    assert "closes the episode on the day of the referral" in page
    assert "Opens a single assessment due by" in page
    assert f"Asks the manager of {team} to allocate it" in page
    client.post(address, {**sent, "confirm": "1"})

    page = text_of(client.get(reverse("front_door:referral", args=[referral.pk])))
    assert "Referred again within twelve months" not in page
    assert "No further action" in page


def test_a_child_referred_again_is_shown_with_what_happened_last_time(signed_in, officer, decider):
    child = ChildFactory.create()
    day = timezone.localdate() - timedelta(days=200)
    EpisodeFactory.create(
        child=child,
        started_on=day,
        ended_on=day + timedelta(days=40),
        closure_reason="RC8",
        closure_summary="Needs met by the school.",
    )
    decide(
        recent_screened([child], officer),
        decider,
        outcome="referral",
        threshold_level="3",
        at=timezone.now(),
    )
    back_to_hearth()

    page = text_of(
        signed_in(decider).get(reverse("front_door:referral", args=[Referral.objects.get().pk]))
    )

    assert "Referred again within twelve months" in page
    assert "Needs met by the school." in page


def test_the_referrers_letter_is_sent_printed_or_withheld(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    feedback = Feedback.objects.get()
    client = signed_in(officer)
    address = reverse("front_door:send_feedback", args=[feedback.pk])
    assert "Dear PC Adeyemi" in text_of(client.get(address))
    letter = text_of(client.get(reverse("front_door:print_feedback", args=[feedback.pk])))
    assert "Yours faithfully" in letter
    withhold = reverse("front_door:withhold_feedback", args=[feedback.pk])
    assert client.get(withhold).status_code == 403
    assert "Do not tell" in text_of(signed_in(decider).get(withhold))

    response = signed_in(officer).post(address, {"text": "Dear PC Adeyemi", "how": "letter"})

    assert response.url == reverse("front_door:contact", args=[contact.pk])
    assert "was told by letter" in text_of(client.get(response.url))
    assert "Yours faithfully" in text_of(
        client.get(reverse("front_door:print_feedback", args=[feedback.pk]))
    )


def test_a_manager_withholds_a_letter(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    feedback = Feedback.objects.get()

    client = signed_in(decider)
    client.post(
        reverse("front_door:withhold_feedback", args=[feedback.pk]), {"reason": "He would know."}
    )

    page = text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    assert "The referrer is not to be told: He would know." in page


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("consider_harm", {"safety_now": "With her aunt."}, "With her aunt."),
        (
            "acknowledge_out_of_hours",
            {"acknowledgement": "Screening now."},
            None,
        ),
        ("withdraw_contact", {"reason": "The other Quills."}, "The other Quills."),
    ],
)
def test_what_a_manager_does_with_a_contact(signed_in, team, decider, name, sent, said):
    contact = recent(
        ChildFactory.create_batch(1),
        out_of_hours_worker(),
        concerns=["injury"],
        out_of_hours=True,
        action_taken="Rang the police.",
    )
    client = signed_in(decider)
    address = reverse(f"front_door:{name}", args=[contact.pk])
    text_of(client.get(address))
    page = text_of(client.post(address, {"sent": "1"}))
    assert "There is a problem" in page

    client.post(address, sent)

    page = text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    assert (said or "Screening now.") in page


def test_the_board_of_what_was_taken_at_night(signed_in, team, decider):
    night = out_of_hours_worker()
    client = signed_in(decider)
    address = reverse("front_door:out_of_hours")
    assert "has been acknowledged" in text_of(client.get(address))
    for _ in range(3):
        recent(ChildFactory.create_batch(1), night, out_of_hours=True, action_taken="Rang them.")

    with at_most_queries():
        page = text_of(client.get(address))
    assert page.count("Acknowledge<span") == 3
    assert text_of(signed_in(night).get(address)).count("Waiting for a manager") == 3


def test_an_out_of_hours_worker_records_and_lands_on_the_contact(signed_in, team):
    child = ChildFactory.create()
    sent = answers(out_of_hours="yes", action_taken="Rang.", **{f"child-{child.pk}-is_about": "on"})

    response = signed_in(out_of_hours_worker()).post(
        f"{reverse('front_door:record_contact')}?child={child.pk}", sent
    )

    back_to_hearth()
    assert response.url == reverse("front_door:contact", args=[Contact.objects.get().pk])


def test_a_childs_worker_reads_and_answers(signed_in, team, officer):
    lead = social_worker()
    contact = recent([AllocationFactory.create(worker=lead).child], officer)
    client = signed_in(lead)
    address = reverse("front_door:read_contact", args=[contact.pk])
    assert "Record what you will do" in text_of(client.get(address))

    client.post(address, {"will_do": "Visiting at four."})

    assert "Visiting at four." in text_of(
        client.get(reverse("front_door:contact", args=[contact.pk]))
    )


def test_advice_is_asked_and_answered_on_its_pages(signed_in, officer):
    contact = recent(ChildFactory.create_batch(1), officer)
    client = signed_in(officer)
    address = reverse("front_door:ask_advice", args=[contact.pk])
    text_of(client.get(address))
    now = timezone.localtime()
    when = {"day": now.day, "month": now.month, "year": now.year, "time": f"{now:%H:%M}"}
    client.post(
        address,
        {
            "agency": "housing",
            "asked_of": "Ms Vane",
            "question": "Evicted?",
            **{f"asked_at_{part}": value for part, value in when.items()},
        },
    )
    page = text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    assert "No answer yet" in page
    back_to_hearth()
    asked = contact.advice.get()
    answer = reverse("front_door:answer_advice", args=[contact.pk, asked.pk])
    text_of(client.get(answer))
    client.post(
        answer,
        {"answer": "Not yet.", **{f"answered_at_{part}": value for part, value in when.items()}},
    )

    assert "Not yet." in text_of(client.get(reverse("front_door:contact", args=[contact.pk])))
    missing = reverse("front_door:answer_advice", args=[contact.pk, asked.pk + 1])
    assert client.get(missing).status_code == 404


def test_repeated_contacts_are_asked_about_while_screening_and_on_a_page(signed_in, officer):
    child = ChildFactory.create()
    for days in (40, 80):
        record([child], officer, received_at=timezone.now() - timedelta(days=days))
    contact = recent([child], officer)
    client = signed_in(officer)
    page = text_of(client.get(reverse("front_door:screen_contact", args=[contact.pk])))
    assert "contact number 3 in twelve months" in page
    assert "2 contacts in the last twelve months" in page
    address = reverse("front_door:answer_third_contact", args=[contact.pk])
    text_of(client.get(address))

    client.post(address, {"answer": "Each is worse."})

    assert "Each is worse." in text_of(client.get(reverse("front_door:contact", args=[contact.pk])))


def test_a_decided_contact_is_put_back_and_decided_again(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, at=timezone.now())
    client = signed_in(decider)
    address = reverse("front_door:reopen_contact", args=[contact.pk])
    text_of(client.get(address))

    response = client.post(address, {"reason": "The school rang again."})

    page = text_of(client.get(response.url))
    assert "Decide a contact" in page


def test_a_family_is_handed_over(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    decide(contact, decider, outcome="early_help", threshold_level="2", at=timezone.now())
    task = Task.objects.get(step_key="family_help.early_help")
    client = signed_in(officer)
    address = reverse("front_door:hand_over", args=[task.pk])
    text_of(client.get(address))

    response = client.post(address, {"taken_up": "Jo, on Thursday."})

    assert response.url == reverse("desk:child", args=[task.about[0]])


def test_a_childs_contacts_and_referrals(signed_in, officer, decider):
    child = ChildFactory.create()
    client = signed_in(decider)
    address = reverse("front_door:of_child", args=[child.pk])
    assert "No contact about" in text_of(client.get(address))
    contact = recent_screened([child], officer)
    decide(contact, decider, outcome="referral", threshold_level="3", at=timezone.now())
    recent([child], officer, concerns=["injury"])

    with at_most_queries():
        page = text_of(client.get(address))
    assert "Accept as a referral" in page
    assert "New contact: signs of significant harm" in page
    assert "All contacts and referrals" in text_of(
        client.get(reverse("desk:child", args=[child.pk]))
    )


def test_the_editions_of_the_threshold_document(signed_in, decider):
    boss = social_worker()
    boss.roles = ["service_manager"]
    boss.save(update_fields=["roles"])
    client = signed_in(boss)
    address = reverse("front_door:publish_threshold_document")
    text_of(client.get(address))
    sent = {"title": "Right help", "version": "2"}
    day = {"started_on_day": "1", "started_on_month": "2", "started_on_year": "2026"}
    client.post(address, {**sent, **day})

    page = text_of(client.get(reverse("front_door:threshold_documents")))
    assert "Right help, 2" in page
    assert "In force" in page
    assert signed_in(decider).get(address).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "contact",
        "match_children",
        "screen_contact",
        "consider_harm",
        "acknowledge_out_of_hours",
        "read_contact",
        "answer_third_contact",
        "ask_advice",
        "withdraw_contact",
        "decide_contact",
        "reopen_contact",
        "referral",
        "decide_referral",
        "send_feedback",
        "print_feedback",
        "withhold_feedback",
        "hand_over",
        "of_child",
    ],
)
def test_a_guessed_id_is_not_found(signed_in, decider, name):
    assert signed_in(decider).get(reverse(f"front_door:{name}", args=[999_999])).status_code == 404


def test_those_with_no_business_there_are_refused(signed_in):
    client = signed_in(UserFactory.create(roles=["analyst"]))

    for name in ("queue", "start_contact", "record_contact", "out_of_hours"):
        assert client.get(reverse(f"front_door:{name}")).status_code == 403


def test_two_front_doors_and_their_officers():
    team = front_door_team()

    assert screening_officer(team) not in managers_of(team)


def test_a_decision_with_an_answer_missing_says_which(signed_in, officer, decider):
    contact = recent_screened(ChildFactory.create_batch(1), officer)

    page = text_of(
        signed_in(decider).post(
            reverse("front_door:decide_contact", args=[contact.pk]), decision(family_told="no")
        )
    )

    assert "Say why the family has not been told" in page


def test_a_worker_who_cannot_have_it_is_refused_in_words(signed_in, officer, decider):
    team = TeamFactory.create()
    worker = social_worker(team)
    worker.roles = ["social_worker"]
    contact = recent_screened(ChildFactory.create_batch(1), officer)
    worker.staff.asye_until = timezone.localdate() + timedelta(days=90)
    worker.staff.save(update_fields=["asye_until"])
    InvolvementFactory.create(
        child_id=contact.about[0],
        child=None,
        kind="protection",
        started_on=timezone.localdate() - timedelta(days=9),
    )

    page = text_of(
        signed_in(decider).post(
            reverse("front_door:decide_contact", args=[contact.pk]),
            decision(given_to=f"worker-{worker.pk}-{team.pk}"),
        )
    )

    assert "assessed and supported year" in page


def test_an_undecided_contact_is_in_the_banner_of_the_child(signed_in, officer):
    child = ChildFactory.create()
    recent([child], officer)

    page = text_of(signed_in(officer).get(reverse("desk:child", args=[child.pk])))

    assert "New contact, not yet decided" in page
