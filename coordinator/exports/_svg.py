"""Pictures: SVG made safe to put into a page, and its PNG."""

import functools
import html
import re
import xml.etree.ElementTree as ET

from experts.core.errors import ConfigurationError

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_DROPPED = {"script", "foreignObject", "metadata", "iframe", "audio", "video"}
_LENGTH = re.compile(r"^\s*([0-9.]+)\s*(px|pt|in|cm|mm|)\s*$")
_POINTS = {"px": 0.75, "": 0.75, "pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465}
_LOCAL_URL = re.compile(r"""url\(\s*['"]?#([^'")]+)['"]?\s*\)""")


def picture_of(picture: str, pictures: dict[str, str]) -> str:
    """The SVG text of a picture. Raises ConfigurationError for an id that is not there."""
    if picture not in pictures:
        raise ConfigurationError(f"picture {picture!r} is shown, but the plan has no such picture")
    return pictures[picture]


def _parse(picture: str, svg: str) -> ET.Element:
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise ConfigurationError(f"picture {picture!r} is not well-formed SVG: {error}") from error
    if root.tag != f"{{{_SVG}}}svg":
        raise ConfigurationError(f"picture {picture!r} is not SVG: its root is {root.tag!r}")
    return root


def says(svg: str, text: str) -> bool:
    """Whether the picture itself shows `text`: as text, or as paths, beside which matplotlib notes what they say."""
    shown = re.sub(r"<!--(.*?)-->", r"\1 ", svg, flags=re.DOTALL)
    shown = html.unescape(re.sub(r"<[^>]*>", " ", shown))
    return bool(text.strip()) and " ".join(text.split()) in " ".join(shown.split())


def size_of(picture: str, svg: str) -> tuple[float, float]:
    """Width and height in points, from the picture's own size or else its viewBox."""
    return _size(picture, _parse(picture, svg))


def _size(picture: str, root: ET.Element) -> tuple[float, float]:
    sides = []
    for name in ("width", "height"):
        found = _LENGTH.match(root.get(name, ""))
        if found:
            sides.append(float(found.group(1)) * _POINTS[found.group(2)])
    if len(sides) != 2:
        box = root.get("viewBox", "").replace(",", " ").split()
        sides = [float(side) * _POINTS["px"] for side in box[2:4]]
    if len(sides) != 2 or min(sides) <= 0:
        raise ConfigurationError(f"picture {picture!r} states no size; give it a width and height or a viewBox")
    return sides[0], sides[1]


def inline(picture: str, svg: str, prefix: str) -> str:
    """The picture as an `<svg>` element for a page: ids begin with `prefix`, nothing active, nothing from outside.

    Matplotlib names the same ids in every picture, and a `<style>` in one picture would
    reach all others; so both are kept inside this one.
    """
    root = _parse(picture, svg)
    width, height = _size(picture, root)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    _tidy(root, prefix)
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {width / 0.75:g} {height / 0.75:g}")
    for name in ("width", "height", "style"):
        root.attrib.pop(name, None)
    root.attrib.update({"id": f"{prefix}svg", "aria-hidden": "true", "focusable": "false"})
    return ET.tostring(root, encoding="unicode", short_empty_elements=True)


def _tidy(element: ET.Element, prefix: str) -> None:
    for child in list(element):
        tag = child.tag if isinstance(child.tag, str) else ""
        if not tag.startswith(f"{{{_SVG}}}") or tag.rpartition("}")[2] in _DROPPED:
            element.remove(child)
        else:
            _tidy(child, prefix)
    if element.tag == f"{{{_SVG}}}style":
        element.text = _scoped(element.text or "", prefix)
    for name, value in list(element.attrib.items()):
        bare = name.rpartition("}")[2]
        if bare.lower().startswith("on") or (bare == "href" and not value.startswith(("#", "data:image/"))):
            del element.attrib[name]
        elif name == "id":
            element.set(name, prefix + value)
        elif bare == "href" and value.startswith("#"):
            element.set(name, f"#{prefix}{value[1:]}")
        elif "url(" in value:
            local = _LOCAL_URL.sub(rf"url(#{prefix}\1)", value)
            if local.count("url(") == len(_LOCAL_URL.findall(local)):
                element.set(name, local)
            else:
                del element.attrib[name]


def _scoped(css: str, prefix: str) -> str:
    """Style rules that reach only the picture they came with; rules with @ or a url are dropped."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    if "@" in css or "url(" in css:
        return ""
    rules = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        scoped = ", ".join(f"#{prefix}svg {selector.strip()}" for selector in selectors.split(","))
        rules.append(f"{scoped} {{{body.strip()}}}")
    return "\n".join(rules)


@functools.lru_cache(maxsize=64)  # the document and the folder of pictures want the same ones
def png_of(picture: str, svg: str, zoom: float = 2.0) -> bytes:
    """The picture as PNG at `zoom` times its size, on white.

    Our charts draw their letters as paths, so fonts of the machine are looked up only for a
    picture that has text of its own.
    """
    import resvg_py

    _parse(picture, svg)
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg, zoom=zoom, dpi=96.0, background="#ffffff", skip_system_fonts="<text" not in svg
            )
        )
    except ValueError as error:
        raise ConfigurationError(f"picture {picture!r} cannot be drawn: {error}") from error
