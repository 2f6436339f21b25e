"""Where every figure of a workbook lives, and what its formulas say once refs are addresses.

A figure's home is the cell that has a formula for it, else the first cell that shows it;
every other cell that shows it links there. A figure that formulas name and no sheet shows
gets a home on the sheet "Figures", so that no formula holds a frozen number.
"""

import graphlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coordinator.exports.deliverable import Value
from experts.core.blocks import Sheet, SheetCell
from experts.core.errors import ConfigurationError

TITLE_ROW, HINT_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3
FIGURES_COLUMN = 1

_CITATION = re.compile(r"\[\[([^\[\]]+)\]\]")
_STRING = re.compile(r'("(?:[^"]|"")*")')
# Formulas compute; nothing in a plan may call out of the workbook.
_REACHES_OUT = re.compile(
    r"\b(WEBSERVICE|FILTERXML|HYPERLINK|IMAGE|DDE|CALL|EXEC|REGISTER(?:\.ID)?|RTD)\s*\(|[|\[\]]", re.IGNORECASE
)


@dataclass(frozen=True, order=True)
class Place:
    """A cell, counted from zero."""

    sheet: int
    row: int
    column: int


@dataclass(frozen=True)
class Page:
    """One sheet block and the section it came from; `name` is its valid and unique sheet name."""

    section: str
    block: str
    name: str
    body: Sheet

    def cells(self, sheet: int) -> Iterator[tuple[Place, str, str, SheetCell]]:
        """Every cell that is not text, with its row and column key."""
        for row_number, (row, cells) in enumerate(self.body.rows.items()):
            for column_number, column in enumerate(self.body.columns):
                cell = cells.get(column.get("key", ""))
                if isinstance(cell, SheetCell):
                    yield (
                        Place(sheet, FIRST_ROW + row_number, column_number),
                        row,
                        column.get("key", ""),
                        cell,
                    )


@dataclass
class Book:
    """All pages with the homes of their figures. Build with `address`."""

    pages: Sequence[Page]
    values: Mapping[str, Value]
    homes: dict[str, Place] = field(default_factory=dict)
    shown: dict[tuple[int, str], Place] = field(default_factory=dict)
    helpers: dict[tuple[str, str, str, str], Place] = field(default_factory=dict)
    figures: list[str] = field(default_factory=list)
    formulas: dict[Place, str] = field(default_factory=dict)
    matches: dict[str, list[str]] = field(default_factory=dict)
    sought: dict[tuple[str, str, str], dict[tuple[str, str, str, str], Place]] = field(default_factory=dict)
    read: set[Place] = field(default_factory=set)
    """Every cell that a formula names."""

    def matching(self, ref: str) -> list[str]:
        """The refs with a home that a ref with `*` stands for; found once for each ref."""
        if ref not in self.matches:
            pattern = _pattern(ref)
            self.matches[ref] = [known for known in self.homes if pattern.fullmatch(known)]
        return self.matches[ref]

    def name_of(self, sheet: int) -> str:
        return self.pages[sheet].name if sheet < len(self.pages) else figures_name(self.pages)

    def address_in(self, place: Place, sheet: int) -> str:
        """A1 address as a formula on `sheet` writes it."""
        cell = a1(place)
        return cell if place.sheet == sheet else f"{quoted(self.name_of(place.sheet))}!{cell}"


def a1(place: Place) -> str:
    """ "B7" for row 6 and column 1."""
    letters, number = "", place.column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{place.row + 1}"


def quoted(name: str) -> str:
    """A sheet name as a formula writes it."""
    return "'" + name.replace("'", "''") + "'"


def sheet_name(wanted: str, used: set[str]) -> str:
    """`wanted` as a valid sheet name of at most 31 characters that is not in `used` (lower case); adds it there."""
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted)
    base = " ".join(base.split()).strip("' ")[:31].rstrip("' ") or "Sheet"
    name, number = base, 2
    while name.lower() in used or name.lower() == "history":  # Excel keeps "History" for itself
        tail = f" {number}"
        name, number = base[: 31 - len(tail)].rstrip() + tail, number + 1
    used.add(name.lower())
    return name


def figures_name(pages: Sequence[Page]) -> str:
    return sheet_name("Figures", {page.name.lower() for page in pages} | {"about"})


def address(pages: Sequence[Page], values: Mapping[str, Value]) -> Book:
    """Find every home and translate every formula.

    Raises ConfigurationError for a ref without a value, a pattern that matches nothing, a
    helper cell that is not there, a formula that reaches out of the workbook or in a circle.
    """
    book = Book(pages, values)
    computed: set[str] = set()
    for number, page in enumerate(pages):
        for place, row, column, cell in page.cells(number):
            book.helpers[page.section, page.block, row, column] = place
            if cell.ref is None:
                continue
            if cell.ref not in values:
                raise ConfigurationError(f"sheet {page.name!r} shows {cell.ref!r}, but the plan has no such value")
            book.shown.setdefault((number, cell.ref), place)
            if cell.ref not in book.homes or (cell.formula and cell.ref not in computed):
                book.homes[cell.ref] = place
            if cell.formula:
                computed.add(cell.ref)
    for number, page in enumerate(pages):  # a formula may also call a sheet by its name; an id comes first
        called = re.sub(r"[^a-z0-9_-]+", "-", page.body.name.lower()).strip("-")
        for place, row, column, _ in page.cells(number):
            book.helpers.setdefault((page.section, called, row, column), place)
    _add_figures(book)
    needs: dict[Place, set[Place]] = {}
    for number, page in enumerate(pages):
        for place, _, _, cell in page.cells(number):
            if cell.formula and (cell.ref is None or book.homes[cell.ref] == place):
                book.formulas[place] = _translate(book, page, place, cell.formula, needs.setdefault(place, set()))
            elif cell.ref and book.homes[cell.ref] != place:
                needs[place] = {book.homes[cell.ref]}
                book.formulas[place] = "=" + book.address_in(book.homes[cell.ref], number)
    _refuse_circles(book, needs)
    book.read.update(*needs.values())
    return book


