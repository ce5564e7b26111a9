"""Every write to what is written about children. Other rooms call `chronicle` and drafts here."""

from hearth.records.actions.additions import (
    add_addendum,
    give_feedback,
    mark_read,
    withdraw_written,
)
from hearth.records.actions.chronology import (
    add_impact,
    change_significance,
    chronicle,
    correct_chronicle,
    review_chronology,
    withdraw_chronicle,
)
from hearth.records.actions.documents import (
    add_version,
    mark_confidential,
    scan_again,
    upload_document,
    withdraw_document,
)
from hearth.records.actions.drafts import discard_draft, finish_draft, save_draft
from hearth.records.actions.exporting import Exported, export_record
from hearth.records.actions.notes import (
    edit_note,
    put_in_chronology,
    record_note,
    record_oversight,
)
from hearth.records.actions.outgoing import keep_as_sent, take_out
from hearth.records.actions.visits import (
    cancel_visit,
    edit_visit,
    plan_visit,
    record_visit,
    replan_visit,
)

__all__ = [
    "Exported",
    "add_addendum",
    "add_impact",
    "add_version",
    "cancel_visit",
    "change_significance",
    "chronicle",
    "correct_chronicle",
    "discard_draft",
    "edit_note",
    "edit_visit",
    "export_record",
    "finish_draft",
    "give_feedback",
    "keep_as_sent",
    "mark_confidential",
    "mark_read",
    "plan_visit",
    "put_in_chronology",
    "record_note",
    "record_oversight",
    "record_visit",
    "replan_visit",
    "review_chronology",
    "save_draft",
    "scan_again",
    "take_out",
    "upload_document",
    "withdraw_chronicle",
    "withdraw_document",
    "withdraw_written",
]
