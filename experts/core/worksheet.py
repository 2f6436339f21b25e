"""How an action records its calculations, so that every figure can be worked again."""

import inspect
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ParamSpec, TypeVar

from pydantic import BaseModel

from experts.core.contract import ActionResult, Block, Model, Referral, Working
from experts.core.quantities import plain

P = ParamSpec("P")
R = TypeVar("R", bound=BaseModel)


def to_json(value: Any) -> Any:
    """Canonical JSON of a typed value: decimals as plain strings, dates ISO 8601, no nulls, no floats."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", exclude_none=True)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        raise TypeError(f"float {value!r} in a contract; use Decimal")
    if isinstance(value, Mapping):
        return {key: to_json(item) for key, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    return value


class Worksheet:
    """Collects the workings of one action and makes its result.

    `run` calls a tool and keeps what it was called with, where each argument came from and
    what it gave; `result` puts the artifact together.
    """

    def __init__(self) -> None:
        self.workings: list[Working] = []

    def run(
        self, key: str, sources: Mapping[str, str], tool: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call `tool` and record the call under `key`.

        `sources` maps argument paths (`channels.*.minimum`) to refs; every argument that bears
        a unit needs one. A `*` in the ref takes the key that the `*` in the path met.
        """
        bound = inspect.signature(tool).bind(*args, **kwargs)
        answer = tool(*args, **kwargs)
        self.workings.append(
            Working(
                key=key,
                tool=tool.__name__,
                arguments=to_json({k: v for k, v in bound.arguments.items() if v is not None}),
                sources=dict(sources),
                result=to_json(answer),
            )
        )
        return answer

    def result(
        self,
        *,
        output: Model,
        judgement: Model,
        grounds: Mapping[str, str],
        narrative: str,
        document: list[Block],
        pictures: Mapping[str, str] | None = None,
        referrals: list[Referral] | None = None,
        warnings: list[str] | None = None,
    ) -> ActionResult:
        """The action's result; each judgement left at its default carries the default's reason."""
        return ActionResult(
            data=to_json(output),
            judgement=to_json(judgement),
            reasons={
                name: reason_of(type(judgement), name)
                for name in type(judgement).model_fields
                if name not in judgement.model_fields_set
            },
            workings=self.workings,
            grounds=dict(grounds),
            narrative=narrative,
            document=document,
            pictures=dict(pictures or {}),
            referrals=referrals or [],
            warnings=warnings or [],
        )


def reason_of(model: type[BaseModel], field: str) -> str:
    """The `reason` that a field's schema gives for its default."""
    extra = model.model_fields[field].json_schema_extra
    return str(extra.get("reason", "")) if isinstance(extra, dict) else ""
