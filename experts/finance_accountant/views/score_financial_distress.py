"""The Z score on its scale of zones, with what each ratio adds."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.finance_accountant.tools.score_financial_distress import Distress
from experts.finance_accountant.views._look import INK, MUTED, canvas, fit, line, number, shown, text, words

_ZONES = (
    ("#F3D9D2", "#A4371E", "Distress"),
    ("#EEF0F2", "#52606D", "Grey: no verdict"),
    ("#D9E8DB", "#2E6B34", "Safe"),
)


def view(result: Distress, arguments: Mapping[str, Any]) -> View:
    """Scale first, then the weighted ratios."""
    said = {
        "distress": "in the distress zone",
        "grey": "in the grey zone, where the model does not tell",
        "safe": "in the safe zone",
    }
    title = f"The score of {number(result.score)} lies {said[result.zone]}"
    columns = {
        "part": ("Ratio", "text"),
        "ratio": ("Value", "ratio"),
        "weight": ("Weight", "ratio"),
        "points": ("Points", "ratio"),
    }
    rows = [
        {
            "part": words(key),
            "ratio": number(one.ratio, 4),
            "weight": shown(one.weight),
            "points": number(one.points, 4),
        }
        for key, one in result.parts.items()
    ]
    rows.append({"part": "Score", "ratio": "", "weight": "", "points": number(result.score, 4)})
    return View(
        title=title,
        blocks=document(
            Picture(picture="gauge", title=title, alt=f"Score on the scale of zones. {title}."),
            grid("What the score is made of", columns, rows),
            *closing(result),
        ),
        pictures={"gauge": _gauge(result, title)},
    )


def _gauge(result: Distress, title: str) -> str:
    low, high, score = (float(x) for x in (result.distress_below, result.safe_above, result.score))
    span = max(high - low, 0.1)
    left_end, right_end = low - 1.4 * span, high + 1.4 * span
    x0, x1 = 30.0, 690.0

    def place(value: float) -> float:
        return x0 + (min(max(value, left_end), right_end) - left_end) / (right_end - left_end) * (x1 - x0)

    parts = []
    for (fill, ink, name), start, end in zip(_ZONES, (left_end, low, high), (low, high, right_end), strict=True):
        a, b = place(start), place(end)
        parts.append(f'<rect x="{a:g}" y="84" width="{b - a:g}" height="34" fill="{fill}"/>')
        parts.append(text((a + b) / 2, 106, fit(name, 12, b - a), 12, ink, "middle", bold=True))
    for mark in (low, high):
        parts += [line(place(mark), 84, place(mark), 126), text(place(mark), 142, f"{mark:g}", 12, MUTED, "middle")]
    at = place(score)
    anchor = "start" if at < 90 else "end" if at > 630 else "middle"
    beyond = " (off the scale)" if not left_end <= score <= right_end else ""
    parts.append(f'<path d="M {at:g} 84 l -8 -12 l 16 0 z" fill="{INK}"/>')
    parts.append(text(at, 66, f"{number(result.score)}{beyond}", 16, INK, anchor, bold=True))
    top = 176
    widest = max((abs(float(one.points)) for one in result.parts.values()), default=1.0) or 1.0
    for row, (key, one) in enumerate(result.parts.items()):
        y = top + row * 28
        points = float(one.points)
        length = abs(points) / widest * 170
        color = "#2E6B34" if points >= 0 else "#A4371E"
        start = 420 if points >= 0 else 420 - length
        parts += [
            text(30, y + 13, fit(words(key), 12, 210), 12),
            f'<rect x="{start:g}" y="{y:g}" width="{max(length, 1):g}" height="18" fill="{color}"/>',
            text(608, y + 13, f"{number(one.points)} points", 12, INK, "start"),
        ]
    parts.append(line(420, top - 6, 420, top + 28 * len(result.parts) - 4, MUTED))
    return canvas(720, top + 28 * len(result.parts) + 14, title, parts)
