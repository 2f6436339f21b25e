"""The type specimen: every step of the scale at its size, and the CSS to copy."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._letters import width_of
from experts.art_design.tools._scene import INK, LINE, MUTED, Scene
from experts.art_design.tools.build_type_scale import TypeScale
from experts.art_design.views._page import EDGE, INNER, digits, foot, sheet
from experts.core.blocks import Picture
from experts.core.quantities import plain
from experts.core.view import View, closing, document, grid

_SAMPLES = (
    "The quick brown fox jumps over the lazy dog",
    "Pack my box with five dozen jugs",
    "Sphinx of black quartz",
    "Hamburgefonstiv",
    "Handgloves",
    "Rag",
)
_LARGEST = 150.0


def view(result: TypeScale, arguments: Mapping[str, Any]) -> View:
    """The specimen, the sizes and a stylesheet."""
    sizes = [step.px for step in result.steps.values()]
    title = f"{len(sizes)} sizes from {digits(min(sizes), 1)} to {digits(max(sizes), 1)} px in the ratio "
    title += plain(arguments["ratio"])
    fluid = any(step.wide_px is not None for step in result.steps.values())
    rows = [
        {
            "step": _name(key),
            "px": plain(step.px),
            "rem": plain(step.rem),
            "wide": plain(step.wide_px) if step.wide_px is not None else "",
            "css": step.css,
        }
        for key, step in result.steps.items()
    ]
    heads = {"step": ("Step", "text"), "px": ("px", "ratio"), "rem": ("rem", "ratio")}
    if fluid:
        heads["wide"] = ("px at the wide viewport", "ratio")
    heads["css"] = ("font-size", "text")
    lines = [f"  --font-size-{key.replace('_', '-')}: {step.css};" for key, step in result.steps.items()]
    return View(
        title=title,
        blocks=document(
            Picture(picture="specimen", title=title, alt=f"Type specimen. {title}."),
            grid("Sizes", heads, rows),
            *closing(result),
        ),
        pictures={"specimen": _specimen(result, title, fluid).svg()},
        files={"type-scale.css": ":root {\n" + "\n".join(lines) + "\n}\n"},
    )


def _name(key: str) -> str:
    return key.removeprefix("step_").replace("minus_", "−")


def _specimen(result: TypeScale, title: str, fluid: bool) -> Scene:
    scene, y = sheet(title, "Set in DejaVu Sans, which stands for the brand's typeface; step 0 is running text.")
    side = 170.0
    for key, step in result.steps.items():
        size = float(step.px)
        drawn = min(size, _LARGEST)
        high = max(44.0, drawn * 1.3 + 14)
        scene.line(EDGE, y, EDGE + INNER, y, LINE)
        middle = y + high / 2
        scene.text(EDGE, middle - 2, f"{digits(step.px, 2)} px", 13, INK, True)
        small = f"{plain(step.rem)} rem" + (f", wide {digits(step.wide_px, 1)} px" if step.wide_px is not None else "")
        scene.text(EDGE, middle + 15, small, 10.5, MUTED)
        scene.text(EDGE + side - 16, middle - 2, f"Step {_name(key)}", 10.5, MUTED, anchor="end")
        room = INNER - side - 8
        said = next((text for text in _SAMPLES if width_of(text, drawn, step.step > 0) <= room), "Rag")
        scene.text(EDGE + side + 8, middle + drawn * 0.36, said, drawn, INK, step.step > 0)
        if size > drawn:
            scene.text(EDGE + INNER, y + 16, f"drawn at {drawn:g} px", 10, MUTED, anchor="end")
        y += high
    scene.line(EDGE, y, EDGE + INNER, y, LINE)
    foot(scene, y + 18, ("Fluid sizes are shown at the narrow viewport. " if fluid else "") + result.method + ".")
    return scene
