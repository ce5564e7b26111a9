"""Every write to what is written about children. Other rooms call `chronicle` and drafts here."""

from hearth.records.actions.chronology import (
    add_impact,
    change_significance,
    chronicle,
    correct_chronicle,
    withdraw_chronicle,
)
from hearth.records.actions.drafts import discard_draft, finish_draft, save_draft

__all__ = [
    "add_impact",
    "change_significance",
    "chronicle",
    "correct_chronicle",
    "discard_draft",
    "finish_draft",
    "save_draft",
    "withdraw_chronicle",
]
