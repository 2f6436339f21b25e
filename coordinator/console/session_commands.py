"""The commands of `pixel sessions`. The composition root gives them a way to open a desk."""

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import typer
from typer import Argument, Option

if TYPE_CHECKING:
    from coordinator.console.answers import Answer
    from coordinator.desk import Desk, Progress

Json = Annotated[bool, Option("--json", help="Print one JSON value on stdout.")]
Session = Annotated[str, Argument(help="A session's id, or the beginning of it.", show_default=False)]
Sync = Annotated[str, Argument(help="A sync point, for example budget_approval.", show_default=False)]
By = Annotated[str, Option("--by", help="Who decides, by name.", show_default=False)]
Why = Annotated[str, Option("--reason", help="Why; it is part of the record.", show_default=False)]
Experts = Annotated[str, Option("--experts", help="URL of experts that another process serves.", show_default=False)]
Out = Annotated[Path, Option("--out", help="The folder to write the plan into.", show_default=False)]


class OnDesk(Protocol):
    """Opens a desk, has the work done and closes it. Without `calls` no expert is loaded."""

    def __call__(
        self,
        work: "Callable[[Desk], Awaitable[Answer]]",
        *,
        calls: bool = False,
        experts: str = "",
        progress: "Progress | None" = None,
    ) -> "Answer": ...


def _give(answer: "Answer", as_json: bool) -> None:
    raise typer.Exit(answer.give(as_json))


def session_commands(on_desk: OnDesk) -> typer.Typer:
    """The group of commands, working on the desks that `on_desk` opens."""
    app = typer.Typer(help="Look at, change, resume, compare, export and audit sessions.", no_args_is_help=True)
    _looking(app, on_desk)
    _working(app, on_desk)
    _deciding(app, on_desk)
    return app


def _looking(app: typer.Typer, on_desk: OnDesk) -> None:
    @app.command("list")
    def list_(json: Json = False) -> None:
        """Every session, newest first."""
        from coordinator.console import answers

        _give(on_desk(answers.listing), json)

    @app.command("show")
    def show(
        session: Session,
        facts: Annotated[bool, Option("--facts", help="Show every fact too.")] = False,
        json: Json = False,
    ) -> None:
        """Where a session stands: steps, decisions, shared figures."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.show(desk, session, facts)), json)

    @app.command("diff")
    def diff(
        session: Session,
        from_: Annotated[int | None, Option("--from", help="A revision; by default the one before.")] = None,
        to: Annotated[int | None, Option("--to", help="A later revision; by default now.")] = None,
        json: Json = False,
    ) -> None:
        """Every fact and figure that differs between two revisions, old → new."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.diff(desk, session, from_, to)), json)

    @app.command("compare")
    def compare(
        one: Session,
        other: Session,
        all_: Annotated[bool, Option("--all", help="List every figure that differs.")] = False,
        json: Json = False,
    ) -> None:
        """Two sessions of one flow side by side, such as a plan and its branch."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.compare(desk, one, other, all_)), json)

    @app.command("log")
    def log(session: Session) -> None:
        """A session's history as JSON lines: every event with what was written with it."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.log(desk, session)), False)

    @app.command("replay")
    def replay(
        session: Session,
        log: Annotated[Path | None, Option("--log", help="A file that `log` wrote; by default the own.")] = None,
        json: Json = False,
    ) -> None:
        """Rebuild a session from its log alone and compare it with what is stored."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.replay(desk, session, log)), json)

    @app.command("audit")
    def audit(session: Session, experts: Experts = "", json: Json = False) -> None:
        """Call every working again, follow every figure to its ground, list each assumption."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.check(desk, session), calls=True, experts=experts), json)


