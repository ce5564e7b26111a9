"""What may be made on paper of a record, what was chosen, and what to look at before it leaves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from hearth.lib.errors import CannotDo
from hearth.lib.readability import reading_of
from hearth.people.models import Person
from hearth.records.misplaced import OutOfPlace
from hearth.records.outgoing.keeping_apart import apart_from, warnings_of
from hearth.records.outgoing.readers import Around, Reader
from hearth.records.outgoing.structure import Outgoing
from hearth.records.outgoing.writers import FORMATS

EMPTY = "Nothing of this may be read by {}, so there is no copy to make"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A paper that may be made: what it is, for whom, and how it is put together.

    `make` takes the children whose parts go in, and whether their own words do. `holds_words` is
    whether it has any of theirs to leave out: an invitation does not, nor what an agency wrote.
    """

    key: str
    label: str
    reader: Reader
    make: Callable[[Sequence[Person], bool], Outgoing]
    around: Around
    is_plain: bool = False
    holds_words: bool = True

    def with_parts(self, children: Iterable[int]) -> "Offer":
        """The same paper, with the parts that a worker chose for somebody who is nobody's parent.

        What a reader holds on record is not changed by it.
        """
        return replace(self, reader=replace(self.reader, chosen=frozenset(children)))

    @property
    def asks_for_words(self) -> bool:
        """Whether it is to be chosen if the children's own words go in: into an adult's copy."""
        return self.reader.is_family and self.holds_words and not self.is_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A paper put together, with what whoever makes it must look at."""

    offer: Offer
    paper: Outgoing
    warnings: Sequence[OutOfPlace]
    age: int = 0
    hardest: Sequence[str] = ()

    @property
    def formats(self) -> list[tuple[str, str]]:
        """The kinds of file it may be made as."""
        return [(ending, one.label) for ending, one in FORMATS.items()]

    @property
    def limit(self) -> int:
        """The age at which a child's copy should be easy to read."""
        return round(settings.READING_AGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingPage:
    """All that may be made of a record, and the one that is shown."""

    offers: Sequence[Offer]
    offer: Offer | None
    chosen: Chosen | None
    with_words: bool
    why_not: str = ""
    # Whose parts may be chosen, and whether each is, for a reader who is nobody's parent on record.
    choices: Sequence[tuple[Person, bool]] = ()


def put_together(offer: Offer, children: Sequence[Person], *, with_words: bool = False) -> Chosen:
    """The paper for its reader: only what they may read, and nothing that is kept from them."""
    shown, why = offer.reader.may_read_of(children, offer.around)
    if not shown:
        raise CannotDo(" ".join([EMPTY.format(offer.reader.name) + ".", *why]))
    paper = offer.make(shown, with_words or not offer.asks_for_words)
    paper = apart_from(offer.reader, offer.around, shown).kept_from(paper)
    paper = replace(paper, noted=(*why, *paper.noted))
    warnings = warnings_of(paper, offer.reader, children)
    if not offer.is_plain:
        return Chosen(offer=offer, paper=paper, warnings=warnings)
    reading = reading_of(paper.text, limit=settings.READING_AGE)
    said = f"Written for a reading age of about {reading.age}."
    return Chosen(
        offer=offer,
        paper=replace(paper, reading=said),
        warnings=warnings,
        age=reading.age,
        hardest=reading.hardest,
    )


def page_of(
    offers: Sequence[Offer],
    children: Sequence[Person],
    asked: Mapping[str, str],
    parts: Sequence[str] = (),
) -> OutgoingPage:
    """What was chosen of what is offered; the first when nothing was."""
    by_key = {offer.key: offer for offer in offers}
    offer = by_key.get(asked.get("of", ""), offers[0] if offers else None)
    with_words = asked.get("words") == "yes"
    chosen, why_not = None, ""
    choices: list[tuple[Person, bool]] = []
    if offer is not None:
        if offer.reader.is_unplaced(children, offer.around):
            choices = [(child, str(child.pk) in parts) for child in children]
            offer = offer.with_parts(child.pk for child, is_chosen in choices if is_chosen)
        try:
            chosen = put_together(offer, children, with_words=with_words)
        except CannotDo as error:
            why_not = str(error)
    return OutgoingPage(
        offers=offers,
        offer=offer,
        chosen=chosen,
        with_words=with_words,
        why_not=why_not,
        choices=choices,
    )
