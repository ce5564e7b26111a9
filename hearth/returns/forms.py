"""What the import page asks."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from hearth.workforce.models import Team

LARGEST = 500 * 1024 * 1024


class ImportForm(forms.Form):
    """A census file, and who gets the work it holds that is not finished."""

    file = forms.FileField(
        label="Which file?",
        help_text="The CIN census as XML, up to 500 MB. Nothing is written if it is broken.",
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Which team gets the unfinished assessments?",
        required=False,
        empty_label="No team: list them as unallocated",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        team: forms.ModelChoiceField[Team] = self.fields["team"]  # type: ignore[assignment]
        team.queryset = Team.objects.open_on(timezone.localdate())

    def clean_file(self) -> UploadedFile:  # type: ignore[type-arg]
        """A file of a size that can be read."""
        file: UploadedFile = self.cleaned_data["file"]  # type: ignore[type-arg]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError("The file is larger than 500 MB")
        return file
