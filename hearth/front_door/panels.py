"""What the front door puts on a child's pages."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Value

from hearth.accounts.models import User
from hearth.front_door import policies
from hearth.front_door.models import Contact, ContactChild, ContactDecisionChild, NightWatch
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


@banner
def undecided(_worker: User, child: Person, today: date) -> Iterable[BannerFact]:
    """A contact nobody has decided yet, and a watch at night: known to whoever opens the record.

    One query.
    """
    contacts = Contact.objects.undecided().about_child(child).order_by()
    watches = NightWatch.objects.on(today).filter(child=child).order_by()
    found = contacts.values_list(Value("contact"), "significant_harm").union(
        watches.values_list(Value("night"), Value(value=False))
    )
    rows = list(found)
    harm = [is_harm for what, is_harm in rows if what == "contact"]
    if ("night", False) in rows:
        yield BannerFact("Out-of-hours watch", colour="yellow", order=7)
    if any(harm):
        yield BannerFact("New contact: signs of significant harm", colour="red", order=5)
    elif harm:
        yield BannerFact("New contact, not yet decided", colour="yellow", order=6)


@panel
def recent_contacts(_worker: User, child: Person, _today: date) -> Panel | None:
    """The latest contacts about a child, and what was decided for them."""
    parts = list(
        ContactChild.objects.filter(child=child, contact__withdrawn_at=None)
        .select_related("contact")
        .order_by("-contact__received_at")[:MOST]
    )
    if not parts:
        return None
    decided = ContactDecisionChild.objects.filter(
        child=child,
        decision__contact__in=[part.contact_id for part in parts],
        decision__superseded_by=None,
    ).select_related("decision")
    outcomes = {part.decision.contact_id: part.get_outcome_display() for part in decided}
    rows = [(part.contact, outcomes.get(part.contact_id, "")) for part in parts]
    return Panel(
        "contacts", "Contacts", "front_door/_panel.html", {"rows": rows, "child": child}, order=60
    )
