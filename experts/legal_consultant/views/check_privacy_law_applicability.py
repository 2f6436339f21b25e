"""Which privacy laws apply: the questions in order with their answers."""

import textwrap
from collections.abc import Mapping
from html import escape
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools.check_privacy_law_applicability import PrivacyScope, Verdict

_ANSWER = {"yes": ("#1E5631", "#DDF0DD"), "no": ("#52606D", "#E8EEF3"), "needs_facts": ("#7A4B00", "#FCF0DC")}
_WIDTH, _CARD, _STEP = 300, 276, 74


def view(result: PrivacyScope, arguments: Mapping[str, Any]) -> View:
    """A column a law; the verdict stands at its end."""
    said = {"yes": "applies", "no": "does not", "needs_facts": "needs facts"}
    title = "; ".join(f"{verdict.law} {said[verdict.applies]}" for verdict in result.verdicts)
    columns = {
        "law": ("Law", "text"),
        "applies": ("Applies", "text"),
        "reason": ("Why", "text"),
        "missing": ("Asked", "text"),
    }
    rows = [
        {"law": v.law, "applies": v.applies.replace("_", " "), "reason": v.reason, "missing": ", ".join(v.missing)}
        for v in result.verdicts
    ]
    return View(
        title=title,
        subtitle=f"{result.notice} {result.as_of}",
        blocks=document(
            Picture(picture="tree", title=title, alt=f"The questions of each law in order. {title}."),
            grid("Verdicts", columns, rows),
            ItemList(title="Not tested", items=result.not_covered),
            *closing(result),
        ),
        pictures={"tree": _tree(result.verdicts, title)},
    )


def _tree(verdicts: list[Verdict], title: str) -> str:
    longest = max(len(verdict.steps) for verdict in verdicts)
    width, height = _WIDTH * len(verdicts) + 24, 118 + _STEP * (longest + 1)
    lines = textwrap.wrap(title, 84)[:2]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="DejaVu Sans, Arial, sans-serif">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        *(_text(20, 30 + 22 * at, line, 16, "#1F2933", bold=True) for at, line in enumerate(lines)),
    ]
    for column, verdict in enumerate(verdicts):
        left = 20 + column * _WIDTH
        parts.append(_text(left, 92, verdict.law, 14, "#12507B", bold=True))
        for row, step in enumerate(verdict.steps):
            top = 106 + row * _STEP
            parts.append(_card(left, top, step.question, step.answer))
            parts.append(f'<path d="M{left + _CARD / 2} {top + 58} v16" stroke="#9AA5B1" stroke-width="1.5"/>')
        parts.append(_card(left, 106 + len(verdict.steps) * _STEP, f"{verdict.law} applies", verdict.applies, True))
    return "\n".join([*parts, "</svg>"])


def _card(left: float, top: float, question: str, answer: str, last: bool = False) -> str:
    ink, fill = _ANSWER[answer]
    wrapped = textwrap.wrap(question, 33)
    shown = wrapped[:2] if len(wrapped) <= 2 else [wrapped[0], wrapped[1][:30].rstrip() + "…"]
    texts = [_text(left + 12, top + 19 + 15 * at, line, 11, "#1F2933", bold=last) for at, line in enumerate(shown)]
    stroke = f' stroke="{ink}" stroke-width="1.5"' if last else ""
    box = f'<rect x="{left}" y="{top}" width="{_CARD}" height="58" rx="6" fill="{fill}"{stroke}/>'
    return "".join([box, *texts, _text(left + 12, top + 50, answer.replace("_", " "), 11, ink, bold=True)])


def _text(x: float, y: float, text: str, size: int, colour: str, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}"{weight}>{escape(text)}</text>'
