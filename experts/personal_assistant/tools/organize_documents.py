"""A naming scheme for files, sets of duplicates, and what is past its retention.

New name: `YYYY-MM-DD_category_title[_vNN].ext` with the ISO 8601 date first, so that names sort by
time; words lower-case ASCII with hyphens; a clash gets -2, -3. The folder is `category/YYYY`. Files
with the same SHA-256 are duplicates (the oldest path is kept); titles that rapidfuzz finds 90 or more
alike in a category and have another hash are named as possible versions. Retention: years per category
from the document's date. Paths that are absolute or climb out ("..") are refused. Nothing is moved or
deleted. Limits: retention periods are the caller's; a legal hold goes before any of them.
"""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Day


class File(Model):
    """title defaults to the file's name; sha256 in hexadecimal."""

    path: Annotated[str, Field(min_length=1, max_length=300)]
    day: Day
    category: Annotated[str, Field(min_length=1, max_length=40)]
    title: Annotated[str, Field(max_length=120)] = ""
    version: Annotated[int | None, Field(ge=0, le=99)] = None
    sha256: Annotated[str, Field(max_length=64)] = ""


class Renamed(Model):
    path: str
    new_path: str
    duplicate_of: str = ""
    keep_until: Day | None = None
    retention_over: bool = False


class DocumentPlan(Model):
    """In the order given."""

    files: list[Renamed]
    duplicate_sets: list[list[str]]
    possible_versions: list[list[str]]
    retention_over: list[str]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def organize_documents(
    files: Annotated[list[File], Field(min_length=1, max_length=500)],
    retention_years: Annotated[dict[str, Annotated[int, Field(ge=0, le=100)]], Field(max_length=60)] = {},  # noqa: B006 - read only
    as_of: Day | None = None,
) -> DocumentPlan:
    """ISO-dated names and folders, duplicates by SHA-256, possible versions, retention due.

    Use when files must be put in order; nothing is moved.
    """
    if retention_years and as_of is None:
        raise InvalidInput("retention needs `as_of`, the day it is judged on; give a date", field="as_of")
    kept: dict[str, str] = {}
    sets: dict[str, list[str]] = {}
    used: set[str] = set()
    rows = []
    for number, one in enumerate(files):
        _check(one, number)
        same = one.sha256.lower()
        original = kept.setdefault(same, one.path) if same else one.path
        if same:
            sets.setdefault(same, []).append(one.path)
        until = _until(one, retention_years)
        rows.append(
            Renamed(
                path=one.path,
                new_path="" if original != one.path else _name(one, used),
                duplicate_of="" if original == one.path else original,
                keep_until=until,
                retention_over=bool(until and as_of and as_of > until),
            )
        )
    if len({one.path for one in files}) < len(files):
        raise InvalidInput("a path is listed twice; list each file once", field="files")
    missing = sorted({one.category for one in files if retention_years and one.category not in retention_years})
    over = [row.path for row in rows if row.retention_over]
    warnings = [f"No retention is given for {', '.join(missing)}."] if missing else []
    if over:
        warnings.append(f"Past retention: {len(over)}; check for a legal hold before deleting any.")
    return DocumentPlan(
        files=rows,
        duplicate_sets=[paths for paths in sets.values() if len(paths) > 1],
        possible_versions=_versions(files),
        retention_over=over,
        method="category/YYYY/YYYY-MM-DD_category_title[_vNN].ext (ISO 8601); duplicates by SHA-256; versions by title "
        "similarity of 90 or more (rapidfuzz ratio); retention in years from the document's date.",
        assumptions=["The first path of a duplicate set is kept."],
        warnings=warnings,
    )


def _check(one: File, number: int) -> None:
    path = PurePosixPath(one.path.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", one.path) or "\x00" in one.path:
        raise InvalidInput(
            f"path {one.path!r} leaves the folder; give it relative to the folder, without '..'",
            field=f"files.{number}.path",
        )
    if one.sha256 and not re.fullmatch(r"[0-9a-fA-F]{64}", one.sha256):
        raise InvalidInput(f"{one.sha256[:20]!r} is not a SHA-256; give 64 hex digits", field=f"files.{number}.sha256")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-") or "untitled"


def _name(one: File, used: set[str]) -> str:
    path = PurePosixPath(one.path.replace("\\", "/"))
    title = re.sub(r"^\d{4}-\d{2}-\d{2}[_ -]*", "", one.title or path.stem)
    category = _slug(one.category)
    stem = f"{one.day}_{category}_{_slug(title)}" + (f"_v{one.version:02d}" if one.version is not None else "")
    suffix = re.sub(r"[^.a-z0-9]", "", path.suffix.lower())
    made, count = f"{category}/{one.day.year}/{stem}{suffix}", 1
    while made in used:
        count += 1
        made = f"{category}/{one.day.year}/{stem}-{count}{suffix}"
    used.add(made)
    return made


def _until(one: File, years: dict[str, int]) -> Day | None:
    if one.category not in years:
        return None
    year = one.day.year + years[one.category]
    if year > 9999:
        raise InvalidInput(f"retention of {one.path!r} ends after the year 9999; correct its date", field="files")
    leap = one.day.month == 2 and one.day.day == 29 and (year % 4 or (year % 100 == 0 and year % 400))
    return one.day.replace(year=year, day=28) if leap else one.day.replace(year=year)


def _versions(files: list[File]) -> list[list[str]]:
    from rapidfuzz import fuzz

    groups: list[list[File]] = []
    for one in files:
        title = _slug(one.title or PurePosixPath(one.path).stem)
        for group in groups:
            first = group[0]
            other = _slug(first.title or PurePosixPath(first.path).stem)
            alike = first.category == one.category and fuzz.ratio(title, other) >= 90
            if alike and not (one.sha256 and one.sha256.lower() == first.sha256.lower()):
                group.append(one)
                break
        else:
            groups.append([one])
    return [[one.path for one in group] for group in groups if len(group) > 1]
