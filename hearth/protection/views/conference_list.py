"""The list of conferences, a chair's diary, the rooms, and a child's conferences."""

from datetime import datetime, time

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hearth.accounts.guard import SignedInRequest, guard
from hearth.design.drafts import done
from hearth.design.forms import attempt
from hearth.people.models import Person
from hearth.plans.models import MeetingRoom
from hearth.protection import actions, policies
from hearth.protection.forms.conference import CloseRoomForm, DiaryForm, RoomForm
from hearth.protection.pages.conference_list import (
    all_rooms,
    conference_list,
    conferences_of,
    diary,
)


@guard(policies.conferences)
def conferences(request: SignedInRequest) -> HttpResponse:
    """What is to be booked, what is coming, what is late, and what has not been sent."""
    today, show = timezone.localdate(), request.GET.get("show", "")
    page = conference_list(request.user, show, request.GET.get("page"), today=today)
    may = {
        "rooms": policies.rooms.allows(request.user, None),
        "diary": policies.chair_diary.allows(request.user, None),
    }
    context = {"page": page, "may": may, "today": today}
    return render(request, "protection/conferences/list.html", context)


@guard(policies.chair_diary)
def chair_diary(request: SignedInRequest) -> HttpResponse:
    """What each chair is booked for."""
    form = DiaryForm(request.GET)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    entries = diary(form.chosen, since=midnight)
    context = {"form": form, "entries": entries, "chair": form.chosen}
    return render(request, "protection/conferences/diary.html", context)


@guard(policies.rooms)
def rooms(request: SignedInRequest) -> HttpResponse:
    """The rooms that meetings are booked into, and a new one."""
    form = RoomForm(request.POST or None, initial={"step_free": True})
    if form.is_valid() and attempt(
        form, lambda: actions.open_room(**form.cleaned_data, by=request.user)
    ):
        done(request, f"{form.cleaned_data['name']} is on the list")
        return redirect("protection:rooms")
    context = {"form": form, "found": all_rooms(), "today": timezone.localdate()}
    return render(request, "protection/conferences/rooms.html", context)


@guard(policies.close_room)
def close_room(request: SignedInRequest, room: MeetingRoom) -> HttpResponse:
    """Ask from when a room is no longer used."""
    form = CloseRoomForm(request.POST or None, initial={"closed_on": timezone.localdate()})
    if form.is_valid() and attempt(
        form, lambda: actions.close_room(room=room, **form.cleaned_data, by=request.user)
    ):
        done(request, f"{room} is no longer booked")
        return redirect("protection:rooms")
    return render(request, "protection/conferences/close_room.html", {"form": form, "room": room})


@guard(policies.child_conferences)
def child_conferences(request: SignedInRequest, child: Person) -> HttpResponse:
    """Every conference about a child, and what each decided for them."""
    context = {
        "child": child,
        "current": "conferences",
        "lines": conferences_of(child, today=timezone.localdate()),
        "may_call": policies.call_conference.allows(request.user, child),
        "today": timezone.localdate(),
    }
    return render(request, "protection/conferences/of_child.html", context)
