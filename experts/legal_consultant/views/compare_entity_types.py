"""Forms of business side by side: who may use which, and what each brings."""

from collections.abc import Mapping
from typing import Any

from experts.core.blocks import ItemList, Picture
from experts.core.view import View, closing, document, grid
from experts.legal_consultant.tools.compare_entity_types import Entity, EntityMatrix
from experts.legal_consultant.views._matrix import AMBER, GREEN, RED, Cell, matrix

_SAID = {"yes": ("open", GREEN), "no": ("not open", RED), "needs_facts": ("facts missing", AMBER)}


def view(result: EntityMatrix, arguments: Mapping[str, Any]) -> View:
    """The matrix; below it each test with its answer and source."""
    forms = list(result.entities.values())
    open_ = sum(form.eligible == "yes" for form in forms)
    title = f"{open_} of {len(forms)} forms are open on these facts"
    shut = [form.name for form in forms if form.eligible == "no"]
    if shut:
        title += f"; not open: {', '.join(shut)}"
    aspects = (
        ("Liability", "liability"),
        ("Federal tax", "tax"),
        ("Formalities", "formalities"),
        ("Equity", "equity"),
    )
    # The picture has room for what decides; the table below has the rest.
    heads = [("Form", 150), ("On these facts", 120), ("Why", 220), ("Liability", 150), ("Delaware, a year", 110)]
    drawn = [
        [
            Cell(form.name, bold=True),
            Cell(_SAID[form.eligible][0], _SAID[form.eligible][1], bold=True),
            Cell(_why(form)),
            Cell(form.liability),
            Cell(f"USD {form.delaware_minimum_usd:,}" if form.delaware_minimum_usd is not None else "none listed"),
        ]
        for form in forms
    ]
    tests = [
        {"form": form.name, "test": test.test, "answer": test.answer.replace("_", " "), "source": test.source}
        for form in forms
        for test in form.tests
    ]
    rows = [
        {
            "form": form.name,
            "open": _SAID[form.eligible][0],
            **{key: getattr(form, key) for _, key in aspects},
            "source": form.source,
        }
        for form in forms
    ]
    columns = {
        "form": ("Form", "text"),
        "open": ("On these facts", "text"),
        **{key: (label, "text") for label, key in aspects},
        "source": ("Source", "text"),
    }
    questions = [f"Is it so: {name.replace('_', ' ')}?" for name in result.missing]
    if result.election_due:
        questions.append(f"S election by {result.election_due} for the tax year given.")
    return View(
        title=title,
        subtitle=f"{result.notice} {result.jurisdiction}, {result.as_of}",
        blocks=document(
            Picture(picture="matrix", title=title, alt=f"Forms of business by tests, liability and cost. {title}."),
            *([ItemList(title="To be answered or dated", items=questions)] if questions else []),
            grid(
                "Tests",
                {
                    "form": ("Form", "text"),
                    "test": ("Test", "text"),
                    "answer": ("Met", "text"),
                    "source": ("Source", "text"),
                },
                tests,
            ),
            grid("Forms", columns, rows),
            *closing(result),
        ),
        pictures={"matrix": matrix(title, heads, drawn)},
    )


def _why(form: Entity) -> str:
    """The tests that shut a form or wait for a fact; that all are met; or that there is none."""
    said = [f"not met: {test.test}" for test in form.tests if test.answer == "no"]
    said += [f"fact missing: {test.test}" for test in form.tests if test.answer == "needs_facts"]
    return "; ".join(said) or ("all tests met" if form.tests else "no test of its own")
