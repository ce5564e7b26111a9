"""What is wrong with files chosen to be checked, as far as their first bytes tell.

The rest is said when they are read. What is said here is said at once, beside the question, while
everything else that was answered stands.
"""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile

from hearth.records.files import safe_name
from hearth.returns.checking.encodings import is_markup, marked_encoding, other_kind
from hearth.returns.models import Collection

MEGABYTE = 1024 * 1024
MOST_IN_ALL = 500 * MEGABYTE
MOST_FILES = 40
TOO_MUCH = (
    f"The files come to more than {MOST_IN_ALL // MEGABYTE} MB, which is the most that can be"
    " checked here. Use the command, hearth validate, which has no limit"
)
HEAD = 4096
ROOT = re.compile(r"<(?:[^\s<>/:!?]+:)?([A-Za-z_][^\s<>/]*)")
IS_OF = {"Message": Collection.CIN, "EXPSSDA903": Collection.SSDA903}
CALLED = {Collection.CIN: "a CIN census", Collection.SSDA903: "an SSDA903 return"}

Upload: TypeAlias = "UploadedFile[Any]"


class Several(forms.ClearableFileInput):
    """A file input that takes one or many."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class Single(forms.ClearableFileInput):
    """A file input that takes one."""

    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """One file or many, none of them empty. What is chosen is a list, whichever it takes."""

    widget = Several

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """The files that were chosen, or what is wrong with each."""
        files = list(data) if isinstance(data, (list, tuple)) else [data] if data else []
        wrong = [said for file in files if (said := _unusable(file))]
        if wrong:
            raise forms.ValidationError(wrong)
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                f"There are {len(files)} files. Choose {MOST_FILES} or fewer"
            )
        if not files:
            super().clean(None, initial)
        return files


def _unusable(file: Upload) -> str:
    """Why a file is no return of any kind; nothing when it may be."""
    name, head = safe_name(file.name or ""), head_of(file)
    if not head:
        return f"{name} is empty"
    if kind := other_kind(head):
        return f"{name} is {kind}"
    if b"\0" in head and not marked_encoding(head):
        return f"{name} is not text, so it is neither XML nor CSV"
    return ""


def head_of(file: Upload) -> bytes:
    """The first bytes of a file, which is left at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return bytes(head)


def why_not_of(collection: str, files: Sequence[Upload]) -> list[str]:
    """Why these are not the files of this return, as far as can be told without reading them."""
    kinds = [(safe_name(file.name or ""), _kind(head_of(file))) for file in files]
    chosen, other = Collection(collection), _other(collection)
    wrong = [
        f"{name} is {CALLED[other]}, and you chose {CALLED[chosen]}"
        for name, kind in kinds
        if kind == other
    ]
    if wrong or not files:
        return wrong
    tables = [name for name, kind in kinds if kind is None]
    if chosen == Collection.CIN and tables:
        return [f"{name} is not XML. A CIN census is one XML file" for name in tables]
    if len(files) > 1 and len(tables) < len(files):
        return [
            "A return in XML is one file. Choose that file alone"
            + ("" if chosen == Collection.CIN else ", or the CSV files without it")
        ]
    return []


def why_no_list(files: Sequence[Upload]) -> list[str]:
    """Why these are no list of providers or of postcodes, by their first bytes."""
    xml = [file for file in files if _kind(head_of(file))]
    return [f"{safe_name(file.name or '')} is XML. The list is a CSV file" for file in xml]


def _other(collection: str) -> Collection:
    return Collection.SSDA903 if collection == Collection.CIN else Collection.CIN


def _kind(head: bytes) -> Collection | str | None:
    """The return that a file of XML says it is, "xml" when it says neither; none for a table."""
    if not is_markup(head):
        return None
    text = head.decode(marked_encoding(head) or "utf-8", "ignore")
    roots = (IS_OF.get(found) for found in ROOT.findall(text))
    return next(filter(None, roots), "xml")
