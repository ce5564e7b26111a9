"""What the front door puts on a child's pages."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, JSONObject
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
    CASES,
    BannerFact,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    nav_link,
    side_link,
    tell,
)
from hearth.people.models import Person

MOST = 5
LONGEST = 200  # of what is to be done tonight, in a banner

nav_link(NavLink("front_door", "Front door", "front_door:queue", policies.queue, order=10))
nav_link(
    NavLink(
        "night",
        "Tonight",
        "front_door:night_watches",
        policies.night_watches,
        order=15,
        group=CASES,
    )
)
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


# What each row holds: of a contact, and of a watch at night, which holds only what is to be done.
SAID = (
    "id",
    "received_at",
    "referrer_kind",
    "referrer_organisation",
    "referrer_agency",
    "significant_harm",
    "first_decision_id",
)
CONTACTS, TONIGHT = "contacts", "night_watch"


def latest_of(child: int, _today: date) -> QuerySet[Any]:
    """A child's contacts that nobody has decided, those with harm first, and the latest."""
    decided = ContactDecisionChild.objects.filter(
        decision__contact=OuterRef("contact"), child=child, decision__superseded_by=None
    )
    told = JSONObject(
        outcome=Coalesce(Subquery(decided.values("outcome")[:1]), Value("")),
        **{name: F(f"contact__{name}") for name in SAID},
    )
    found = (
        ContactChild.objects.filter(child=child, contact__withdrawn_at=None)
        .alias(
            is_decided=_whether(contact__first_decision__isnull=False),
            no_harm=_whether(contact__first_decision=None, contact__significant_harm=False),
        )
        .order_by("is_decided", "no_harm", "-contact__received_at", "-contact_id")
    )
    return found.annotate(telling=Value(CONTACTS), row=told).values_list("telling", "row")[:MOST]


def watches_of(child: int, today: date) -> QuerySet[Any]:
    """What the night is asked to do, where it is asked to keep the child in mind."""
    watches = NightWatch.objects.on(today).filter(child=child).order_by("pk")
    told = watches.annotate(telling=Value(TONIGHT), row=JSONObject(to_do="to_do"))
    return told.values_list("telling", "row")[:1]


def _whether(**so: object) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(Q(**so), BooleanField())


def undecided(rows: Sequence[Row], _child: Person, _today: date) -> Iterable[BannerFact]:
    """A contact nobody has decided yet: known to whoever opens the record."""
    waiting = [row for row in rows if row["first_decision_id"] is None]
    if any(row["significant_harm"] for row in waiting):
        yield BannerFact("New contact: signs of significant harm", colour="red", order=5)
    elif waiting:
        yield BannerFact("New contact, not yet decided", colour="yellow", order=6)


def tonight(rows: Sequence[Row], _child: Person, _today: date) -> Iterable[BannerFact]:
    """A watch at night: known to whoever opens the record."""
    for row in rows:
        yield BannerFact("Out-of-hours watch", colour="yellow", order=7)
        yield BannerFact(Truncator(row["to_do"]).chars(LONGEST), label="Tonight", order=30)


def recent_contacts(
    rows: Sequence[Row], _worker: User, child: Person, _today: date
) -> Panel | None:
    """The latest contacts about a child, and what was decided for them."""
    found = [
        (_contact(row), ContactOutcome(row["outcome"]).label if row["outcome"] else "")
        for row in rows
    ]
    if not found:
        return None
    newest = sorted(found, key=lambda told: told[0].received_at, reverse=True)
    context = {"rows": newest, "child": child}
    return Panel("contacts", "Contacts", "front_door/_panel.html", context, order=60)


def _contact(row: Row) -> Contact:
    said = {name: row[name] for name in SAID}
    return Contact(**{**said, "received_at": datetime.fromisoformat(row["received_at"])})


tell(Telling(key=CONTACTS, ask=latest_of, banner=undecided, panel=recent_contacts))
tell(Telling(key=TONIGHT, ask=watches_of, banner=tonight))
