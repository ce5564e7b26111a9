"""The main forms, opened, filled in and sent as a worker does; what is timed is the sending."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from hearth.demo.bench.browsers import filled
from hearth.demo.bench.load import MOVED, OK, Way
from hearth.demo.bench.protection import action_of, plan_of

WORDS = (
    "Seen at home after school with her brother. She was warm, fed and talking about the class "
    "trip. Mother was open about the weekend and rang her own sister while we were there."
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: who fills it in, where it is for a child, and what they answer."""

    name: str
    part: str
    page: str
    answers: Mapping[str, str] = field(default_factory=dict)
    # The address takes the child after a question mark, and not in its path.
    asked: bool = False
    # The form is of a record that a child has: which, where they have one.
    of: Callable[[int], int | None] | None = None

    def address(self, child: int) -> str:
        """Where the form is for one child; nowhere, where they have no such record."""
        if self.of is not None:
            record = self.of(child)
            return reverse(self.page, args=[record]) if record else ""
        if self.asked:
            return f"{reverse(self.page)}?child={child}&family=1"
        return reverse(self.page, args=[child])


FORMS = (
    Form(
        "save a case note",
        "social worker",
        "records:record_note",
        {"kind": "phone", "headline": "Call from the school nurse", "text": WORDS},
    ),
    Form(
        "save a visit",
        "social worker",
        "records:record_visit",
        {
            "kind": "other",
            "account": WORDS,
            "-sight": "with_others",
            "-where_seen": "Home",
            "-reason": "child_refused",
            "-observation": WORDS,
        },
    ),
    Form(
        "save a manager's direction",
        "manager",
        "records:record_oversight",
        {"text": WORDS, "oversight_point": "supervision"},
    ),
    Form(
        "save an action of a plan",
        "social worker",
        "plans:add_action",
        {
            "what": WORDS,
            "outcome": WORDS,
            "owner": "The parents",
            "frequency": "Each week",
            "measure": WORDS,
        },
        of=plan_of,
    ),
    Form(
        "save how an action goes",
        "social worker",
        "plans:record_progress",
        {"rating": "on_track", "words": WORDS},
        of=action_of,
    ),
    Form(
        "save a contact",
        "screening",
        "front_door:record_contact",
        {
            "method": "phone",
            "referrer_kind": "professional",
            "referrer_name": "Jo Marsh",
            "referrer_agency": "school",
            "reason": WORDS,
            "consent": "not_asked",
        },
        asked=True,
    ),
)


def save_a_form(way: Way) -> None:
    """Open one of the worker's forms for one of their children, fill it in, and send it."""
    mine = [form for form in FORMS if form.part == way.walker.part]
    if not mine or not way.walker.children:
        return
    form = way.chance.choice(mine)
    address = form.address(way.chance.choice(way.walker.children))
    if not address:
        return
    page = way.browser.get(address)
    if page.status != OK:
        way.note(form.name, page.took, page.status, OK, address)
        return
    answer = way.browser.post(address, filled(page.body, form.answers))
    way.note(form.name, answer.took, answer.status, MOVED, address)
