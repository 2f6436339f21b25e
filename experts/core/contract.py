"""The contract between an expert's action and the coordinator.

An action is `(brief, inputs, judgement) -> ActionResult`: one typed artifact with the
workings that made it, a ground for every figure, prose that cites, and blocks from
which exporters make files.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

KEY_PATTERN = r"^[a-z0-9_-]{1,60}$"
REF_PATTERN = (
    r"^(fact:|judgement:|working:[a-z0-9_]+#|table:[a-z0-9_\-]+#|cell:[a-z0-9_\-]+/|[a-z0-9_]+#)[a-z0-9_.*\-/]+$"
)


class Model(BaseModel):
    """A frozen value that refuses unknown fields."""

    # Servers start without compiling the models that only results use.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


Key = Annotated[str, Field(pattern=KEY_PATTERN)]
"""An id within a table of the brief or of an artifact."""
Text = Annotated[str, Field(max_length=2000)]
Ref = Annotated[str, Field(pattern=REF_PATTERN)]
"""fact:<path> | judgement:<path> | <step>#<path> | working:<key>#<path> | table:<id>#<path>.

An action writes `self#<path>` and `<input alias>#<path>`; the coordinator rewrites them to
steps. `*` stands for every key, in checks and grounds. Sheets may also name helper cells,
as `cell:<sheet>/<row>/<column>`.
"""


class Working(Model):
    """One recorded calculation: a tool of the same expert that audit can call again."""

    key: str
    tool: str
    arguments: dict[str, Any]
    sources: dict[str, Ref]
    result: dict[str, Any]


class Block(Model):
    """One piece of a document; `body` validates against the body model of its kind (blocks.py)."""

    kind: Literal["heading", "text", "table", "picture", "callout", "list", "event", "sheet"]
    id: str
    body: dict[str, Any]


class Referral(Model):
    """A question for another expert."""

    to: str
    trigger: str
    question: str


class ActionResult(Model):
    """What every action returns, as structured content."""

    data: dict[str, Any]
    judgement: dict[str, Any]
    reasons: dict[str, str]
    workings: list[Working]
    grounds: dict[str, Ref]
    narrative: str
    document: list[Block]
    pictures: dict[str, str] = {}
    referrals: list[Referral] = []
    warnings: list[str] = []
