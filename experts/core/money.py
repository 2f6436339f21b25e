"""Money that adds up: rounding to the currency's exponent and splitting without losing a cent."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal

from experts.core.errors import InvalidInput
from experts.core.names import did_you_mean
from experts.core.quantities import round_to

# ISO 4217 minor units that are not 2 (ISO 4217:2015 list one, as published by SIX).
_MINOR_UNITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"), 0
    ),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


# Currencies in use, ISO 4217 list one (funds, metals and test codes left out), as of 2026.
_CODES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BHD",
        "BIF",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DJF",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GNF",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KHR",
        "KMF",
        "KPW",
        "KRW",
        "KWD",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "LYD",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TND",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VES",
        "VND",
        "VUV",
        "WST",
        "XAF",
        "XCD",
        "XCG",
        "XOF",
        "XPF",
        "YER",
        "ZAR",
        "ZMW",
        "ZWG",
    ]
)


def minor_units(currency: str) -> int:
    """Digits after the point of an ISO 4217 currency (2 unless the standard says otherwise)."""
    if currency not in _CODES:
        hint = did_you_mean(currency, _CODES)
        raise InvalidInput(
            f"currency {currency!r} is not an ISO 4217 code in use; write three capitals, for example 'USD'{hint}",
            field="currency",
        )
    return _MINOR_UNITS.get(currency, 2)


def round_money(amount: Decimal, currency: str) -> Decimal:
    """Round half up to the currency's smallest unit."""
    return round_to(amount, minor_units(currency))


def split_by_largest_remainder(shares: Mapping[str, Decimal], total: Decimal, currency: str) -> dict[str, Decimal]:
    """Round exact `shares` of `total` to the currency's unit so that they add up to `total`.

    Largest remainder (Hamilton): each share is rounded down, and the units still missing
    go to the largest remainders; among equal remainders the key that sorts first wins.
    The exact shares must add up to `total` within less than one unit per share.
    """
    unit = Decimal(1).scaleb(-minor_units(currency))
    floors = {key: (value / unit).to_integral_value(ROUND_FLOOR) * unit for key, value in shares.items()}
    missing = int((total - sum(floors.values(), Decimal(0))) / unit)
    if not 0 <= missing <= len(floors):
        raise ValueError(f"shares add up to {sum(shares.values(), Decimal(0))}, not to {total}")
    order = sorted(floors, key=lambda key: (floors[key] - shares[key], key))
    for key in order[:missing]:
        floors[key] += unit
    return floors
