"""The whole record of one child, taken out for somebody with a right or a duty to have it."""

from hearth.records.disclosure.packing import packed
from hearth.records.disclosure.purposes import Purpose
from hearth.records.disclosure.reading import Disclosure, Line, Section, disclose

__all__ = ["Disclosure", "Line", "Purpose", "Section", "disclose", "packed"]
