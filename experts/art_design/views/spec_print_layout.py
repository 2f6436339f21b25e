"""The print set-up: a drawing of the sheet, and a PDF in CMYK with page boxes, crop and fold marks."""

import io
from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._scene import INK, MUTED, Scene, register_fonts
from experts.art_design.tools.spec_print_layout import PrintLayout
from experts.art_design.views._page import EDGE, INNER, counted, digits, foot, sheet, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_PT = 72 / 25.4
_SLUG = 12.0
"""Millimetres around the bleed, for marks."""
_BLEED, _SAFE, _FOLD = "#B3261E", "#2F5D1E", "#7B1FA2"


def view(result: PrintLayout, arguments: Mapping[str, Any]) -> View:
    """The drawing, the figures, the print file."""
    size = f"{digits(result.trim_width_mm)} x {digits(result.trim_height_mm)} mm"
    title = (
        f"{result.name}, {size} trimmed: artwork {result.pixel_width} x {result.pixel_height} px at {result.dpi} dpi"
    )
    low = [key for key, picture in result.pictures.items() if not picture.enough]
    if low:
        title += f"; {len(low)} of {counted(len(result.pictures), 'picture')} too coarse"
    rows = [
        ("Trimmed size", f"{size}"),
        ("Artwork with bleed", f"{digits(result.artwork_width_mm)} x {digits(result.artwork_height_mm)} mm"),
        ("Pixels with bleed", f"{result.pixel_width} x {result.pixel_height}"),
        ("Bleed; safe area", f"{digits(result.bleed_mm)} mm; {digits(result.safe_mm)} mm inside the trim"),
        ("Fold", result.fold),
        ("Panels, mm", " + ".join(digits(panel) for panel in result.panels_mm)),
    ]
    bodies: list[Any] = [
        Picture(picture="sheet", title=title, alt=f"Sheet with trim, bleed, safe area and folds. {title}."),
        grid("Set-up", {"name": ("Figure", "text"), "value": ("Value", "text")},
             [{"name": name, "value": value} for name, value in rows]),
    ]  # fmt: skip
    if result.pictures:
        heads = {"name": ("Picture", "text"), "ppi": ("Effective ppi", "count"), "ok": ("Verdict", "text"),
                 "needs": ("Needs, px", "text")}  # fmt: skip
        found = [
            {
                "name": words(key),
                "ppi": str(each.ppi),
                "ok": "enough" if each.enough else "too coarse",
                "needs": f"{each.needed_width_px} x {each.needed_height_px}",
            }
            for key, each in result.pictures.items()
        ]
        bodies.append(grid("Pictures", heads, found))
    if result.total_ink_pct:
        inks = [{"name": words(key), "total": f"{digits(total)}%"} for key, total in result.total_ink_pct.items()]
        bodies.append(grid("Total ink", {"name": ("Colour", "text"), "total": ("C + M + Y + K", "ratio")}, inks))
    return View(
        title=title,
        blocks=document(*bodies, *closing(result)),
        pictures={"sheet": _drawn(result, title).svg()},
        files={"print-layout.pdf": _pdf(result, title)},
    )


def _folds(result: PrintLayout) -> list[float]:
    at, found = 0.0, []
    for panel in result.panels_mm[:-1]:
        at += float(panel)
        found.append(at)
    return found


def _drawn(result: PrintLayout, title: str) -> Scene:
    scene, top = sheet(title, "Red: bleed, cut away. Black: trim. Green: keep text and marks inside. Violet: folds.")
    w, h = float(result.trim_width_mm), float(result.trim_height_mm)
    bleed, safe = float(result.bleed_mm), float(result.safe_mm)
    scale = min((INNER - 120) / (w + 2 * bleed), 620 / (h + 2 * bleed))
    left = EDGE + (INNER - w * scale) / 2
    top += 44 + bleed * scale
    scene.rect(left - bleed * scale, top - bleed * scale, (w + 2 * bleed) * scale, (h + 2 * bleed) * scale, "#FBE9E7",
               _BLEED, 1, 0, (5, 3))  # fmt: skip
    scene.rect(left, top, w * scale, h * scale, "#FFFFFF", INK, 1.5)
    scene.rect(left + safe * scale, top + safe * scale, (w - 2 * safe) * scale, (h - 2 * safe) * scale, "#F1F6EE", _SAFE,
               1, 0, (5, 3))  # fmt: skip
    for x in (left, left + w * scale):
        for y1, y2 in ((top - bleed * scale - 22, top - bleed * scale - 6),
                       (top + (h + bleed) * scale + 6, top + (h + bleed) * scale + 22)):  # fmt: skip
            scene.line(x, y1, x, y2, INK)
    for y in (top, top + h * scale):
        for x1, x2 in ((left - bleed * scale - 22, left - bleed * scale - 6),
                       (left + (w + bleed) * scale + 6, left + (w + bleed) * scale + 22)):  # fmt: skip
            scene.line(x1, y, x2, y, INK)
    start = 0.0
    for at, panel in enumerate(result.panels_mm):
        width = float(panel) * scale
        x = left + start * scale
        if at:
            scene.line(x, top - bleed * scale - 20, x, top + (h + bleed) * scale + 20, _FOLD, 1.5, (7, 4))
        if len(result.panels_mm) > 1 and width > 60:
            scene.text(x + width / 2, top + h * scale / 2 - 4, f"Panel {at + 1}", 13, INK, True, "middle")
            scene.text(x + width / 2, top + h * scale / 2 + 15, f"{digits(panel)} mm", 12, MUTED, anchor="middle")
        start += float(panel)
    if len(result.panels_mm) == 1:
        said = f"{digits(result.trim_width_mm)} x {digits(result.trim_height_mm)} mm"
        scene.text(left + w * scale / 2, top + h * scale / 2 + 5, said, min(15, w * scale / 14), INK, True, "middle")
    bottom = top + (h + bleed) * scale + 44
    said = f"Artwork with {digits(result.bleed_mm)} mm bleed: {digits(result.artwork_width_mm)} x "
    said += (
        f"{digits(result.artwork_height_mm)} mm, {result.pixel_width} x {result.pixel_height} px at {result.dpi} dpi"
    )
    scene.text(EDGE + INNER / 2, bottom, said, 12, INK, anchor="middle")
    foot(scene, bottom + 24, "The PDF has MediaBox, BleedBox and TrimBox; it is no PDF/X file. Folded panels that tuck in are shorter.")  # fmt: skip
    return scene


