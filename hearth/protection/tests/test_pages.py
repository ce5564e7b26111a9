"""The pages of discussions, enquiries and papers, as those who use them are shown them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hearth.accounts.worker_context import set_worker
from hearth.casework.models import Episode, Task
from hearth.config.testing import at_most_queries, earlier_today, hearth_itself
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.protection import process
from hearth.protection.models import Enquiry, StrategyDiscussion
from hearth.protection.tests.factories import (
    CONCERN,
    authorised,
    called,
    children_of,
    decided,
    enquiry,
    household,
    paper,
    see,
    signed,
    submitted,
    whole,
)
from hearth.workforce.tests.factories import manager, social_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(client):
    """Open a page as a worker, within the budget of questions, and give its words."""

    def open_page(worker, name, pk=None):
        set_worker(hearth_itself())
        client.force_login(worker)
        address = reverse(f"protection:{name}", args=[pk] if pk else [])
        with at_most_queries():
            response = client.get(address)
        set_worker(hearth_itself())
        assert response.status_code == 200, response
        return " ".join(response.content.decode().split())

    return open_page


@pytest.fixture
def send(client):
    """Send a page's form as a worker."""

    def post(worker, name, pk, **data):
        set_worker(hearth_itself())
        client.force_login(worker)
        response = client.post(reverse(f"protection:{name}", args=[pk]), data)
        set_worker(hearth_itself())
        return response

    return post


