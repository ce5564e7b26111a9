"""Enquiries on a child's pages: the banner, the panel and the links."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from hearth.accounts.models import User
from hearth.lib.panels import (
    PROTECTION,
    BannerFact,
    NavLink,
    Panel,
    Row,
    SideLink,
    Telling,
    day_told,
    moment_told,
    nav_link,
    side_link,
    tell,
)
from hearth.people.models import Person
from hearth.protection import policies
from hearth.protection.going_home import is_away
from hearth.protection.models import (
    AgreementKind,
    EnquiryChild,
    EnquiryOutcome,
    HomeRequest,
    NightPlace,
    ReturnHome,
    SafetyAgreement,
)

KEY = "protection"

nav_link(
    NavLink(
        "enquiries",
        "Enquiries",
        "protection:enquiries",
        policies.enquiries,
        order=30,
        group=PROTECTION,
    )
)
side_link(SideLink("protection", "Protection", "protection:child_protection", order=40))


def latest_of(child: int, _today: date) -> QuerySet[Any]:
    """A child's open enquiry, or the last; its papers not signed, and who is asked of home."""
    papers = SafetyAgreement.objects.filter(
        enquiry=OuterRef("enquiry"), signed_at=None, ended_on=None, about__contains=[child]
    )
    here = {"enquiry": OuterRef("enquiry"), "child": child}
    open_requests = HomeRequest.objects.open().filter(**here)
    nights = NightPlace.objects.filter(**here).order_by("-night_of", "-pk")
    backs = ReturnHome.objects.filter(**here).order_by("-happened_at")
    asked = JSONObject(pk="pk", decision="decision", since="at_home_since")
    told = JSONObject(
        enquiry=F("enquiry_id"),
        started_on=F("enquiry__started_on"),
        cancelled_on=F("enquiry__cancelled_on"),
        due_on=F("enquiry__task__due_on"),
        ended_on=F("ended_on"),
        seen_at=F("seen_at"),
        seen_alone_at=F("seen_alone_at"),
        outcome=F("outcome"),
        unsigned=ArraySubquery(papers.values(row=JSONObject(pk="pk", kind="kind"))),
        night=Subquery(
            nights.values(row=JSONObject(on="night_of", home="at_home", at="recorded_at"))[:1]
        ),
        back=Subquery(backs.values(row=JSONObject(on="happened_at", at="recorded_at"))[:1]),
        home=ArraySubquery(open_requests.order_by("pk").values(row=asked)),
    )
    newest = EnquiryChild.objects.filter(child=child).order_by("-enquiry__started_on", "-pk")
    return newest.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:1]


def _stays_away(row: Row) -> bool:
    """Whether the child's last night of the enquiry was away, and they have not gone home since."""
    night, back = row["night"], row["back"]
    if night is None:
        return False
    slept = NightPlace(
        night_of=date.fromisoformat(night["on"]),
        at_home=night["home"],
        recorded_at=datetime.fromisoformat(night["at"]),
    )
    went = back and ReturnHome(
        happened_at=datetime.fromisoformat(back["on"]),
        recorded_at=datetime.fromisoformat(back["at"]),
    )
    return is_away(slept, went)


def on_every_page(rows: Sequence[Row], child: Person, _today: date) -> Iterable[BannerFact]:
    """An open section 47 enquiry, and a paper that nobody has signed: known to whoever reads."""
    for row in rows:
        there = any(one["since"] for one in row["home"])
        if there:
            yield BannerFact("At home without a manager's agreement", colour="red", order=2)
        if row["ended_on"] is None:
            yield BannerFact("Section 47 enquiry open", colour="red", order=3)
            if _stays_away(row) and not there:
                yield BannerFact("Staying away from home", colour="orange", order=3)
            if row["seen_at"] is None and not child.is_unborn:
                yield BannerFact("Not yet seen in the enquiry", colour="red", order=4)
            if row["unsigned"]:
                yield BannerFact("Agreement not signed by a manager", colour="orange", order=5)


def on_the_front_page(
    rows: Sequence[Row], _worker: User, child: Person, today: date
) -> Panel | None:
    """The enquiry now being made, or the last."""
    if not rows:
        return None
    (row,) = rows
    context = {
        **{
            name: day_told(row[name])
            for name in ("started_on", "cancelled_on", "due_on", "ended_on")
        },
        **{name: moment_told(row[name]) for name in ("seen_at", "seen_alone_at")},
        "enquiry": row["enquiry"],
        "outcome": EnquiryOutcome(row["outcome"]).label if row["outcome"] else "",
        "unsigned": [(one["pk"], AgreementKind(one["kind"]).label) for one in row["unsigned"]],
        "home": [(one["pk"], one["decision"], moment_told(one["since"])) for one in row["home"]],
        "is_unborn": child.is_unborn,
        "today": today,
    }
    return Panel(KEY, "Section 47 enquiry", "protection/_panel.html", context, order=35)


tell(Telling(key=KEY, ask=latest_of, banner=on_every_page, panel=on_the_front_page))
