"""Whatever is given to be checked: what is wrong is said, and where, and nothing is left."""

import codecs
import io
import re
import zipfile

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.config.testing import hearth_itself
from hearth.returns import tasks
from hearth.returns.models import CheckedReturn
from hearth.returns.tests.factories import upload
from hearth.returns.tests.test_reader import CHILD, census

pytestmark = pytest.mark.django_db

HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,01/02/2015,WBRI,,,\n"
WHOLE = census(CHILD)
BOMB = WHOLE.replace("?>", '?><!DOCTYPE a [<!ENTITY b "' + "b" * 99 + '">]>')
OUTSIDE = WHOLE.replace("?>", '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>')


def zipped(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "words")
    return held.getvalue()


@pytest.fixture
def analyst(client, settings, tmp_path):
    settings.DOCUMENTS = tmp_path
    client.force_login(UserFactory.create(roles=[Role.ANALYST]))
    return client


def send(analyst, collection, *files, **answers):
    sent = {"collection": collection, "year": "2026", "this_year": list(files)} | answers
    response = analyst.post(reverse("returns:check_return"), sent)
    set_worker(hearth_itself())
    return response


def words(response):
    return " ".join(response.content.decode().split()).replace("&#x27;", "'")


AT_ONCE: dict[str, tuple] = {
    "nothing chosen": ("cin", [], "Choose the files of the return"),
    "an empty file": ("cin", [("a.xml", "")], "a.xml is empty"),
    "a workbook": ("cin", [("a.xlsx", zipped("xl/workbook.xml"))], "a.xlsx is an Excel workbook"),
    "an old workbook": (
        "ssda903",
        [("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")],
        "is an Excel workbook",
    ),
    "a workbook called a table": (
        "ssda903",
        [("header.csv", zipped("[Content_Types].xml"))],
        "header.csv is an Excel workbook",
    ),
    "a ZIP": (
        "ssda903",
        [("a.zip", zipped("header.csv"))],
        "a.zip is a ZIP file. Take out what is in it",
    ),
    "a PDF": ("cin", [("a.pdf", "%PDF-1.4")], "a.pdf is a PDF document"),
    "a picture": ("ssda903", [("a.csv", b"\x89PNG\r\n\x1a\n\0\0")], "neither XML nor CSV"),
    "tables for a census": ("cin", [("header.csv", HEADER)], "header.csv is not XML"),
    "two censuses": ("cin", [("a.xml", WHOLE), ("b.xml", WHOLE)], "A return in XML is one file"),
    "a census for the other": (
        "ssda903",
        [("a.xml", WHOLE)],
        "a.xml is a CIN census, and you chose an SSDA903 return",
    ),
    "the other for a census": (
        "cin",
        [("a.xml", "<EXPSSDA903><CHILD/></EXPSSDA903>".encode("utf-16"))],
        "a.xml is an SSDA903 return, and you chose a CIN census",
    ),
    "XML among tables": (
        "ssda903",
        [("a.xml", "<EXPSSDA903/>"), ("header.csv", HEADER)],
        "Choose that file alone, or the CSV files without it",
    ),
    "too many": ("ssda903", [(f"{n}.csv", HEADER) for n in range(41)], "Choose 40 or fewer"),
    "a name that climbs and reads backwards": (
        "cin",
        [("../../etc/\u202ela\x07mx.\x00csv", "")],
        "lamx.csv is empty",
    ),
}


@pytest.mark.parametrize("wrong", AT_ONCE)
def test_what_can_be_seen_at_once_is_said_beside_the_question(analyst, tmp_path, wrong):
    collection, files, said = AT_ONCE[wrong]
    page = words(send(analyst, collection, *(upload(*file) for file in files)))

    assert said in page
    assert re.search(f'value="{collection}"[^>]*checked', page), "what was answered stands"
    assert '<option value="2026" selected>' in page
    assert not CheckedReturn.objects.exists()
    assert not ProcrastinateJob.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["last_year", "providers", "postcodes"])
def test_what_only_the_other_return_reads_is_not_for_a_census(analyst, name):
    page = send(analyst, "cin", upload("a.xml", WHOLE), **{name: [upload("b.csv", HEADER)]})

    assert "only for the SSDA903" in words(page)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<a/>", "b.csv is XML. The list is a CSV file"),
        (b"PK\x03\x04xl/", "b.csv is an Excel workbook"),
    ],
)
def test_a_list_that_is_no_csv_is_refused_at_once(analyst, body, why):
    files = upload("a.csv", HEADER), {"postcodes": [upload("b.csv", body)]}

    assert why in words(send(analyst, "ssda903", files[0], **files[1]))


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("providers", "NAME\nA\n", "b.csv has no column URN"),
        ("providers", "URN,URN\nA,B\n", "b.csv, line 1: the column URN is there twice"),
        ("postcodes", "POSTCODE\nAB1 2CD\n", "b.csv has no column AUTHORITY"),
        (
            "postcodes",
            "POSTCODE,AUTHORITY,EASTING,NORTHING\nAB1 2CD,E06000001,1,1\n",
            "no postcode in the authority 399",
        ),
    ],
)
def test_a_list_that_cannot_be_used_is_named_and_nothing_of_it_stays(
    analyst, tmp_path, name, body, why
):
    given = {name: [upload("b.csv", body)], "authority": "399"}
    response = send(analyst, "ssda903", upload("a.csv", HEADER), **given)
    made = CheckedReturn.objects.get()
    tasks.check_return(checked_id=made.pk)

    assert why in words(analyst.get(response.url))
    set_worker(hearth_itself())
    assert not list((tmp_path / "incoming").iterdir())


