"""Nothing typed is lost: what the server answers as a draft is saved, sent or thrown away."""

import json
from contextlib import suppress
from datetime import timedelta
from unittest.mock import MagicMock, patch

import pytest
from django.db import transaction
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from hearth.accounts.models import TrailEvent
from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import acting_as, set_worker
from hearth.config.testing import at_most_queries, hearth_itself
from hearth.design.drafts import DONE
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from hearth.records import actions, drafts
from hearth.records.actions.drafts import Answer
from hearth.records.forms.drafts import Unreadable, read_draft
from hearth.records.models import Draft
from hearth.records.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db
KEY = "records.note.7"


@pytest.fixture
def worker():
    return UserFactory.create()


def save(worker, text="Seen at school", version=0, key=KEY, **kwargs):
    return actions.save_draft(
        key=key, version=version, fields={"text": [text]}, about=[], by=worker, **kwargs
    )


def forget_when_it_was_sent(minutes=1):
    Draft.objects.exclude(sent_at=None).update(sent_at=timezone.now() - timedelta(minutes=minutes))


def text_of(worker, key=KEY):
    return Draft.objects.unfinished().get(worker=worker, key=key).fields["text"]


def test_what_is_typed_is_kept_and_its_version_rises(worker):
    first = save(worker)
    second = save(worker, "Seen at school, well", version=first.draft.version)

    assert first.answer is second.answer is Answer.SAVED
    assert second.draft.version > first.draft.version
    assert text_of(worker) == ["Seen at school, well"]


def test_each_worker_has_a_draft_of_their_own(worker):
    save(worker, "Mine")
    save(UserFactory.create(), "Somebody else's")

    assert text_of(worker) == ["Mine"]


def test_another_window_of_the_same_worker_is_told_of_the_newer_words(worker):
    here = save(worker, "First").draft.version
    save(worker, "Written in the other window", version=here)

    late = save(worker, "Written here", version=here)

    assert late.answer is Answer.CLASH
    assert late.draft.fields == {"text": ["Written in the other window"]}
    assert text_of(worker) == ["Written in the other window"]


def test_a_save_whose_answer_was_lost_is_saved_again_without_a_clash(worker):
    save(worker, "Seen at sch")

    again = save(worker, "Seen at school and well", version=0)

    assert again.answer is Answer.SAVED
    assert text_of(worker) == ["Seen at school and well"]


def test_on_a_record_several_may_write_the_second_editor_is_told_of_the_firsts_words(worker):
    key, other = "shared.assessments.single.4", UserFactory.create()
    seen = save(worker, "Ade is thriving", key=key).draft.version
    theirs = save(other, "Ade is struggling", version=seen, key=key)

    mine = save(worker, "Ade is thriving at school", version=seen, key=key)

    assert theirs.answer is Answer.SAVED
    assert (mine.answer, mine.draft.worker) == (Answer.CLASH, other)
    assert mine.draft.fields == {"text": ["Ade is struggling"]}


def test_after_choosing_the_second_editor_saves_over_with_the_version_they_saw(worker):
    key, other = "shared.assessments.single.4", UserFactory.create()
    save(other, "Theirs", key=key)
    clash = save(worker, "Mine", key=key)

    settled = save(worker, "Both", version=clash.draft.version, key=key)

    assert settled.answer is Answer.SAVED
    assert text_of(other, key) == ["Theirs"]


def test_once_sent_it_is_not_saved_again(worker):
    version = save(worker).draft.version

    actions.finish_draft(key=KEY, by=worker)

    assert save(worker, "More", version=version).answer is Answer.FINISHED
    assert not Draft.objects.unfinished().exists()


def test_a_save_that_was_on_its_way_when_the_form_was_sent_does_not_bring_it_back(worker):
    actions.finish_draft(key=KEY, by=worker)

    assert save(worker, version=0).answer is Answer.FINISHED


def test_the_next_note_on_the_same_page_has_a_draft_of_its_own(worker):
    save(worker, "The first note")
    actions.finish_draft(key=KEY, by=worker)
    forget_when_it_was_sent()

    assert save(worker, "The second note").answer is Answer.SAVED
    assert text_of(worker) == ["The second note"]


def test_a_window_left_open_cannot_be_taken_for_the_next_draft(worker):
    old = save(worker, "The first note").draft.version
    actions.finish_draft(key=KEY, by=worker)
    forget_when_it_was_sent()
    save(worker, "The second note")

    assert save(worker, "Still the first note", version=old).answer is Answer.CLASH


