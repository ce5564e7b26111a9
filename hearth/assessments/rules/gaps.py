"""What an assessment still lacks. It is not complete while there is one gap.

Working Together to Safeguard Children (2023), chapter 3, and the CIN census say what it must hold;
`questions` cites each. Nothing here looks at the database or the clock.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hearth.assessments.rules.facts import Child, Facts
from hearth.lib.codes import code_set

INITIAL = "initial"
NO_FACTORS = "21"
CLOSING = ("no_further_action", "early_help")
# What an initial assessment, made in days, asks of a child's needs; the others ask every one.
INITIAL_NEEDS = ("health", "emotional", "relationships")
UNBORN_NEEDS = ("health", "relationships")
NEEDS = {
    "health": "health",
    "education": "education and learning",
    "emotional": "feelings and behaviour",
    "identity": "sense of self",
    "relationships": "family and friends",
    "presentation": "how they come across to others",
    "self_care": "looking after themselves",
}
IDENTITY = ("culture", "ethnicity", "religion", "language", "disability")
OWN_VIEW = {
    "child_words": "record what they say, in their own words",
    "words_obtained": "say how their views were found out",
    "words_changed": "say what their views changed",
}
SHARED = {
    "people_to_see": ("plan", "Say who was to be seen"),
    "agencies_to_ask": ("plan", "Say which agencies were to be asked"),
    "questions": ("plan", "Say what this assessment had to answer"),
    "parenting_capacity": ("family", "Say how well the parents or carers meet the needs"),
    "family_environment": ("family", "Say what in the family and home helps and hinders"),
    "history_considered": ("history", "Say what the history means now"),
    "family_analysis": ("conclusion", "Say what all this means for the family"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing: where it is, whose it is, and what to do, in words."""

    section: str
    field: str
    words: str
    child: int | None = None

    @property
    def anchor(self) -> str:
        """The box on the section's page that is to be filled."""
        if self.child is None:
            return f"id_{self.field}"
        return f"id_child-{self.child}-{self.field}"


def gaps(facts: Facts) -> list[Gap]:
    """Everything that stands in the way of sending this assessment to a manager, in page order."""
    found = [
        Gap(section, field, words)
        for field, (section, words) in SHARED.items()
        if not facts.answers.get(field)
    ]
    found += _parents(facts)
    found += _agencies(facts)
    for child in facts.children:
        found += _child(facts.kind, child)
    return found


def _parents(facts: Facts) -> Iterator[Gap]:
    if not facts.adults:
        yield Gap("parents", "adult-other-new-name", "Record what a parent or carer thinks")
    for adult in facts.adults:
        if not (adult.spoken_to or adult.why_not):
            words = f"Record what {adult.name} thinks, or why they were not spoken to"
            yield Gap("parents", f"{adult.key}-views", words)


def _agencies(facts: Facts) -> Iterator[Gap]:
    if not facts.agencies:
        yield Gap("agencies", "agencies", "Record at least one agency that was asked")
    for agency in facts.agencies:
        if agency.is_waiting:
            words = f"Record what {agency.name} said, or why there is no answer"
            yield Gap("agencies", f"agency-{agency.pk}", words)


def _child(kind: str, child: Child) -> list[Gap]:
    return [
        *_voice(child),
        *_needs(kind, child),
        *_identity(child),
        *_risk(child),
        *_conclusion(kind, child),
    ]


def _gap(child: Child, section: str, field: str, words: str) -> Gap:
    return Gap(section, field, f"{child.name}: {words}", child.pk)


def _voice(child: Child) -> Iterator[Gap]:
    if child.is_unborn:
        return
    if not child.was_seen and not child.answers.get("not_seen_why"):
        yield _gap(child, "voice", "seen_on", "say when a social worker saw them, or why none did")
    if child.was_seen and not child.was_alone and not any(s.alone_reason for s in child.seen):
        yield _gap(child, "voice", "seen_alone_reason", "say why they were not seen alone")
    for field, words in OWN_VIEW.items() if child.can_say else ():
        if not child.answers.get(field):
            yield _gap(child, "voice", field, words)
    if not child.answers.get("day_in_life"):
        yield _gap(child, "voice", "day_in_life", "describe an ordinary day")


def _needs(kind: str, child: Child) -> Iterator[Gap]:
    needed = INITIAL_NEEDS if kind == INITIAL else tuple(NEEDS)
    for field in UNBORN_NEEDS if child.is_unborn else needed:
        if not child.answers.get(field):
            yield _gap(child, "needs", field, f"write about {NEEDS[field]}")


def _identity(child: Child) -> Iterator[Gap]:
    for field in IDENTITY:
        if not child.answers.get(field):
            yield _gap(child, "identity", field, f"consider their {field}")


def _risk(child: Child) -> Iterator[Gap]:
    if not child.risks:
        yield _gap(
            child, "risk", "risks-0-code", "record at least one risk, or that none was found"
        )
    if not child.protections:
        yield _gap(child, "risk", "protections-0-code", "record at least one thing that protects")
    if not child.answers.get("risk_rating"):
        yield _gap(child, "risk", "risk_rating", "say how great the risk is")
    if not child.answers.get("risk_rationale"):
        yield _gap(child, "risk", "risk_rationale", "say why the risk is rated so")


def _conclusion(kind: str, child: Child) -> Iterator[Gap]:
    if not child.answers.get("analysis"):
        yield _gap(child, "conclusion", "analysis", "write what it means for them")
    # The census takes factors from every assessment; initial ones were made before it asked.
    if kind != INITIAL and (why := why_factors_not_valid(child.factors)):
        yield _gap(child, "conclusion", "factors", why)
    outcome = child.answers.get("outcome")
    if not outcome:
        yield _gap(child, "conclusion", "outcome", "say what should happen next")
    elif outcome in CLOSING and not child.answers.get("closure_reason"):
        yield _gap(child, "conclusion", "closure_reason", "say why the case is to close")
    elif outcome in CLOSING and (why := child.reasons_refused.get(_reason(child))):
        yield _gap(child, "conclusion", "closure_reason", f"choose another reason to close: {why}")


def _reason(child: Child) -> str:
    return str(child.answers["closure_reason"])


def why_factors_not_valid(factors: object) -> str | None:
    """What is wrong with a list of factors, or None (CIN census, rules 8869 and 8897)."""
    codes = list(factors) if isinstance(factors, (list, tuple)) else []
    known = code_set("assessment_factors")
    if not codes:
        return "tick the factors that were found"
    if NO_FACTORS in codes and len(codes) > 1:
        return "“No factors found” cannot stand beside another factor"
    if len(set(codes)) < len(codes):
        return "the same factor is there twice"
    unknown = [code for code in codes if code not in known]
    return f"there is no factor {unknown[0]}" if unknown else None
