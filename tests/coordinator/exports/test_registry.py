"""Exporters are found by file."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.registry import discover, render_all
from experts.core.errors import InvalidInput


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A folder of exporters: a good one, a helper, one that does not load, one that fails, one with a taken name."""
    folder = tmp_path / "made_exports"
    folder.mkdir()
    good = 'NAME = "good"\nFILES = ("a.txt",)\ndef render(plan):\n    return {"a.txt": plan.title.encode()}\n'
    for name, text in {
        "__init__": "",
        "_helper": "raise RuntimeError('helpers are not loaded')",
        "agood": good,
        "broken": "import nothing_of_this_name",
        "failing": 'NAME = "failing"\nFILES = ()\ndef render(plan):\n    raise ValueError("no paper")\n',
        "plain": "ANSWER = 1",
        "twin": good,
    }.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "made_exports"
    for name in [name for name in sys.modules if name.startswith("made_exports")]:
        del sys.modules[name]


def test_our_formats_are_all_found() -> None:
    exporters = discover()
    assert sorted(exporters.found) == ["deck", "docx", "html", "ics", "json", "memo", "pictures", "xlsx"]
    assert exporters.failed == {}


def test_a_broken_exporter_is_reported_with_its_file_and_the_rest_still_serve(package: str, plan: Deliverable) -> None:
    rendered = render_all(plan, package=package)
    assert rendered.files == {"a.txt": plan.title.encode()}
    assert rendered.failed["made_exports/broken.py"].startswith("ModuleNotFoundError")
    assert rendered.failed["made_exports/failing.py"] == "ValueError: no paper"
    assert "as made_exports/agood.py does" in rendered.failed["made_exports/twin.py"]


def test_only_the_formats_asked_for_are_rendered(package: str, plan: Deliverable) -> None:
    assert list(render_all(plan, ["good"], package).files) == ["a.txt"]


def test_an_unknown_format_is_refused_with_the_known_ones(plan: Deliverable) -> None:
    with pytest.raises(
        InvalidInput, match="'pdf' is not known; choose from deck, docx, html, ics, memo, pictures, json, xlsx"
    ):
        render_all(plan, ["pdf"])