def rows(prefix, *filled, total=2):
    """The rows of a form set: those filled in, of all that were shown."""
    named = {
        f"{prefix}-{number}-{name}": value
        for number, row in enumerate(filled)
        for name, value in row.items()
    }
    return {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": "0", **named}


def moment(name, at):
    """The four boxes of a moment."""
    local = timezone.localtime(at)
    return {
        f"{name}_day": local.day,
        f"{name}_month": local.month,
        f"{name}_year": local.year,
        f"{name}_time": f"{local:%H:%M}",
    }


def the_decision(discussion, **changes):
    """A discussion's page as it is sent: a joint enquiry about every child."""
    sent = {
        "version": discussion.meeting.version,
        **moment("held_at", earlier_today(minutes=3)),
        "how": "telephone",
        "concern": CONCERN,
        "decision": "joint",
        "rationale": "An injury that his account explains.",
        "enquiry_plan": "Both seen alone today.",
        **rows("joined"),
    }
    for member in discussion.meeting.members.all():
        sent[f"member-{member.pk}-attendance"] = "telephone"
        sent[f"member-{member.pk}-shared"] = "Known since May."
    for pk in discussion.about:
        sent[f"child-{pk}-safe_now"] = "yes"
        sent[f"child-{pk}-safety"] = "With Nan."
        sent[f"child-{pk}-in_enquiry"] = "yes"
    return sent | changes


def test_a_manager_calls_and_records_a_discussion_in_two_pages(look, send):
    boss, lead = manager(), social_worker()
    ade, bea = household()
    assert f"{bea}, who lives with them" in look(boss, "start_strategy", ade.pk)

    asked = rows(
        "asked",
        {"agency": "police", "name": "DS Marlow", "role": "", "email": ""},
        {"agency": "hospital", "name": "Dr Adeyemi", "role": "", "email": ""},
    )
    response = send(boss, "start_strategy", ade.pk, concern=CONCERN, how="telephone", **asked)
    discussion = StrategyDiscussion.objects.get()
    assert response.url == reverse("protection:hold_strategy", args=[discussion.pk])
    page = look(boss, "hold_strategy", discussion.pk)
    assert "DS Marlow" in page
    response = send(boss, "hold_strategy", discussion.pk, **the_decision(discussion, lead=lead.pk))

    made = Enquiry.objects.get()
    assert response.url == reverse("protection:strategy", args=[discussion.pk])
    assert made.task is not None
    assert made.task.worker == lead
    page = look(boss, "strategy", discussion.pk)
    assert "Joint section 47 enquiry with the police" in page
    assert "2 of those asked have not been sent the record" in page


def test_what_was_typed_stands_when_a_child_was_left_without_an_answer(send):
    discussion = called()
    sent = the_decision(discussion, rationale="Written at some length in the meeting.")
    del sent[f"child-{discussion.about[1]}-safe_now"]

    response = send(manager(), "hold_strategy", discussion.pk, **sent)

    page = response.content.decode()
    assert "govuk-error-summary" in page
    assert "Written at some length in the meeting." in page
    discussion.refresh_from_db()
    assert discussion.decided_at is None


def test_a_page_that_somebody_else_has_changed_says_so_and_keeps_what_was_typed(send):
    discussion = called()

    response = send(
        manager(), "hold_strategy", discussion.pk, **the_decision(discussion, version=99)
    )

    assert "Somebody else has changed this since you opened it" in response.content.decode()


def test_a_task_leads_to_the_discussion_once_it_has_been_called(client):
    discussion = called()
    client.force_login(manager())

    response = client.get(reverse("protection:strategy_from_task", args=[discussion.task_id]))

    assert response.url == reverse("protection:strategy", args=[discussion.pk])


def test_every_page_of_an_enquiry_is_drawn_within_its_budget(look):
    made = whole()
    worker = made.task.worker
    signed(made)
    pages = (
        *("enquiry", "write_enquiry", "enquiry_parents", "enquiry_agencies", "enquiry_medicals"),
        *("enquiry_nights", "enquiry_agreements", "ask_return_home", "submit_enquiry"),
    )

    for name in pages:
        assert children_of(made)[0].name in look(worker, name, made.pk), name
    assert "Everything that must be here is here." in look(worker, "submit_enquiry", made.pk)
    sent = submitted()
    assert "If you authorise it" in look(manager(), "decide_enquiry", sent.pk)
    assert "Section 47 enquiry" in look(manager(), "enquiry", authorised().pk)


def test_what_is_missing_links_to_its_box(look):
    made = enquiry()
    child = children_of(made)[0]

    page = look(made.task.worker, "submit_enquiry", made.pk)

    address = reverse("protection:write_enquiry", args=[made.pk])
    assert f'href="{address}#id_child-{child.pk}-medical_needed_0"' in page
    assert "Send to a manager" not in page


def test_whoever_reads_an_enquiry_is_led_only_to_pages_that_they_may_open(look):
    made = enquiry()

    page = look(manager(), "enquiry", made.pk)

    assert "Say what the home is like" in page
    for name, leads in (("write_enquiry", 0), ("enquiry_agreements", 0), ("enquiry_nights", 1)):
        address = reverse(f"protection:{name}", args=[made.pk])
        assert (f'href="{address}' in page) == bool(leads), name
    look(social_worker(), "enquiry", made.pk)


def test_words_said_on_a_visit_stand_on_the_page_and_are_not_asked_again(look):
    made = enquiry()
    child = children_of(made)[0]
    see(child, by=made.task.worker)

    page = look(made.task.worker, "write_enquiry", made.pk)

    assert "I am not frightened at Nan&#x27;s." in page


def test_open_enquiries_are_listed_with_unseen_children_first(look):
    lead = social_worker()
    seen, unseen = enquiry(lead=lead), enquiry(lead=lead)
    for child in children_of(seen):
        see(child, by=lead)

    page = look(lead, "enquiries")

    first, second = (page.index(f'/enquiries/{one.pk}/"') for one in (unseen, seen))
    assert first < second
    assert "Not yet seen" in page
    assert "No enquiry is open" in look(social_worker(), "enquiries")


def test_papers_that_no_manager_signed_are_listed_before_those_to_be_looked_at_again(look):
    made = enquiry()
    by = made.task.worker
    old = signed(made, review_on=timezone.localdate())
    new = paper(made)

    page = look(by, "agreements")

    first, second = (page.index(f'/agreements/{one.pk}/"') for one in (new, old))
    assert first < second


def test_a_paper_is_signed_from_its_own_page(look, send):
    made = paper()
    boss = manager()
    assert "No manager has signed it" in look(boss, "agreement", made.pk)

    unread = send(boss, "sign_agreement", made.pk, read="")
    assert "Say that you have read it" in unread.content.decode()
    send(boss, "sign_agreement", made.pk, read="on")

    made.refresh_from_db()
    assert made.signed_by == boss


def test_an_unsigned_paper_is_not_offered_to_go_home_on(look):
    made = enquiry()
    paper(made)

    page = look(made.task.worker, "ask_return_home", made.pk)

    assert "Risk assessment for a child to be at home, signed" not in page


def test_a_childs_pages_tell_of_an_open_enquiry(client, look):
    made = enquiry()
    child = children_of(made)[0]
    paper(made)
    boss = manager()

    page = look(boss, "child_protection", child.pk)

    assert "Section 47 enquiry open" in page
    assert "Agreement not signed by a manager" in page
    client.force_login(boss)
    with at_most_queries():
        front = client.get(reverse("desk:child", args=[child.pk])).content.decode()
    assert "No manager has signed it" in front


def test_a_childs_pages_say_when_nothing_is_on_record(look):
    assert "No strategy discussion about" in look(
        social_worker(), "child_protection", ChildFactory.create().pk
    )


def test_those_who_may_not_know_of_a_sibling_are_not_shown_the_enquiry(client):
    made = enquiry()
    RestrictionFactory.create(person=children_of(made)[1])
    client.force_login(social_worker())

    response = client.get(reverse("protection:enquiry", args=[made.pk]))

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("hold_strategy", called),
        ("write_enquiry", enquiry),
        ("decide_enquiry", submitted),
        ("send_strategy", called),
        ("sign_agreement", signed),
        ("record_told", enquiry),
    ],
)
def test_a_page_that_is_not_open_to_a_worker_says_why(client, name, subject):
    made = subject()
    client.force_login(social_worker())

    response = client.get(reverse(f"protection:{name}", args=[made.pk]))

    assert response.status_code == 403


def test_the_record_is_sent_and_leaves_the_list(look, send):
    discussion = decided()
    boss = manager()
    members = [member.pk for member in discussion.meeting.members.all()]
    assert "Not sent the record" in look(boss, "send_strategy", discussion.pk)

    send(
        boss,
        "send_strategy",
        discussion.pk,
        members=members,
        how="secure_email",
        **moment("sent_at", timezone.now()),
    )

    assert "Not sent the record" not in look(boss, "send_strategy", discussion.pk)
    waiting = Task.objects.outstanding().filter(step_key=process.SEND_STRATEGY.key)
    assert not waiting.exists()


def test_a_sibling_without_a_case_is_offered_the_source_that_opened_the_others(look):
    ade, bea = ChildFactory.create_batch(2)
    household(ade)
    household(bea, open_cases=False)
    discussion = called(ade, bea)
    Episode.objects.update(referral_source="2B")

    page = look(discussion.recorded_by, "hold_strategy", discussion.pk)

    assert "Who told us of the concern?" in page
    assert '<option value="2B" selected' in page
