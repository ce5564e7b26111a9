"""The banner and the side links of every page of a child: {% load child_page %}."""

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from hearth.lib.panels import SIDE, banner_facts
from hearth.people.models import Person

register = template.Library()


@register.inclusion_tag("people/_child_banner.html", takes_context=True)
def child_banner(context: Context, child: Person) -> dict[str, Any]:
    """Who this is, and what must be known before anything else: {% child_banner child %}."""
    today = timezone.localdate()
    facts = banner_facts(context["user"], child, today)
    return {
        "child": child,
        "today": today,
        "age": child.age_in_words(today),
        "tags": [fact for fact in facts if fact.colour],
        "facts": [fact for fact in facts if not fact.colour],
    }


@register.inclusion_tag("design/side_navigation.html")
def child_side(child: Person, current: str) -> dict[str, Any]:
    """The pages of a child's record: {% child_side child "chronology" %}."""
    links = []
    for link in SIDE:
        try:
            href = reverse(link.url_name, kwargs={"person_id": child.pk})
        except NoReverseMatch:
            continue
        links.append({"text": link.text, "href": href, "is_current": link.key == current})
    return {"label": f"{child}'s record", "items": links, "more": "All pages"}
