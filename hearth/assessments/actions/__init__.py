"""What is done to assessments. Every write in this room is here."""

from hearth.assessments.actions.after import decide_update, hand_over
from hearth.assessments.actions.agencies import ask_agency, chase_agency, record_agency_answer
from hearth.assessments.actions.managing import (
    add_to_assessment,
    cancel_assessment,
    make_family_copy,
    record_review_point,
)
from hearth.assessments.actions.merging import Clash, Written
from hearth.assessments.actions.parents import save_parents
from hearth.assessments.actions.sections import save_section
from hearth.assessments.actions.sign_off import (
    authorise_assessment,
    return_assessment,
    submit_assessment,
)
from hearth.assessments.actions.starting import start_assessment

__all__ = [
    "Clash",
    "Written",
    "add_to_assessment",
    "ask_agency",
    "authorise_assessment",
    "cancel_assessment",
    "chase_agency",
    "decide_update",
    "hand_over",
    "make_family_copy",
    "record_agency_answer",
    "record_review_point",
    "return_assessment",
    "save_parents",
    "save_section",
    "start_assessment",
    "submit_assessment",
]