def _pdf(result: PrintLayout, title: str) -> bytes:
    """Page 1: marks only, for artwork to be placed on; page 2: the same with guides that must not print."""
    from reportlab.lib.colors import CMYKColor
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    w, h = float(result.trim_width_mm), float(result.trim_height_mm)
    bleed, safe = float(result.bleed_mm), float(result.safe_mm)
    out = bleed + _SLUG
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=((w + 2 * out) * _PT, (h + 2 * out) * _PT), invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("Pixel Experts")
    trim = [side * _PT for side in (out, out, out + w, out + h)]
    registration = CMYKColor(1, 1, 1, 1)

    def mm(*values: float) -> list[float]:
        return [value * _PT for value in values]

    for guides in (False, True):
        canvas.setBleedBox([trim[0] - bleed * _PT, trim[1] - bleed * _PT, trim[2] + bleed * _PT, trim[3] + bleed * _PT])
        canvas.setTrimBox(trim)
        canvas.setStrokeColor(registration)
        canvas.setLineWidth(0.25)
        gap = max(bleed, 2.0) + 1
        for x in (out, out + w):
            canvas.line(*mm(x, out - gap, x, out - gap - 6))
            canvas.line(*mm(x, out + h + gap, x, out + h + gap + 6))
        for y in (out, out + h):
            canvas.line(*mm(out - gap, y, out - gap - 6, y))
            canvas.line(*mm(out + w + gap, y, out + w + gap + 6, y))
        for x, y in ((out + w / 2, out - gap - 4), (out + w / 2, out + h + gap + 4)):
            canvas.circle(*mm(x, y, 1.6))
            canvas.line(*mm(x - 2.6, y, x + 2.6, y))
            canvas.line(*mm(x, y - 2.6, x, y + 2.6))
        canvas.setDash([3, 2])
        for fold in _folds(result):
            canvas.line(*mm(out + fold, out - gap, out + fold, out - gap - 5))
            canvas.line(*mm(out + fold, out + h + gap, out + fold, out + h + gap + 5))
        canvas.setDash([])
        for at, ink in enumerate(((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1), (0, 0, 0, 0.5))):
            if w > 40:
                canvas.setFillColor(CMYKColor(*ink))
                canvas.rect(*mm(out + 2 + at * 5, out + h + gap + 1, 5, 5), stroke=0, fill=1)
        canvas.setFillColor(CMYKColor(0, 0, 0, 1))
        if guides:
            canvas.setDash([4, 2])
            canvas.setLineWidth(0.5)
            for color, off in ((CMYKColor(0, 1, 1, 0), -bleed), (CMYKColor(0.8, 0, 1, 0.2), safe)):
                canvas.setStrokeColor(color)
                canvas.rect(*mm(out + off, out + off, w - 2 * off, h - 2 * off))
            canvas.setStrokeColor(CMYKColor(0.4, 0.9, 0, 0))
            for fold in _folds(result):
                canvas.line(*mm(out + fold, out, out + fold, out + h))
            canvas.setDash([])
            canvas.setStrokeColor(CMYKColor(0, 0, 0, 1))
            canvas.rect(*mm(out, out, w, h))
            canvas.setFont("DejaVu", min(7.0, w * _PT / 40))
            said = f"Guides, not for print. Trim {digits(result.trim_width_mm)} x {digits(result.trim_height_mm)} mm"
            canvas.drawCentredString((out + w / 2) * _PT, (out + safe + 2) * _PT, said)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
