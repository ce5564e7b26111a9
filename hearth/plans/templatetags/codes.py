"""Codes in words, for the pages of the rooms that hold meetings and make plans."""

from django import template

from hearth.lib.codes import code_set

register = template.Library()


@register.filter
def code(value: str, set_key: str) -> str:
    """The words of a code: {{ discussion.missing_reason|code:"strategy_missing_reason" }}."""
    return code_set(set_key).label(value) if value else ""
