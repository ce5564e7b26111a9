"""The step before anybody is put on record: who they may already be, and what the worker says."""

from collections.abc import Iterator
from functools import cached_property

from django.http import QueryDict

from hearth.people.actions import NewPerson
from hearth.people.forms.creating import NONE_OF_THESE, WhichForm
from hearth.people.matching import Hit, likely_matches

# What the page of matches sends besides the answers to the form before it.
OWN = ("csrfmiddlewaretoken", "which", "shown")


class Matching:
    """The likely matches of somebody about to be put on record, and the worker's answer.

    Until the worker has said of everybody shown that it is not them, or of one that it is, nobody
    is put on record.
    """

    def __init__(self, new: NewPerson, sent: QueryDict) -> None:
        self.new, self.sent = new, sent

    @cached_property
    def hits(self) -> list[Hit]:
        """Who they may be, as it is now."""
        return likely_matches(self.new.details())

    @cached_property
    def form(self) -> WhichForm:
        """The question on the page."""
        return WhichForm(self.sent if "which" in self.sent else None, hits=self.hits)

    @property
    def name(self) -> str:
        """What the page calls them."""
        name = f"{self.new.known_as or self.new.given_names} {self.new.family_name}".strip()
        return name or "this person"

    @property
    def turned_down(self) -> set[int]:
        """Those the worker was shown and said were not them."""
        shown = [pk for pk in self.sent.getlist("shown") if pk.isascii() and pk.isdigit()]
        return set(map(int, shown)) if self.sent.get("which") == NONE_OF_THESE else set()

    @property
    def must_ask(self) -> bool:
        """Whether somebody likely has not been looked at yet."""
        return any(hit.person.pk not in self.turned_down for hit in self.hits)

    @property
    def is_known(self) -> int | None:
        """Whom the worker said they are."""
        if "which" not in self.sent or not self.form.is_valid():
            return None
        which = self.form.cleaned_data["which"]
        return None if which == NONE_OF_THESE else int(which)

    @property
    def kept(self) -> Iterator[tuple[str, str]]:
        """The answers to the form before, to be sent again with this one."""
        for name in self.sent:
            if name not in OWN:
                yield from ((name, value) for value in self.sent.getlist(name))
