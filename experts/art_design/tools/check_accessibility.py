"""Static check of HTML and of target sizes against WCAG 2.2.

Failures: image, image button or area without alt (1.1.1); form field without label, button or link without name,
frame without title (4.1.2, and 1.3.1 for fields); page without title (2.4.2) or language (3.1.1); zoom locked by the
viewport (1.4.4); timed refresh (2.2.1); targets below 24 x 24 CSS px unless spaced so that a circle of 24 px around
each meets no other (2.5.8, AA), and below 44 x 44 (2.5.5, AAA). Advice: heading levels that skip, no level-1 heading,
positive tabindex, autoplaying media, an outline taken away (2.4.7), animation without
prefers-reduced-motion (2.3.3); marquee and blink fail 2.2.2. Source: https://www.w3.org/TR/WCAG22/ and its Techniques.

Limits: reads markup as given, without styles or scripts; a heading skip is no failure of a criterion. Automatic
checks find only part of the barriers: no findings is not conformance. Whether alt text is good is for a person.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.art_design.tools._markup import Finding, read_markup
from experts.core.contract import Key, Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Ratio, plain

LONGEST = 200_000
MOST_FINDINGS = 200
MOST_TARGETS = 500


class Target(Model):
    """A control's size in CSS px; `spaced` if a 24 px circle around it meets no other target; `inline` in a sentence."""

    width_px: Ratio
    height_px: Ratio
    spaced: bool = False
    inline: bool = False


class AccessibilityReport(Model):
    """Findings in the order of the document, then of the targets."""

    findings: list[Finding]
    failures: Count
    advice: Count
    elements: Count
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def check_accessibility(
    html: Annotated[str, Field(max_length=LONGEST, description="page or fragment")] = "",
    targets: Annotated[dict[Key, Target] | None, Field(description="control sizes in CSS px, by id")] = None,
    level: Annotated[Literal["AA", "AAA"], Field(description="AAA asks for 44 px targets")] = "AA",
) -> AccessibilityReport:
    """Check HTML for missing alt text, labels, names, headings, title and language, and target sizes, by WCAG 2.2.

    Use when markup or control sizes are at hand and should be screened.
    It does not run scripts or styles, measure contrast (check_contrast), or prove conformance.
    """
    targets = targets or {}
    if not html.strip() and not targets:
        raise InvalidInput("there is nothing to check; give html or targets", field="html")
    if len(html) > LONGEST:
        raise InvalidInput(f"html has {len(html)} characters; give at most {LONGEST}", field="html")
    if len(targets) > MOST_TARGETS:
        raise InvalidInput(f"targets has {len(targets)} entries; at most {MOST_TARGETS} are checked", field="targets")
    findings, elements = read_markup(html)
    if html.strip() and not elements:
        raise InvalidInput("html has no element; give markup such as '<main>...</main>'", field="html")
    findings += [found for key, target in targets.items() if (found := _target(key, target, level))]
    warnings = ["automatic checks find only part of the barriers; test with a keyboard, a screen reader and people"]
    if len(findings) > MOST_FINDINGS:
        warnings.append(f"only the first {MOST_FINDINGS} findings are listed; the counts are of all")
    return AccessibilityReport(
        findings=findings[:MOST_FINDINGS],
        failures=sum(found.kind == "failure" for found in findings),
        advice=sum(found.kind == "advice" for found in findings),
        elements=elements,
        method="static check of markup and sizes against WCAG 2.2 criteria 1.1.1 to 4.1.2 as named in each finding",
        assumptions=["markup is as the browser gets it, before scripts and styles"],
        warnings=warnings,
    )


def _target(key: str, target: Target, level: str) -> Finding | None:
    for name, size in (("width_px", target.width_px), ("height_px", target.height_px)):
        if not 0 < size <= 20_000:
            raise InvalidInput(
                f"targets.{key}.{name} {plain(size)!r} is not above 0 and at most 20000; correct it",
                field=f"targets.{key}.{name}",
            )
    smaller = min(target.width_px, target.height_px)
    size_text = f"{plain(target.width_px)} x {plain(target.height_px)} CSS px"
    if target.inline:
        return None
    if smaller < Decimal(24) and not target.spaced:
        return Finding(
            criterion="2.5.8",
            kind="failure",
            element=key,
            problem=f"target of {size_text} is below 24 x 24, not spaced",
        )
    if level == "AAA" and smaller < Decimal(44):
        return Finding(
            criterion="2.5.5", kind="failure", element=key, problem=f"target of {size_text} is below 44 x 44"
        )
    return None
