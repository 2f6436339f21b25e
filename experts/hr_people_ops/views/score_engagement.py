"""Favourability by question and group as a heat map in which suppressed cells are marked."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.score_engagement import Engagement
from experts.hr_people_ops.views._look import (
    INK,
    MUTED,
    box,
    canvas,
    number,
    percent,
    probability,
    text,
    tint,
    words,
    wrapped,
)


def view(result: Engagement, arguments: Mapping[str, Any]) -> View:
    """The heat map and the tables."""
    title = f"{percent(result.favourable, 0)} of answers are favourable (±{percent(result.margin)})"
    if result.enps is not None:
        title += f"; eNPS {number(result.enps, 0)} (±{number(result.enps_margin, 0)})"
    columns = {
        "question": ("Question", "text"),
        "favourable": ("Favourable", "rate"),
        "mean": ("Mean", "ratio"),
        "answers": ("Answers", "count"),
    }
    rows = [
        {
            "question": row.question,
            "favourable": percent(row.favourable),
            "mean": number(row.mean),
            "answers": f"{row.answers}",
        }
        for row in result.questions
    ]
    heads = {
        "group": ("Group", "text"),
        "answers": ("Answers", "count"),
        "overall": ("Favourable", "rate"),
        "enps": ("eNPS", "ratio"),
        "p": ("p against the rest", "ratio"),
    }
    groups = [
        {
            "group": words(key),
            "answers": "suppressed" if row.answers is None else f"{row.answers}",
            "overall": percent(row.overall),
            "enps": number(row.enps, 0),
            "p": probability(row.p_against_rest),
        }
        for key, row in result.groups.items()
    ]
    alpha = f", Cronbach's alpha {number(result.alpha)}" if result.alpha is not None else ""
    return View(
        title=title,
        subtitle=f"Response rate {percent(result.response_rate)}{alpha}",
        blocks=document(
            Picture(picture="heat-map", title=title, alt=f"Favourable answers by question and group. {title}."),
            grid("Questions", columns, rows),
            grid("Groups", heads, groups),
            *closing(result),
        ),
        pictures={"heat-map": _heat(result, title)},
    )


def _heat(result: Engagement, title: str) -> str:
    left, cell, row_height = 300, 92, 34
    groups = list(result.groups.items())[:14]
    width = max(left + cell * (len(groups) + 1) + 20, 640)
    top = 104
    parts = [
        '<defs><pattern id="hidden" width="8" height="8" patternUnits="userSpaceOnUse">'
        '<rect width="8" height="8" fill="#F1F3F5"/><path d="M0 8 L8 0" stroke="#9AA5B1" stroke-width="1.2"/>'
        "</pattern></defs>"
    ]
    names = ["All", *(words(key) for key, _ in groups)]
    for at, name in enumerate(names):
        for number_, said in enumerate(wrapped(name, 10.5, cell - 8)):
            parts.append(text(left + cell * at + cell / 2, top - 22 + 13 * number_, said, 10.5, INK, "middle", at == 0))
    hidden = False
    for at, question in enumerate(result.questions):
        y = top + at * row_height
        for number_, said in enumerate(wrapped(question.question, 10.5, left - 26)):
            parts.append(text(16, y + 15 + 13 * number_, said, 10.5))
        shares = [question.favourable, *((row.favourable[at] if row.favourable else None) for _, row in groups)]
        for column, share in enumerate(shares):
            x = left + cell * column
            if share is None:
                hidden = True
                parts.append(box(x + 1, y + 1, cell - 2, row_height - 2, "url(#hidden)", "#9AA5B1"))
            else:
                fill, ink = tint(float(share))
                parts.append(box(x + 1, y + 1, cell - 2, row_height - 2, fill))
                parts.append(text(x + cell / 2, y + 22, percent(share, 0), 12, ink, "middle"))
    y = top + len(result.questions) * row_height + 24
    note = "Percent favourable (top two points of the scale)."
    if hidden:
        note += " Hatched: suppressed, fewer answers than the minimum or to protect another group."
    for at, said in enumerate(wrapped(note, 10.5, width - 32, 3)):
        parts.append(text(16, y + 15 * at, said, 10.5, MUTED))
    if len(result.groups) > len(groups):
        parts.append(text(16, y + 34, f"{len(result.groups) - len(groups)} more groups in the table.", 10.5, MUTED))
    return canvas(width, y + 48, title, parts)
