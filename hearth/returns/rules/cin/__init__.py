"""The rules of the children in need census."""

from hearth.returns.rules.cin import assessments, header

__all__ = ["assessments", "header"]
