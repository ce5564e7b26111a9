"""Enquiries on a child's pages: the banner, the panel and the links."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Value
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
from hearth.protection.models import AgreementKind, EnquiryChild, EnquiryOutcome, SafetyAgreement

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
    """A child's open enquiry, or the last, and its papers that no manager has signed."""
    papers = SafetyAgreement.objects.filter(
        enquiry=OuterRef("enquiry"), signed_at=None, ended_on=None, about__contains=[child]
    )
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
    )
    newest = EnquiryChild.objects.filter(child=child).order_by("-enquiry__started_on", "-pk")
    return newest.annotate(telling=Value(KEY), row=told).values_list("telling", "row")[:1]


def on_every_page(rows: Sequence[Row], child: Person, _today: date) -> Iterable[BannerFact]:
    """An open section 47 enquiry, and a paper that nobody has signed: known to whoever reads."""
    for row in rows:
        if row["ended_on"] is None:
            yield BannerFact("Section 47 enquiry open", colour="red", order=3)
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
        "is_unborn": child.is_unborn,
        "today": today,
    }
    return Panel(KEY, "Section 47 enquiry", "protection/_panel.html", context, order=35)


tell(Telling(key=KEY, ask=latest_of, banner=on_every_page, panel=on_the_front_page))
