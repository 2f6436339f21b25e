"""What each initiative is worth on its own, from the cash-flow rows of the brief."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from experts.core.contract import ActionResult, Key, Model, Text
from experts.core.drafting import row_sources, title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Money, NonNegativeMoney, Rate, Share, Volume
from experts.core.worksheet import Worksheet
from experts.finance_accountant.actions._innovation_values import document_of, narrative_of, pictures_of
from experts.finance_accountant.tools.value_initiatives import FlowRow, InitiativeValues, value_initiatives

KIND = "InitiativeValues"
VERSION = 1
NEEDS: dict[str, str] = {}

MOST_ROWS = 2000


class InitiativeFacts(Model):
    """`chance`: how likely the benefits come; the costs are spent either way."""

    label: Text | None = None
    chance: Share = Field(
        Decimal(1),
        json_schema_extra={"reason": "no chance is given, so the benefits are counted as if they were certain"},
    )


class CashFlow(Model):
    """One amount of one year, never negative: the kind says its direction. Only investment is planned by quarter."""

    initiative: Key
    year: Annotated[int, Field(ge=1900, le=2200)]
    quarter: Annotated[int | None, Field(ge=1, le=4)] = None
    kind: Literal["investment", "running", "benefit"]
    label: Text | None = None
    amount: NonNegativeMoney


class Finance(Model):
    discount_rate: Rate


class Brief(Model):
    currency: str
    finance: Finance
    initiatives: dict[Key, InitiativeFacts] = Field(max_length=30)
    cash_flows: dict[Key, CashFlow]


class Inputs(Model):
    """Nothing: this step is one of the first."""


class Judgement(Model):
    """Nothing is left open here."""


class YearFlow(Model):
    """One year: investment, running cost, benefit, and what is left of the benefit."""

    investment: Money
    running: Money
    benefit: Money
    net: Money


class Value(Model):
    """One initiative over all years; `quarters` holds its investment by quarter."""

    label: str
    chance: Share
    investment: Money
    running: Money
    benefit: Money
    present_investment: Money
    present_running: Money
    present_benefit: Money
    npv: Money
    expected_npv: Money
    payback_years: Volume | None = None
    years: dict[Key, YearFlow]
    quarters: dict[Key, Money]


class Output(Model):
    """Every initiative of the brief, valued on the same years at the same rate."""

    currency: str
    discount_rate: Rate
    initiatives: dict[Key, Value]


_FIELDS = (
    *("investment", "running", "benefit", "present_investment", "present_running", "present_benefit"),
    *("npv", "expected_npv", "payback_years"),
)
GROUNDS = {
    "discount_rate": "fact:finance.discount_rate",
    "initiatives.*.chance": "fact:initiatives.*.chance",
    **{f"initiatives.*.{name}": f"working:values#initiatives.*.{name}" for name in _FIELDS},
    **{
        f"initiatives.*.years.*.{name}": f"working:values#initiatives.*.years.*.{name}"
        for name in YearFlow.model_fields
    },
    "initiatives.*.quarters.*": "working:values#initiatives.*.quarters.*",
}


def run(brief: Brief, inputs: Inputs, judgement: Judgement) -> ActionResult:
    """Value every initiative: net present value, the same with benefits weighted by their chance, payback, phasing.

    Money is in the brief's currency; the first year of all rows is undiscounted, each later year counts one year.
    Raises InvalidInput naming the row that does not fit.
    """
    if not brief.initiatives:
        raise InvalidInput("no initiative is given; give at least two", field="initiatives")
    if len(brief.cash_flows) > MOST_ROWS:
        raise InvalidInput(
            f"there are {len(brief.cash_flows)} cash-flow rows, at most {MOST_ROWS} are read; add up rows of one line "
            "and year",
            field="cash_flows",
        )
    if not brief.cash_flows:
        raise InvalidInput("no cash flow is given; give at least one row for each initiative", field="cash_flows")
    sheet = Worksheet()
    values = _values(sheet, brief)
    output = Output(
        currency=brief.currency,
        discount_rate=brief.finance.discount_rate,
        initiatives={
            key: Value.model_validate(
                {"label": title_of(key, brief.initiatives[key].label)} | value.model_dump(exclude_none=True)
            )
            for key, value in values.initiatives.items()
        },
    )
    certain = [row.label for row in output.initiatives.values() if row.chance == 1]
    warnings = list(values.warnings)
    if certain:
        warnings.append(f"The benefits of {', '.join(certain)} are counted as certain; give each a chance.")
    return sheet.result(
        output=output,
        judgement=judgement,
        grounds=GROUNDS,
        narrative=narrative_of(output),
        document=document_of(brief, output),
        pictures=pictures_of(brief, output),
        warnings=warnings,
    )


def _values(sheet: Worksheet, brief: Brief) -> InitiativeValues:
    keys = list(brief.cash_flows)
    try:
        return sheet.run(
            "values",
            {
                **row_sources("rows.{}.amount", "fact:cash_flows.{}.amount", keys),
                "chances.*": "fact:initiatives.*.chance",
                "rate": "fact:finance.discount_rate",
            },
            value_initiatives,
            rows=[
                FlowRow(initiative=row.initiative, year=row.year, kind=row.kind, amount=row.amount, quarter=row.quarter)
                for row in brief.cash_flows.values()
            ],
            chances={key: each.chance for key, each in brief.initiatives.items()},
            rate=brief.finance.discount_rate,
            currency=brief.currency,
        )
    except InvalidInput as error:
        head, _, rest = error.field.partition(".")
        number, _, name = rest.partition(".")
        if head == "rows" and number.isdigit():
            error.field = f"cash_flows.{keys[int(number)]}.{name}"
            error.message = f"cash_flows.{keys[int(number)]}: {error.message}"
        elif head in ("rate", "rows"):
            error.field = {"rate": "finance.discount_rate", "rows": "cash_flows"}[head]
        raise
