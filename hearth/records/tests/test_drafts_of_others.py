"""A draft holds a child's data: who else may be answered with it, and whose is kept at all."""

import json
from unittest.mock import patch

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import hearth_itself
from hearth.design.forms import attempt
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records import actions, drafts
from hearth.records.models import Draft

pytestmark = pytest.mark.django_db
KEY, WORDS = "assessments.4.analysis", "Ade says he is afraid at home"


@pytest.fixture
def author():
    return UserFactory.create(roles=[Role.SOCIAL_WORKER])


def typed(author, about=()):
    actions.save_draft(
        key=f"shared.{KEY}", version=0, fields={"text": [WORDS]}, about=about, by=author
    )


def named(worker, key=KEY, *, shared=True):
    """What the page of a form calls its draft, for a worker whom the guard let onto it."""
    request = RequestFactory().get("/")
    request.user = worker
    return drafts.open_draft(request, key, shared=shared).key


def send(client, worker, key, **more):
    client.force_login(worker)
    body = {"key": key, "version": 0, "fields": {"text": ["Mine"]}, "about": []} | more
    answer = client.post("/drafts/save/", json.dumps(body), content_type="application/json")
    set_worker(hearth_itself())
    return answer


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.SOCIAL_WORKER])
def test_nobody_is_answered_with_anothers_words_by_guessing_the_forms_name(client, author, role):
    typed(author)
    stranger = UserFactory.create(roles=[role])

    for guess in (f"shared.{KEY}", f"shared.{KEY}.0123456789abcdef0123", named(author)):
        for more in ({}, {"discard": True}):
            answer = send(client, stranger, guess, **more)
            assert (answer.status_code, WORDS in answer.content.decode()) == (404, False)
    assert Draft.objects.unfinished().get().worker == author


def test_a_colleague_whose_page_named_the_draft_is_shown_both(client, author):
    typed(author)
    colleague = UserFactory.create(roles=[Role.SENIOR_SOCIAL_WORKER])

    answer = send(client, colleague, named(colleague))

    assert answer.status_code == 409
    assert answer.json()["fields"] == {"text": [WORDS]}


def test_a_colleague_who_opens_no_records_any_more_is_shown_nothing(client, author):
    typed(author)
    colleague = UserFactory.create(roles=[Role.SENIOR_SOCIAL_WORKER])
    page = named(colleague)
    colleague.roles = [Role.ANALYST]
    colleague.save()

    assert send(client, colleague, page).status_code == 404


def test_a_shared_draft_is_put_away_when_its_record_is_made(client, author):
    assert send(client, author, named(author)).status_code == 200
    request = RequestFactory().get("/")
    request.user = author

    with patch("hearth.design.drafts.messages"):
        drafts.close_draft(request, drafts.open_draft(request, KEY, shared=True), "Sent")

    assert not Draft.objects.unfinished().exists()


def test_a_draft_about_a_child_since_restricted_is_out_of_its_own_authors_sight(client, author):
    child = ChildFactory.create()
    typed(author, about=[child.pk])
    colleague = UserFactory.create(roles=[Role.SENIOR_SOCIAL_WORKER])
    RestrictionFactory.create(person=child)

    for worker in (author, colleague):
        with acting_as(worker):
            assert not Draft.objects.exists()
        answer = send(client, worker, named(worker), about=[child.pk])
        assert (answer.status_code, WORDS in answer.content.decode()) == (404, False)


def test_a_room_with_two_words_to_its_name_keeps_its_drafts_too(client, author):
    answer = send(client, author, named(author, "front_door.decide.7", shared=False))

    assert answer.status_code == 200
    assert Draft.objects.unfinished().get().key == "front_door.decide.7"


def sent_over(worker, **answers):
    """What a page's form may say once a worker has sent it, over what is kept."""
    request = RequestFactory().post("/", answers)
    request.user = worker
    draft, done = drafts.open_draft(request, KEY, shared=True), []
    attempt(forms.Form(answers), lambda: done.append("recorded"), draft=draft)
    page = Template("{% load hearth_design %}{% error_summary %}").render(Context({"draft": draft}))
    return bool(done), page


@pytest.mark.parametrize(
    ("answers", "is_recorded"),
    [
        ({"text": "Mine", "draft_version": "1"}, True),
        ({"text": "Mine", "draft_version": "0"}, False),
        ({"text": "Mine", "draft_version": "²"}, False),
        ({"text": WORDS, "draft_version": "0"}, True),
        ({}, False),
    ],
)
def test_what_is_sent_is_not_recorded_over_a_colleagues_words_that_were_not_seen(
    author, answers, is_recorded
):
    typed(author)
    colleague = UserFactory.create(roles=[Role.SENIOR_SOCIAL_WORKER])

    recorded, page = sent_over(colleague, **answers)

    assert recorded is is_recorded
    assert (f"{author} has written in this form too" in page) is not is_recorded


def test_ones_own_save_whose_answer_was_on_its_way_is_no_others(author):
    typed(author)

    assert sent_over(author, text=f"{WORDS}, and at school")[0]
    recorded, page = sent_over(author, text="From another window")
    assert not recorded
    assert "In another window you have written in this form too" in page
