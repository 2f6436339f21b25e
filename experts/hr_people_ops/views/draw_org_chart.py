"""The org chart: a page for the head, and a page for each unit that does not fit on the page above."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid
from experts.hr_people_ops.tools.draw_org_chart import OrgChart, lines_of
from experts.hr_people_ops.views._look import INK, MUTED, box, canvas, fit, line, money, number, percent, text, words
from experts.hr_people_ops.views._look import wrapped as wrap

_WIDE, _TALL, _GAP, _LEAF = 186, 50, 14, 32
_COLUMNS, _STACK, _PAGES = 6, 10, 60


def view(result: OrgChart, arguments: Mapping[str, Any]) -> View:
    """Pictures by page, then layers and spans."""
    title = f"{result.positions} positions in {len(result.layers)} layers, {number(result.average_span, 1)} reports a manager"
    posts = arguments["positions"]
    children = lines_of(posts)
    pages = _pages(result.head, children)
    numbers = {key: at for at, key in enumerate(pages, 1)}
    pictures = {}
    shown = []
    for key, at in numbers.items():
        said = title if at == 1 else f"Page {at}: {posts[key].title}"
        name = "org-chart" if at == 1 else f"org-chart-{at:02d}"
        pictures[name] = _page(key, posts, children, numbers, said)
        shown.append(Picture(picture=name, title=said, alt=f"Org chart below {posts[key].title}."))
    currency = arguments.get("currency") or ""
    layers = [
        {
            "layer": f"{row.layer}",
            "positions": f"{row.positions}",
            "managers": f"{row.managers}",
            "cost": money(row.cost),
        }
        for row in result.layers
    ]
    managers = [
        {
            "manager": posts[key].title,
            "id": words(key),
            "layer": f"{row.layer}",
            "span": f"{row.span}",
            "below": f"{row.people_below}",
            "cost": money(row.unit_cost),
        }
        for key, row in result.managers.items()
    ]
    costs = f"Cost{', ' + currency if currency else ''}"
    return View(
        title=title,
        subtitle=f"{percent(result.manager_share)} of positions manage others",
        blocks=document(
            *shown,
            grid(
                "Layers",
                {
                    "layer": ("Layer", "count"),
                    "positions": ("Positions", "count"),
                    "managers": ("Managers", "count"),
                    "cost": (costs, "money"),
                },
                layers,
            ),
            grid(
                "Spans of control",
                {
                    "manager": ("Position", "text"),
                    "id": ("Id", "text"),
                    "layer": ("Layer", "count"),
                    "span": ("Direct reports", "count"),
                    "below": ("All below", "count"),
                    "cost": (f"Unit {costs.lower()}", "money"),
                },
                managers,
            ),
            *closing(result),
        ),
        pictures=pictures,
    )


def _pages(head: str, children: Mapping[str | None, list[str]]) -> list[str]:
    """Heads of pages, top down: a direct report gets its own where its unit is deeper or longer than its column."""
    pages = [head]
    for key in pages:
        for child in children.get(key, []):
            reports = children.get(child, [])
            if (any(children.get(report) for report in reports) or len(reports) > _STACK) and len(pages) < _PAGES:
                pages.append(child)
    return pages


def _page(
    root: str,
    posts: Mapping[str, Any],
    children: Mapping[str | None, list[str]],
    numbers: Mapping[str, int],
    title: str,
) -> str:
    reports = children.get(root, [])
    columns = min(max(len(reports), 1), _COLUMNS)
    width = max(columns * (_WIDE + _GAP) + 40, 560)
    left = (width - columns * (_WIDE + _GAP) + _GAP) / 2
    y = 66.0
    middle = width / 2
    parts: list[str] = []
    boxes = [_box(middle - _WIDE / 2, y, posts[root], "#12507B", "#FFFFFF")]
    trunk = y + _TALL
    rows = [reports[at : at + columns] for at in range(0, len(reports), columns)]
    y = trunk + 34
    for at, row in enumerate(rows):
        rail = y - 17
        indent = 0.0 if len(row) == columns else (columns - len(row)) * (_WIDE + _GAP) / 2
        xs = [left + indent + number_ * (_WIDE + _GAP) for number_ in range(len(row))]
        ends = [x + _WIDE / 2 for x in xs]
        if at:
            # Later rows hang on the left edge, so that no line runs through the boxes above.
            parts += [line(left - 12, trunk + 17, left - 12, rail), line(left - 12, rail, max(ends), rail)]
        else:
            parts += [line(middle, trunk, middle, rail), line(min([*ends, middle]), rail, max([*ends, middle]), rail)]
            if len(rows) > 1:
                parts.append(line(left - 12, rail, min(ends), rail))
        lowest = y + _TALL
        for key, x in zip(row, xs, strict=True):
            parts.append(line(x + _WIDE / 2, rail, x + _WIDE / 2, y))
            boxes.append(_box(x, y, posts[key], "#DCE8F2", INK))
            lowest = max(lowest, _stack(key, x, y + _TALL, posts, children, numbers, parts, boxes))
        y = lowest + 44
    return canvas(width, y - 20, title, [*parts, *boxes])


def _box(x: float, y: float, post: Any, fill: str, ink: str) -> str:
    lines = wrap(post.title, 10.5, _WIDE - 14, 3)
    start = y + _TALL / 2 + 4 - 6.5 * (len(lines) - 1)
    said = [text(x + _WIDE / 2, start + 13 * at, part, 10.5, ink, "middle", True) for at, part in enumerate(lines)]
    return box(x, y, _WIDE, _TALL, fill, "#12507B") + "".join(said)


def _stack(
    key: str,
    x: float,
    y: float,
    posts: Mapping[str, Any],
    children: Mapping[str | None, list[str]],
    numbers: Mapping[str, int],
    parts: list[str],
    boxes: list[str],
) -> float:
    """The reports of a direct report, one below the other; returns where they end."""
    reports = children.get(key, [])
    if not reports:
        return y
    rows = reports if len(reports) <= _STACK else reports[: _STACK - 1]
    spine = x + 9
    for at, report in enumerate(rows):
        top = y + 8 + at * (_LEAF + 6)
        parts.append(line(spine, top + _LEAF / 2, spine + 12, top + _LEAF / 2))
        boxes.append(box(spine + 12, top, _WIDE - 21, _LEAF, "#FFFFFF", "#9AA5B1"))
        below = len(children.get(report, []))
        said = posts[report].title + (f" (+{below})" if below else "")
        if below:
            said = fit(posts[report].title, 10, _WIDE - 70) + f" (+{below})"
        boxes.append(text(spine + 20, top + 20, fit(said, 10, _WIDE - 34), 10))
    end = y + 8 + len(rows) * (_LEAF + 6)
    parts.append(line(spine, y, spine, end - 6 - _LEAF / 2))
    if len(rows) < len(reports) or key in numbers:
        more = f"{len(reports) - len(rows)} more; " if len(rows) < len(reports) else ""
        where = f"page {numbers[key]}" if key in numbers else "see the table"
        boxes.append(text(spine + 12, end + 12, f"{more}{where}", 10, MUTED))
        end += 18
    return end
