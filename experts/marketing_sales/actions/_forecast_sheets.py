"""The workbook of a forecast: results by channel as formulas over spend and curves, and KPIs against targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experts.core.blocks import Column, Sheet, SheetCell, block
from experts.core.contract import Block
from experts.core.money import minor_units
from experts.marketing_sales.actions._forecast_text import AT_MOST, FIGURES

if TYPE_CHECKING:
    from experts.marketing_sales.actions.campaign_kpi_forecast import (
        Brief,
        ChannelView,
        Inputs,
        KpiForecastRow,
        Output,
    )

Row = dict[str, str | SheetCell]
NEVER = '"never"'
ENDS = ("low", "expected", "high")


def sheets_of(brief: Brief, inputs: Inputs, output: Output) -> list[Block]:
    """Forecast, Targets and Basis; none if nothing can be forecast."""
    if output.results_expected is None:
        return []
    sheets = [_forecast_sheet(brief, inputs, output)]
    if output.kpis:
        sheets.append(_targets_sheet(output))
    sheets.append(_basis_sheet(inputs, output))
    return [block(f"sheet-{sheet.name.lower()}", sheet) for sheet in sheets]


def _figure(path: str, formula: str) -> SheetCell:
    return SheetCell(ref=f"self#{path}", formula=formula)


def _plan(key: str, path: str) -> str:
    return f"[[channel_plan#channels.{key}.{path}]]"


def _spend(key: str) -> str:
    return f"[[allocation#lines.{key}.spend]]"


def _forecast_sheet(brief: Brief, inputs: Inputs, output: Output) -> Sheet:
    rows: dict[str, Row] = {}
    for key, channel in output.channels.items():
        view = inputs.channel_plan.channels[key]
        low, high = _range(key, view)
        rows[f"channel-{key}"] = {
            "label": channel.label,
            "spend": SheetCell(ref=f"allocation#lines.{key}.spend"),
            "low": _figure(f"channels.{key}.low", low),
            "expected": _figure(f"channels.{key}.expected", f"ROUND({_curve(key, view)},2)"),
            "high": _figure(f"channels.{key}.high", high),
        }
    rows["total"] = {
        "label": "Results",
        "spend": SheetCell(ref="allocation#working_total"),
        **{end: _figure(f"results_{end}", f"SUM([[self#channels.*.{end}]])") for end in ENDS},
    }
    rows |= _measure_rows(brief, output)
    columns: list[Column] = [
        {"key": "label", "label": "Channel or measure"},
        {"key": "spend", "label": "Spend", "unit": "money"},
        {"key": "low", "label": "Low"},
        {"key": "expected", "label": "Expected"},
        {"key": "high", "label": "High"},
    ]
    return Sheet(
        name="Forecast",
        title="What the budget should bring",
        columns=columns,
        rows=rows,
        note="Spend of the results row counts media and production. The range follows the sheet Basis.",
    )


def _curve(key: str, view: ChannelView) -> str:
    assert view.curve is not None  # only channels with a curve come here
    if view.curve.form == "power":
        return f"{_plan(key, 'curve.a')}*{_spend(key)}^{_plan(key, 'curve.b')}"
    return f"{_plan(key, 'curve.a')}*LN(1+{_spend(key)}/{_plan(key, 'curve.scale')})"


def _range(key: str, view: ChannelView) -> tuple[str, str]:
    """Low and high end as formulas: what forecast_channel_results does."""
    spend, expected = _spend(key), f"[[self#channels.{key}.expected]]"
    if view.fit is not None:
        t, error, n, mean, squares = (
            _plan(key, f"fit.{name}")
            for name in ("t_quantile", "residual_error", "rows", "mean_log_spend", "log_spend_squares")
        )
        half = f"{t}*{error}*SQRT(1+1/{n}+(LN({spend})-{mean})^2/{squares})"
        low, high = f"{expected}*EXP(-({half}))", f"{expected}*EXP({half})"
    elif view.answers is not None:
        now, first, second = (
            _plan(key, f"answers.{name}") for name in ("spend_now", "results_now", "results_at_double")
        )
        early, late = f"{first}/{now}*{spend}", f"({second}-{first})/{now}"
        low = f"IF({spend}<={now},{early},IF({spend}<=2*{now},{first}+{late}*({spend}-{now}),{second}))"
        high = (
            f"IF({spend}<={now},{first}-{late}*({now}-{spend}),"
            f"IF({spend}<=2*{now},MIN({early},{second}),{second}+{late}*({spend}-2*{now})))"
        )
    else:
        part = "[[judgement:curve_uncertainty]]"
        return f"ROUND({expected}*(1-{part}),2)", f"ROUND({expected}*(1+{part}),2)"
    return (
        f"IF({spend}>0,MIN({expected},ROUND({low},2)),0)",
        f"IF({spend}>0,MAX({expected},ROUND({high},2)),0)",
    )


def _measure_rows(brief: Brief, output: Output) -> dict[str, Row]:
    """Cost per result, payback and return on spend, each where the forecast has it."""
    digits = minor_units(brief.currency)
    spend = "[[allocation#working_total]]"
    # The best cost and payback go with the most results.
    opposite = {"low": "high", "expected": "expected", "high": "low"}
    rows: dict[str, Row] = {}
    for measure, label in (
        ("cost_per_result", "Cost per result"),
        ("payback_months", "Payback in months"),
        ("return_on_spend", "Return on spend"),
    ):
        cells: Row = {}
        for end, path in zip(ENDS, FIGURES[measure], strict=True):
            if getattr(output, path) is None:
                continue
            results = f"[[self#results_{opposite[end] if measure in AT_MOST else end}]]"
            if measure == "cost_per_result":
                formula = f"ROUND({spend}/{results},{digits})"
            elif measure == "return_on_spend":
                formula = f"ROUND([[fact:economics.order_value]]*{results}/{spend},2)"
            else:
                formula = _payback(brief, f"[[self#{FIGURES['cost_per_result'][ENDS.index(end)]}]]")
            cells[end] = _figure(path, formula)
        if cells:
            rows[measure] = {"label": label, **cells}
    return rows


def _payback(brief: Brief, cost: str) -> str:
    """The smallest k with m*(1-r^k)/(1-r) >= cost, in closed form, as the sheet Economics has it."""
    order = "[[fact:economics.order_value]]*[[fact:economics.gross_margin]]"
    if brief.economics is None or brief.economics.monthly_retention is None:
        return f"IF(AND({order}>0,{order}>={cost}),1,{NEVER})"
    stay = "[[fact:economics.monthly_retention]]"
    left = f"1-{cost}*(1-{stay})/({order})"
    later = f"IF({left}<=0,{NEVER},-INT(0.000000001-LN({left})/LN({stay})))"
    repeat = f"IF({stay}<=0,{NEVER},IF({stay}>=1,-INT(0.000000001-{cost}/({order})),{later}))"
    return f"IF({order}<=0,{NEVER},IF({order}>={cost},1,{repeat}))"


def _targets_sheet(output: Output) -> Sheet:
    return Sheet(
        name="Targets",
        title="Targets against the forecast",
        columns=[
            {"key": "label", "label": "KPI"},
            {"key": "target", "label": "Target"},
            {"key": "low", "label": "Low"},
            {"key": "forecast", "label": "Expected"},
            {"key": "high", "label": "High"},
            {"key": "headroom", "label": "Room to target"},
            {"key": "verdict", "label": "Verdict"},
        ],
        rows={f"kpi-{key}": _kpi_row(key, row) for key, row in output.kpis.items()},
        note="A target for cost or payback is a ceiling, for results or return a floor.",
    )


def _kpi_row(key: str, row: KpiForecastRow) -> Row:
    target = f"[[self#kpis.{key}.target]]"
    cells: Row = {"label": row.label, "target": _figure(f"kpis.{key}.target", f"[[fact:kpis.{key}.target]]")}
    for name, path in zip(("low", "forecast", "high"), FIGURES[row.measure], strict=True):
        if getattr(row, name) is not None:
            cells[name] = _figure(f"kpis.{key}.{name}", f"[[self#{path}]]")
    if row.forecast is None:
        return {**cells, "verdict": row.verdict}
    ceiling = row.measure in AT_MOST
    forecast = f"[[self#kpis.{key}.forecast]]"
    above, below = (target, forecast) if ceiling else (forecast, target)
    worst = "high" if ceiling else "low"
    sign = "<=" if ceiling else ">="
    end = f"[[self#kpis.{key}.{worst}]]"
    safe = f"AND(ISNUMBER({end}),{end}{sign}{target})" if getattr(row, worst) is not None else "FALSE"
    meets = f"AND(ISNUMBER({forecast}),{forecast}{sign}{target})"
    return {
        **cells,
        "headroom": _figure(f"kpis.{key}.headroom", f"ROUND(({above}-{below})/{target},3)"),
        "verdict": SheetCell(
            ref=f"self#kpis.{key}.verdict", formula=f'IF({meets},IF({safe},"met","at risk"),"missed")', unit="text"
        ),
    }


def _basis_sheet(inputs: Inputs, output: Output) -> Sheet:
    """What the ranges are made of, one quantity a row; targets are here to be changed."""
    entries = [("uncertainty", "Given curves may be wrong by", "judgement:curve_uncertainty", "either way, a choice")]
    for key in output.channels:
        view = inputs.channel_plan.channels[key]
        at = f"channel_plan#channels.{key}"
        assert view.curve is not None  # only channels with a curve have a forecast
        names = ("a", "b") if view.curve.form == "power" else ("a", "scale")
        words = {"a": "factor of the curve", "b": "exponent of the curve", "scale": "scale of the curve"}
        entries += [(f"{key}-{name}", view.label, f"{at}.curve.{name}", words[name]) for name in names]
        if view.fit is not None:
            parts = {
                "rows": "past rows",
                "t_quantile": "Student's t",
                "residual_error": "residual error, logarithmic",
                "mean_log_spend": "mean of the logarithms of spend",
                "log_spend_squares": "sum of squares about that mean",
            }
            entries += [(f"{key}-{name}", view.label, f"{at}.fit.{name}", text) for name, text in parts.items()]
        if view.answers is not None:
            parts = {
                "spend_now": "spend now",
                "results_now": "results now",
                "results_at_double": "results at double the spend",
            }
            entries += [(f"{key}-{name}", view.label, f"{at}.answers.{name}", text) for name, text in parts.items()]
    entries += [(f"target-{key}", row.label, f"fact:kpis.{key}.target", "target") for key, row in output.kpis.items()]
    return Sheet(
        name="Basis",
        title="What the forecast rests on",
        columns=[
            {"key": "label", "label": "Of"},
            {"key": "value", "label": "Value"},
            {"key": "note", "label": "What it is"},
        ],
        rows={row: {"label": label, "value": SheetCell(ref=ref), "note": note} for row, label, ref, note in entries},
    )