def test_a_version_nobody_ever_saved_is_kept_all_the_same(worker):
    assert save(worker, version=9).answer is Answer.SAVED


def test_what_is_thrown_away_is_gone_from_the_form_and_kept_in_the_database(worker):
    save(worker)

    actions.discard_draft(key=KEY, by=worker)

    assert not Draft.objects.unfinished().exists()
    assert Draft.objects.get().fields == {"text": ["Seen at school"]}


def test_throwing_away_puts_another_workers_words_aside_and_leaves_them_theirs(worker):
    key, other = "assessments.single.4", UserFactory.create()
    save(other, "Theirs", key=f"shared.{key}")
    shown = opened(worker, key, shared=True)

    actions.discard_draft(key=f"shared.{key}", by=worker)

    assert shown == {"version": 1, "by": str(other), "fields": {"text": ["Theirs"]}}
    assert opened(worker, key, shared=True) is None
    assert text_of(other, f"shared.{key}") == ["Theirs"]


def test_a_draft_the_record_and_the_trail_stand_or_fall_together(worker):
    save(worker)
    with pytest.raises(ZeroDivisionError):
        _record_and_fail(worker)

    assert text_of(worker) == ["Seen at school"]


def _record_and_fail(worker):
    with transaction.atomic():
        actions.finish_draft(key=KEY, by=worker)
        raise ZeroDivisionError


def test_a_page_is_given_what_was_typed_on_it_before(worker):
    version = save(worker).draft.version

    shown = opened(worker, KEY, about=[7])

    assert shown == {"version": version, "fields": {"text": ["Seen at school"]}, "by": ""}


def request_by(worker):
    request = RequestFactory().get("/")
    request.user = worker
    return request


def opened(worker, key, **kwargs):
    """What the page of a form is given of its draft."""
    draft = drafts.open_draft(request_by(worker), key, **kwargs)
    if draft.saved is None:
        return None
    return {name: getattr(draft.saved, name) for name in ("version", "fields", "by")}


# Over the wire, as drafts.js sends it


def post(client, body, **headers):
    return client.post(
        "/drafts/save/",
        body if isinstance(body, str | bytes) else json.dumps(body),
        content_type="application/json",
        headers=headers,
    )


def draft(**kwargs):
    return {"key": KEY, "version": 0, "fields": {"text": ["Seen"]}, "about": []} | kwargs


@pytest.fixture
def browser(client, worker):
    client.force_login(worker)
    return client


def test_a_draft_is_saved_and_its_version_and_time_are_answered(browser, worker):
    with at_most_queries():
        answer = post(browser, draft())

    assert answer.status_code == 200
    assert set(answer.json()) == {"version", "at"}
    set_worker(hearth_itself())
    assert text_of(worker) == ["Seen"]


def test_a_clash_answers_with_their_words_and_version(browser, worker):
    save(worker, "In the other window")

    answer = post(browser, draft())

    assert answer.status_code == 409
    assert answer.json()["fields"] == {"text": ["In the other window"]}
    assert set(answer.json()) == {"version", "fields", "by", "at"}


def test_what_was_sent_answers_that_it_is_gone(browser, worker):
    version = save(worker).draft.version
    actions.finish_draft(key=KEY, by=worker)

    assert post(browser, draft(version=version)).status_code == 410


def test_throwing_away_is_answered(browser, worker):
    save(worker)

    answer = post(browser, {"key": KEY, "version": 1, "discard": True, "about": []})

    assert answer.status_code == 200
    set_worker(hearth_itself())
    assert Draft.objects.get().discarded_at


def test_signed_out_is_answered_in_the_browsers_own_terms(client):
    answer = post(client, draft())

    assert answer.status_code == 401
    assert answer.json()


def test_a_page_asked_for_signed_out_still_goes_to_the_sign_in_page(client):
    answer = client.get("/drafts/save/", headers={"Accept": "text/html"})

    assert answer.status_code in {302, 405}


def test_nothing_is_kept_about_somebody_the_worker_may_not_know_of(browser):
    child = ChildFactory.create()
    RestrictionFactory.create(person=child)

    assert post(browser, draft(about=[child.pk])).status_code == 404
    assert post(browser, draft(about=[child.pk + 1000])).status_code == 404


