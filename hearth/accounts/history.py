"""Each record's earlier versions, kept by the database itself.

A trigger writes the old row whenever one is changed or removed, so that bulk work and hand-written
SQL are in the history too. The present row and its `recorded_at` are the newest version.
"""

from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def recorded(model: M) -> M:
    """Keep every earlier version of this model's rows: `@recorded` above the class."""
    track = pghistory.track(
        pghistory.UpdateEvent("changed", row=pghistory.Old, level=pghistory.Statement),
        pghistory.DeleteEvent("removed", row=pghistory.Old, level=pghistory.Statement),
    )
    return track(model)  # type: ignore[no-any-return]