def _pattern(ref: str) -> re.Pattern[str]:
    return re.compile("[a-z0-9_-]+".join(re.escape(piece) for piece in ref.split("*")))


def _add_figures(book: Book) -> None:
    """Give a home on the sheet "Figures" to whatever formulas name and no sheet shows."""
    wanted: dict[str, None] = {}
    for number, page in enumerate(book.pages):
        for _, _, _, cell in page.cells(number):
            for ref in dict.fromkeys(_CITATION.findall(cell.formula or "")):
                if ref.startswith("cell:") or ref in book.homes or ("*" in ref and book.matching(ref)):
                    continue
                pattern = _pattern(ref)
                found = sorted(known for known in book.values if pattern.fullmatch(known))
                if not found:
                    raise ConfigurationError(
                        f"a formula of sheet {page.name!r} names {ref!r}, but the plan has no such value"
                    )
                wanted.update(dict.fromkeys(found))
    for row, ref in enumerate(wanted):
        book.figures.append(ref)
        book.homes[ref] = Place(len(book.pages), FIRST_ROW + row, FIGURES_COLUMN)
    book.matches.clear()


def _translate(book: Book, page: Page, place: Place, formula: str, needs: set[Place]) -> str:
    def replace(found: re.Match[str]) -> str:
        ref = found.group(1)
        places = _helper_places(book, page, ref) if ref.startswith("cell:") else _figure_places(book, ref, place.sheet)
        needs.update(places)
        return _range(book, places, place.sheet)

    bare = _CITATION.sub("", _STRING.sub("", formula))
    if _REACHES_OUT.search(bare):
        raise ConfigurationError(f"a formula of sheet {page.name!r} reaches out of the workbook: {formula!r}")
    pieces = _STRING.split(formula.strip().removeprefix("="))
    return "=" + "".join(piece if piece.startswith('"') else _CITATION.sub(replace, piece) for piece in pieces)


def _figure_places(book: Book, ref: str, sheet: int) -> list[Place]:
    if "*" not in ref:
        return [book.homes[ref]]
    refs = book.matching(ref)
    # Cells of the formula's own sheet, if they show all: they stand side by side with their neighbours there.
    local = [book.shown[sheet, known] for known in refs if (sheet, known) in book.shown]
    return sorted(local if len(local) == len(refs) else [book.homes[known] for known in refs])


def _helper_places(book: Book, page: Page, ref: str) -> list[Place]:
    parts = ref.removeprefix("cell:").split("/")
    if len(parts) != 3:
        raise ConfigurationError(f"{ref!r} in sheet {page.name!r} must read cell:sheet/row/column")
    own_cell = book.helpers.get((page.section, parts[0], parts[1], parts[2]))
    if own_cell is not None:
        return [own_cell]
    found = _helpers_named(book, (parts[0], parts[1], parts[2]))
    # A sheet's id is unique within its section, so one's own section comes first.
    own = sorted({place for key, place in found.items() if key[0] == page.section})
    if not own and len({key[0] for key in found}) > 1:
        raise ConfigurationError(f"{ref!r} in sheet {page.name!r} could mean sheets of several sections; rename one")
    if not found:
        raise ConfigurationError(f"a formula of sheet {page.name!r} names {ref!r}, but there is no such cell")
    return own or sorted(set(found.values()))


def _helpers_named(book: Book, name: tuple[str, str, str]) -> dict[tuple[str, str, str, str], Place]:
    """The cells of any section that a sheet, row and column mean; large workbooks ask for the same ones many times."""
    if name not in book.sought:
        if any("*" in part for part in name):
            pattern = _pattern("/".join(name))
            keys = [key for key in book.helpers if pattern.fullmatch("/".join(key[1:]))]
        else:
            keys = [(section, *name) for section in {page.section for page in book.pages}]
        book.sought[name] = {key: book.helpers[key] for key in keys if key in book.helpers}
    return book.sought[name]


def _range(book: Book, places: list[Place], sheet: int) -> str:
    """One address, a range if the places are one unbroken piece of a column or row, else a list."""
    first, last = places[0], places[-1]
    together = len(places) > 1 and len({place.sheet for place in places}) == 1
    column = together and all(place.column == first.column for place in places)
    row = together and all(place.row == first.row for place in places)
    if (column and last.row - first.row == len(places) - 1) or (row and last.column - first.column == len(places) - 1):
        return f"{book.address_in(first, sheet)}:{a1(last)}"
    return ",".join(book.address_in(place, sheet) for place in places)


def _refuse_circles(book: Book, needs: Mapping[Place, set[Place]]) -> None:
    try:
        graphlib.TopologicalSorter(needs).prepare()
    except graphlib.CycleError as error:
        around = " → ".join(f"{book.name_of(place.sheet)}!{a1(place)}" for place in error.args[1])
        raise ConfigurationError(f"formulas of the workbook go in a circle: {around}") from error
