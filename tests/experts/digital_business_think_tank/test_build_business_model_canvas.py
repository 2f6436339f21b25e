"""Osterwalder & Pigneur's nine blocks; revenue by hand."""

# mypy: disable-error-code="comparison-overlap"
from decimal import Decimal

import pytest

from experts.core.errors import InvalidInput
from experts.digital_business_think_tank.tools.build_business_model_canvas import (
    BLOCKS,
    Stream,
    build_business_model_canvas,
)

D = Decimal
FULL = {key: [f"note on {label}"] for key, label in BLOCKS.items()} | {"customer_segments": ["Clinics", "Patients"]}
FEES = Stream(name="Licences", segment="Clinics", customers=D(200), price=D(1200))


def test_a_full_canvas_with_its_arithmetic() -> None:
    found = build_business_model_canvas("Model", FULL, "EUR", [FEES], D(180_000))
    assert (found.filled, found.empty, list(found.blocks)) == (9, [], list(BLOCKS))
    assert (found.revenue, found.result, found.margin) == (240_000, 60_000, D("0.25"))
    assert found.warnings == [
        "They pay nothing: Patients. Say what they bring instead (attention, data, supply), or drop them."
    ]


def test_empty_blocks_losses_and_dependence_are_said() -> None:
    streams = [FEES, Stream(name="Setup", segment="Clinics", customers=D(10), price=D(100))]
    found = build_business_model_canvas("M", {"customer_segments": ["Clinics"]}, "EUR", streams, D(300_000))
    assert found.filled == 1 and len(found.empty) == 8
    text = " ".join(found.warnings)
    assert "nothing is promised" in text and "four fifths" in text and "Costs exceed revenue by 59,000 EUR" in text
    assert "not been shown to earn" in build_business_model_canvas("M", FULL, "EUR").warnings[0]


def test_payers_off_the_canvas_and_empty_notes_are_refused() -> None:
    with pytest.raises(InvalidInput, match="did you mean 'Clinics'"):
        build_business_model_canvas("M", FULL, "EUR", [FEES.model_copy(update={"segment": "Clinic"})])
    with pytest.raises(InvalidInput, match="every block is empty"):
        build_business_model_canvas("M", {}, "EUR")
    with pytest.raises(InvalidInput, match="channels has an empty note"):
        build_business_model_canvas("M", {"channels": ["  "]}, "EUR")
