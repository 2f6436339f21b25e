"""What happens while a session is driven: one line a step, live on a terminal, plain in a pipe."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, TextIO

from coordinator.console.screen import Screen


class Board(Protocol):
    """Told about steps by `drive`; `called` remembers which ones an expert carried out."""

    called: list[str]

    def __call__(self, kind: str, data: dict[str, Any]) -> None: ...
    def __enter__(self) -> "Board": ...
    def __exit__(self, *error: Any) -> None: ...


def board(stream: TextIO, titles: Mapping[str, str]) -> Board:
    """The board for a stream. `titles` are the steps to show from the start, by id."""
    return _Live(Screen(stream), titles) if stream.isatty() else _Lines(stream)


class _Lines:
    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.called: list[str] = []

    def __call__(self, kind: str, data: dict[str, Any]) -> None:
        title = data.get("title") or data.get("step", "")
        if kind == "session_started":
            self._say(f"Session {data['session']}")
        elif kind == "step_started":
            self._say(f"{title}: {data['expert']} is working")
        elif kind == "step_finished":
            self.called.append(data["step"])
            self._say(f"{title}: done, version {data['version']}")
        elif kind == "step_failed":
            self._say(f"{title}: refused")

    def _say(self, text: str) -> None:
        self.stream.write(text + "\n")
        self.stream.flush()

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *error: Any) -> None:
        return None


class _Live:
    """Every step of the flow with a mark, its expert and how long it took."""

    def __init__(self, screen: Screen, titles: Mapping[str, str]) -> None:
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.called: list[str] = []
        self._bars = Progress(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.fields[status]}", style="dim", markup=False),
            TimeElapsedColumn(),
            console=screen.console,
        )
        self._tasks = {step: self._add(title) for step, title in titles.items()}

    def _add(self, title: str) -> Any:
        return self._bars.add_task(title, start=False, total=1, status="waiting")

    def __call__(self, kind: str, data: dict[str, Any]) -> None:
        if kind == "session_started":
            self._bars.console.print(f"Session {data['session']}", style="dim")
        step = data.get("step")
        if step is None:
            return
        if step not in self._tasks:
            self._tasks[step] = self._add(data.get("title") or step)
        task = self._tasks[step]
        if kind == "step_started":
            self._bars.reset(task, start=True, completed=0)
            self._bars.update(task, status=f"{data['expert']} is working")
        elif kind == "step_finished":
            self.called.append(step)
            self._bars.update(task, completed=1, status=f"version {data['version']}")
        elif kind == "step_failed":
            self._bars.stop_task(task)
            self._bars.update(task, status="refused")

    def __enter__(self) -> "_Live":
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
