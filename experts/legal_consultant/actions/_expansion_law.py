"""Which form of company is open to an expansion, which privacy law applies, and what counsel has to be asked."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from experts.core.contract import Model, Text
from experts.core.drafting import title_of
from experts.core.errors import InvalidInput
from experts.core.quantities import Count, Day, NonNegativeMoney, Share
from experts.core.worksheet import Worksheet
from experts.legal_consultant.tools.check_privacy_law_applicability import (
    PrivacyScope,
    check_privacy_law_applicability,
)
from experts.legal_consultant.tools.compare_entity_types import EntityMatrix, compare_entity_types

if TYPE_CHECKING:
    from experts.legal_consultant.actions.regulatory_compliance_review import Brief


class Entity(Model):
    """The form that is chosen (llc, c_corporation …) and who owns it; the comparison covers the United States."""

    form: Text | None = None
    reason: Text | None = None
    owners: int | None = None
    entity_owner: bool | None = None
    nonresident_alien_owner: bool | None = None
    one_class_of_stock: bool | None = None
    venture_capital: bool | None = None
    tax_year_start: Day | None = None


class Privacy(Model):
    """What decides whether GDPR, UK GDPR and CCPA apply; left out is not known, and is asked for."""

    personal_data: bool | None = None
    eu_establishment: bool | None = None
    eu_offers: bool | None = None
    eu_monitoring: bool | None = None
    uk_establishment: bool | None = None
    uk_offers: bool | None = None
    uk_monitoring: bool | None = None
    ca_for_profit: bool | None = None
    revenue_usd: NonNegativeMoney | None = None
    ca_consumers: Count | None = None
    ca_sale_share: Share | None = None


def entity_of(sheet: Worksheet, facts: Entity, as_of: date | None, countries: Iterable[str]) -> EntityMatrix | None:
    """Forms of company side by side; nothing outside the United States, or without owners and a day."""
    if facts.owners is None or as_of is None or "US" not in set(countries):
        return None
    if not 1 <= facts.owners <= 1_000_000:
        raise InvalidInput(
            f"entity.owners {facts.owners!r} must be from 1 to 1000000; say how many owners the company has",
            field="entity.owners",
            seen=facts.owners,
        )
    return sheet.run(
        "entity",
        {"as_of": "fact:law.as_of", "tax_year_start": "fact:entity.tax_year_start"},
        compare_entity_types,
        owners=facts.owners,
        as_of=as_of,
        nonresident_alien_owner=facts.nonresident_alien_owner,
        entity_owner=facts.entity_owner,
        one_class_of_stock=facts.one_class_of_stock,
        venture_capital=facts.venture_capital,
        tax_year_start=facts.tax_year_start,
    )


def privacy_of(sheet: Worksheet, facts: Privacy, as_of: date | None) -> PrivacyScope | None:
    """The verdict of each law; nothing where the brief says nothing about data, or names no day."""
    given: dict[str, Any] = {
        name: value for name in Privacy.model_fields if (value := getattr(facts, name)) is not None
    }
    if as_of is None or not given:
        return None
    return sheet.run(
        "privacy",
        {
            "as_of": "fact:law.as_of",
            **{name: f"fact:privacy.{name}" for name in ("revenue_usd", "ca_consumers", "ca_sale_share")},
        },
        check_privacy_law_applicability,
        as_of=as_of,
        **given,
    )


def questions_of(brief: "Brief", no_matrix: bool, no_scope: bool) -> list[str]:
    """What counsel has to be asked because the brief does not say it."""
    found = []
    for key, place in brief.jurisdictions.items():
        if not any(item.jurisdiction == key for item in brief.requirements.values()):
            found.append(
                f"Which permits and registrations does {title_of(key, place.label)} ask for? The brief has none."
            )
    for item in brief.requirements.values():
        missing = [
            word
            for word, value in (
                ("how long it takes", item.lead_days if item.status != "cleared" else 0),
                ("who sees to it", item.owner),
                ("which law or office asks for it", item.source or item.authority),
            )
            if value is None
        ]
        if missing:
            found.append(f"{item.label}: the brief does not say {' or '.join(missing)}.")
    if brief.entity.form is None:
        found.append("Which form of company is to be used? The brief names none.")
    elif no_matrix:
        found.append(
            f"Is {brief.entity.form} the right form of company? Forms are compared here for the United States only, and "
            "only if the brief says who the owners are and for which day the law is to be read."
        )
    if no_scope:
        found.append("Is personal data of customers or staff processed, and where? The brief does not say.")
    return found