def test_more_than_can_be_checked_is_refused_whether_or_not_it_was_taken_in(
    analyst, settings, monkeypatch, tmp_path
):
    monkeypatch.setattr("hearth.returns.forms.MOST_IN_ALL", 1000)
    page = words(send(analyst, "cin", upload("a.xml", "<a>" + "x" * 2000)))
    assert "come to more than 500 MB" in page

    settings.UPLOAD_LIMIT = 1500
    page = words(send(analyst, "cin", upload("a.xml", "<a>" + "x" * 2000)))
    assert "come to more than 500 MB" in page
    assert "Choose the files of the return" not in page
    assert '<option value="2026" selected>' in page
    sent = {"csrfmiddlewaretoken": "-", "file": upload("a.xml", "x" * 2000)}
    assert "larger than 500 MB" in words(analyst.post(reverse("returns:import_census"), sent))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


IN_READING: dict[str, tuple] = {
    "cut short": ("cin", [("a.xml", WHOLE[:-30])], "a.xml: Line 1, column"),
    "an entity that grows": ("cin", [("a.xml", BOMB)], "document type declaration"),
    "an entity from outside": (
        "cin",
        [("a.xml", OUTSIDE)],
        "a.xml: Line 1: the file has a document",
    ),
    "not what it says it is written in": (
        "cin",
        [("a.xml", WHOLE.replace("WBRI", "WBRI\u00e9").encode("latin-1"))],
        "the file is not in utf-8",
    ),
    "XML of something else": ("cin", [("a.xml", "<html><p>Hello</p></html>")], "not a CIN census"),
    "a table in another encoding": (
        "ssda903",
        [("header.csv", HEADER.replace("WBRI", "\u00e9").encode("latin-1"))],
        "header.csv, line 2",
    ),
    "two files of one table": (
        "ssda903",
        [("a.csv", HEADER), ("b.csv", HEADER)],
        "b.csv and a.csv are both the Header table",
    ),
    "a row too short": (
        "ssda903",
        [("a.csv", HEADER + "2,1\n")],
        "it has 2 values where there are 7",
    ),
    "a column twice": (
        "ssda903",
        [("a.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB,SEX\n")],
        "the column SEX is there twice",
    ),
    "columns of nothing": ("ssda903", [("a.csv", "Colour,Size\nred,2\n")], "None of the files"),
}


@pytest.mark.parametrize("wrong", IN_READING)
def test_what_is_seen_in_reading_is_said_with_its_file_and_line(analyst, tmp_path, wrong):
    collection, files, said = IN_READING[wrong]
    response = send(analyst, collection, *(upload(*file) for file in files))
    made = CheckedReturn.objects.get()
    tasks.check_return(checked_id=made.pk)
    page = words(analyst.get(response.url))

    assert said in page
    assert f"?collection={collection}" in page, "the way back remembers what was answered"
    set_worker(hearth_itself())
    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert file.name == made.file, "only what says so is left"


def test_last_years_files_are_told_apart_from_this_years(analyst):
    broken = [upload("b.csv", HEADER + "2,1\n")]
    response = send(analyst, "ssda903", upload("a.csv", HEADER), last_year=broken)
    tasks.check_return(checked_id=CheckedReturn.objects.get().pk)

    assert "Last year's files: b.csv" in words(analyst.get(response.url))


SOUND: dict[str, tuple] = {
    "a byte order mark": ("cin", [("a.xml", codecs.BOM_UTF8 + WHOLE.encode())], "census.*"),
    "a table with columns moved, missing and added": (
        "ssda903",
        [
            (
                "a.csv",
                codecs.BOM_UTF8 + b"DOB,CHILD,ETHNIC,UPN,MOTHER,COLOUR\n01/02/2015,1,WBRI,,,red\n",
            )
        ],
        "has no SEX, MC_DOB",
    ),
    "a file that is no table of the return": (
        "ssda903",
        [("a.csv", HEADER), ("notes.csv", "Colour,Size\nred,2\n")],
        "notes.csv was left out",
    ),
}


@pytest.mark.parametrize("odd", SOUND)
def test_what_is_odd_but_can_be_read_is_checked_and_what_was_noticed_said(analyst, odd):
    collection, files, noticed = SOUND[odd]
    response = send(analyst, collection, *(upload(*file) for file in files))
    tasks.check_return(checked_id=CheckedReturn.objects.get().pk)
    page = words(analyst.get(response.url))

    assert "rules for the year ending 31 March 2026" in page
    assert noticed in page or collection == "cin"


def test_a_formula_in_a_value_is_words_in_what_is_downloaded(analyst):
    send(analyst, "cin", upload("a.xml", WHOLE.replace("<Sex>F", "<Sex>=1+1")))
    made = CheckedReturn.objects.get()
    tasks.check_return(checked_id=made.pk)
    whole = b"".join(analyst.get(reverse("returns:check_as_csv", args=[made.pk]))).decode()

    assert ",'=1+1" in whole
    assert ",=1+1" not in whole
