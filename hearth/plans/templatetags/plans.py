"""Words for what a plan's pages show."""

from django import template

from hearth.lib.codes import code_set

register = template.Library()


@register.filter
def progress(rating: str) -> str:
    """How an action goes, in words."""
    return code_set("action_progress").label(rating)
