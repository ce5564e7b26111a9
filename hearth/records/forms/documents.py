"""What is asked about a document."""

from typing import Any

from django import forms

from hearth.design.forms import CodeField, DateField, LineField, TextField
from hearth.people.forms.others import OthersField, offer
from hearth.people.models import Person
from hearth.records.files import KINDS

ACCEPT = ",".join(sorted(KINDS))


class FileForm(forms.Form):
    """A file: what it may be is checked where it is taken in."""

    file = forms.FileField(
        label="Which file?",
        max_length=400,
        error_messages={"required": "Choose the file"},
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text="PDF, Word, Excel, PowerPoint, OpenDocument, pictures, emails, text or "
        "recordings. It is never opened on the server.",
    )


class DocumentForm(FileForm):
    """A document for a child's record."""

    title = LineField(
        label="What is it called?",
        max_length=200,
        required=False,
        help_text="Leave empty to use the file's own name.",
    )
    kind = CodeField("document_kind", label="What kind of document is it?")
    dated_on = DateField(label="What date is on it?", required=False, not_future=True)
    source = LineField(label="Who is it from?", max_length=200, required=False)
    description = TextField(label="What does it say that matters?", required=False, rows=3)
    confidential_from_family = forms.BooleanField(
        label="Confidential from the family: not to be shown or sent to them", required=False
    )
    in_chronology = forms.BooleanField(label="Put it in the chronology", required=False)
    also = OthersField(label="Which other children is it about?")

    def __init__(self, *args: Any, siblings: list[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "also", siblings)


class ConfidentialForm(forms.Form):
    """Whether a document may be shown to the family."""

    confidential_from_family = forms.BooleanField(
        label="Confidential from the family: not to be shown or sent to them", required=False
    )
