"""What is done with returns. Every write in this room is here."""

from hearth.returns.actions.importing import import_census, start_import

__all__ = ["import_census", "start_import"]
