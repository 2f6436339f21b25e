"""board_memo.docx: what those who decide read: what is asked, the result, the figures, what would change it."""

from coordinator.exports.deliverable import Deliverable
from coordinator.exports.docx import document
from coordinator.exports.formatting import capitalized, format_moment
from experts.core.blocks import Callout, Cite, Heading, ItemList, Prose, Table, block, body_of
from experts.core.contract import Model
from experts.core.workbook import stable_zip

NAME = "memo"
FILES = ("board_memo.docx",)

MOST_ITEMS = 8
_LINE = "_" * 24


def render(deliverable: Deliverable) -> dict[str, bytes]:
    """board_memo.docx, about two pages: the decisions asked, the result of each part, shared figures, what would change
    the advice, what happens next, lines to sign. No file for a plan without results.
    """
    plan = deliverable
    front = [body_of(piece) for piece in plan.front]
    headlines = [b.text for b in front if isinstance(b, Callout) and b.slot == "headline"]
    if not headlines:
        return {}
    tables = [b for b in front if isinstance(b, Table)]
    bodies: list[Model] = [_head(plan)]
    if plan.draft:
        bodies.append(Callout(tone="warning", text=f"This is a draft. {_joined(plan.draft)}"))
    asked = _asked(tables)
    bodies += [Heading(text="What is asked", level=2), asked]
    bodies += [Heading(text="What the plan says", level=2), ItemList(items=headlines)]
    bodies += [t.model_copy(update={"note": ""}) for t in tables if _is_figures(t)]
    for one in (b for b in front if isinstance(b, ItemList)):
        bodies.append(Heading(text=one.title, level=2))
        bodies.append(ItemList(items=one.items[:MOST_ITEMS], ordered=one.ordered))
    bodies += [Heading(text="Decision", level=2), _signatures(tables)]
    bodies.append(
        Prose(text="The whole plan is in plan.docx and plan.html; every figure can be followed to its source there.")
    )
    memo = plan.model_copy(
        update={
            "title": f"Memo: {plan.title}",
            "session": "",
            "draft": [],
            "front": [block(f"m{number}", body) for number, body in enumerate(bodies, 1)],
            "sections": [],
            "appendix": [],
        }
    )
    return {"board_memo.docx": stable_zip(document(memo))}


def _head(plan: Deliverable) -> Table:
    experts = list(dict.fromkeys(section.expert for section in plan.sections if section.expert))
    lines = {
        "from": ("From", f"Pixel Experts: {', '.join(experts)}" if experts else "Pixel Experts"),
        "made": ("Made on", format_moment(plan.made_on)),
        "amounts": ("Amounts", f"in {plan.currency}"),
        "session": ("Session", plan.session),
    }
    return Table(
        title="",
        columns=[{"key": "what", "label": "To"}, {"key": "text", "label": "Those who decide, named below"}],
        rows={key: {"what": what, "text": text} for key, (what, text) in lines.items()},
    )


def _is_figures(table: Table) -> bool:
    return any(isinstance(cell, Cite) for row in table.rows.values() for cell in row.values())


def _decisions(tables: list[Table]) -> dict[str, tuple[str, str]]:
    """What is decided and its state, by sync point."""
    found = next((t for t in tables if not _is_figures(t) and "state" in {c.get("key") for c in t.columns}), None)
    rows = found.rows if found else {}
    return {key: (str(row["what"]), str(row["state"])) for key, row in rows.items()}


def _asked(tables: list[Table]) -> Model:
    pending = [
        f"{what}: {state[:1].lower()}{state[1:]}."
        for what, state in _decisions(tables).values()
        if not state.startswith(("Approved", "Checks hold"))
    ]
    if pending:
        return ItemList(items=pending)
    return Prose(
        text="Nothing is waiting for a decision: what had to be agreed is agreed, or names nobody to agree it."
    )


def _signatures(tables: list[Table]) -> Table:
    rows = {key: {"for": what, "name": _LINE, "date": "_" * 12} for key, (what, _) in _decisions(tables).items()}
    return Table(
        title="",
        columns=[
            {"key": "for", "label": "For"},
            {"key": "name", "label": "Name and signature"},
            {"key": "date", "label": "Date"},
        ],
        rows=rows or {"plan": {"for": "The plan", "name": _LINE, "date": "_" * 12}},
    )


def _joined(reasons: list[str]) -> str:
    return " ".join(f"{capitalized(reason).rstrip('.')}." for reason in reasons[:5])
