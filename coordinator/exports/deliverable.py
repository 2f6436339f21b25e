"""What an exporter is given: one plan, resolved to blocks and plain values.

Exporters know nothing else: no expert, no engine, no store. Every ref in a deliverable is
absolute ("budget_analysis_and_optimization#lines.podcast.spend", "fact:budget.total"), and
every ref that a text, cell or event names is a key of `values`.
"""

from typing import Any

from pydantic import AwareDatetime

from experts.core.contract import Block, Model


class Value(Model):
    """A figure, fact or judgement: its canonical text, its unit ("text" if it has none), where it comes from.

    `ground` is a sentence for a person: "worked out by optimize_budget_allocation", "given by Ines Calder".
    """

    text: str
    unit: str
    ground: str = ""


class Section(Model):
    """One step's part of the plan.

    `status` is the line under the title: "v1 · provisional: not yet approved by Ines Calder".
    """

    id: str
    title: str
    expert: str
    status: str = ""
    narrative: str = ""
    blocks: list[Block] = []


class Deliverable(Model):
    """A whole plan, ready to be written in any format.

    `made_on` is the session's time, never the clock's; `draft` holds the reasons why the plan
    is not final (empty: final); `workbook` names the workbook's file; `front` is the first page and `appendix` the last part, as
    blocks; `pictures` maps a picture's id to SVG text; `raw` is what plan.json holds.
    """

    title: str
    subtitle: str = ""
    session: str
    made_on: AwareDatetime
    currency: str
    workbook: str = "budget"
    draft: list[str] = []
    sections: list[Section] = []
    front: list[Block] = []
    appendix: list[Block] = []
    values: dict[str, Value] = {}
    pictures: dict[str, str] = {}
    raw: dict[str, Any] = {}
