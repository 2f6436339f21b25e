"""Work out anew how well the clause patterns find clauses in CUAD: reference://clause_measurements, keys cuad_* and contract_*.

The data set is public and not part of this repository: CUAD v1, The Atticus Project, CC BY 4.0, 510 contracts with 41
labels (https://www.atticusprojectai.org/cuad; https://zenodo.org/records/4595826). Unpack it and run

    python -m tests.experts.legal_consultant.measure_cuad PATH_TO/CUAD_v1

where the folder has `master_clauses.csv` and `full_contract_txt/`. It prints precision and recall per label and in all,
and names each figure of the table that differs. `--development` measures the 80 contracts that the patterns were
written on instead.

The split: contracts in order of their file names, shuffled by Python's random.Random(7); the first 80 were read when
the patterns were written, the next 150 were not. A marked passage counts as found when a flagged sentence of its label
overlaps it; a flagged sentence counts as right when it overlaps a marked passage of its label. Negated matches are not
flagged. White space is ignored when a passage is looked up in its contract; one that is not there is left out.

It also holds the last day that extract_contract_dates finds against the data set's answer, where that is a date: right
within a day (the tool takes the day before an anniversary), wrong, several days of which it asks which one holds, or none.
"""

import argparse
import ast
import csv
import random
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from experts.core.errors import InvalidInput
from experts.legal_consultant.tools._clauses import rules, spot
from experts.legal_consultant.tools._legal import table
from experts.legal_consultant.tools._text import LONGEST
from experts.legal_consultant.tools.extract_contract_dates import extract_contract_dates

DEVELOPMENT, HELD_OUT = slice(0, 80), slice(80, 230)
_SEED = 7
_PROBE = 300
"""Letters by which a passage is looked up: the end of a long one may be cut in the contract's text."""


@dataclass
class Count:
    """What was right, wrong, found and missed, by passage and by contract."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    contracts_right: int = 0
    contracts_wrong: int = 0
    contracts_missed: int = 0


def marked(folder: Path) -> list[tuple[Path, dict[str, list[str]]]]:
    """Each contract with its marked passages by label, in the order of the split."""
    keys = {_letters(rule.label): rule.key for rule in rules()}
    files = {re.sub(r"\W", "", path.stem.lower()): path for path in (folder / "full_contract_txt").glob("*.txt")}
    csv.field_size_limit(sys.maxsize)
    items = []
    with (folder / "master_clauses.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            name = re.sub(r"\W", "", re.sub(r"\.pdf$", "", row["Filename"], flags=re.IGNORECASE).lower())
            if name in files:
                labels = {keys[_letters(k)]: _passages(v) for k, v in row.items() if k and _letters(k) in keys}
                items.append((files[name], labels))
    items.sort(key=lambda item: item[0].name)
    random.Random(_SEED).shuffle(items)
    return items


def measure(items: list[tuple[Path, dict[str, list[str]]]]) -> dict[str, Count]:
    """The counts per label over the contracts."""
    counts = {rule.key: Count() for rule in rules()}
    for path, labels in items:
        text = path.read_text(encoding="utf-8", errors="replace")[:LONGEST]
        squeezed, places = _squeezed(text)
        flagged = [
            (item.label, places[item.sentence.start], places[item.sentence.end])
            for item in spot(text)
            if not item.negated
        ]
        for key, count in counts.items():
            gold = _spans(squeezed, labels.get(key, []))
            mine = [(start, end) for label, start, end in flagged if label == key]
            hits = sum(any(a < d and c < b for c, d in mine) for a, b in gold)
            right = sum(any(a < d and c < b for c, d in gold) for a, b in mine)
            count.found += hits
            count.missed += len(gold) - hits
            count.right += right
            count.wrong += len(mine) - right
            count.contracts_right += bool(gold and mine)
            count.contracts_wrong += bool(mine and not gold)
            count.contracts_missed += bool(gold and not mine)
    return counts


def figures(count: Count) -> dict[str, str]:
    """A label's figures as the table writes them."""
    return {
        "cuad_precision": _share(count.right, count.right + count.wrong),
        "cuad_recall": _share(count.found, count.found + count.missed),
        "cuad_spans": str(count.found + count.missed),
        "contract_precision": _share(count.contracts_right, count.contracts_right + count.contracts_wrong),
        "contract_recall": _share(count.contracts_right, count.contracts_right + count.contracts_missed),
    }


