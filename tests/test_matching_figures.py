"""How well a search and a look for likely matches do, on a labelled set."""

from collections import Counter
from statistics import fmean

import pytest

from hearth.accounts.tests.factories import UserFactory
from hearth.people.actions import create_people
from hearth.people.matching import likely_matches, search
from hearth.people.models import Person
from tests.matching_set import TODAY, borough, described_again, described_new, searches

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEARCHES, DESCRIBED = 200, 300


@pytest.fixture
def people():
    create_people(people=borough(seed=1), today=TODAY, by=UserFactory.create())
    everyone = list(Person.objects.order_by("pk"))
    assert len(everyone) >= 5000
    return everyone


def test_the_right_child_is_among_the_first_three(people):
    worker = UserFactory.create()
    ranks, missed = [], []
    for asked in searches(people, SEARCHES, seed=2):
        hits = [hit.person.pk for hit in search(asked.text, worker, today=TODAY).hits]
        rank = hits.index(asked.person.pk) + 1 if asked.person.pk in hits else 0
        ranks.append(rank)
        if not 1 <= rank <= 3:
            missed.append((asked.slip, asked.text, str(asked.person), asked.person.born_on, rank))
    print(f"\n{len(people):,} people, {SEARCHES} searches")
    print(f"first {ranks.count(1)}, in the first three {SEARCHES - len(missed)}")
    print(*missed, sep="\n")
    assert missed == []


def test_likely_matches_find_those_on_record_and_seldom_stop_a_new_child(people):
    known = described_again(people, DESCRIBED, seed=3)
    new = described_new(DESCRIBED, seed=4)
    outcome: Counter[str] = Counter()
    shown = []
    for each in [*known, *new]:
        hits = likely_matches(each.details)
        shown.append(len(hits))
        strong = [hit.person for hit in hits if hit.is_strong]
        if each.person is not None:
            outcome["shown"] += each.person in [hit.person for hit in hits]
            outcome["first"] += bool(hits) and hits[0].person == each.person
            outcome["strong"] += each.person in strong
            outcome["strong, somebody else"] += any(one != each.person for one in strong)
            if each.person not in [hit.person for hit in hits]:
                print("missed", each.details, each.person, each.person.born_on)
        else:
            outcome["new, somebody shown"] += bool(hits)
            outcome["new, stopped"] += bool(strong)
    strong_all = outcome["strong"] + outcome["strong, somebody else"] + outcome["new, stopped"]
    recall_shown = outcome["shown"] / DESCRIBED
    precision = outcome["strong"] / strong_all
    print(f"\n{outcome}\nshown: recall {recall_shown:.3f}, {fmean(shown):.2f} people on average")
    print(f"stopped: precision {precision:.3f}, recall {outcome['strong'] / DESCRIBED:.3f}")
    assert recall_shown >= 0.98
    assert precision >= 0.95
    assert outcome["strong"] / DESCRIBED >= 0.85
