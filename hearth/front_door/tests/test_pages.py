"""What the pages are made of: time left, who may have a case, what is known, what will follow."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as
from hearth.casework.models import Task
from hearth.casework.tests.factories import AllocationFactory, InvolvementFactory
from hearth.config.testing import hearth_itself
from hearth.front_door.models import ThresholdDocument
from hearth.front_door.pages import consequences, giving, history, queue
from hearth.front_door.pages.recording import children_round, chosen_people
from hearth.front_door.pages.sending import letter_of
from hearth.front_door.templatetags.front_door import (
    contact_outcome,
    referral_outcome,
    task_address,
)
from hearth.front_door.tests.factories import (
    MONDAY,
    AdviceRequestFactory,
    ContactDecisionFactory,
    ContactFactory,
    FeedbackFactory,
    ReferralFactory,
    ReportedChildFactory,
    ThirdContactPromptFactory,
    ThresholdDocumentFactory,
)
from hearth.people.models import HouseholdMember
from hearth.people.tests.factories import (
    ChildFactory,
    HouseholdFactory,
    PersonFactory,
    RelationshipFactory,
    RestrictionFactory,
)
from hearth.workforce.tests.factories import TeamFactory, social_worker

pytestmark = pytest.mark.django_db
TODAY = date(2026, 2, 3)
TUESDAY_MORNING = datetime(2026, 2, 3, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (date(2026, 2, 3), "Due today, 5 hours left"),
        (date(2026, 2, 4), "Due tomorrow, 29 hours left"),
        (date(2026, 2, 2), "1 working day late"),
        (date(2026, 2, 9), "4 working days left"),
    ],
)
def test_how_long_is_left_is_said_in_hours_while_it_is_near(due_on, said):
    assert queue.time_left(due_on, TUESDAY_MORNING) == said


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (16, "Due today, 1 hour left"),
        (16.5, "Due today, less than an hour left"),
        (18, "Due today"),
    ],
)
def test_the_last_hours_of_the_day(hour, said):
    now = datetime(2026, 2, 3, int(hour), 30 if hour % 1 else 0, tzinfo=UTC)

    assert queue.time_left(TODAY, now) == said


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(minutes=59), "less than an hour ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "47 hours ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_the_age_of_a_contact(ago, said):
    assert queue.age_in_words(TUESDAY_MORNING - ago, TUESDAY_MORNING) == said


def test_the_colours_of_a_due_date():
    days = [None, date(2026, 2, 2), TODAY, date(2026, 2, 4)]

    assert [queue.colour_of(day, TODAY) for day in days] == ["grey", "red", "orange", "yellow"]


def test_only_registered_workers_of_teams_that_take_referrals_can_be_given_one():
    team, front_door = TeamFactory.create(), TeamFactory.create(kind="front_door")
    worker, other = social_worker(team), social_worker(front_door)
    lapsed = social_worker(team)
    lapsed.staff.registrations.update(expires_on=TODAY)
    TeamFactory.create(name="Nobody in it")
    AllocationFactory.create(worker=worker, team=team)

    said = {label for label, _ in giving.givable(TODAY).values()}

    assert said == {f"{team}: its manager to allocate", f"{worker}, {team} (1 child)"}
    assert str(other) not in str(said)


def test_nobody_is_weighed_up_until_somebody_is_chosen():
    team = TeamFactory.create()
    worker = social_worker(team)

    assert giving.weighed(None, [], today=TODAY) is None
    assert giving.weighed((team, None), [], today=TODAY) is None
    found = giving.weighed((team, worker), [ChildFactory.create()], today=TODAY)
    assert found is not None
    assert found.after.children == 1


def known(children, **options):
    return {k.person: k for k in history.known_of(children, today=TODAY, **options)}


def test_everyone_round_the_children_is_found_with_what_they_are():
    child, sibling = ChildFactory.create_batch(2)
    mother, lodger = PersonFactory.create(), PersonFactory.create()
    father = PersonFactory.create(given_names="Leo", family_name="Szabo", sex="M")
    half = ChildFactory.create()
    RelationshipFactory.create(person=mother, other_person=child)
    RelationshipFactory.create(person=father, other_person=child, code="father")
    RelationshipFactory.create(person=father, other_person=half, code="father")
    RelationshipFactory.create(person=child, other_person=sibling, code="brother")
    uncle = PersonFactory.create(sex="M")
    RelationshipFactory.create(
        person=uncle, other_person=child, code="uncle", ended_on=date(2025, 1, 1)
    )
    home = HouseholdFactory.create()
    for person in (child, lodger):
        HouseholdMember.objects.create(household=home, person=person, recorded_by=hearth_itself())

    found = known([child])

    assert {person: k.part for person, k in found.items()} == {
        child: "On this contact",
        mother: "Mother",
        father: "Father",
        sibling: "Brother",
        uncle: "Uncle (no longer)",
        half: "Also a child of Leo Szabo",
        lodger: "Lives in the household",
    }
    assert next(iter(found)) == child


def test_what_is_known_of_each_is_beside_them():
    allocation = AllocationFactory.create(worker=social_worker())
    child = allocation.child
    InvolvementFactory.create(child=child)
    this = ContactFactory.create(about=[child.pk], received_at=MONDAY)
    decision = ContactDecisionFactory.create(
        contact=ContactFactory.create(
            screened=True,
            about=[child.pk],
            received_at=MONDAY - timedelta(days=40),
            significant_harm=True,
        )
    )
    ContactFactory.create(about=[child.pk], received_at=MONDAY - timedelta(days=400))

    found = known([child], but_not=this.pk)[child]

    [past] = found.contacts
    assert (past.contact_id, past.outcome) == (decision.contact_id, "No further action")
    assert past.received_at == MONDAY - timedelta(days=40)
    assert past.significant_harm
    assert past.source == "Mill Lane Primary"
    assert found.statuses == ["Child in need"]
    assert [worker.name for worker in found.workers] == [str(allocation.worker)]
    assert [episode.started_on for episode in found.episodes] == [date(2026, 2, 2)]
    assert found.has_history


def test_a_restricted_sibling_leaves_no_trace_in_what_is_known():
    child, hidden = ChildFactory.create_batch(2)
    RelationshipFactory.create(person=child, other_person=hidden, code="brother")
    RestrictionFactory.create(person=hidden)

    with acting_as(UserFactory.create()):
        assert list(known([child])) == [child]


def test_a_contact_about_nobody_yet_has_nothing_known():
    assert history.known_of([], today=TODAY) == []


def test_a_mother_who_is_chosen_stands_for_her_children():
    mother, child = PersonFactory.create(), ChildFactory.create()
    RelationshipFactory.create(person=mother, other_person=child)

    assert children_round([mother], today=TODAY) == [child]


def test_two_families_chosen_are_both_read():
    one, other = ChildFactory.create_batch(2)

    assert children_round([one, other], today=TODAY) == [one, other]


def test_what_is_not_a_number_chooses_nobody():
    child = ChildFactory.create()
    ids = [str(child.pk), "12x", "٣", "9" * 40, ""]

    assert chosen_people(UserFactory.create(), ids) == [child]


def follows(outcomes, contact=None, open_cases=(), **answers):
    contact = contact or ContactFactory.build(about=[], recorded_by=None, team=None)
    return consequences.of_contact(
        contact, outcomes, answers, open_cases=frozenset(open_cases), at=TUESDAY_MORNING
    )


LETTER = "Drafts a letter to Mrs Quayle, to be sent by 6 February 2026"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("allocated_worker", "Bea Quill: puts this on the list of their allocated worker"),
        (
            "early_help",
            "Bea Quill: hands over to early help, to be taken up by 6 February 2026",
        ),
        ("no_further_action", "Bea Quill: opens nothing, and the contact is closed"),
    ],
)
def test_an_outcome_says_what_it_opens(outcome, said):
    child = ChildFactory.create(given_names="Bea", family_name="Quill")

    assert follows([(child, outcome)]) == [said, LETTER]


def test_a_referral_says_its_date_its_assessment_and_who_has_it():
    bea = ChildFactory.create(given_names="Bea", family_name="Quill")
    team = TeamFactory.create(name="North")

    assert follows([(bea, "referral")]) == [
        "Bea Quill: opens one referral dated 2 February 2026, each with an episode",
        "Puts the referral on your list to decide by 3 February 2026",
        LETTER,
    ]
    assert follows([(bea, "referral")], team=team) == [
        "Bea Quill: opens one referral dated 2 February 2026, each with an episode",
        "Opens a single assessment due by 8 April 2026",
        "Asks the manager of North to allocate it by 4 February 2026",
        LETTER,
    ]


def test_a_strategy_discussion_on_an_open_case_opens_no_referral():
    bea = ChildFactory.create(given_names="Bea", family_name="Quill")

    assert follows([(bea, "strategy_discussion")], open_cases=[bea.pk]) == [
        "Bea Quill: a strategy discussion is due by 4 February 2026",
        LETTER,
    ]


def test_nobody_is_written_to_who_must_not_be():
    bea = ChildFactory.create()
    anonymous = ContactFactory.create(anonymous=True)
    outcomes = [(bea, "information")]

    assert follows(outcomes, anonymous)[-1].startswith("Nobody is written to")
    assert follows(outcomes, feedback_withheld_reason="He would know")[-1].startswith(
        "Does not tell Mrs Quayle"
    )


def test_more_children_than_words_for_numbers_are_counted_in_figures():
    many = ChildFactory.create_batch(11)

    assert "opens 11 referrals" in follows([(child, "referral") for child in many])[0]


def test_a_referral_decided_says_what_closes_and_what_is_handed_over():
    one, two, three = (
        ChildFactory.create(given_names=name, family_name="Quill") for name in ("Bea", "Ada", "Ivo")
    )
    outcomes = [(one, "early_help"), (two, "strategy_discussion"), (three, "no_further_action")]

    said = consequences.of_referral(date(2026, 2, 2), outcomes, {}, at=TUESDAY_MORNING)

    assert said[0].startswith("Bea Quill: closes the episode on the day of the referral")
    assert said[1] == "Bea Quill: hands over to early help by 6 February 2026"
    assert said[2] == "Ada Quill: a strategy discussion is due by 4 February 2026"
    assert said[-1].startswith("Asks the manager of your team to allocate it")


def test_words_for_nothing_are_nothing():
    assert (contact_outcome(""), referral_outcome("")) == ("", "")
    assert referral_outcome("assess") == "Assess"
    assert task_address(Task(step_key="casework.allocate", record_id=None)) == ""


def test_a_letter_from_somebody_who_is_not_staff_has_no_job_under_it():
    letter = letter_of(FeedbackFactory.create())

    assert letter.job == ""
    assert letter.to == ["Mrs Quayle", "Mill Lane Primary"]


def test_every_record_has_a_name_and_is_found_among_those_one_may_see():
    worker = UserFactory.create()
    for factory in (
        ContactFactory,
        AdviceRequestFactory,
        ContactDecisionFactory,
        FeedbackFactory,
        ReferralFactory,
        ThresholdDocumentFactory,
    ):
        record = factory.create()
        assert record in type(record).objects.visible_to(worker)
        assert str(record)
    assert str(ReportedChildFactory.create()) == "Tamsin Pemberton"
    prompt = ThirdContactPromptFactory.create()
    assert str(prompt) == "Contact number 3 in twelve months"
    contact = ContactFactory.create()
    assert str(contact) == "Contact about Pemberton"
    part = contact.children.get()
    assert str(part) == f"{contact.pk} about {part.child_id}"
    assert ThresholdDocument.objects.on(date(1985, 6, 1)).exists()


def test_narrowings_of_records():
    referral = ReferralFactory.create()
    child = referral.children.get().child
    asked = AdviceRequestFactory.create()

    assert list(type(referral).objects.undecided().about_child(child)) == [referral]
    assert list(type(asked).objects.unanswered()) == [asked]
    assert ContactFactory.create(anonymous=True).referrer == "Anonymous"
