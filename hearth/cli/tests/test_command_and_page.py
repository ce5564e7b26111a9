"""The command and the page are one check: of the same odd files they say the same."""

import pytest
from django.urls import reverse

from hearth.accounts.roles import Role
from hearth.accounts.tests.factories import UserFactory
from hearth.accounts.worker_context import set_worker
from hearth.cli.main import main
from hearth.config.testing import hearth_itself
from hearth.returns import tasks
from hearth.returns.models import CheckedReturn
from hearth.returns.tests.factories import COLUMNS, upload

pytestmark = pytest.mark.django_db

TABLE = f"{COLUMNS}\r\n1,X,2015-02-01,WBRI,,,\r\n2,M,01/01/2010,,,,\r\n"
XML = (
    "<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><SEX>X</SEX><DOB>01/02/2015</DOB></HEADER>"
    "<EPISODE><DECOM>01/04/2025</DECOM></EPISODE></CHILD></EXPSSDA903>"
)
CENSUS = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>"
    "<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children><Child>"
    "<ChildIdentifiers><LAchildID>\u00e9</LAchildID><Sex>X</Sex></ChildIdentifiers></Child>"
    "</Children></Message>"
)
DECLARED = "<?xml version='1.0' encoding='utf-16'?>"
ODD = [
    ("ssda903", "header.csv", TABLE.encode("utf-16-le")),
    ("ssda903", "header.csv", TABLE.encode("utf-16-be")),
    ("ssda903", "header.csv", TABLE.replace(",", "\t").encode("utf-16")),
    ("ssda903", "header.csv", f"sep=;\r\n{TABLE}".replace(",", ";").encode("utf-8-sig")),
    ("ssda903", "return.xml", XML.encode("utf-16-le")),
    ("ssda903", "return.xml", f"\n\n{XML}".encode("utf-32")),
    ("cin", "census.xml", CENSUS.encode("utf-16-le")),
    ("cin", "census.xml", (DECLARED + CENSUS).encode("utf-16-be")),
    ("cin", "census.xml", (DECLARED + CENSUS).encode()),
    ("cin", "census.xml", (DECLARED.replace("16", "8") + CENSUS).encode("utf-8-sig")),
]


@pytest.fixture
def analyst(client, settings, tmp_path):
    settings.DOCUMENTS = tmp_path / "documents"
    client.force_login(UserFactory.create(roles=[Role.ANALYST]))
    return client


@pytest.mark.parametrize(("collection", "name", "body"), ODD)
def test_the_same_odd_file_gives_the_same_findings(
    analyst, tmp_path, capsys, collection, name, body
):
    file = tmp_path / name
    file.write_bytes(body)
    ends = ["--collection-end", "2026-03-31"] if collection == "ssda903" else []
    main(["validate", collection, str(file), "--format", "csv", *ends])
    told = capsys.readouterr().out
    sent = {"collection": collection, "year": "2026", "this_year": upload(name, body)}
    analyst.post(reverse("returns:check_return"), sent)
    set_worker(hearth_itself())
    made = CheckedReturn.objects.get()
    tasks.check_return(checked_id=made.pk)
    found = analyst.get(reverse("returns:check_as_csv", args=[made.pk]))

    assert sorted(b"".join(found).decode().splitlines()) == sorted(told.splitlines())
    assert len(told.splitlines()) > 2
