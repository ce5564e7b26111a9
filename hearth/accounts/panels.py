"""The accounts room's places on every page."""

from hearth.accounts import policies
from hearth.lib.panels import (
    SERVICE,
    NavLink,
    nav_link,
)

nav_link(
    NavLink("workers", "Accounts", "accounts:workers", policies.workers, order=90, group=SERVICE)
)
nav_link(
    NavLink("sign_ins", "Sign-ins", "accounts:sign_ins", policies.sign_ins, order=92, group=SERVICE)
)
