"""What HTML says about names, labels, headings and language, read with the standard library's parser."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Literal

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count

_FIELDS = ("input", "select", "textarea")
_UNLABELLED_TYPES = ("hidden", "submit", "reset", "button", "image")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_RAW = re.compile(r"<(script|style|textarea)\b", re.IGNORECASE)
_TAG = re.compile(r"""</?[a-zA-Z](?:[^"'>]|"[^"]*"|'[^']*')*>""")
_NO_OUTLINE = re.compile(r"outline(?:-style|-width)?\s{0,9}:\s{0,9}(?:none|0)\b", re.IGNORECASE)
_MOVES = re.compile(r"\banimation(?:-name)?\s{0,9}:", re.IGNORECASE)
# W3C Failure Techniques F30 (file names and placeholders as text alternatives) and F84 ("click here", "more").
_NO_ALTERNATIVE = re.compile(
    r"(?:image|img|picture|photo|graphic|spacer|[\w -]{1,100}\.(?:png|jpe?g|gif|svg|webp|avif))", re.IGNORECASE
)
_VAGUE_LINKS = frozenset(
    ("click here", "click", "here", "more", "read more", "learn more", "link", "this link", "details")
)
_LONGEST_NAME = 60
_NAMED = ("a", "button", "label", "title", *_HEADINGS)


class Finding(Model):
    """One finding: the criterion, whether it fails it or is advice, the element, its line in the markup."""

    criterion: str
    kind: Literal["failure", "advice"]
    element: str
    line: Count | None = None
    problem: str


class _Open:
    """An element of `_NAMED` that is being read, and the text that names it."""

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag, self.attributes, self.line = tag, attributes, line
        self.text = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, Finding]] = []
        self.elements = 0
        self.line = 1
        self.open: list[_Open] = []
        self.levels: list[tuple[int, int]] = []
        self.fields: list[tuple[int, str, dict[str, str]]] = []
        self.label_for: set[str] = set()
        self.labelled: set[int] = set()
        self.html_line: int | None = None
        self.titled = False

    def report(self, line: int, criterion: str, element: str, problem: str, *, advice: bool = False) -> None:
        kind: Literal["failure", "advice"] = "advice" if advice else "failure"
        self.found.append((line, Finding(criterion=criterion, kind=kind, element=element, line=line, problem=problem)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, has = self.line, {name: value or "" for name, value in attrs}
        self.elements += 1
        name = _given_name(has)
        if tag in ("img", "area") or (tag == "input" and has.get("type", "").lower() == "image"):
            if _NO_ALTERNATIVE.fullmatch(has.get("alt", "").strip()[:120]):
                self.report(line, "1.1.1", tag, f"has the alt {has['alt'].strip()[:40]!r}, which says nothing (F30)")
            if tag == "img" and "alt" in has:
                self._name(has["alt"])
            elif not (name or has.get("alt", "").strip() or _hidden(has)):
                self.report(line, "1.1.1", tag, "has no alt text (an empty alt marks a decorative img)")
        elif tag in _FIELDS and has.get("type", "").lower() not in _UNLABELLED_TYPES:
            if any(opened.tag == "label" for opened in self.open):
                self.labelled.add(len(self.fields))
            self.fields.append((line, tag, has))
        elif tag in ("iframe", "frame") and not (name or _hidden(has)):
            self.report(line, "4.1.2", tag, "has no title that names it")
        elif tag == "html":
            self.html_line = line
            if not has.get("lang", "").strip():
                self.report(line, "3.1.1", tag, "has no lang attribute, so its language is unknown")
        elif tag == "meta":
            self._meta(line, has)
        elif tag in ("marquee", "blink"):
            self.report(line, "2.2.2", tag, "moves or blinks without a way to stop it")
        elif tag in ("video", "audio") and "autoplay" in has and "muted" not in has:
            self.report(line, "1.4.2", tag, "plays by itself with sound; offer a way to stop it", advice=True)
        if "style" in has:
            self.read_css(has["style"], line, tag)
        if has.get("tabindex", "").strip().isdigit() and int(has["tabindex"].strip()[:6]) > 0:
            self.report(
                line, "2.4.3", tag, "has a positive tabindex; let the order of the document decide", advice=True
            )
        if tag in _HEADINGS and not _hidden(has):
            self._heading(line, int(tag[1]))
        if tag in _NAMED:
            if tag == "label" and has.get("for"):
                self.label_for.add(has["for"])
            self.open.append(_Open(tag, has, line))

    def read_css(self, css: str, line: int, element: str) -> None:
        """Advice on styles that hide the focus or move."""
        if _NO_OUTLINE.search(css):
            problem = "takes an outline away; see that keyboard focus stays visible"
            self.report(line, "2.4.7", element, problem, advice=True)
        if _MOVES.search(css) and "prefers-reduced-motion" not in css.lower():
            problem = "animates without prefers-reduced-motion; let people turn motion off"
            self.report(line, "2.3.3", element, problem, advice=True)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self.open) - 1, max(-1, len(self.open) - 50), -1):
            if self.open[index].tag == tag:
                self._close(self.open.pop(index))
                return

    def handle_data(self, data: str) -> None:
        self._name(data)

    def _name(self, text: str) -> None:
        if text.strip():
            for opened in self.open[-50:]:
                if len(opened.text) < _LONGEST_NAME:
                    opened.text += text[:_LONGEST_NAME]

    def _close(self, opened: _Open) -> None:
        said = " ".join(opened.text.split()).rstrip(" .…»>→").lower()
        if opened.tag == "a" and said in _VAGUE_LINKS and not _given_name(opened.attributes):
            problem = f"is called {said!r}; name where it leads, or see that its sentence does (F84)"
            self.report(opened.line, "2.4.4", "a", problem, advice=True)
        named = bool(opened.text or _given_name(opened.attributes))
        if opened.tag == "title":
            self.titled = self.titled or named
        elif not named and not _hidden(opened.attributes):
            if opened.tag == "button" or (opened.tag == "a" and "href" in opened.attributes):
                self.report(opened.line, "4.1.2", opened.tag, "has no text, alt or aria-label that names it")
            elif opened.tag in _HEADINGS:
                self.report(opened.line, "1.3.1", opened.tag, "is an empty heading", advice=True)

    def _heading(self, line: int, level: int) -> None:
        if self.levels and level > self.levels[-1][1] + 1:
            before = self.levels[-1][1]
            self.report(line, "1.3.1", f"h{level}", f"follows h{before}, so a level is skipped", advice=True)
        self.levels.append((line, level))

    def _meta(self, line: int, has: dict[str, str]) -> None:
        content = has.get("content", "").lower().replace(" ", "")
        if has.get("name", "").lower() == "viewport":
            scale = next((part[14:] for part in content.split(",") if part.startswith("maximum-scale=")), "")
            locked = any(word in content.split(",") for word in ("user-scalable=no", "user-scalable=0"))
            if locked or scale[:4] in ("1", "1.0", "1.00"):
                self.report(line, "1.4.4", "meta", "viewport stops people from zooming")
        if has.get("http-equiv", "").lower() == "refresh" and content.split(";")[0] not in ("", "0"):
            self.report(line, "2.2.1", "meta", "refreshes or moves on by itself after a time")

    def finish(self) -> list[Finding]:
        while self.open:
            self._close(self.open.pop())
        for index, (line, tag, has) in enumerate(self.fields):
            by_label = index in self.labelled or (has.get("id") and has["id"] in self.label_for)
            if not (by_label or _given_name(has) or _hidden(has)):
                self.report(line, "1.3.1, 4.1.2", tag, "has no label (a placeholder is none)")
        if self.html_line is not None and not self.titled:
            self.report(self.html_line, "2.4.2", "title", "the page has no title")
        if self.levels and all(level != 1 for _, level in self.levels):
            self.report(self.levels[0][0], "1.3.1", "h1", "there is no level-1 heading", advice=True)
        return [finding for _, finding in sorted(self.found, key=lambda item: item[0])]


