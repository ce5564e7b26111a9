"""Papers leaving the service: who took which, for whom, is on the trail; what was sent is kept."""

from collections.abc import Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records.actions.documents import upload_document
from hearth.records.models import Document, DocumentVersion
from hearth.records.outgoing.offering import Chosen
from hearth.records.outgoing.structure import Outgoing
from hearth.records.outgoing.writers import FORMATS, made_as

NOT_CHECKED = "Look at the names below, and say that you have checked them"


@transaction.atomic
def take_out(
    *, chosen: Chosen, ending: str, checked: bool, about: Sequence[int], named: str, by: User
) -> bytes:
    """Make a paper as a file, to be handed to somebody: a disclosure, and on the trail as one.

    A paper in which another child's name stands in the wrong part is made only by somebody who
    says that they have looked.
    """
    if ending not in FORMATS:
        raise CannotDo("A paper is made as PDF or as Word")
    if chosen.warnings and not checked:
        raise CannotDo(NOT_CHECKED)
    made = made_as(chosen.paper, ending)
    trail.record(
        f"Took out on paper: {chosen.paper.title}, as {FORMATS[ending].label}",
        None,
        by=by,
        about=about,
        named=named,
        reason=f"For {chosen.offer.reader.name}",
    )
    return made


@transaction.atomic
def keep_as_sent(
    *, paper: Outgoing, children: Sequence[Person], kind: str, by: User
) -> DocumentVersion:
    """Keep a paper as it was sent, with the children's documents, to be shown years later."""
    file = SimpleUploadedFile(f"{paper.title}.pdf", made_as(paper, "pdf"))
    document: Document = upload_document(
        children=children,
        file=file,
        title=f"{paper.title}, as sent to {paper.reader}"[:200],
        kind=kind,
        source=paper.authority,
        description="Made from the record and kept as it was sent.",
        confidential_from_family=not paper.is_for_family,
        by=by,
    )
    version = document.versions.get()
    trail.record("Kept a paper as it was sent", document, by=by)
    return version
