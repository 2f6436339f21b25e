"""What a page's HTML tells search engines, and what is missing.

Checked against Google Search Essentials and its documentation of title links, snippets, robots meta tags, canonical addresses,
links and structured data, JSON-LD 1.1 and schema.org, as known in November 2026. Google states no limit for a title or a
description and cuts both to fit the screen; so their lengths are given and only missing, empty, doubled or very long ones
are findings (70 and 200 characters, practice). `fault`: stops indexing or is invalid; `improve`: commonly advised;
`fine`: passes.

Limits: only the HTML given is read, without scripts, speed, links from elsewhere or the server's answer. Meta keywords are
ignored because Google ignores them. Presence of a keyword is no measure of rank. InvalidInput: text without HTML tags.
"""

import json
import re
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count
from experts.marketing_sales.tools._page import Page, read

LONG_TITLE, LONG_DESCRIPTION = 70, 200
VAGUE = frozenset(["click here", "here", "more", "read more", "learn more", "this", "link"])
MOST_TYPES = 20
Status = Literal["fine", "improve", "fault"]


class SeoFinding(Model):
    check: str
    status: Status
    detail: str


class SeoAudit(Model):
    """`keyword_in` names the places that have the keyword."""

    findings: list[SeoFinding]
    faults: Count
    improvements: Count
    title: str
    title_length: Count
    description: str
    description_length: Count
    h1: list[str]
    canonical: str
    indexable: bool
    structured_types: list[str]
    links: Count
    links_outside: Count
    images: Count
    images_without_alt: Count
    words: Count
    keyword_in: list[str] = []
    keyword_count: Count = 0
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def audit_page_seo(
    html: Annotated[str, Field(min_length=1, max_length=500_000)],
    url: Annotated[str, Field(max_length=2000)] = "",
    keyword: Annotated[str, Field(max_length=100)] = "",
) -> SeoAudit:
    """Audit a page's HTML: title, description, headings, canonical, robots, JSON-LD, links, image alts, keyword.

    Use when a page is to be found by search. It does not fetch pages, run scripts or predict rank.
    """
    page = read(html)
    if not page.tags:
        raise InvalidInput(f"html {html[:40]!r} has no HTML tags; give the page's source", field="html")
    if url and not re.match(r"https?://[^/\s]+", url, re.IGNORECASE):
        raise InvalidInput(f"url {url[:60]!r} must begin with https:// or http://", field="url")
    title, description = _first(page.titles), _first(page.metas.get("description", []))
    text = " ".join(" ".join(page.text).split())
    types, broken = _types(page.data)
    robots = {
        part.strip().lower()
        for name in ("robots", "googlebot")
        for said in page.metas.get(name, [])
        for part in said.split(",")
    }
    blocked = sorted(robots & {"noindex", "none"})
    findings = [
        _one("title", page.titles, LONG_TITLE),
        _one("meta description", page.metas.get("description", []), LONG_DESCRIPTION, needed=False),
        *_headings(page),
        _canonical(page, url),
        SeoFinding(check="robots", status="fault", detail=f"The page asks not to be indexed: {', '.join(blocked)}.")
        if blocked
        else SeoFinding(check="robots", status="fine", detail="Nothing in the page forbids indexing."),
        *_others(page, types, broken),
    ]
    places, count = _keyword(
        keyword, {"title": title, "description": description, "h1": _h1(page), "url": url, "text": text}
    )
    if keyword.strip() and "title" not in places:
        findings.append(SeoFinding(check="keyword", status="improve", detail="The title does not contain the keyword."))
    return SeoAudit(
        findings=findings,
        faults=sum(row.status == "fault" for row in findings),
        improvements=sum(row.status == "improve" for row in findings),
        title=title[:300],
        title_length=len(title),
        description=description[:500],
        description_length=len(description),
        h1=[said[:300] for level, said in page.headings if level == 1][:20],
        canonical=_first(page.canonicals)[:2000],
        indexable=not blocked,
        structured_types=types,
        links=len(page.links),
        links_outside=sum(_outside(href, url) for href, _, _ in page.links),
        images=len(page.images),
        images_without_alt=sum(alt is None for alt in page.images),
        words=len(text.split()),
        keyword_in=places,
        keyword_count=count,
        method="HTML checks after Google Search Essentials, JSON-LD 1.1 and schema.org, as known in November 2026.",
        assumptions=["The HTML is what the server sends; content added by scripts is not seen."],
        warnings=["Lengths of title and description are practice: Google states no limit and cuts to fit the screen."],
    )


def _first(found: list[str]) -> str:
    return found[0] if found else ""


def _h1(page: Page) -> str:
    return " ".join(said for level, said in page.headings if level == 1)


