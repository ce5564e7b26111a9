"""Statutory returns: checking those of any system, and reading the children in need census in."""

from hearth.returns.check import CannotRead, Finding, Outside, check_tables

__all__ = ["CannotRead", "Finding", "Outside", "check_tables"]