def read_markup(html: str) -> tuple[list[Finding], int]:
    """Findings of some HTML in the order of its lines, and how many elements it has.

    The parser gets one tag at a time: on tags without an end it takes quadratic time. Raises
    InvalidInput for a tag or comment that does not end.
    """
    reader, at = _Reader(), 0
    while at < len(html):
        start = html.find("<", at)
        start = len(html) if start < 0 else start
        reader.handle_data(unescape(html[at:start]))
        reader.line += html.count("\n", at, start)
        if start == len(html):
            break
        at = _after(html, start, reader)
        reader.line += html.count("\n", start, at)
    return reader.finish(), reader.elements


def _after(html: str, start: int, reader: _Reader) -> int:
    """Read what begins with "<" at `start`; the place after it."""
    following = html[start + 1 : start + 4]
    if following.startswith(("!", "?")):
        end = "-->" if following == "!--" else ">"
        place = html.find(end, start)
        if place < 0:
            raise _endless(html, start, reader.line)
        return place + len(end)
    if not re.match("/?[a-zA-Z]", following):
        return start + 1  # a "<" in text
    tag = _TAG.match(html, start)
    if tag is None:
        raise _endless(html, start, reader.line)
    reader.feed(tag.group())
    if reader.rawdata:
        raise _endless(html, start, reader.line)
    raw = _RAW.match(html, start)
    if raw is None or tag.group().endswith("/>"):
        return tag.end()
    # What is inside is no markup.
    end_tag = re.compile(rf"</{raw.group(1)}\b", re.IGNORECASE).search(html, tag.end())
    if end_tag is None:
        raise _endless(html, start, reader.line)
    if raw.group(1).lower() == "style":
        reader.read_css(html[tag.end() : end_tag.start()], reader.line, "style")
    return end_tag.start()


def _endless(html: str, start: int, line: int) -> InvalidInput:
    return InvalidInput(
        f"html has {html[start : start + 30]!r} in line {line}, which does not end; close the tag, its quotes or the "
        "comment",
        field="html",
    )


def _given_name(has: dict[str, str]) -> bool:
    return any(has.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title"))


def _hidden(has: dict[str, str]) -> bool:
    return (
        has.get("aria-hidden", "").lower() == "true" or "hidden" in has or has.get("role") in ("presentation", "none")
    )
