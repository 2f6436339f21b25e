"""Type scales against published ones.

Major third on 16px: 20, 25, 31.25, 39.06, 48.83 (type-scale.com). Fluid: utopia.fyi's example, 18px x 1.2 at 320px
to 20px x 1.25 at 1240px, writes step 0 as clamp(1.125rem, 1.0815rem + 0.2174vw, 1.25rem).
"""

from decimal import Decimal

import pytest

from experts.art_design.tools.build_type_scale import build_type_scale
from experts.core.errors import InvalidInput


def test_a_major_third_has_the_published_sizes() -> None:
    steps = build_type_scale().steps
    found = [steps[f"step_{n}"].px for n in range(6)]
    assert found == [Decimal(text) for text in ("16", "20", "25", "31.25", "39.06", "48.83")]
    assert steps["step_minus_1"].px == Decimal("12.8")
    assert steps["step_1"].css == "1.25rem"


def test_a_fluid_scale_writes_the_published_clamp() -> None:
    steps = build_type_scale(Decimal(18), Decimal("1.2"), wide_base_px=Decimal(20), wide_ratio=Decimal("1.25")).steps
    assert steps["step_0"].css == "clamp(1.125rem, 1.0815rem + 0.2174vw, 1.25rem)"
    # By hand: 21.6 to 25 px over 920 px: 3.4/920 = 0.36957 vw; 21.6 - 320 x 3.4/920 = 20.4174 px = 1.2761 rem.
    assert steps["step_1"].css == "clamp(1.35rem, 1.2761rem + 0.3696vw, 1.5625rem)"


def test_a_step_that_shrinks_on_wide_screens_keeps_its_smaller_size_first() -> None:
    step = build_type_scale(Decimal(18), wide_base_px=Decimal(16)).steps["step_0"]
    assert step.css == "clamp(1rem, 1.1685rem - 0.2174vw, 1.125rem)"


def test_a_step_that_grows_beyond_zooming_is_flagged() -> None:
    found = build_type_scale(wide_ratio=Decimal("1.618"))
    assert any("step_5" in text for text in found.warnings)


@pytest.mark.parametrize("ratio", ["1", "0.8", "3.1"])
def test_a_ratio_that_does_not_grow_is_refused(ratio: str) -> None:
    with pytest.raises(InvalidInput, match="ratio") as caught:
        build_type_scale(ratio=Decimal(ratio))
    assert caught.value.field == "ratio"


def test_viewports_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InvalidInput, match="wide_px"):
        build_type_scale(wide_base_px=Decimal(20), wide_px=Decimal(300))
