"""The contrast matrix: every colour on every background, and each use as it will be seen."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from experts.art_design.tools._color import Rgb, contrast, floor4
from experts.art_design.tools._letters import shorten
from experts.art_design.tools._scene import BAD, GOOD, INK, LINE, MUTED, Scene
from experts.art_design.tools.check_contrast import ContrastReport, PairContrast
from experts.art_design.views._page import EDGE, INNER, counted, foot, label, ratio, sheet, words
from experts.core.blocks import Picture
from experts.core.view import View, closing, document, grid

_MOST_COLORS, _MOST_USES = 8, 30


def view(result: ContrastReport, arguments: Mapping[str, Any]) -> View:
    """The matrix, the uses as seen, and the table of figures."""
    if result.failed:
        title = f"{result.failed} of {counted(result.checked, 'use')} of colour cannot be read well enough"
    else:
        title = f"All {counted(result.checked, 'use')} of colour reach WCAG 2.2 level {arguments['level']}"
    rows = [
        {
            "use": words(key),
            "front": pair.foreground,
            "back": pair.background,
            "ratio": ratio(pair.ratio),
            "needs": ratio(pair.required),
            "verdict": "passes" if pair.passes else "fails",
            "nearest": _nearest(pair),
        }
        for key, pair in result.pairs.items()
    ]
    heads = {
        "use": ("Use", "text"),
        "front": ("Colour", "text"),
        "back": ("On", "text"),
        "ratio": ("Contrast", "ratio"),
        "needs": ("Needs", "ratio"),
        "verdict": ("Verdict", "text"),
        "nearest": ("Nearest that passes", "text"),
    }
    return View(
        title=title,
        blocks=document(
            Picture(picture="matrix", title=title, alt=f"Contrast of each colour on each background. {title}."),
            grid("Uses of colour", heads, rows),
            *closing(result),
        ),
        pictures={"matrix": _matrix(result, title, str(arguments["level"])).svg()},
    )


def _nearest(pair: PairContrast) -> str:
    if pair.passes:
        return ""
    parts = []
    if pair.suggestion:
        parts.append(f"{pair.suggestion} as colour")
    if pair.background_suggestion:
        parts.append(f"{pair.background_suggestion} as background")
    return " or ".join(parts) or "none: change both"


def _rgb(color: str) -> Rgb:
    return Rgb(*(int(color[at : at + 2], 16) for at in (1, 3, 5)))


def _matrix(result: ContrastReport, title: str, level: str) -> Scene:
    fronts = list(dict.fromkeys(pair.foreground for pair in result.pairs.values()))
    backs = list(dict.fromkeys(pair.background for pair in result.pairs.values()))
    shown, ground = fronts[:_MOST_COLORS], backs[:_MOST_COLORS]
    normal, large = ("4.5", "3") if level == "AA" else ("7", "4.5")
    scene, y = sheet(title, f"Level {level}: {normal}:1 for text, {large}:1 for large text, 3:1 for graphics. "
                            "The matrix shows every colour on every background, used or not.")  # fmt: skip
    y = label(scene, y + 6, "Matrix: columns are backgrounds, rows are colours on them")
    side = 100.0
    cell = min(150.0, (INNER - side) / max(1, len(ground)))
    for column, back in enumerate(ground):
        scene.text(EDGE + side + column * cell + cell / 2 - 4, y, back, 11, MUTED, anchor="middle")
    y += 12
    for row, front in enumerate(shown):
        top = y + row * 74
        scene.circle(EDGE + 9, top + 33, 8, front, LINE)
        scene.text(EDGE + 24, top + 37, front, 11, MUTED)
        for column, back in enumerate(ground):
            found = contrast(_rgb(front), _rgb(back))
            x = EDGE + side + column * cell
            scene.rect(x, top, cell - 8, 66, back, LINE, radius=6)
            if front == back:
                continue
            scene.outline(x + 12, top + 30, "Aa", 22, front)
            passes = "text" if found >= Decimal(normal) else "large" if found >= Decimal(large) else "no text"
            color = GOOD if passes == "text" else INK if passes == "large" else BAD
            scene.rect(x + 8, top + 42, cell - 24, 18, "#FFFFFF", radius=9)
            said = f"{ratio(floor4(found))} {passes}" if cell >= 122 else ratio(floor4(found))
            scene.text(x + cell / 2 - 4, top + 55, said, 10 if cell >= 100 else 9, color, True, "middle")
    y += len(shown) * 74 + 6
    if len(fronts) > len(shown) or len(backs) > len(ground):
        scene.text(EDGE, y + 6, f"The first {_MOST_COLORS} colours are drawn; all uses are in the table.", 11, MUTED)
        y += 18
    y = _uses(scene, y + 22, result)
    foot(scene, y + 8, "WCAG 2.2, success criteria 1.4.3, 1.4.6, 1.4.11; ratios are cut, not rounded. Contrast is one "
                       "criterion of many: passing it does not make a design accessible.")  # fmt: skip
    return scene


def _uses(scene: Scene, y: float, result: ContrastReport) -> float:
    y = label(scene, y, "Uses, those that fail first")
    pairs = sorted(result.pairs.items(), key=lambda item: item[1].passes)
    for key, pair in pairs[:_MOST_USES]:
        _sample(scene, EDGE, y, pair.foreground, pair.background, pair)
        if pair.suggestion or pair.background_suggestion:
            on_back = pair.nearer == "background"
            front = pair.foreground if on_back else pair.suggestion or pair.foreground
            back = (pair.background_suggestion or pair.background) if on_back else pair.background
            scene.text(EDGE + 172, y + 29, "→", 16, MUTED, anchor="middle")
            _sample(scene, EDGE + 190, y, front, back, pair)
        scene.text(EDGE + 370, y + 20, shorten(words(key), 13, 330, True), 13, INK, True)
        kind = "graphic" if pair.criterion == "1.4.11" else "large text" if pair.large else "text"
        said = f"{pair.foreground} on {pair.background}, {kind}, {pair.criterion}"
        scene.text(EDGE + 370, y + 38, said, 10.5, MUTED)
        verdict = "passes" if pair.passes else f"needs {ratio(pair.required)}"
        right = EDGE + INNER
        scene.text(right, y + 21, ratio(pair.ratio), 15, INK, True, "end")
        scene.text(right, y + 38, verdict, 11, GOOD if pair.passes else BAD, True, "end")
        y += 60
    if len(pairs) > _MOST_USES:
        scene.text(EDGE, y + 6, f"{len(pairs) - _MOST_USES} more uses are in the table.", 11, MUTED)
        y += 18
    return y


def _sample(scene: Scene, x: float, y: float, front: str, back: str, pair: PairContrast) -> None:
    scene.rect(x, y, 160, 46, back, LINE, radius=6)
    if pair.criterion == "1.4.11":
        scene.circle(x + 40, y + 23, 11, front)
        scene.rect(x + 66, y + 17, 70, 12, front, radius=6)
    else:
        size = 19 if pair.large else 13
        scene.text(x + 80, y + 23 + size * 0.36, "Read this" if pair.large else "Can you read this", size, front,
                   pair.large, "middle")  # fmt: skip
