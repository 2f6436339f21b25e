"""GDPR Art. 2 and 3, and the CCPA's thresholds of Cal. Civ. Code 1798.140(d) as adjusted from 1 January 2025."""

from collections.abc import Callable
from typing import Any

import pytest

from experts.core.errors import InvalidInput

Call = Callable[..., Any]


def verdicts(call: Call, **facts: Any) -> dict[str, str]:
    found = call("check_privacy_law_applicability", as_of="2026-06-01", personal_data=True, **facts)
    return {verdict.law: verdict.applies for verdict in found.verdicts}


@pytest.mark.parametrize(
    ("facts", "applies"),
    [
        ({"revenue_usd": "26625001"}, "yes"),
        ({"revenue_usd": "26625000", "ca_consumers": 99999, "ca_sale_share": "0.49"}, "no"),  # "in excess of"
        ({"revenue_usd": "1", "ca_consumers": 100000, "ca_sale_share": "0"}, "yes"),  # "100,000 or more"
        ({"revenue_usd": "1", "ca_consumers": 0, "ca_sale_share": "0.5"}, "yes"),  # "50 percent or more"
        ({"revenue_usd": "1"}, "needs_facts"),
    ],
)
def test_the_california_thresholds_of_2025(call: Call, facts: dict[str, Any], applies: str) -> None:
    assert verdicts(call, ca_for_profit=True, **facts)["CCPA"] == applies


def test_offers_to_people_in_the_union_suffice_and_an_unknown_fact_is_asked(call: Call) -> None:
    assert verdicts(call, eu_establishment=False, eu_offers=True)["GDPR"] == "yes"
    assert verdicts(call, eu_establishment=False, eu_offers=False, eu_monitoring=False)["GDPR"] == "no"
    assert verdicts(call, eu_establishment=False, eu_offers=False)["GDPR"] == "needs_facts"


def test_a_share_above_one_is_refused(call: Call) -> None:
    with pytest.raises((InvalidInput, ValueError), match=r"ca_sale_share|less than or equal"):
        verdicts(call, ca_for_profit=True, ca_sale_share="50")
