"""What a section 47 enquiry still lacks. It is not sent to a manager while there is one gap.

Working Together to Safeguard Children (2023), chapter 3; and what inspectors found missing: a child
not seen alone, a medical not asked for, a child at home on a paper that no manager had signed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

ALONE_FROM = 4
CONFERENCE = "conference"
NO_CONFERENCE = ("no_continuing_risk", "legal")
WRITE, PARENTS, AGENCIES, MEDICALS, NIGHTS, PAPERS, LEAD = (
    "write",
    "parents",
    "agencies",
    "medicals",
    "nights",
    "agreements",
    "lead",
)
SHARED = {
    "home": "Say what the home is like, and what was seen there",
    "history": "Say what the history means now",
    "analysis": "Say what all this means for the family",
}
OF_A_CHILD = {
    "presentation": "say how they are, and how they came across",
    "analysis": "write what it means for them",
    "outcome": "say what was found",
    "outcome_reason": "say why that was found",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing: the page where it is put right, the box there, and what to do."""

    page: str
    words: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildFacts:
    """What is known of one child in an enquiry."""

    pk: int
    name: str
    is_unborn: bool = False
    age: int | None = None
    seen: bool = False
    seen_alone: bool = False
    bedroom_seen: bool | None = None
    has_words: bool = False
    # How many nights have a place, and whether every medical asked for was done, or says why not.
    nights: int = 0
    medicals: int = 0
    medicals_open: int = 0
    # What is still open about their going home, in words.
    going_home: Sequence[str] = ()
    answers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryFacts:
    """What is known of an enquiry as a whole, and of each child in it."""

    answers: Mapping[str, object]
    children: Sequence[ChildFacts]
    parents: int = 0
    agencies: int = 0
    # By name: those asked who have not answered, and papers that no manager has signed.
    waiting_for: Sequence[str] = ()
    unsigned: Sequence[str] = ()
    why_not_lead: str = ""


def gaps(facts: EnquiryFacts) -> list[Gap]:
    """Everything that stands in the way of sending this enquiry to a manager, in page order."""
    found = list(_of_family(facts))
    for child in facts.children:
        found += [Gap(g.page, f"{child.name}: {g.words}", g.anchor) for g in _of_child(child)]
    return found


def _of_family(facts: EnquiryFacts) -> Iterator[Gap]:
    if facts.why_not_lead:
        yield Gap(LEAD, facts.why_not_lead)
    for name, words in SHARED.items():
        if not facts.answers.get(name):
            yield Gap(WRITE, words, f"id_{name}")
    if not facts.answers.get("home_seen_on"):
        yield Gap(WRITE, "Say when the home was seen", "id_home_seen_on")
    if not facts.parents:
        yield Gap(PARENTS, "Record what each parent or carer says, or why they were not seen")
    yield from _others(facts)


def _others(facts: EnquiryFacts) -> Iterator[Gap]:
    if not facts.agencies:
        yield Gap(AGENCIES, "Record at least one agency that was asked")
    for name in facts.waiting_for:
        yield Gap(AGENCIES, f"Record what {name} said, or why there is no answer")
    for name in facts.unsigned:
        yield Gap(PAPERS, f"{name}: a manager who did not write it must sign it")


def _of_child(child: ChildFacts) -> Iterator[Gap]:
    at = f"id_child-{child.pk}"
    if not child.is_unborn:
        yield from _sight(child, at)
        if not child.nights:
            yield Gap(NIGHTS, "record where they sleep while enquiries are made, and who decided")
        for words in child.going_home:
            yield Gap(PAPERS, words)
    for name, words in OF_A_CHILD.items():
        if not child.answers.get(name):
            yield Gap(WRITE, words, f"{at}-{name}")
    if child.answers.get("outcome") in NO_CONFERENCE and not child.answers.get(
        "no_conference_reason"
    ):
        yield Gap(WRITE, "say why there is no conference", f"{at}-no_conference_reason")
    yield from _medical(child, at)


def _sight(child: ChildFacts, at: str) -> Iterator[Gap]:
    if not child.seen and not child.answers.get("not_seen_why"):
        yield Gap(WRITE, "see them and record the visit, or say why not", f"{at}-not_seen_why")
    too_young = child.age is not None and child.age < ALONE_FROM
    is_alone = child.seen_alone or too_young or child.answers.get("not_alone_reason")
    if child.seen and not is_alone:
        yield Gap(WRITE, "say why they were not seen alone", f"{at}-not_alone_reason")
    if child.seen and not child.has_words:
        yield Gap(WRITE, "record what they say, or how they show it", f"{at}-words")
    if child.bedroom_seen is None:
        yield Gap(WRITE, "say whether their bedroom was seen", f"{at}-bedroom_seen_0")


def _medical(child: ChildFacts, at: str) -> Iterator[Gap]:
    needed = child.answers.get("medical_needed")
    if needed is None:
        yield Gap(WRITE, "say whether a medical is needed", f"{at}-medical_needed_0")
    elif needed is False and not child.answers.get("medical_why_not"):
        yield Gap(WRITE, "say why no medical is needed", f"{at}-medical_why_not")
    elif needed and not child.medicals:
        yield Gap(MEDICALS, "record the medical that was asked for")
    if child.medicals_open:
        yield Gap(MEDICALS, "record that the medical was done, or why not")
