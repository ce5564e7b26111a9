"""What the front door puts on a child's pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.text import Truncator

from hearth.accounts.models import User
from hearth.front_door import policies
from hearth.front_door.models import (
    Contact,
    ContactChild,
    ContactDecisionChild,
    ContactOutcome,
    NightWatch,
)
from hearth.lib.panels import (
    BannerFact,
    NavLink,
    Panel,
    SideLink,
    banner,
    nav_link,
    panel,
    side_link,
)
from hearth.people.models import Person

MOST = 5
LONGEST = 200  # of what is to be done tonight, in a banner

nav_link(NavLink("front_door", "Front door", "front_door:queue", policies.queue, order=10))
nav_link(NavLink("night", "Tonight", "front_door:night_watches", policies.night_watches, order=15))
nav_link(
    NavLink(
        "record_contact",
        "Record a contact",
        "front_door:start_contact",
        policies.start_contact,
        order=10,
        begins=True,
    )
)
side_link(SideLink("contacts", "Contacts and referrals", "front_door:of_child", order=30))


@dataclass(frozen=True, slots=True)
class Told:
    """What a child's pages tell from this room."""

    # Each with what was decided for the child, if anything was yet.
    contacts: list[tuple[Contact, str]]
    # What the night is asked to do, where it is asked to keep the child in mind.
    tonight: str


SAID = (
    "id",
    "received_at",
    "referrer_kind",
    "referrer_organisation",
    "referrer_agency",
    "significant_harm",
    "first_decision",
)


def _told(child: Person, today: date) -> Told:
    """A child's contacts that nobody has decided, those with harm first, and the latest; a watch.

    One query for a page of the child, whose banner and whose panel both tell of them: kept with the
    child, whom the guard finds afresh for every page.
    """
    if not hasattr(child, "told_by_front_door"):
        found = list(_latest(child).union(_watches(child, today)))
        contacts = [(_contact(row[:-1]), row[-1]) for row in found if row[0]]
        tonight = next((row[-1] for row in found if not row[0]), "")
        child.told_by_front_door = Told(contacts, tonight)  # type: ignore[attr-defined]
    return child.told_by_front_door  # type: ignore[attr-defined, no-any-return]


def _field(name: str) -> Any:
    return Contact._meta.get_field(name)


def _contact(row: Sequence[Any]) -> Contact:
    return Contact(**{_field(name).attname: said for name, said in zip(SAID, row, strict=True)})


def _latest(child: Person) -> QuerySet[Any, Any]:
    decided = ContactDecisionChild.objects.filter(
        decision__contact=OuterRef("contact"), child=child, decision__superseded_by=None
    )
    outcome = Coalesce(Subquery(decided.values("outcome")[:1]), Value(""))
    return (
        ContactChild.objects.filter(child=child, contact__withdrawn_at=None)
        .alias(
            is_decided=_whether(contact__first_decision__isnull=False),
            no_harm=_whether(contact__first_decision=None, contact__significant_harm=False),
        )
        .order_by("is_decided", "no_harm", "-contact__received_at", "-contact_id")
        .values_list(*(f"contact__{name}" for name in SAID), outcome)[:MOST]
    )


def _watches(child: Person, today: date) -> QuerySet[Any, Any]:
    """A row like a contact's with nothing in it, where the night is asked to keep them in mind."""
    nothing = [Value(None, output_field=_field(name)) for name in SAID]
    watches = NightWatch.objects.on(today).filter(child=child).order_by()
    return watches.values_list(*nothing, "to_do")[:1]


def _whether(**so: object) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(Q(**so), BooleanField())


@banner
def undecided(_worker: User, child: Person, today: date) -> Iterable[BannerFact]:
    """A contact nobody has decided yet, and a watch at night: known to whoever opens the record."""
    told = _told(child, today)
    waiting = [contact for contact, _ in told.contacts if contact.first_decision_id is None]
    if told.tonight:
        yield BannerFact("Out-of-hours watch", colour="yellow", order=7)
        yield BannerFact(Truncator(told.tonight).chars(LONGEST), label="Tonight", order=30)
    if any(contact.significant_harm for contact in waiting):
        yield BannerFact("New contact: signs of significant harm", colour="red", order=5)
    elif waiting:
        yield BannerFact("New contact, not yet decided", colour="yellow", order=6)


@panel
def recent_contacts(_worker: User, child: Person, today: date) -> Panel | None:
    """The latest contacts about a child, and what was decided for them."""
    newest = sorted(
        _told(child, today).contacts, key=lambda told: told[0].received_at, reverse=True
    )
    rows = [
        (contact, ContactOutcome(outcome).label if outcome else "") for contact, outcome in newest
    ]
    if not rows:
        return None
    return Panel(
        "contacts", "Contacts", "front_door/_panel.html", {"rows": rows, "child": child}, order=60
    )
