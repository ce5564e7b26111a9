"""The build step that puts style sheets and scripts in place."""

import re
import struct
import zlib
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "script/assets"


@pytest.fixture
def assets(tmp_path, monkeypatch):
    loader = SourceFileLoader("assets", str(SCRIPT))
    spec = spec_from_loader("assets", loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    monkeypatch.setattr(module, "VENDOR", tmp_path)
    (tmp_path / "images").mkdir()
    return module


def test_a_style_sheet_loses_the_typeface_the_arms_and_the_source_map(assets, tmp_path):
    package = tmp_path / "package"
    (package / "assets/images").mkdir(parents=True)
    (package / "assets/images/tick.svg").write_text("<svg/>")
    (package / "a.css").write_text(
        '@font-face{font-family:GDS Transport;src:url(/assets/fonts/x.woff2) format("woff2")}'
        "p{font-family:GDS Transport,arial,sans-serif;background:url(/assets/images/tick.svg)}"
        "i{background:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=a.css.map */"
    )

    assets.copy_style(package / "a.css")

    assert (tmp_path / "a.css").read_text().strip() == (
        "p{font-family:arial,helvetica,sans-serif;background:url(images/tick.svg)}"
        "i{background:none}"
    )
    assert (tmp_path / "images/tick.svg").exists()


def test_a_font_is_unpacked_to_the_same_tables(assets):
    table, packed = b"a" * 50, zlib.compress(b"a" * 50)
    entry = struct.pack(">4sIIII", b"name", 64, len(packed), len(table), 7)
    woff = b"wOFF" + struct.pack(">IIH", 0x00010000, 0, 1) + bytes(30) + entry + packed

    font = assets.to_truetype(woff)

    assert font[:4] == b"\x00\x01\x00\x00"
    assert font[12:28] == struct.pack(">4sIII", b"name", 7, 28, 50)
    assert font[28:78] == table
    assert len(font) % 4 == 0


def test_the_lock_names_no_address_of_a_registry(assets):
    lock = (SCRIPT.parent.parent / "package-lock.json").read_text()

    assert "resolved" not in lock
    assert not re.search(r"registry", lock)
