"""How many units the market takes."""

from decimal import Decimal

from pydantic import Field

from experts.core.blocks import Prose, Sheet, SheetCell, block
from experts.core.contract import ActionResult, Model, Text
from experts.core.quantities import NonNegativeVolume, Share, Volume
from experts.core.worksheet import Worksheet
from tests.spine.toys.planner.tools.estimate_demand import estimate_demand

KIND, VERSION, NEEDS = "Demand", 1, {}


class Market(Model):
    size: NonNegativeVolume
    share: Share = Field(Decimal("0.10"), json_schema_extra={"reason": "a tenth is a common first target"})


class Brief(Model):
    currency: Text
    market: Market


class Inputs(Model):
    pass


class Judgement(Model):
    pass


class Output(Model):
    units: Volume


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Estimate demand."""
    sheet = Worksheet()
    sources = {"size": "fact:market.size", "share": "fact:market.share"}
    found = sheet.run("demand", sources, estimate_demand, size=brief.market.size, share=brief.market.share)
    columns = [{"key": "label", "label": "What"}, {"key": "value", "label": "Value"}]
    rows = {
        "size": {"label": "Size", "value": SheetCell(ref="fact:market.size", unit="count")},
        "share": {"label": "Share", "value": SheetCell(ref="fact:market.share", unit="rate")},
        "units": {
            "label": "Units",
            "value": SheetCell(ref="self#units", formula="[[fact:market.size]]*[[fact:market.share]]", unit="count"),
        },
    }
    return sheet.result(
        output=Output(units=found.units),
        judgement=judgement,
        grounds={"units": "working:demand#units"},
        narrative="The market takes [[self#units]] units.",
        document=[
            block("headline", Prose(text="[[self#units]] units.", slot="headline")),
            block("demand", Sheet(name="Demand", title="Demand", columns=columns, rows=rows)),
        ],
    )
