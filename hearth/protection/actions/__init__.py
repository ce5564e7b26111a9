"""What is done to protect a child. Every write in this room is here, subject by subject."""

from hearth.protection.actions.agreements import (
    change_agreement,
    end_agreement,
    record_return_home,
    record_signature,
    sign_agreement,
    write_agreement,
)
from hearth.protection.actions.enquiry import (
    ChildPart,
    agree_no_conference,
    assign_enquiry,
    authorise_enquiry,
    cancel_enquiry,
    record_told,
    return_enquiry,
    submit_enquiry,
    write_enquiry,
)
from hearth.protection.actions.found import (
    Night,
    ask_agency,
    record_answer,
    record_medical,
    record_nights,
    record_parent,
    request_medical,
)
from hearth.protection.actions.sending import (
    call_off_strategy,
    keep_back_strategy,
    receive_strategy,
    record_consulted,
    send_strategy,
)
from hearth.protection.actions.starting import Lead
from hearth.protection.actions.strategy import (
    Round,
    Safety,
    Told,
    call_strategy,
    decide_strategy,
)

__all__ = [
    "ChildPart",
    "Lead",
    "Night",
    "Round",
    "Safety",
    "Told",
    "agree_no_conference",
    "ask_agency",
    "assign_enquiry",
    "authorise_enquiry",
    "call_off_strategy",
    "call_strategy",
    "cancel_enquiry",
    "change_agreement",
    "decide_strategy",
    "end_agreement",
    "keep_back_strategy",
    "receive_strategy",
    "record_answer",
    "record_consulted",
    "record_medical",
    "record_nights",
    "record_parent",
    "record_return_home",
    "record_signature",
    "record_told",
    "request_medical",
    "return_enquiry",
    "send_strategy",
    "sign_agreement",
    "submit_enquiry",
    "write_agreement",
    "write_enquiry",
]
