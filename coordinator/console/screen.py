"""Where text goes: laid out to the width of a terminal, or plain and unwrapped into a pipe."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_PIPE_WIDTH = 100_000  # nothing wraps in a pipe: one line stays one line for grep


class Column(NamedTuple):
    """One column of a table; figures stand to the right."""

    label: str
    right: bool = False


class Screen:
    """Prints plain strings; nothing in them is markup, so that a user's brackets stay brackets."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.console = Console(
            file=stream, width=None if self.live else _PIPE_WIDTH, highlight=False, markup=False, emoji=False
        )

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One paragraph, wrapped on a terminal."""
        self._print(Padding(Text(text, style=style), (0, 0, 0, indent)) if indent else Text(text, style=style))

    def heading(self, text: str) -> None:
        """A title with an empty line above it."""
        self.line()
        self.line(text, style="bold")

    def item(self, text: str, style: str = "") -> None:
        """One entry of a list, its further lines indented."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(" -"), Text(text, style=style))
        self._print(grid)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Aligned columns with a line below the labels."""
        made = Table(
            box=box.SIMPLE_HEAD if self.live else None,
            pad_edge=False,
            show_edge=False,
            header_style="bold",
            padding=(0, 2, 0, 0),
        )
        for column in columns:
            made.add_column(Text(column.label), justify="right" if column.right else "left", overflow="fold")
        for row in rows:
            made.add_row(*(Text(cell) for cell in row))
        self._print(Padding(made, (0, 0, 0, 1)) if self.live else made)

    def _print(self, piece: Any) -> None:
        if self.live:
            self.console.print(piece)
            return
        with self.console.capture() as captured:
            self.console.print(piece)
        for line in captured.get().splitlines():
            self.stream.write(line.rstrip() + "\n")


def print_json(value: Any, stream: TextIO) -> None:
    """One JSON value, indented; characters that the stream cannot hold are escaped."""
    plain = (stream.encoding or "ascii").lower().replace("-", "") not in ("utf8", "utf8sig")
    stream.write(json.dumps(value, indent=2, ensure_ascii=plain, default=str) + "\n")
