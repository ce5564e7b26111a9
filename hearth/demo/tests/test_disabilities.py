"""Invented children's disabilities: of every kind, and seldom one alone, as the census expects."""

import random
from collections import Counter

from hearth.demo import disabilities
from hearth.lib.codes import code_set
from hearth.returns.rules.cin.characteristics import FEWEST_DISABILITIES

KINDS = {one.code for one in code_set("disability").codes} - {disabilities.NONE}


def drawn(many, seed=1):
    chance = random.Random(seed)
    found = []
    for _ in range(many):
        named = disabilities.first(chance)
        found.append([named, *disabilities.others(named, chance)])
    return found


def test_every_kind_occurs_and_learning_and_autism_the_most():
    used = Counter(code for codes in drawn(1000) for code in codes)

    assert used.keys() == KINDS
    assert {code for code, _ in used.most_common(2)} == {"LD", "AUT"}


def test_no_child_has_one_of_them_twice():
    assert all(len(codes) == len(set(codes)) for codes in drawn(300))


def test_a_child_with_none_has_no_others():
    assert disabilities.others(disabilities.NONE, random.Random(1)) == []


def test_so_few_as_a_tenth_of_a_borough_return_in_a_year_use_enough_kinds():
    """About 40 disabled children are in a year's return of a borough of 6,000."""
    for seed in range(50):
        assert len({code for codes in drawn(40, seed) for code in codes}) >= FEWEST_DISABILITIES
