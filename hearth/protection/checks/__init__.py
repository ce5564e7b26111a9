"""Practice checks of child protection: each looks at many children at once."""

from hearth.protection.checks import (
    agreements,
    enquiries,
    meetings,
    plans,
    strategy,
    support,
    visits,
)

__all__ = ["agreements", "enquiries", "meetings", "plans", "strategy", "support", "visits"]
