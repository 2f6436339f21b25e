"""The brand book: 16:9 pages as PowerPoint, PDF and pictures."""

from collections.abc import Mapping
from typing import Any

from experts.art_design.tools._color import read_opaque
from experts.art_design.tools._scene import pdf_of
from experts.art_design.tools.compose_brand_guidelines import BrandGuidelines
from experts.art_design.views._book import Book, pages
from experts.art_design.views._page import counted, ratio, words
from experts.art_design.views._slides import pptx_of
from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid


def view(result: BrandGuidelines, arguments: Mapping[str, Any]) -> View:
    """Every page, what is missing, and which colour may carry text."""
    title = f"{result.brand}: a brand book of {counted(result.page_count, 'page')}"
    title += f", {counted(len(result.missing), 'part')} missing" if result.missing else ", complete"
    colors = {key: read_opaque(text, f"colors.{key}").hex for key, text in arguments["colors"].items()}
    scenes = pages(Book(result, dict(arguments), colors))
    bodies: list[Any] = [
        Picture(picture=key, title=scene.label, alt=f"Page of the brand book: {scene.label}.")
        for key, scene in scenes.items()
    ]
    if result.missing:
        bodies.append(ItemList(title="Missing parts", items=result.missing))
    heads = {
        "color": ("Colour", "text"),
        "on": ("On", "text"),
        "ratio": ("Contrast", "ratio"),
        "use": ("May carry", "text"),
    }
    rows = [
        {"color": words(use.color), "on": words(use.surface), "ratio": ratio(use.ratio), "use": use.use}
        for use in result.uses
    ]
    bodies.append(grid("Colours on surfaces", heads, rows))
    made = list(scenes.values())
    return View(
        title=title,
        blocks=document(*bodies, *closing(result)),
        pictures={key: scene.svg() for key, scene in scenes.items()},
        files={"brand-book.pptx": pptx_of(made, title), "brand-book.pdf": pdf_of(made, title, 0.75)},
    )
