"""Living the stories: every act through the action of its own room, as its own worker, in order.

This is the proof that the rooms work together: nothing here writes a row.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from heapq import merge
from typing import Any

from django.db import transaction

from hearth.accounts.worker_context import acting_as
from hearth.demo import acts, protection_acts
from hearth.demo.acts import Act, Story
from hearth.demo.living import (
    assessing,
    conferring,
    front_door,
    helping,
    holding,
    protecting,
    reporting,
    working,
)
from hearth.demo.living.clock import Clock
from hearth.demo.living.life import Life
from hearth.demo.living.supervising import finish_directions
from hearth.lib.errors import CannotDo

# Nothing closes while something a manager asked for is still to be done.
CLOSES = (acts.Authorise, acts.AskToClose, acts.AgreeToClose)
NO_FAMILY = -1
Happening = tuple[datetime, Callable[[], None]]

DO: dict[type[Act], Callable[[Life, Any], None]] = {
    acts.PutOnRecord: front_door.put_on_record,
    acts.Contact: front_door.contact,
    acts.Acknowledge: front_door.acknowledge,
    acts.Screen: front_door.screen,
    acts.Decide: front_door.decide,
    acts.TellReferrer: front_door.tell_referrer,
    acts.DecideReferral: front_door.decide_referral,
    acts.ReadContact: front_door.read_contact,
    acts.TakeUp: front_door.take_up,
    acts.StartAssessment: assessing.start,
    acts.AskAgency: assessing.ask_agency,
    acts.AgencyAnswers: assessing.agency_answers,
    acts.HearParents: assessing.hear_parents,
    acts.WriteSection: assessing.write_section,
    acts.ReviewAssessment: assessing.review,
    acts.Submit: assessing.submit,
    acts.Return: assessing.send_back,
    acts.Authorise: assessing.authorise,
    acts.HandOver: assessing.hand_over,
    acts.ReviewPlan: helping.review_plan,
    acts.Allocate: working.allocate,
    acts.Visit: working.visit,
    acts.Note: working.note,
    acts.Oversee: working.oversee,
    acts.Move: working.move,
    acts.Birth: working.birth,
    acts.FindHazard: working.find_hazard,
    acts.AskToClose: working.ask_to_close,
    acts.AgreeToClose: working.agree_to_close,
    protection_acts.HoldStrategy: protecting.hold_strategy,
    protection_acts.WritePaper: protecting.write_paper,
    protection_acts.SignPaper: protecting.sign_paper,
    protection_acts.FindOut: protecting.find_out,
    protection_acts.SendEnquiry: protecting.send_enquiry,
    protection_acts.AgreeNoConference: protecting.agree_no_conference,
    protection_acts.AuthoriseEnquiry: protecting.authorise_enquiry,
    protection_acts.AskForConference: conferring.ask_for_conference,
    protection_acts.WritePlanPaper: protecting.write_plan_paper,
    protection_acts.SignPlanPaper: protecting.sign_plan_paper,
    protection_acts.CallTransfer: conferring.call_transfer,
    protection_acts.TakenOver: conferring.taken_over,
    protection_acts.BookConference: conferring.book_conference,
    protection_acts.AskForReports: reporting.ask_for_reports,
    protection_acts.AgencyWrites: reporting.agency_writes,
    protection_acts.WriteReport: reporting.write_report,
    protection_acts.SendReport: reporting.send_report,
    protection_acts.ReturnReport: reporting.return_report,
    protection_acts.AgreeReport: reporting.agree_report,
    protection_acts.ShareReports: reporting.share_reports,
    protection_acts.HoldConference: holding.hold_conference,
    protection_acts.SendDecisions: conferring.send_decisions,
    protection_acts.ApproveRecord: conferring.approve_record,
    protection_acts.SendRecord: conferring.send_record,
    protection_acts.HoldCoreGroup: conferring.hold_core_group,
}


def live(
    lives: Iterable[tuple[Life, Story]],
    clock: Clock,
    meetings: Iterable[Happening] = (),
    refused: Callable[[CannotDo], None] | None = None,
) -> int:
    """Live all the families' stories together, in the order of time; returns how many acts.

    What else happens in the service, supervision above all, takes its place among them. With
    `refused`, a family whose story a room refuses stays where it then is, and the others go on.
    """
    together: Iterable[tuple[datetime, int, int, Callable[[], None]]] = merge(
        *(
            [(act.at, life.number, n, partial(_act, life, act)) for n, act in enumerate(story)]
            for life, story in lives
        ),
        [(moment, NO_FAMILY, n, deed) for n, (moment, deed) in enumerate(meetings)],
        key=lambda entry: entry[:3],
    )
    done, stopped = 0, set[int]()
    for moment, number, _, deed in together:
        if number in stopped:
            continue
        clock.set(moment)
        try:
            with transaction.atomic():
                deed()
        except CannotDo as why:
            if refused is None:
                raise
            refused(why)
            stopped |= {number} - {NO_FAMILY}
        done += 1
    return done


def _act(life: Life, act: Act) -> None:
    with acting_as(life.user(act)):
        try:
            if isinstance(act, CLOSES):
                finish_directions(life.ids(), act.at.date())
            DO[type(act)](life, act)
        except Exception as error:
            error.add_note(f"In the story of family {life.number}, at {act.at:%c}: {act}")
            raise
