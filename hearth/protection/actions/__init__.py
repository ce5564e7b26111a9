"""What is done to protect a child. Every write in this room is here, subject by subject."""

from hearth.protection.actions.agency_reports import (
    AgencySaid,
    ask_for_report,
    open_report_link,
    record_reports_shared,
    refuse_report_link,
    save_agency_report,
    send_agency_report,
)
from hearth.protection.actions.agreements import (
    change_agreement,
    end_agreement,
    record_signature,
    sign_agreement,
    write_agreement,
)
from hearth.protection.actions.conference_again import reconvene
from hearth.protection.actions.conference_booking import (
    accept_conference,
    book_conference,
    change_invitation,
    close_room,
    invite,
    open_room,
    uninvite,
)
from hearth.protection.actions.conference_children import add_to_review
from hearth.protection.actions.conference_deciding import decide_conference
from hearth.protection.actions.conference_off import stand_down
from hearth.protection.actions.conference_report import (
    Shared,
    authorise_report,
    return_report,
    submit_report,
    write_report,
)
from hearth.protection.actions.conference_request import (
    call_conference,
    call_review,
    request_conference,
)
from hearth.protection.actions.conference_said import (
    ChildDecided,
    Held,
    Looked,
    RatedContingency,
)
from hearth.protection.actions.conference_sending import (
    approve_record,
    keep_from,
    let_have,
    mark_arrived,
    mark_came_back,
    send_conference_paper,
    write_record,
)
from hearth.protection.actions.core_groups import open_duties
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
from hearth.protection.actions.going_home import (
    ask_return_home,
    decide_return_home,
    record_return_home,
    take_back_return_home,
)
from hearth.protection.actions.plan_agreements import confirm_agreement, write_plan_agreement
from hearth.protection.actions.register import take_out_register
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
    "AgencySaid",
    "ChildDecided",
    "ChildPart",
    "Held",
    "Lead",
    "Looked",
    "Night",
    "RatedContingency",
    "Round",
    "Safety",
    "Shared",
    "Told",
    "accept_conference",
    "add_to_review",
    "agree_no_conference",
    "approve_record",
    "ask_agency",
    "ask_for_report",
    "ask_return_home",
    "assign_enquiry",
    "authorise_enquiry",
    "authorise_report",
    "book_conference",
    "call_conference",
    "call_off_strategy",
    "call_review",
    "call_strategy",
    "cancel_enquiry",
    "change_agreement",
    "change_invitation",
    "close_room",
    "confirm_agreement",
    "decide_conference",
    "decide_return_home",
    "decide_strategy",
    "end_agreement",
    "invite",
    "keep_back_strategy",
    "keep_from",
    "let_have",
    "mark_arrived",
    "mark_came_back",
    "open_duties",
    "open_report_link",
    "open_room",
    "receive_strategy",
    "reconvene",
    "record_answer",
    "record_consulted",
    "record_medical",
    "record_nights",
    "record_parent",
    "record_reports_shared",
    "record_return_home",
    "record_signature",
    "record_told",
    "refuse_report_link",
    "request_conference",
    "request_medical",
    "return_enquiry",
    "return_report",
    "save_agency_report",
    "send_agency_report",
    "send_conference_paper",
    "send_strategy",
    "sign_agreement",
    "stand_down",
    "submit_enquiry",
    "submit_report",
    "take_back_return_home",
    "take_out_register",
    "uninvite",
    "write_agreement",
    "write_enquiry",
    "write_plan_agreement",
    "write_record",
    "write_report",
]
