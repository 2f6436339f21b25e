"""A customer journey by stage, with pains and the survey figures that belong to it, each with its margin.

NPS = (promoters - detractors)/answers x 100, margin 1.96 sqrt((p + d - (p - d)^2)/n) x 100. CSAT = satisfied /
answers with a 95 % Wilson interval. CES = mean of scores from 1 to 7 with a 95 % t interval. Pains are ranked
by severity x frequency (each 1 to 5), as given. Feelings run from -2 to 2. Sources: Reichheld, "The One Number
You Need to Grow", HBR 2003; Dixon, Freeman & Toman, "Stop Trying to Delight Your Customers", HBR 2010 (CES);
Kalbach, Mapping Experiences (2016).

Limits: stages and feelings are a team's reading unless research is named; small samples have wide margins.
"""

import math
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Ratio, plain, round_to
from experts.digital_business_think_tank.tools._figures import Line, Whole, dec, questions
from experts.digital_business_think_tank.tools._intervals import nps_margin, wilson


class Stage(Model):
    """One stage of the journey."""

    name: Line
    doing: Line
    touchpoint: Annotated[str, Field(max_length=100)] = ""
    feeling: Annotated[int, Field(ge=-2, le=2)] = 0
    pains: Annotated[
        dict[Line, Annotated[int, Field(ge=1, le=25)]],
        Field(max_length=6, description="Severity x frequency, each 1-5."),
    ] = {}


class Measure(Model):
    """One survey figure with its 95 % interval."""

    name: str
    value: Ratio
    low: Ratio
    high: Ratio
    answers: int


class RankedPain(Model):
    """One pain by severity x frequency."""

    stage: str
    what: str
    score: int


class Journey(Model):
    """Stages in order, pains from worst."""

    persona: str
    stages: list[Stage]
    lowest_stage: str
    pains: list[RankedPain]
    measures: list[Measure]
    questions: list[str] = []
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def map_customer_journey(
    persona: Line,
    stages: Annotated[list[Stage], Field(min_length=2, max_length=10)],
    nps: Annotated[list[Whole] | None, Field(max_length=3, description="Promoters, passives, detractors.")] = None,
    csat: Annotated[list[Whole] | None, Field(max_length=2, description="Satisfied, answers.")] = None,
    ces: Annotated[
        list[Annotated[int, Field(ge=1, le=7)]] | None,
        Field(max_length=5000, description="Scores 1-7."),
    ] = None,
    research: Annotated[str, Field(max_length=300)] = "",
) -> Journey:
    """Map a customer journey with feelings and ranked pains, and NPS, CSAT and CES with their margins.

    Use when a customer experience is designed or reviewed.
    """
    nps = nps or []
    csat = csat or []
    ces = ces or []
    names = [stage.name.strip().lower() for stage in stages]
    if len(set(names)) < len(names):
        raise InvalidInput("two stages have the same name; a journey passes each once", field="stages")
    measures = []
    warnings = []
    if nps:
        answers = sum(nps)
        if len(nps) != 3 or not answers:
            raise InvalidInput(f"nps {nps} is not three counts; give promoters, passives and detractors", field="nps")
        score = Decimal(nps[0] - nps[2]) * 100 / answers
        margin = nps_margin(nps[0], nps[2], answers)
        measures.append(
            Measure(
                name="NPS",
                value=round_to(score, 2),
                low=max(Decimal(-100), round_to(score - margin, 2)),
                high=min(Decimal(100), round_to(score + margin, 2)),
                answers=answers,
            )
        )
        if score - margin < 0 < score + margin:
            warnings.append(
                f"NPS of {plain(round_to(score, 1))} ± {plain(round_to(margin, 1))} may be above or below zero."
            )
    if csat:
        if len(csat) != 2 or csat[0] > csat[1] or not csat[1]:
            raise InvalidInput(f"csat {csat} is not two counts, satisfied of answers; correct them", field="csat")
        low, high = wilson(csat[0], csat[1])
        measures.append(
            Measure(name="CSAT", value=round_to(Decimal(csat[0]) / csat[1], 6), low=low, high=high, answers=csat[1])
        )
    if ces:
        measures.append(_ces(ces))
    warnings += [
        f"{m.name}: {m.answers} answers are few; read the interval, not the figure." for m in measures if m.answers < 30
    ]
    if not research.strip():
        warnings.append("No research is named: this is the team's reading of its customers; test it with some.")
    lowest = min(stages, key=lambda stage: stage.feeling)
    pains = [
        RankedPain(stage=stage.name, what=pain, score=score) for stage in stages for pain, score in stage.pains.items()
    ]
    return Journey(
        persona=persona,
        stages=stages,
        lowest_stage=lowest.name,
        pains=sorted(pains, key=lambda pain: -pain.score),
        measures=measures,
        questions=questions("design_thinking", "Empathize"),
        method="NPS with its normal margin, CSAT with a Wilson interval, CES mean with a t interval, all 95 %; pains by severity x "
        "frequency.",
        assumptions=["Feelings run from -2 to 2 and are as given."]
        + ([f"Rests on: {research.strip()}"] if research.strip() else []),
        warnings=warnings,
    )


def _ces(scores: list[int]) -> Measure:
    from scipy.special import stdtrit

    n = len(scores)
    mean = sum(scores) / n
    if n < 2:
        return Measure(name="CES", value=dec(mean, 3), low=Decimal(1), high=Decimal(7), answers=n)
    variance = sum((score - mean) ** 2 for score in scores) / (n - 1)
    half = float(stdtrit(n - 1, 0.975)) * math.sqrt(variance / n)
    return Measure(
        name="CES", value=dec(mean, 3), low=dec(max(1.0, mean - half), 3), high=dec(min(7.0, mean + half), 3), answers=n
    )
