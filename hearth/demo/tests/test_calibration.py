"""How often each family lives again: so often that the borough has the national rates."""

from hearth.demo import rates
from hearth.demo.bulk import checks
from hearth.demo.bulk.calibration import Tally, again, together, weights

QUIET = Tally(children=200, referrals=120)
ENQUIRED = Tally(children=40, referrals=30, enquiries=30)
CONFERRED = Tally(children=30, referrals=25, enquiries=22, conferences=20)
STANDING = Tally(children=12, referrals=8, enquiries=8, conferences=8, standing=8)
FAMILIES = {1: QUIET, 2: ENQUIRED, 3: CONFERRED, 4: STANDING}


def whole(found, base, children):
    """The borough that comes of it: each family so often, and what is on record once."""
    lived = together([FAMILIES[number].times(weight) for number, weight in found.items()])
    return lived.times((children - base.children) / lived.children) + base


def test_the_borough_has_the_national_rates():
    base = Tally(children=60, referrals=50, enquiries=25, conferences=12, standing=4)
    found = weights(FAMILIES, base=base, children=60_000, years=10)

    made = whole(found, base, 60_000)

    assert abs(made.enquiries / made.referrals - rates.ENQUIRIES_OF_REFERRALS) < 0.001
    assert abs(made.conferences / made.referrals - rates.CONFERENCES_OF_REFERRALS) < 0.001
    assert abs(made.standing * 10 / made.referrals - rates.STANDING_OF_REFERRALS) < 0.001
    assert found[1] == 1.0


def test_a_family_of_a_kind_there_are_too_many_of_is_not_lived_again():
    base = Tally(children=60, referrals=50, standing=900)

    found = weights(FAMILIES, base=base, children=6_000, years=10)

    assert found[4] == 0
    assert again(found[4], 50) == 0


def test_families_live_again_by_their_weight():
    assert [again(1.0, turn) for turn in range(4)] == [0, 1, 2, 3]
    assert [again(0.3, turn) for turn in (0, 5, 6, 9, 10)] == [0, 0, 1, 2, 2]
    assert again(2.5, 1) == 4


def test_a_rate_says_how_far_it_is_from_the_national_one(monkeypatch):
    counted = iter((1000, 300, 114, 98, 9, 100, 80, 50, 45, 98, 25))
    monkeypatch.setattr(checks, "_count", lambda _question: next(counted))

    found = list(checks.measured(10))

    assert [rate.what for rate in found if not rate.is_near] == [
        "section 47 enquiries for 10,000 children in a year"
    ]
    assert str(found[0]).endswith("155.8, nationally 189.3 (must be within 18.9)")
