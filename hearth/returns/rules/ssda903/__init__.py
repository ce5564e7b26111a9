"""The rules of the return of looked-after children (SSDA903)."""

from hearth.returns.rules.ssda903 import header

__all__ = ["header"]
