"""What happens while a session is driven: one line a step, live on a terminal, plain in a pipe."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol, TextIO

from rich.console import RenderableType
from rich.progress import Progress, ProgressColumn, SpinnerColumn, Task, TaskID, TextColumn
from rich.text import Text

from coordinator.console.screen import Screen


class Board(Protocol):
    """Told about steps by `drive`; `called` remembers which ones an expert carried out."""

    called: list[str]

    def __call__(self, kind: str, data: dict[str, Any]) -> None: ...
    def __enter__(self) -> "Board": ...
    def __exit__(self, *error: Any) -> None: ...


def board(stream: TextIO, titles: Mapping[str, str]) -> Board:
    """The board for a stream. `titles` are the steps to show from the start, by id."""
    return _Live(Screen(stream), titles) if stream.isatty() else _Lines(stream, titles)


class _Lines:
    """A line for what begins and a line for how it ends."""

    def __init__(self, stream: TextIO, titles: Mapping[str, str]) -> None:
        self.stream = stream
        self.called: list[str] = []
        self._titles = titles
        self._session = ""

    def __call__(self, kind: str, data: dict[str, Any]) -> None:
        step = data.get("step", "")
        title = data.get("title") or self._titles.get(step, step)
        if kind == "session_started":
            self._session = data["session"]
            self._say(f"Session {self._session}")
        elif kind == "step_started":
            self._say(f"{title}: {data['expert']} is working")
        elif kind == "step_finished":
            self.called.append(data["step"])
            self._say(f"{title}: done, version {data['version']}")
        elif kind == "step_failed":
            kept = f"; the session is kept, correct it with: pixel sessions set {self._session} path=value"
            self._say(f"{title}: refused{kept if self._session else ''}")
        elif kind == "writing":
            self._say(f"Writing the files into {data['folder']}")

    def _say(self, text: str) -> None:
        self.stream.write(text + "\n")
        self.stream.flush()

    def __enter__(self) -> "_Lines":
        return self

    def __exit__(self, *error: Any) -> None:
        return None


class _Mark(SpinnerColumn):
    """Nothing before a step has begun, then a spinner, then how it ended."""

    def render(self, task: Task) -> RenderableType:
        if task.fields.get("refused"):
            return Text("✗", style="red")
        return super().render(task) if task.started else Text(" ")


class _Elapsed(ProgressColumn):
    """Seconds that a step took; nothing before it has begun."""

    def render(self, task: Task) -> Text:
        took = task.finished_time if task.finished else task.elapsed
        return Text("" if took is None else f"{took:.1f} s", style="dim")


class _Live:
    """Every step of the flow with a mark, its expert and how long it took."""

    def __init__(self, screen: Screen, titles: Mapping[str, str]) -> None:
        self.called: list[str] = []
        self._titles = titles
        self._bars = Progress(
            _Mark(finished_text="[green]✓[/]"),
            TextColumn("{task.description}", markup=False),
            TextColumn("{task.fields[status]}", style="dim", markup=False),
            _Elapsed(),
            console=screen.console,
        )
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, kind: str, data: dict[str, Any]) -> None:
        self._bars.start()  # not before there is something to tell: a question may come first
        if kind == "session_started":
            self._bars.console.print(f"Session {data['session']}", style="dim")
            for step, title in self._titles.items():
                self._task(step, title)
        elif kind == "writing":
            self._bars.reset(self._task("", "Writing the files"), start=True, completed=0)
            self._bars.update(self._task("", ""), status=str(data["folder"]))
        elif "step" in data:
            self._step(kind, data, self._task(data["step"], data.get("title") or data["step"]))

    def _step(self, kind: str, data: dict[str, Any], task: TaskID) -> None:
        if kind == "step_started":
            self._bars.reset(task, start=True, completed=0)
            self._bars.update(task, status=f"{data['expert']} is working")
        elif kind == "step_finished":
            self.called.append(data["step"])
            self._bars.update(task, completed=1, status=f"version {data['version']}")
        elif kind == "step_failed":
            self._bars.stop_task(task)
            self._bars.update(task, status="refused", refused=True)

    def _task(self, key: str, title: str) -> TaskID:
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(title, start=False, total=1, status="waiting")
        return self._tasks[key]

    def __enter__(self) -> "_Live":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and "" in self._tasks:
            self._bars.update(self._tasks[""], completed=1)
        self._bars.stop()