def test_the_page_it_is_typed_on_is_remembered_when_it_is_one_of_ours(browser, worker):
    post(browser, draft(), Referer="http://testserver/drafts/save/?child=7")
    post(browser, draft(key="a"), Referer="https://elsewhere.example/drafts/save/")
    post(browser, draft(key="b"), Referer="http://testserver/nowhere/")

    set_worker(hearth_itself())
    addresses = dict(Draft.objects.values_list("key", "address"))
    assert addresses == {KEY: "/drafts/save/?child=7", "a": "", "b": ""}


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        b"\xff\xfe",
        "[]",
        json.dumps({"version": 0}),
        json.dumps({"key": "a b", "version": 0}),
        json.dumps({"key": "a" * 121}),
        json.dumps({"key": "a", "version": -1}),
        json.dumps({"key": "a", "version": True}),
        json.dumps({"key": "a", "version": 2**40}),
        json.dumps({"key": "a", "about": ["7"]}),
        json.dumps({"key": "a", "about": 7}),
        json.dumps({"key": "a", "fields": []}),
        json.dumps({"key": "a", "fields": {"text": "Seen"}}),
        json.dumps({"key": "a", "fields": {"text": [7]}}),
    ],
)
def test_what_is_not_a_draft_is_refused(browser, body):
    assert post(browser, body).status_code == 400


def test_only_what_the_database_cannot_hold_is_taken_out(browser, worker):
    typed = "S\u0000\u00e9\ud800en \u200f\u0634\u0643\u0631\u0627 \U0001f642\n"
    body = json.dumps(draft(key="a", fields={"text": [typed]}))

    assert post(browser, body).status_code == 200
    set_worker(hearth_itself())
    assert text_of(worker, "a") == ["S\u00e9en \u200f\u0634\u0643\u0631\u0627 \U0001f642\n"]


@given(st.text(max_size=50))
def test_reading_a_draft_never_fails_in_another_way(text):
    with suppress(Unreadable):
        read_draft(json.dumps({"key": text, "fields": {text: [text]}}).encode())
    with suppress(Unreadable):
        read_draft(text.encode(errors="replace"))


# Unfinished work


def test_a_workers_unfinished_work_is_listed_the_latest_first(worker):
    DraftFactory.create(worker=worker, key="old", updated_at=timezone.now() - timedelta(days=3))
    DraftFactory.create(worker=worker, key="new", address="/drafts/save/")
    DraftFactory.create(worker=worker, key="sent", sent_at=timezone.now())
    DraftFactory.create()

    new, old = drafts.drafts_of(worker)

    assert (new.title, new.address) == ("Keep a draft of what is being typed", "/drafts/save/")
    assert (old.title, old.address) == ("Unfinished form", "")
    assert new.updated_at > old.updated_at


def test_what_anybody_has_begun_about_a_child_is_listed_with_its_author(worker):
    child = ChildFactory.create()
    DraftFactory.create(worker=worker, about=[child.pk])
    DraftFactory.create(about=[child.pk + 1])

    (found,) = drafts.drafts_about(child)

    assert (found.worker, found.about) == (worker, [child.pk])


def test_a_draft_about_a_restricted_child_is_hidden_with_them(worker):
    child = ChildFactory.create()
    DraftFactory.create(worker=worker, about=[child.pk])
    RestrictionFactory.create(person=child)

    with acting_as(worker):
        assert drafts.drafts_of(worker) == []


def test_every_role_may_keep_what_it_types(client):
    for role in Role:
        if role is Role.SYSTEM:
            continue
        client.force_login(UserFactory.create(roles=[role]))
        assert post(client, draft()).status_code == 200
        set_worker(hearth_itself())


def test_starting_a_draft_is_in_the_trail_with_whom_it_is_about(worker):
    child = ChildFactory.create()
    actions.save_draft(key=KEY, version=0, fields={}, about=[child.pk], by=worker)

    assert TrailEvent.objects.filter(what="Started a draft", about=[child.pk]).exists()


def test_closing_a_draft_tells_the_browser_which_to_forget(worker):
    request = request_by(worker)
    message = MagicMock()
    save(worker)

    with patch("hearth.design.drafts.messages.success", message):
        drafts.close_draft(request, drafts.open_draft(request, KEY), "Note recorded")

    message.assert_called_once_with(request, "Note recorded", extra_tags=f"{DONE}{KEY}")
    assert not Draft.objects.unfinished().exists()
