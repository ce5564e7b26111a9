"""Whatever is sent to a page is answered clearly, and what is refused changes nothing."""

import random
from contextlib import contextmanager
from itertools import count

import pytest
from django.db import transaction
from django.urls import resolve
from hypothesis import Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hearth.accounts.models import User
from hearth.accounts.roles import STAFF
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.people.tests.factories import ChildFactory, RestrictionFactory
from tests import fuzzing
from tests.fuzzed_pages import ROOMS, as_worker, forms_of

pytestmark = pytest.mark.django_db
CHANCE = random.Random(9)  # noqa: S311 - repeatable, not secret
# A page to mend, done, somewhere else to go, or why not: never a fault of ours.
ANSWERS = {200, 204, 302, 400, 403, 404, 409, 413}
DONE = {204, 302}
# Done, and what was made is shown on a page that is shown once.
DONE_WITH_A_PAGE = {"accounts:issue_password_link", "protection:ask_for_report"}
# Not done yet: the worker is asked to look it over once more.
LOOKED_OVER_FIRST = {"front_door:decide_contact", "front_door:decide_referral"}


@pytest.fixture(autouse=True)
def _documents_of_its_own(settings, tmp_path):
    settings.DOCUMENTS = tmp_path


@contextmanager
def undone():
    """Leave nothing behind of what is done within."""
    with transaction.atomic():
        set_worker(hearth_itself())
        yield
        transaction.set_rollback(True)
    set_worker(hearth_itself())


def ask(client, method, page, data=None):
    """The answer to a worker's request, or what was wrong with us."""
    try:
        with transaction.atomic():
            response = getattr(as_worker(client, page), method)(page.address, data or {})
            if response.streaming:
                list(response)  # sent to its end, it closes its file
            return response, []
    except Exception as fault:  # noqa: BLE001 - each is a fault of ours, to be listed
        return None, [f"{type(fault).__name__}: {str(fault)[:200]}"]
    finally:
        set_worker(hearth_itself())


def faults(name, response, sent, held):
    """What is wrong with the answer to a form, and with what is held after it if it was refused."""
    wrong = [] if response.status_code in ANSWERS else [f"answered {response.status_code}"]
    made = response.status_code == 200 and not fuzzing.is_page(response)
    done = response.status_code in DONE or made or name in DONE_WITH_A_PAGE
    if held is not None and not done:
        now = fuzzing.records()
        wrong += [f"refused, and changed {table}" for table in now if now[table] != held[table]]
    if response.status_code == 200 and fuzzing.is_page(response) and name not in DONE_WITH_A_PAGE:
        page = response.content.decode()
        if "govuk-error-summary" not in page and name not in LOOKED_OVER_FIRST:
            wrong.append("neither done nor said why not")
        wrong += [f"lost {name}" for name, words in sent.words.items() if words not in page]
    return wrong


def told(page, sent, wrong):
    short = {name: str(value)[:60] for name, value in sent.data.items()}
    return f"{page.name} {page.address}: {wrong} {short}"


@pytest.mark.parametrize("room", ROOMS)
def test_whatever_is_sent_is_answered_clearly_and_what_is_refused_changes_nothing(client, room):
    others = hidden_and_other_families()
    pages, held, turn, found = forms_of(room, client), fuzzing.records(), count(), []

    @hypothesis_settings(
        max_examples=len(fuzzing.WAYS),
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
    )
    @given(st.randoms(use_true_random=True))
    def send_everything(chance):
        shift = next(turn)
        for place, page in enumerate(pages):
            way = fuzzing.WAYS[(place + shift) % len(fuzzing.WAYS)]
            sent = way(page.fields, chance, others)
            with undone():
                before = fuzzing.writes()
                response, wrong = ask(
                    client, "post", page, {"csrfmiddlewaretoken": "-"} | sent.data
                )
                if response is not None:
                    wrote = fuzzing.writes() != before
                    wrong = faults(page.name, response, sent, held if wrote else None)
            if wrong:
                found.append(told(page, sent, wrong))

    send_everything()
    for page in pages:
        found += right_gone(client, page)
    assert found == [], "\n".join(found)


def right_gone(client, page):
    """What is wrong with the answer to a worker who no longer may."""
    view = resolve(page.address.partition("?")[0]).func
    others = sorted(set(STAFF) - set(view.policy.roles))  # type: ignore[attr-defined]
    if not others:
        return []
    sent = {"csrfmiddlewaretoken": "-"} | fuzzing.sensible(page.fields, CHANCE)
    with undone():
        User.objects.filter(pk=page.worker.pk).update(roles=others[:1])
        before = fuzzing.writes()
        response, wrong = ask(client, "post", page, sent)
        if wrong or response.status_code not in {403, 404} or fuzzing.writes() != before:
            return [f"{page.name} by one whose right has gone: {wrong or response.status_code}"]
    return []


def hidden_and_other_families():
    """The ids of records that no form in hand is about, one of them out of sight."""
    hidden = RestrictionFactory.create(kind="sealed").person
    return [hidden.pk, ChildFactory.create().pk]
