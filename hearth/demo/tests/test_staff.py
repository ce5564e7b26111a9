"""The invented service: every post is always held, and there is a sign-in for each role."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from hearth.accounts.roles import STAFF
from hearth.demo.staff import KNOWN_ADDRESSES, ascii_of, renewal_after, service

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module", params=[False, True], ids=["small", "full"])
def invented(request):
    years = 10 if request.param else 2
    since = TODAY - timedelta(days=365 * years)
    return service(full=request.param, seed=1, since=since, today=TODAY)


def test_every_post_is_held_on_every_day(invented):
    days = [invented.since + timedelta(days=n) for n in range(0, 730, 13)]

    assert all(post.held_on(day) for post in invented.posts for day in [*days, TODAY])


def test_whoever_may_lead_a_case_is_registered_while_they_work_here(invented):
    for worker in invented.workers:
        if worker.grade.registered:
            spells = worker.registrations
            assert spells[0].started_on <= worker.started_on
            assert spells[-1].expires_on > (worker.ended_on or TODAY)
            for one, other in pairwise(spells):
                assert one.expires_on == other.started_on


def test_there_is_one_known_sign_in_for_each_role(invented):
    signing_in = list(invented.signing_in())

    assert {role for worker in signing_in for role in worker.grade.roles} == set(STAFF)
    assert len({worker.email for worker in signing_in}) == len(signing_in) == len(KNOWN_ADDRESSES)


def test_nobody_shares_an_address(invented):
    addresses = [worker.email for worker in invented.workers]

    assert len(set(addresses)) == len(addresses)
    assert all(address.isascii() and address.endswith(".example") for address in addresses)


def test_the_full_service_is_of_500_workers():
    full = service(full=True, seed=3, since=TODAY - timedelta(days=3650), today=TODAY)

    assert sum(worker.ended_on is None for worker in full.workers) == 500


def test_the_same_seed_gives_the_same_service_and_another_does_not():
    def named(seed):
        made = service(full=False, seed=seed, since=TODAY - timedelta(days=730), today=TODAY)
        return [(worker.email, worker.started_on) for worker in made.workers]

    assert named(1) == named(1)
    assert named(1) != named(2)


def test_a_registration_bought_in_the_autumn_runs_to_the_december_after():
    assert renewal_after(date(2026, 8, 31)) == date(2026, 12, 1)
    assert renewal_after(date(2026, 9, 1)) == date(2027, 12, 1)


def test_an_address_is_in_plain_letters():
    assert ascii_of("Gonçalves") == "goncalves"
    assert ascii_of("O'Rourke") == "orourke"
