"""The text, tables and pictures of an experience concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.contract import Block
from experts.core.drafting import (
    NONE,
    at,
    draft,
    few,
    figure_sheet,
    figure_table,
    headline,
    items,
    joined,
    monday,
    own,
    picture,
    sentence,
    shown,
    would_change,
)

if TYPE_CHECKING:
    from experts.art_design.actions.digital_experience_design import Brief, Output
    from experts.art_design.tools.build_design_tokens import DesignTokens
    from experts.art_design.tools.build_wireframe import Wireframe
    from experts.core.blocks import Cell, ItemList, Picture, Sheet, SheetCell, Table

Cells = dict[str, "Cell"]


def narrative_of(output: Output) -> str:
    """Screens, contrast, test."""
    screens = [row.title for row in output.screens.values()]
    parts = [f"The concept shows {few(screens, 'others', most=6)}."]
    failing = [row.label for row in output.pairs.values() if not row.passes]
    if failing:
        parts.append(f"{own('failed')} of {own('checked')} uses of colour cannot be read well enough: {few(failing)}.")
    elif output.pairs:
        parts.append(
            f"All {own('checked')} uses of colour meet the contrast that the accessibility guidelines ask for."
        )
    who = f" from each group ({joined(output.test_groups)})" if output.test_groups else ""
    parts.append(
        f"A test with {own('test_people')} people{who} is expected to find {own('test_share_found')} of the problems."
    )
    return " ".join(parts)


def document_of(brief: Brief, output: Output) -> list[Block]:
    """Headline, wireframes, colours, tokens, test plan."""
    return draft(
        headline(_headline(output), "warning" if output.failed else "good"),
        picture("innovation-flow", "All screens side by side", "Wireframes of all screens, in the order of the brief."),
        _screen_table(brief, output),
        *_screens(output),
        _contrast_table(output),
        picture("innovation-tokens", "Design tokens", "Sheet of colours, spacing and fonts with their names."),
        _test_list(brief, output),
        would_change(_changes(output)),
        monday(_first(output)),
        _sheet(brief, output),
    )


def _headline(output: Output) -> str:
    if output.failed:
        return f"{own('failed')} of {own('checked')} uses of colour cannot be read yet; the screens are ready to be tested."
    return f"The screens are ready to be tested with {_people(output)}."


def _people(output: Output) -> str:
    """How many people take the test."""
    return f"{own('test_people')} people{' of each group' if len(output.test_groups) > 1 else ''}"


def _screens(output: Output) -> list[Picture]:
    return [
        picture(f"innovation-screen-{key}", row.title, f"Wireframe of the screen for {row.device}.")
        for key, row in output.screens.items()
    ]


def _screen_table(brief: Brief, output: Output) -> Table | None:
    rows: dict[str, Cells] = {
        key: {
            "title": row.title,
            "device": row.device,
            "for": output.initiatives.get(row.initiative or "", NONE),
            "parts": joined(row.components),
            "below": shown(True, f"self#screens.{key}.below_first_view"),
        }
        for key, row in output.screens.items()
    }
    return figure_table(
        "Screens",
        {
            "title": ("Screen", "text"),
            "device": ("Device", "text"),
            "for": ("For", "text"),
            "parts": ("From top to bottom", "text"),
            "below": ("Below the first view", "count"),
        },
        rows,
        "Components below the first view need scrolling.",
    )


def _contrast_table(output: Output) -> Table | None:
    rows: dict[str, Cells] = {}
    for key, row in output.pairs.items():
        base = f"self#pairs.{key}"
        verdict = "can be read" if row.passes else "cannot be read"
        rows[key] = {
            "label": row.label,
            "colours": f"[[{base}.foreground]] on [[{base}.background]]",
            "ratio": shown(True, f"{base}.ratio"),
            "required": shown(True, f"{base}.required"),
            "verdict": f"{verdict}, with a changed colour" if row.changed else verdict,
            "nearest": shown(row.suggestion, f"{base}.suggestion"),
        }
    return figure_table(
        "Contrast of colours in use",
        {
            "label": ("Use", "text"),
            "colours": ("Colours", "text"),
            "ratio": ("Contrast", "ratio"),
            "required": ("Required", "ratio"),
            "verdict": ("Verdict", "text"),
            "nearest": ("Nearest that can be read", "text"),
        },
        rows,
        "WCAG 2.2, level AA; large text and graphics need less contrast than small text.",
    )


def _test_list(brief: Brief, output: Output) -> ItemList | None:
    facts = brief.usability
    said = [
        f"Take part: {_people(output)}" + (f": {joined(facts.groups)}." if facts.groups else "."),
        f"Aim: find {own('test_target')} of the problems; expected with this number: {own('test_share_found')}.",
        *(
            [f"If problems are half as easy to meet, it takes {own('test_people_if_half')} people."]
            if output.test_people_if_half
            else []
        ),
        *[f"Task: {sentence(task)}" for task in facts.tasks],
        "Measure: who finishes without help, how long it takes, and what they say while doing it.",
    ]
    return items("Usability test", said)


def _changes(output: Output) -> list[str]:
    found = [
        f"{row.label} can be read if [[self#pairs.{key}.foreground]] becomes [[self#pairs.{key}.suggestion]]."
        for key, row in output.pairs.items()
        if not row.passes and row.suggestion
    ]
    if output.test_people_if_half is not None:
        found.append(
            f"Problems that are half as easy to meet need {own('test_people_if_half')} people instead of "
            f"{own('test_people')}."
        )
    return found


def _first(output: Output) -> list[str]:
    found = [f"Invite {_people(output)} and book a room for the test."]
    if output.failed:
        found.append("Decide whether the readable colours become part of the brand.")
    return found


def _sheet(brief: Brief, output: Output) -> Sheet | None:
    """People needed by the share of problems to find, live."""
    rows: dict[str, dict[str, str | SheetCell]] = {
        "target": {"name": "Share of problems to find", "value": at("fact:usability.target", "rate")},
        "people": {"name": "People of each group", "value": at("self#test_people", "count")},
        "found": {"name": "Share they are expected to find", "value": at("self#test_share_found", "rate")},
    }
    if brief.usability.chance is not None:
        chance = "[[fact:usability.chance]]"
        rows["chance"] = {
            "name": "Chance that one person meets a problem",
            "value": at("fact:usability.chance", "rate"),
        }
        rows["people"]["value"] = at(
            "self#test_people",
            "count",
            f"MAX(1,-INT(0.000000001-LN(1-[[fact:usability.target]])/LN(1-{chance})))",
        )
        rows["found"]["value"] = at("self#test_share_found", "rate", f"ROUND(1-(1-{chance})^[[self#test_people]],6)")
    return figure_sheet(
        "User test", "The test with users", {"name": ("Line", "text"), "value": ("Value", "text")}, rows
    )


def pictures_of(brief: Brief, output: Output, frames: Wireframe, tokens: DesignTokens) -> dict[str, str]:
    """All screens, each screen, and the token sheet."""
    from experts.art_design.views.build_design_tokens import view as token_sheet
    from experts.art_design.views.build_wireframe import view as drawn

    pictures = drawn(frames, {}).pictures
    found = {"innovation-flow": pictures["flow"]}
    found |= {f"innovation-screen-{key}": pictures[key] for key in output.screens if key in pictures}
    found["innovation-tokens"] = token_sheet(tokens, {}).pictures["tokens"]
    return found
