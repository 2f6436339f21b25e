"""board_memo.docx: read back with python-docx."""

import io

from docx import Document

from coordinator.exports import memo
from coordinator.exports.deliverable import Deliverable
from experts.core.blocks import Callout, ItemList, Table, block


def front(plan: Deliverable, state: str) -> Deliverable:
    decisions = Table(
        title="Decisions and approvals",
        columns=[{"key": "what", "label": "Decision"}, {"key": "state", "label": "State"}],
        rows={"budget": {"what": "Budget approval", "state": state}},
    )
    blocks = [
        block("h", Callout(tone="note", text="The plan spends [[fact:budget.total]].", slot="headline")),
        block("d", decisions),
        block("w", ItemList(title="What would change this advice", items=["A lower budget."])),
        block("m", ItemList(title="What to do on Monday", items=["Ines Calder: sign."], ordered=True)),
    ]
    return plan.model_copy(update={"front": blocks, "draft": []})


def said(plan: Deliverable) -> str:
    document = Document(io.BytesIO(memo.render(plan)["board_memo.docx"]))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells]).replace("\u00a0", " ")


def test_the_memo_asks_says_and_leaves_lines_to_sign(plan: Deliverable) -> None:
    text = said(front(plan, "Provisional: not yet approved by Ines Calder"))
    assert "Budget approval: provisional: not yet approved by Ines Calder." in text
    assert "The plan spends USD 96,000." in text
    assert "A lower budget." in text and "Ines Calder: sign." in text
    assert "____" in text and "draft" not in text.lower()


def test_nothing_is_asked_where_all_is_agreed(plan: Deliverable) -> None:
    assert "Nothing is waiting for a decision" in said(front(plan, "Approved by Ines Calder"))


def test_a_draft_says_so_and_why(plan: Deliverable) -> None:
    text = said(front(plan, "Approved by Ines").model_copy(update={"draft": ["the budget is not up to date"]}))
    assert "This is a draft. The budget is not up to date." in text


def test_a_plan_without_results_has_no_memo(plan: Deliverable) -> None:
    assert memo.render(plan.model_copy(update={"front": []})) == {}
