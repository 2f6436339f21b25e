"""Turn an action's refs (`self#`, input aliases, own judgement) into the session's (step names)."""

from collections.abc import Callable
from typing import Any

from coordinator.engine.narrative import rewrite
from coordinator.engine.refs import parse
from experts.core.contract import ActionResult

_REF_FIELDS = ("ref", "start", "end")


def absolute(result: ActionResult, step: str, source: Callable[[str], str]) -> ActionResult:
    """The same result with refs that hold anywhere in the session.

    `source` gives the step behind an input alias. `working:` refs stay as they are: they
    belong to the artifact that holds them.
    """

    def change(ref: str) -> str:
        parts = parse(ref)
        if parts.kind == "judgement":
            return f"judgement:{step}.{parts.path}"
        if parts.kind == "figure":
            return f"{step if parts.owner == 'self' else source(parts.owner)}#{parts.path}"
        return ref

    def walk(node: Any, field: str = "") -> Any:
        if isinstance(node, dict):
            return {key: walk(item, key) for key, item in node.items()}
        if isinstance(node, list):
            return [walk(item, field) for item in node]
        if isinstance(node, str):
            return change(node) if field in _REF_FIELDS else rewrite(node, change) if "[[" in node else node
        return node

    return result.model_copy(
        update={
            "grounds": {path: change(ref) for path, ref in result.grounds.items()},
            "workings": [
                w.model_copy(update={"sources": {path: change(ref) for path, ref in w.sources.items()}})
                for w in result.workings
            ],
            "referrals": [r.model_copy(update={"question": rewrite(r.question, change)}) for r in result.referrals],
            "narrative": rewrite(result.narrative, change),
            "document": [block.model_copy(update={"body": walk(block.body)}) for block in result.document],
        }
    )