def _one(check: str, found: list[str], long: int, needed: bool = True) -> SeoFinding:
    if not found or not found[0]:
        return SeoFinding(
            check=check, status="fault" if needed else "improve", detail="It is missing or empty; write one."
        )
    if len(found) > 1:
        return SeoFinding(check=check, status="improve", detail=f"It is there {len(found)} times; keep one.")
    if len(found[0]) > long:
        return SeoFinding(
            check=check,
            status="improve",
            detail=f"{len(found[0])} characters; results cut it, so put what matters first.",
        )
    return SeoFinding(check=check, status="fine", detail=f"{len(found[0])} characters.")


def _headings(page: Page) -> list[SeoFinding]:
    tops = [said for level, said in page.headings if level == 1]
    if not tops or not tops[0]:
        first = SeoFinding(check="h1", status="improve", detail="There is no main heading with text; write one.")
    elif len(tops) > 1:
        first = SeoFinding(
            check="h1", status="improve", detail=f"{len(tops)} main headings; one is clearer to readers."
        )
    else:
        first = SeoFinding(check="h1", status="fine", detail="One main heading.")
    levels = [level for level, _ in page.headings]
    skips = [f"h{a} to h{b}" for a, b in pairwise(levels) if b > a + 1]
    if skips:
        return [
            first,
            SeoFinding(check="heading order", status="improve", detail=f"Levels are skipped: {', '.join(skips[:5])}."),
        ]
    return [first]


def _canonical(page: Page, url: str) -> SeoFinding:
    found = page.canonicals
    if len(set(found)) > 1:
        return SeoFinding(
            check="canonical", status="fault", detail=f"{len(found)} different addresses; Google may ignore all."
        )
    if not found or not found[0]:
        return SeoFinding(
            check="canonical", status="improve", detail="None is given; name the address that should be indexed."
        )
    if not re.match(r"https?://", found[0], re.IGNORECASE):
        return SeoFinding(check="canonical", status="improve", detail="It is relative; write the whole address.")
    if url and found[0].rstrip("/").lower() != url.split("#")[0].rstrip("/").lower():
        return SeoFinding(
            check="canonical", status="improve", detail="It names another address; this page will then not be indexed."
        )
    return SeoFinding(check="canonical", status="fine", detail="One whole address.")


def _others(page: Page, types: list[str], broken: int) -> list[SeoFinding]:
    bare, vague = sum(alt is None for alt in page.images), 0
    dead = sum(not href or href.lower().startswith("javascript:") for href, _, _ in page.links)
    for _, said, _ in page.links:
        vague += not said or said.lower().strip(" .…»>") in VAGUE
    rows: list[tuple[str, Status, str]] = [
        ("language", "fine" if page.language else "improve", page.language or "html has no lang; name the language."),
        (
            "viewport",
            "fine" if "viewport" in page.metas else "improve",
            "Set." if "viewport" in page.metas else "No viewport; phones will show the page small.",
        ),
        ("image alts", "improve" if bare else "fine", f"{bare} of {len(page.images)} images have no alt attribute."),
        ("link texts", "improve" if vague else "fine", f"{vague} of {len(page.links)} links have no or a vague text."),
        (
            "link addresses",
            "improve" if dead else "fine",
            f"{dead} of {len(page.links)} links lead nowhere a crawler can go.",
        ),
    ]
    if broken:
        rows.append(("structured data", "fault", f"{broken} JSON-LD block(s) are not valid JSON objects with a type."))
    elif types:
        rows.append(("structured data", "fine", f"JSON-LD: {', '.join(types)}."))
    else:
        rows.append(("structured data", "improve", "No JSON-LD; add the schema.org type that fits, if one does."))
    return [SeoFinding(check=check, status=status, detail=detail[:300]) for check, status, detail in rows]


def _types(blocks: list[str]) -> tuple[list[str], int]:
    """Types named in JSON-LD blocks, and how many blocks cannot be read or have none."""
    found: dict[str, None] = {}
    broken = 0
    for text in blocks[:100]:
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            broken += 1
            continue
        names = _named(said)
        broken += not names
        found.update(dict.fromkeys(names))
    return list(found)[:MOST_TYPES], broken


def _named(said: Any) -> list[str]:
    items = said if isinstance(said, list) else said.get("@graph", [said]) if isinstance(said, dict) else []
    names = []
    for item in items if isinstance(items, list) else []:
        kind = item.get("@type") if isinstance(item, dict) else None
        names += [name[:60] for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)]
    return names


def _outside(href: str, url: str) -> bool:
    found = re.match(r"(?:https?:)?//([^/?#]+)", href, re.IGNORECASE)
    own = re.match(r"https?://([^/?#]+)", url, re.IGNORECASE)
    return bool(found) and (own is None or found[1].lower() != own[1].lower())  # type: ignore[index]


def _keyword(keyword: str, places: dict[str, str]) -> tuple[list[str], int]:
    wanted = " ".join(keyword.lower().split())
    if not wanted:
        return [], 0
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    low = {name: " ".join(text.lower().split()) for name, text in places.items()}
    low["url"] = re.sub(r"[-_+/]|%20", " ", low["url"])
    return [name for name, text in low.items() if pattern.search(text)], len(pattern.findall(low["text"]))
