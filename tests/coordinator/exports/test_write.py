"""An export is in its folder as a whole, or not at all."""

import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coordinator.exports import write
from coordinator.exports.write import MANIFEST, write_files
from experts.core.errors import ConfigurationError, Unavailable

OLD = {"plan.html": b"old page", "pictures/gantt.svg": b"old picture"}
NEW = {"plan.html": b"new page", "plan.json": b"{}", "pictures/gantt.svg": b"new picture"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def failing_at(number: int, error: int) -> Callable[..., Any]:
    """`os.replace` that fails at its n-th call, and works again afterwards."""
    calls = iter(range(1, 1000))
    real = os.replace

    def replace(source: Any, target: Any) -> None:
        if next(calls) == number:
            raise OSError(error, os.strerror(error), str(target))
        real(source, target)

    return replace


def test_files_are_written_with_a_manifest_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "plan"
    assert write_files(NEW, folder) == [folder / "pictures/gantt.svg", folder / "plan.html", folder / "plan.json"]
    found = content(folder)
    assert sorted(json.loads(found.pop(MANIFEST))["files"]) == sorted(NEW)
    assert found == NEW


def test_writing_again_gives_the_same_folder(tmp_path: Path) -> None:
    write_files(NEW, tmp_path)
    first = content(tmp_path)
    write_files(NEW, tmp_path)
    assert content(tmp_path) == first


def test_files_of_an_earlier_export_that_are_no_longer_made_are_removed(tmp_path: Path) -> None:
    write_files(NEW, tmp_path)
    (tmp_path / "notes.txt").write_bytes(b"mine")
    write_files({"plan.html": b"newer"}, tmp_path)
    found = content(tmp_path)
    assert found.pop(MANIFEST)
    assert found == {"plan.html": b"newer", "notes.txt": b"mine"}
    assert not (tmp_path / "pictures").exists()


def test_an_earlier_file_that_somebody_changed_is_kept(tmp_path: Path) -> None:
    write_files(NEW, tmp_path)
    (tmp_path / "plan.json").write_bytes(b"edited")
    write_files({"plan.html": b"newer"}, tmp_path)
    assert content(tmp_path)["plan.json"] == b"edited"


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_failure_at_any_file_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    write_files({**OLD, "gone.docx": b"old document"}, tmp_path)
    before = content(tmp_path)
    monkeypatch.setattr(os, "replace", failing_at(number, errno.EACCES))
    with pytest.raises(Unavailable, match="cannot be written to"):
        write_files(NEW, tmp_path)
    assert content(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [MANIFEST, "gone.docx", "pictures", "plan.html"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (errno.ENOSPC, "is full; free some space"),
        (errno.EDQUOT, "is full; free some space"),
        (errno.EROFS, "cannot be written to; make it writable"),
        (errno.EIO, "input/output error"),
    ],
)
def test_a_disk_that_fails_is_named_with_a_way_out_and_nothing_is_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, sentence: str
) -> None:
    folder = tmp_path / "deep" / "plan"
    calls = iter(range(1000))
    real = write._put

    def put(path: Path, data: bytes) -> None:
        if next(calls) == 2:
            path.write_bytes(data[:1])
            raise OSError(error, os.strerror(error), str(path))
        real(path, data)

    monkeypatch.setattr(write, "_put", put)
    with pytest.raises(Unavailable) as raised:
        write_files(NEW, folder)
    assert sentence in raised.value.message and repr(str(folder)) in raised.value.message
    assert "--out" in raised.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan").write_bytes(b"a file")
    for folder in (tmp_path / "plan", tmp_path / "plan" / "below"):
        with pytest.raises(Unavailable, match="is a file or lies below one"):
            write_files(NEW, folder)
    assert content(tmp_path) == {"plan": b"a file"}


def test_a_folder_where_a_file_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "plan.html").mkdir()
    with pytest.raises(Unavailable, match=r"plan\.html.*is a folder where a file has to go"):
        write_files(NEW, tmp_path)
    assert content(tmp_path) == {}


@pytest.mark.parametrize("name", ["../plan.html", "/plan.html", "a/../../b", MANIFEST, "", "a\\b"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationError, match="leaves its folder"):
        write_files({name: b""}, tmp_path / "plan")
    assert not (tmp_path / "plan").exists()


def test_a_manifest_that_names_files_elsewhere_removes_nothing_there(tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_bytes(b"x")
    folder = tmp_path / "plan"
    folder.mkdir()
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # sha256 of "x"
    (folder / MANIFEST).write_text(
        json.dumps({"files": {"../precious.txt": digest, str(outside): digest}}), encoding="utf-8"
    )
    write_files(NEW, folder)
    assert outside.read_bytes() == b"x"


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', "{"])
def test_a_manifest_that_cannot_be_read_is_replaced(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    write_files(NEW, tmp_path)
    assert sorted(json.loads((tmp_path / MANIFEST).read_bytes())["files"]) == sorted(NEW)


def test_what_a_killed_export_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".pixel-export-dead").mkdir()
    (tmp_path / ".pixel-export-dead" / "0.new").write_bytes(b"torn")
    write_files(NEW, tmp_path)
    assert sorted(content(tmp_path)) == sorted([MANIFEST, *NEW])
