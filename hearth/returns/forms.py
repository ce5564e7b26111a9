"""What the pages of returns ask."""

from itertools import chain
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from hearth.returns.models import Collection
from hearth.returns.rules.books import CIN, SSDA903
from hearth.returns.uploads import (
    MEGABYTE,
    MOST_IN_ALL,
    TOO_MUCH,
    FilesField,
    Single,
    why_no_list,
    why_not_of,
)
from hearth.workforce.models import Team

LISTS = ("providers", "postcodes")
FILES = ("this_year", "last_year", *LISTS)
ONLY_SSDA903 = {
    "last_year": "Last year's files are",
    "providers": "The list of providers is",
    "postcodes": "The list of postcodes is",
}
LARGEST = 500 * 1024 * 1024
TOO_LARGE = "The file is larger than 500 MB"


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

    def __init__(self, *args: Any, too_much: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if too_much:
            self.fields["file"].error_messages["required"] = TOO_LARGE
        team: forms.ModelChoiceField[Team] = self.fields["team"]  # type: ignore[assignment]
        team.queryset = Team.objects.open_on(timezone.localdate())

    def clean_file(self) -> UploadedFile:  # type: ignore[type-arg]
        """A file of a size that can be read."""
        file: UploadedFile = self.cleaned_data["file"]  # type: ignore[type-arg]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(TOO_LARGE)
        return file


def _years() -> list[tuple[str, str]]:
    """The years a return may be of: those whose rules are known, and one before them."""
    last, first = max(CIN.last, SSDA903.last), min(CIN.first, SSDA903.first)
    known = [(str(year), f"{year - 1} to {year}") for year in range(last, first - 2, -1)]
    return [("", "The year that the return itself shows"), *known]


class CheckForm(forms.Form):
    """Which return is to be checked, its files, and what its files may not say."""

    collection = forms.ChoiceField(
        label="Which return is it?",
        choices=Collection.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose which return it is"},
    )
    year = forms.TypedChoiceField(
        label="Which year is it of, April to March?",
        help_text="The CIN census says it itself. You will be told if an SSDA903 return does not.",
        choices=_years,
        coerce=int,
        empty_value=None,
        required=False,
    )
    this_year = FilesField(
        label="Its files",
        help_text=(
            "The CIN census is one XML file. The SSDA903 is its CSV files, all chosen together, or"
            f" one XML file. Up to {MOST_IN_ALL // MEGABYTE} MB in all."
        ),
        error_messages={"required": "Choose the files of the return"},
    )
    last_year = FilesField(
        label="Last year's files, for the SSDA903",
        help_text="Some rules compare two years. They are not run without these.",
        required=False,
    )
    authority = forms.CharField(
        label="Your authority's code, for the SSDA903",
        help_text="As PL_LA and the list of postcodes write it, such as E06000001.",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
    )
    providers = FilesField(
        label="Ofsted's list of providers, for the SSDA903",
        help_text="CSV, with a column URN. Rules about placements read it.",
        required=False,
        widget=Single,
    )
    postcodes = FilesField(
        label="A list of postcodes, for the SSDA903",
        help_text="CSV, with POSTCODE, AUTHORITY, EASTING and NORTHING. Not every one is needed.",
        required=False,
        widget=Single,
    )

    def __init__(self, *args: Any, too_much: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].initial = settings.AUTHORITY_AREA
        if too_much:
            self.fields["this_year"].error_messages["required"] = TOO_MUCH

    def clean(self) -> dict[str, Any]:
        """Files that are of the return that was chosen, and of no other."""
        given: dict[str, Any] = super().clean() or {}
        collection = str(given.get("collection") or "")
        for name in FILES if collection else ():
            if wrong := _wrong(name, collection, given.get(name) or []):
                self.add_error(name, forms.ValidationError(wrong))
        chosen = chain.from_iterable(given.get(name) or [] for name in FILES)
        if sum(file.size or 0 for file in chosen) > MOST_IN_ALL:
            self.add_error("this_year", TOO_MUCH)
        return given


def _wrong(name: str, collection: str, files: list[Any]) -> list[str]:
    """What is wrong with the files of one question, for the return that was chosen."""
    if name in ONLY_SSDA903 and files and collection == Collection.CIN:
        return [f"{ONLY_SSDA903[name]} only for the SSDA903. Leave it empty"]
    return why_no_list(files) if name in LISTS else why_not_of(collection, files)


class YearForm(forms.Form):
    """What year a return is of, where it does not show it."""

    year = forms.TypedChoiceField(
        label="Which year is it of, April to March?",
        choices=lambda: _years()[1:],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the year that the return is of"},
    )


class KeepForm(forms.Form):
    """Why what was found is kept beyond its hour."""

    reason = forms.CharField(
        label="Why is it to be kept?",
        help_text="It is written in the trail. Do not name a child.",
        max_length=300,
        error_messages={"required": "Say why it is to be kept"},
    )
