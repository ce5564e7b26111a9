"""How often each family that lived is to live again, so that the borough has the national rates.

Few of a hundred families have a child on a protection plan, and hardly one of them today. So more
of those live their stories than would by chance, and each is lived again less often than others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from hearth.demo import acts, protection_acts, rates

ROUNDS = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """What a story comes to, counted in children: over its years, and on its last day."""

    children: float = 0
    referrals: float = 0
    enquiries: float = 0
    conferences: float = 0
    standing: float = 0
    # Of those with a conference, who came with a plan or took theirs elsewhere.
    moved_in: float = 0
    moved_away: float = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    def times(self, weight: float) -> "Tally":
        """The same, so many times over."""
        return Tally(*(getattr(self, f.name) * weight for f in fields(Tally)))

    @property
    def kind(self) -> str:
        """By the rarest thing that is in it."""
        found = ("moved_in", "moved_away", "standing", "conferences", "enquiries")
        return next((name for name in found if getattr(self, name)), "quiet")


def tally(tale: acts.Story, children: int) -> Tally:
    """Count what is in a story."""
    told_of = {act.key: len(act.about) for act in tale if isinstance(act, acts.Contact)}
    referred = sum(
        told_of[act.key]
        for act in tale
        if isinstance(act, acts.Decide) and act.outcome in ("referral", "strategy_discussion")
    )
    enquired = [act for act in tale if isinstance(act, protection_acts.HoldStrategy) and act.lead]
    conferred = [act for act in tale if isinstance(act, protection_acts.HoldConference)]
    came = [act for act in tale if isinstance(act, protection_acts.CallTransfer)]
    left = any(isinstance(act, protection_acts.TakenOver) for act in tale)
    about = len(enquired[-1].about) if enquired else len(came[-1].about) if came else 0
    return Tally(
        children=children,
        referrals=referred,
        enquiries=sum(len(act.about) for act in enquired),
        conferences=sum(act.is_first for act in conferred) * about,
        standing=about if conferred and conferred[-1].category and not left else 0,
        moved_in=sum(len(act.about) for act in came),
        moved_away=about if left else 0,
    )


def weights(
    tallies: Mapping[int, Tally], *, base: Tally, children: int, years: int
) -> dict[int, float]:
    """How often each family lives, beside one of whom there was no enquiry.

    `base` is what is on record besides, once. Found by turns: each rate asks for so many of one
    kind of family, which changes how many referrals there are, of which the next is a share.
    """
    kinds = ("quiet", "enquiries", "conferences", "standing", "moved_in", "moved_away")
    sums = {kind: Tally() for kind in kinds}
    for each in tallies.values():
        sums[each.kind] = sums[each.kind] + each
    found = dict.fromkeys(sums, 1.0)
    for _ in range(ROUNDS):
        whole = _whole(sums, found)
        times = max((children - base.children) / whole.children, 1.0)
        whole = whole + base.times(1 / times)
        for kind, share in (
            ("moved_in", rates.CONFERENCES_OF_REFERRALS * rates.MOVED_IN),
            ("moved_away", rates.CONFERENCES_OF_REFERRALS * rates.MOVED_AWAY),
            ("standing", rates.STANDING_OF_REFERRALS / years),
            ("conferences", rates.CONFERENCES_OF_REFERRALS),
            ("enquiries", rates.ENQUIRIES_OF_REFERRALS),
        ):
            own = getattr(sums[kind], kind)
            if own:
                others = getattr(whole, kind) - found[kind] * own
                found[kind] = max((share * whole.referrals - others) / own, 0.0)
                whole = _whole(sums, found) + base.times(1 / times)
    return {number: found[each.kind] for number, each in tallies.items()}


def _whole(sums: Mapping[str, Tally], found: Mapping[str, float]) -> Tally:
    whole = Tally()
    for kind, each in sums.items():
        whole = whole + each.times(found[kind])
    return whole


def together(tallies: Sequence[Tally]) -> Tally:
    """All of them as one."""
    whole = Tally()
    for each in tallies:
        whole = whole + each
    return whole


def again(weight: float, turn: int) -> int:
    """How often a family that lived once has lived again by a turn."""
    return max(int(weight * (turn + 1)) - 1, 0)
