"""The repeating parts of an episode: each a module that reads them for a batch, and tells one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.returns.building import assessments, enquiries, in_need, protection
from hearth.returns.building.noting import Notes
from hearth.returns.building.reading import Asked
from hearth.returns.building.structure import Values
from hearth.returns.building.year import CollectionYear


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `read` gives its rows by episode; `tell` what the file says of an episode's."""

    read: Callable[[Asked], Mapping[int, Sequence[Any]]]
    tell: Callable[[Sequence[Any], CollectionYear, Notes], Values]


PARTS = (
    Part(protection.read_transfers, protection.tell_transfers),
    Part(assessments.read, assessments.tell),
    Part(in_need.read, in_need.tell),
    Part(enquiries.read, enquiries.tell),
    Part(protection.read, protection.tell),
)
