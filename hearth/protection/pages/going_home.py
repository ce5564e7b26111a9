"""The page of a request to go home: what was asked, on which paper, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hearth.design.components.lists import Place
from hearth.protection.models import HomeRequest, HomeState
from hearth.protection.pages.frame import Frame

HOME_COLOURS = {
    HomeState.WAITING: "yellow",
    HomeState.AGREED: "blue",
    HomeState.HOME: "green",
    HomeState.REFUSED: "red",
    HomeState.BACK: "grey",
    HomeState.AWAY: "grey",
}


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request as it is read, by whoever may answer it or not."""

    frame: Frame
    asked: HomeRequest
    is_late: bool
    may_take_back: bool = False

    @property
    def go(self) -> str:
        """What the child would do: go home, or stay there."""
        return "stay at home" if self.asked.at_home_since else "go home"

    @property
    def if_agreed(self) -> Sequence[str]:
        """What follows from each answer."""
        if self.asked.at_home_since:
            return [
                "If you agree, they are recorded as at home from now, in your name.",
                "If you refuse, they are shown as at home without agreement until they are away.",
            ]
        return [
            "If you agree, the worker records when they went home. Your name stands by it.",
            "If you refuse, they stay where they are. The worker is told why.",
        ]

    @property
    def if_taken_back(self) -> Sequence[str]:
        """What follows when it is taken back."""
        if self.asked.at_home_since:
            return [
                "Only if it was recorded by mistake. It is kept, and the manager is told.",
                "If they are away from home again, record where they sleep instead.",
            ]
        return ["It leaves the manager's list, and is kept with your reason."]


def request_page(asked: HomeRequest, *, today: date, may_take_back: bool = False) -> RequestPage:
    """The page of one request."""
    page = reverse("protection:home_request", args=[asked.pk])
    enquiry = reverse("protection:enquiry", args=[asked.enquiry_id])
    due_on = asked.task.due_on if asked.task and asked.state == HomeState.WAITING else None
    frame = Frame(
        name="Going home in a section 47 enquiry",
        state=asked.state.label,
        colour=HOME_COLOURS[asked.state],
        today=today,
        children=[asked.child],
        facts=[("Asked by", str(asked.recorded_by)), ("Of", str(asked.asked_of))],
        places=[
            Place("Going home", page, is_current=True),
            Place("The section 47 enquiry", enquiry),
        ],
        due_on=due_on,
    )
    is_late = due_on is not None and due_on < today
    return RequestPage(frame, asked, is_late=is_late, may_take_back=may_take_back)
