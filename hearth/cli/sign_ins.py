"""How to sign in to the invented borough: one worker for each role, all with one password.

The password is made by chance for each installation, and kept in the local folder to be shown
again. Nothing is shown of a real authority's workers: an invented one's address ends in `.example`,
which no real address can.
"""

import os
import secrets

from django.db import transaction

from hearth.accounts.actions import system_worker
from hearth.accounts.models import User
from hearth.accounts.roles import STAFF
from hearth.accounts.worker_context import acting_as
from hearth.cli.report import say
from hearth.config.postgres import local_folder

WORDS = (
    "amber anchor apron barley basket beacon bramble bridge candle canvas cedar chalk cherry "
    "clover copper cotton daisy dapple elder ember fable feather fennel fiddle finch garden "
    "ginger harbour hazel heron honey island ivory jigsaw juniper kettle lantern larch linen "
    "magnet maple marble meadow mellow nettle nutmeg orchard otter paddle parsley pebble pepper "
    "pigeon pillow plover puzzle quarry quill rabbit ribbon saddle saffron shingle sparrow "
    "teapot thimble thistle timber tulip velvet walnut willow window yarrow"
).split()


def password() -> str:
    """The invented workers' password, made the first time it is asked for."""
    kept = local_folder() / "demo-password"
    if given := os.environ.get("HEARTH_DEMO_PASSWORD"):
        return given
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(" ".join(secrets.choice(WORDS) for _ in range(4)))
    return kept.read_text().strip()


def nobody_works_here() -> bool:
    """Whether there is nobody yet who could sign in."""
    with transaction.atomic(), acting_as(system_worker()):
        return not User.objects.exclude(username="hearth").exists()


def known() -> list[str]:
    """The lines that say how to sign in."""
    if nobody_works_here():
        return ["", "Nobody works here yet: hearth create-worker --help"]
    with transaction.atomic(), acting_as(system_worker()):
        return lines()


def lines() -> list[str]:
    """One sign-in for each role that an invented worker holds."""
    found: dict[str, User] = {}
    invented = User.objects.filter(is_active=True, email__endswith=".example")
    for user in invented.order_by("pk").only("email", "roles", "first_name", "last_name"):
        for role in user.roles:
            found.setdefault(role, user)
    if not found:
        return []
    rows = [(role.label, str(found[role]), found[role].email) for role in STAFF if role in found]
    widths = [max(len(row[n]) for row in rows) for n in (0, 1)]
    table = [f"  {a:<{widths[0]}}  {b:<{widths[1]}}  {c}" for a, b, c in rows]
    return ["", "Invented workers, one for each role:", *table, "", f"Password: {password()}"]


def announce() -> None:
    """Say how to sign in."""
    with transaction.atomic(), acting_as(system_worker()):
        for line in lines():
            say(line)
