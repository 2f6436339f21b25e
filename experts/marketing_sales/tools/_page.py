"""What an HTML page says to a search engine, read with the standard library's parser."""

import re
from html.parser import HTMLParser

_SILENT = frozenset(["script", "style", "template", "noscript"])
_HEADS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
MOST_PARTS = 20_000
DEEPEST = 20
_SKIP = re.compile(r"<!--|<(script|style)\b", re.IGNORECASE)
_CLOSE = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style")}


class Page(HTMLParser):
    """Collects titles, metas, headings, links, images, JSON-LD and the visible text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags = 0
        self.titles: list[str] = []
        self.metas: dict[str, list[str]] = {}
        self.canonicals: list[str] = []
        self.headings: list[tuple[int, str]] = []
        self.links: list[tuple[str, str, str]] = []  # address, text, rel
        self.images: list[str | None] = []  # the alternative text of each
        self.data: list[str] = []
        self.language = ""
        self.text: list[str] = []
        self._silent = ""
        self._in_svg = 0
        self._open: list[tuple[str, list[str]]] = []
        self._link = ("", "")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "").strip()
        elif tag == "svg":
            self._in_svg += 1
        elif tag == "meta":
            name = (given.get("name") or given.get("property") or "").lower()
            if name:
                self.metas.setdefault(name, []).append(given.get("content", "").strip())
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.canonicals.append(given.get("href", "").strip())
        elif tag == "img" and len(self.images) < MOST_PARTS:
            alt = given.get("alt") if "alt" in given else None
            self.images.append(alt)
            if alt and self._open:
                self._open[-1][1].append(alt)
        elif tag in _SILENT:
            self._silent = tag
            if tag == "script" and given.get("type", "").lower() == "application/ld+json":
                self._open.append(("ld", []))
        elif (tag == "title" and not self._in_svg) or tag in _HEADS or tag == "a":
            if tag == "a":
                self._link = (given.get("href", "").strip(), given.get("rel", "").lower())
            if (
                len(self._open) < DEEPEST
            ):  # each piece of text goes to every open element, so their number must be small
                label = given.get("aria-label") if tag == "a" else None
                self._open.append((tag, [label] if label else []))

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg":
            self._in_svg = max(0, self._in_svg - 1)
        if tag in _SILENT:
            self._silent = ""
        wanted = "ld" if tag == "script" else tag
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == wanted:
                self._close(wanted, self._open.pop(at)[1])
                return

    def handle_data(self, data: str) -> None:
        if self._silent:
            if self._open and self._open[-1][0] == "ld":
                self._open[-1][1].append(data)
            return
        for _, parts in self._open:
            parts.append(data)
        if not any(tag == "title" for tag, _ in self._open):
            self.text.append(data)

    def _close(self, tag: str, parts: list[str]) -> None:
        if tag == "ld":
            self.data.append("".join(parts))
            return
        said = " ".join("".join(parts).split())
        if tag == "title":
            self.titles.append(said)
        elif tag == "a" and len(self.links) < MOST_PARTS:
            self.links.append((self._link[0], said, self._link[1]))
        elif tag in _HEADS and len(self.headings) < MOST_PARTS:
            self.headings.append((int(tag[1]), said))


def read(html: str) -> Page:
    """The page, parsed leniently as browsers do."""
    page = Page()
    page.feed(_plain(html))
    page.close()
    return page


def _plain(html: str) -> str:
    """The page without comments, marked sections and what follows the last tag.

    The parser looks for the end of each of these from every start, so thousands without an end would take minutes.
    """
    kept, at = [], 0
    while found := _SKIP.search(html, at):
        if found[1] is None:
            kept.append(html[at : found.start()])
            end = html.find("-->", found.end())
            at = len(html) if end < 0 else end + 3
        else:
            close = _CLOSE[found[1].lower()].search(html, found.end())
            end = len(html) if close is None else close.end()
            kept.append(html[at:end])
            at = end
    kept.append(html[at:])
    text = "".join(kept).replace("<![", "<!")
    return text[: text.rfind(">") + 1] + text[text.rfind(">") + 1 :].replace("<", "&lt;")
