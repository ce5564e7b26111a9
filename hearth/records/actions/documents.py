"""Keeping documents: taken in, given a newer version, taken back. Never run and never opened."""

from collections.abc import Sequence
from datetime import date
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from hearth.accounts import trail
from hearth.accounts.models import User
from hearth.accounts.roles import MANAGERS
from hearth.lib.codes import code_set
from hearth.lib.errors import CannotDo
from hearth.people.models import Person
from hearth.records import files, scanning, storage
from hearth.records.actions.chronology import chronicle, withdraw_chronicle
from hearth.records.actions.writing import check_not_merged
from hearth.records.models import Document, DocumentChild, DocumentVersion, Scan

PAGE = "records:read_document"


@transaction.atomic
def upload_document(
    *,
    children: Sequence[Person],
    file: "UploadedFile[bytes]",
    title: str,
    kind: str,
    dated_on: date | None = None,
    source: str = "",
    description: str = "",
    confidential_from_family: bool = False,
    in_chronology: bool = False,
    by: User,
) -> Document:
    """Keep a document with the records of the children it is about."""
    if not children:
        raise CannotDo("Choose at least one child this is about")
    check_not_merged(children)
    if why := code_set("document_kind").why_not_valid(kind, on=timezone.localdate()):
        raise CannotDo(why)
    if dated_on and dated_on > timezone.localdate():
        raise CannotDo("The date on the document cannot be in the future: check it")
    checked = _checked(file)
    document: Document = Document.objects.create(
        about=sorted(child.pk for child in children),
        title=title or files.safe_name(file.name or ""),
        kind=kind,
        dated_on=dated_on,
        source=source,
        description=description,
        confidential_from_family=confidential_from_family,
        recorded_by=by,
    )
    DocumentChild.objects.bulk_create(
        DocumentChild(document=document, child=child) for child in children
    )
    _keep(document, file, checked, by)
    if in_chronology:
        _tell(document, children, by)
    trail.record("Uploaded a document", document, by=by)
    return document


@transaction.atomic
def add_version(*, document: Document, file: "UploadedFile[bytes]", by: User) -> DocumentVersion:
    """Keep a newer version of a document. The earlier ones stay."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if document.is_withdrawn:
        raise CannotDo("This document was withdrawn, so it takes no newer version")
    version = _keep(document, file, _checked(file), by)
    trail.record("Uploaded a newer version", version, by=by)
    return version


@transaction.atomic
def withdraw_document(*, document: Document, reason: str, by: User) -> None:
    """Take back a document kept by mistake. It is kept, out of reach, with why."""
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if why := why_not_withdraw_document(document, by=by):
        raise CannotDo(why)
    if not reason:
        raise CannotDo("Say why this is withdrawn")
    document.withdrawn_at, document.withdrawn_by = timezone.now(), by
    document.withdrawn_reason = reason[:500]
    document.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    withdraw_chronicle(source=document, reason=reason, by=by)
    trail.record("Withdrew a document", document, by=by)


@transaction.atomic
def mark_confidential(*, document: Document, confidential_from_family: bool, by: User) -> None:
    """Say whether a document may be shown to the family."""
    document.confidential_from_family = confidential_from_family
    document.save(update_fields=["confidential_from_family"])
    what = "Confidential from the family" if confidential_from_family else "May be shown to family"
    trail.record(f"Marked a document: {what}", document, by=by)


@transaction.atomic
def scan_again(*, version: DocumentVersion, by: User) -> DocumentVersion:
    """Ask the scanner once more about a file it could not scan before."""
    version = DocumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if version.scan == Scan.INFECTED:
        raise CannotDo("A virus was found in this file, so it stays kept back")
    version.scan, version.scan_answer = scanning.scan(storage.path_of(version.stored_as))
    version.save(update_fields=["scan", "scan_answer"])
    trail.record("Scanned a document again", version, by=by, reason=version.scan)
    return version


def why_not_withdraw_document(document: Document, *, by: User) -> str | None:
    """Why this worker may not take back a document; None if they may."""
    if document.is_withdrawn:
        return "This was already withdrawn"
    if document.recorded_by_id != by.pk and not by.has_role(*MANAGERS):
        return "Only whoever uploaded this, or a manager, may withdraw it"
    return None


def _checked(file: "UploadedFile[bytes]") -> files.FileKind:
    if not file.size:
        raise CannotDo("This file is empty. Check that it opens where it came from")
    if file.size > settings.DOCUMENT_LIMIT:
        limit = settings.DOCUMENT_LIMIT // (1024 * 1024)
        raise CannotDo(f"This file is larger than {limit} MB. Make it smaller, or send it in parts")
    return files.kind_of(cast("BinaryIO", file), file.name or "")


def _keep(
    document: Document, file: "UploadedFile[bytes]", kind: files.FileKind, by: User
) -> DocumentVersion:
    stored = storage.put(file.chunks())
    verdict, answer = scanning.scan(storage.path_of(stored.name))
    version: DocumentVersion = DocumentVersion.objects.create(
        document=document,
        about=document.about,
        number=document.versions.count() + 1,
        file_name=files.safe_name(file.name or ""),
        stored_as=stored.name,
        content_type=kind.content_type,
        size=stored.size,
        sha256=stored.sha256,
        scan=verdict,
        scan_answer=answer,
        recorded_by=by,
    )
    return version


def _tell(document: Document, children: Sequence[Person], by: User) -> None:
    chronicle(
        about=children,
        kind="document",
        title=document.title,
        text=document.description,
        happened_on=document.dated_on or timezone.localdate(),
        source=document,
        page=PAGE,
        by=by,
    )