def _working(app: typer.Typer, on_desk: OnDesk) -> None:
    @app.command("set")
    def set_(
        session: Session,
        changes: Annotated[list[str], Argument(help="path=value …; nothing after the = removes.", show_default=False)],
        preview: Annotated[bool, Option("--preview", help="Say what would become stale and write nothing.")] = False,
        json: Json = False,
    ) -> None:
        """Change facts; says which steps become stale and why, and runs nothing."""
        from coordinator.console import answers, given

        wanted = given.changes(changes)
        _give(on_desk(lambda desk: answers.change(desk, session, wanted, preview)), json)

    @app.command("resume")
    def resume(session: Session, experts: Experts = "", json: Json = False) -> None:
        """Run what is stale, and nothing else; says what was called."""
        from coordinator.console import answers
        from coordinator.console.progress import board

        with board(sys.stderr if json else sys.stdout, {}) as progress:
            answer = on_desk(
                lambda desk: answers.resume(desk, session, progress.called),
                calls=True,
                experts=experts,
                progress=progress,
            )
        _give(answer, json)

    @app.command("restore")
    def restore(session: Session, revision: int, json: Json = False) -> None:
        """Bring the facts of an earlier revision back, as a new one; no expert is called."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.restore(desk, session, revision)), json)

    @app.command("upgrade")
    def upgrade(session: Session, experts: Experts = "", json: Json = False) -> None:
        """Plan with the actions that the experts offer now; says which steps become stale and runs nothing."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.upgrade(desk, session), calls=True, experts=experts), json)

    @app.command("handoffs")
    def questions(session: Session, json: Json = False) -> None:
        """List what one expert's result asks another, and the answers."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.questions(desk, session)), json)

    @app.command("answer")
    def answer(
        session: Session,
        question: Annotated[
            str, Argument(help="The question's id (see: pixel sessions handoffs).", show_default=False)
        ],
        by: By,
        text: Annotated[str, Option("--text", help="The answer; empty takes it back.", show_default=False)],
        json: Json = False,
    ) -> None:
        """Record an answer to a question between experts; it stands while the question's figures do."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.reply(desk, session, question, text, by)), json)

    @app.command("branch")
    def branch(
        session: Session, name: Annotated[str, Option("--name", help="A name for the copy.")] = "", json: Json = False
    ) -> None:
        """Copy a session to compare scenarios; no expert is called."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.branch(desk, session, name)), json)

    @app.command("reopen")
    def reopen(session: Session, json: Json = False) -> None:
        """Open a session again that has expired, or keep one open for longer."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.reopen(desk, session)), json)

    @app.command("purge")
    def purge(
        days: Annotated[
            int | None, Option("--days", help="Remove what expired longer ago; by default from config.toml.", min=0)
        ] = None,
        dry_run: Annotated[bool, Option("--dry-run", help="Say what would be removed.")] = False,
        json: Json = False,
    ) -> None:
        """Remove sessions that expired long ago; those with a pending approval or branches stay."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.purge(desk, days, dry_run)), json)

    @app.command("export")
    def export(session: Session, out: Out, json: Json = False) -> None:
        """Write a session's files; the same session gives the same bytes."""
        from coordinator.console import answers
        from coordinator.console.folder import check_folder

        check_folder(out)
        _give(on_desk(lambda desk: answers.export(desk, session, out)), json)


def _deciding(app: typer.Typer, on_desk: OnDesk) -> None:
    def _decide(session: str, sync: str, kind: Literal["approve", "reject"], by: str, reason: str, json: bool) -> None:
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.decide(desk, session, sync, kind, by, reason)), json)

    @app.command("approve")
    def approve(session: Session, sync: Sync, by: By, reason: Why = "", json: Json = False) -> None:
        """Record that a named approver agrees to a sync point as it is now."""
        _decide(session, sync, "approve", by, reason, json)

    @app.command("reject")
    def reject(session: Session, sync: Sync, by: By, reason: Why, json: Json = False) -> None:
        """Record that a named approver refuses a sync point as it is now, and why."""
        _decide(session, sync, "reject", by, reason, json)

    @app.command("decide")
    def decide(
        session: Session,
        metric: Annotated[str, Argument(help="The figure that has two values.", show_default=False)],
        value: Annotated[str, Argument(help="The value that counts.", show_default=False)],
        by: By,
        reason: Why,
        anyway: Annotated[bool, Option("--anyway", help="Also if a check would not hold with it.")] = False,
        json: Json = False,
    ) -> None:
        """Settle a figure on which two steps disagree; says first which checks would not hold with the value."""
        from coordinator.console import answers

        _give(on_desk(lambda desk: answers.settle(desk, session, metric, value, by, reason, anyway)), json)
