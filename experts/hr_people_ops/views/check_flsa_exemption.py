"""The tests of an exemption, met, failed and open."""

from collections.abc import Mapping
from typing import Any

from experts.core.view import View, document, grid
from experts.hr_people_ops.tools.check_flsa_exemption import ExemptionCheck
from experts.hr_people_ops.views._look import ending, words

_TITLES = {
    "conditions_met": "The conditions tested are met",
    "not_exempt_here": "Not exempt: a condition is not met",
    "open": "Open: not every condition is answered",
}
_SAID = {"met": "met", "not_met": "not met", "open": "open: to be answered"}


def view(result: ExemptionCheck, arguments: Mapping[str, Any]) -> View:
    """One table of tests with the sources."""
    columns = {"test": ("Test", "text"), "result": ("Result", "text")}
    rows = [{"test": test.question, "result": _SAID[test.result]} for test in result.tests]
    return View(
        title=f"{words(arguments['category'])} exemption. {_TITLES[result.conclusion]}",
        subtitle=f"{result.jurisdiction}, as of {result.as_of}",
        blocks=document(grid("Tests", columns, rows), *ending(result)),
    )