def last_days(folder: Path, items: list[tuple[Path, dict[str, list[str]]]]) -> dict[str, int]:
    """How often the end of the agreement is right, wrong, asked about, or not found."""
    counts = {"right": 0, "wrong": 0, "asked": 0, "none": 0}
    answers = _answers(folder)
    for path, _ in items:
        answer = answers.get(re.sub(r"\W", "", path.stem.lower()))
        text = path.read_text(encoding="utf-8", errors="replace")[:LONGEST]
        if answer is None:
            continue
        try:
            found = extract_contract_dates(text, date(2027, 1, 1))
        except InvalidInput:
            continue
        ends = {item.date for item in found.obligations if item.kind == "term_end" and item.date}
        if len(ends) != 1:
            counts["asked" if ends else "none"] += 1
        else:
            counts["right" if abs((ends.pop() - answer).days) <= 1 else "wrong"] += 1
    return counts


def _answers(folder: Path) -> dict[str, date]:
    """Expiration dates by squeezed file name, where the data set gives a whole one."""
    found = {}
    with (folder / "master_clauses.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            written = re.match(r"(\d{1,2})/(\d{1,2})/(\d{2,4})$", (row.get("Expiration Date-Answer") or "").strip())
            if not written:
                continue
            year = int(written[3])
            year += 0 if year > 99 else 2000 if year < 50 else 1900
            try:
                day = date(year, int(written[1]), int(written[2]))
            except ValueError:
                continue
            found[re.sub(r"\W", "", re.sub(r"\.pdf$", "", row["Filename"], flags=re.IGNORECASE).lower())] = day
    return found


def main() -> int:
    """Print the measurement; 1 where the table says something else."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="CUAD_v1, with master_clauses.csv and full_contract_txt")
    parser.add_argument("--development", action="store_true", help="the 80 contracts the patterns were written on")
    chosen = parser.parse_args()
    items = marked(chosen.folder)[DEVELOPMENT if chosen.development else HELD_OUT]
    counts = measure(items)
    published = table("clause_measurements").current()
    differs = 0
    for key, count in counts.items():
        made = figures(count)
        print(f"{key:40}", "  ".join(f"{name} {value}" for name, value in made.items()))
        for name, value in made.items():
            if not chosen.development and str(published[key][name]) != value:
                differs += 1
                print(f"  the table says {name} {published[key][name]}")
    right, wrong = sum(c.right for c in counts.values()), sum(c.wrong for c in counts.values())
    found, missed = sum(c.found for c in counts.values()), sum(c.missed for c in counts.values())
    print(
        f"all: precision {_share(right, right + wrong)}, recall {_share(found, found + missed)}, {found + missed} passages"
    )
    print("last day:", ", ".join(f"{name} {count}" for name, count in last_days(chosen.folder, items).items()))
    return 1 if differs else 0


def _letters(label: str) -> str:
    return re.sub(r"[^a-z/]", "", label.lower())


def _passages(cell: str | None) -> list[str]:
    if not cell or not cell.strip():
        return []
    try:
        found = ast.literal_eval(cell)
    except (ValueError, SyntaxError):
        return [cell]
    return [str(item) for item in found] if isinstance(found, list) else [cell]


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without white space, and for each place in it where that is in the squeezed one."""
    letters: list[str] = []
    places = []
    for letter in text:
        places.append(len(letters))
        if not letter.isspace():
            letters.append(letter.lower()[:1] or letter)
    places.append(len(letters))
    return "".join(letters), places


def _spans(squeezed: str, passages: list[str]) -> list[tuple[int, int]]:
    spans = []
    for passage in passages:
        for part in re.sub(r"\s", "", passage.lower()).split("<omitted>"):
            at = squeezed.find(part[:_PROBE]) if len(part) >= 3 else -1
            if at >= 0:
                spans.append((at, at + len(part)))
    return spans


def _share(part: int, whole: int) -> str:
    return f"{part / max(1, whole):.2f}"


if __name__ == "__main__":
    sys.exit(main())
