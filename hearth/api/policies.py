"""Who lets services ask, and who sees what was asked."""

from collections.abc import Iterator

from hearth.accounts.models import User
from hearth.accounts.policy import policy
from hearth.accounts.roles import RECORD_READERS, Role
from hearth.api.models import Asker
from hearth.people.models import Person

KEEPERS = (Role.ADMINISTRATOR, Role.CALDICOTT)


@policy("See which health services may look children up", subject=None, roles=KEEPERS)
def askers(_worker: User, _nothing: None) -> Iterator[str]:
    """Those who keep accounts, and the guardian of what is told outside."""
    yield from ()


@policy("Let a health service look children up", subject=None, roles=[Role.CALDICOTT])
def let_ask(_worker: User, _nothing: None) -> Iterator[str]:
    """The Caldicott guardian decides who outside may ask."""
    yield from ()


@policy("Let a health service ask no more", subject=Asker, roles=KEEPERS)
def stop_asking(_worker: User, asker: Asker) -> Iterator[str]:
    """Whoever keeps them: at once, when a key may be in the wrong hands."""
    if asker.ended_on is not None:
        yield "This service may not ask already"


@policy("See which health services asked about a child", subject=Person, roles=RECORD_READERS)
def child_look_ups(_worker: User, _child: Person) -> Iterator[str]:
    """Whoever may read the record."""
    yield from ()
