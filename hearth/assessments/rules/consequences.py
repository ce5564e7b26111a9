"""What authorising an assessment will do, in words, before anybody confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass

from hearth.lib.codes import code_set

CLOSING = ("no_further_action", "early_help")
OPENS = {
    "early_help": "a manager passes the family to early help",
    "child_in_need": "a child in need plan is to be arranged",
    "core_assessment": "a core assessment opens",
    "strategy_discussion": "a strategy discussion is to be held",
    "legal_planning": "a legal planning meeting is to be held",
    "continue": "the plan already in place goes on",
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """What follows for one child."""

    child: str
    words: str


def consequences(
    outcomes: Mapping[str, tuple[str, str]], *, today_has_update: bool
) -> list[Consequence]:
    """What follows for each child, from their outcome and any reason for closing."""
    return [
        Consequence(child, _words(outcome, reason, today_has_update=today_has_update))
        for child, (outcome, reason) in outcomes.items()
    ]


def _words(outcome: str, reason: str, *, today_has_update: bool) -> str:
    if outcome == "no_further_action":
        return f"the case closes: {_closing(reason)}"
    if outcome == "early_help":
        return f"the case closes: {_closing(reason)}; {OPENS[outcome]}"
    if outcome == "core_assessment" or not today_has_update:
        return OPENS[outcome]
    return f"{OPENS[outcome]}; the assessment is to be brought up to date in 12 months"


def _closing(reason: str) -> str:
    label = code_set("cin_closure_reason").label(reason)
    return label[:1].lower() + label[1:]
