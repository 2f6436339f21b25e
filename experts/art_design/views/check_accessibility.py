"""The accessibility report: what fails by criterion, and each finding with its line."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import BAD, GOOD, INK, LINE, MUTED, PANEL, Scene
from experts.art_design.tools.check_accessibility import AccessibilityReport
from experts.art_design.views._page import EDGE, INNER, counted, foot, label, sheet
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_MOST = 24
NAMES = {
    "1.1.1": "Non-text content",
    "1.3.1": "Info and relationships",
    "1.4.2": "Audio control",
    "1.4.4": "Resize text",
    "2.2.1": "Timing adjustable",
    "2.2.2": "Pause, stop, hide",
    "2.3.3": "Animation from interactions",
    "2.4.7": "Focus visible",
    "2.4.2": "Page titled",
    "2.4.3": "Focus order",
    "2.5.5": "Target size, enhanced",
    "2.5.8": "Target size, minimum",
    "3.1.1": "Language of page",
    "4.1.2": "Name, role, value",
}


def view(result: AccessibilityReport, arguments: Mapping[str, Any]) -> View:
    """The report; failures before advice."""
    if result.failures:
        title = f"{counted(result.failures, 'failure')} of WCAG 2.2 found, {counted(result.advice, 'piece', 'pieces')} of advice"
    else:
        title = f"No failure found by the automatic checks, {counted(result.advice, 'piece', 'pieces')} of advice"
    findings = sorted(result.findings, key=lambda found: found.kind != "failure")
    rows = [
        {
            "criterion": found.criterion,
            "kind": found.kind,
            "line": str(found.line) if found.line is not None else "",
            "element": found.element,
            "problem": found.problem,
        }
        for found in findings
    ]
    heads = {
        "criterion": ("Criterion", "text"),
        "kind": ("Kind", "text"),
        "line": ("Line", "count"),
        "element": ("Element", "text"),
        "problem": ("Problem", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="report", title=title, alt=f"Findings by WCAG 2.2 criterion. {title}."),
            *([grid("Findings", heads, rows)] if rows else []),
            *closing(result),
        ),
        pictures={"report": _report(result, title).svg()},
    )


def _report(result: AccessibilityReport, title: str) -> Scene:
    scene, y = sheet(title, f"{counted(result.elements, 'element')} read, before scripts and styles.")
    counts: dict[str, list[int]] = {}
    for found in result.findings:
        for criterion in found.criterion.split(", "):
            counts.setdefault(criterion, [0, 0])[found.kind == "advice"] += 1
    if counts:
        y = label(scene, y + 6, "By success criterion")
        most = max(sum(pair) for pair in counts.values())
        for criterion in sorted(counts):
            failed, advised = counts[criterion]
            scene.text(EDGE, y + 6, criterion, 13, INK, True)
            scene.text(EDGE + 60, y + 6, NAMES.get(criterion, ""), 12, MUTED)
            room = INNER - 330
            wide = room * failed / most
            scene.rect(EDGE + 270, y - 8, wide, 18, BAD, radius=2)
            scene.rect(EDGE + 270 + wide, y - 8, room * advised / most, 18, "#9AA5B1", radius=2)
            said = f"{failed}" if not advised else f"{failed} + {advised}"
            scene.text(EDGE + 280 + room * (failed + advised) / most, y + 6, said, 12, INK, True)
            y += 30
        scene.rect(EDGE + 270, y - 4, 12, 12, BAD, radius=2)
        scene.text(EDGE + 288, y + 6, "failures", 11, MUTED)
        scene.rect(EDGE + 370, y - 4, 12, 12, "#9AA5B1", radius=2)
        scene.text(EDGE + 388, y + 6, "advice", 11, MUTED)
        y = label(scene, y + 42, "Findings, failures first")
    for found in sorted(result.findings, key=lambda each: each.kind != "failure")[:_MOST]:
        color = BAD if found.kind == "failure" else MUTED
        scene.rect(EDGE, y - 13, 5, 34, color, radius=2)
        where = f"line {found.line}" if found.line is not None else "target"
        scene.text(EDGE + 18, y, shorten(f"{found.element}: {found.problem}", 13, INNER - 130, True), 13, INK, True)
        scene.text(EDGE + 18, y + 17, f"{found.kind}, WCAG 2.2 {found.criterion}", 11, MUTED)
        scene.text(EDGE + INNER, y, where, 11.5, MUTED, anchor="end")
        y += 44
    if len(result.findings) > _MOST:
        scene.text(EDGE, y, f"{len(result.findings) - _MOST} more findings are in the table.", 11, MUTED)
        y += 18
    if not result.findings:
        scene.rect(EDGE, y, INNER, 70, PANEL, LINE, radius=8)
        scene.text(EDGE + 24, y + 42, "Nothing found. That is no proof of conformance.", 15, GOOD, True)
        y += 92
    foot(
        scene,
        y + 4,
        "Automatic checks find only part of the barriers: test with a keyboard, a screen reader and people.",
    )
    return scene
