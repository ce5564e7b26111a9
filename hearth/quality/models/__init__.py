"""What checks find, whom it was told, and what was set aside."""

from hearth.quality.models.alerts import Alert, AlertTold, SetAside
from hearth.quality.models.looks import LastLook

__all__ = ["Alert", "AlertTold", "LastLook", "SetAside"]
