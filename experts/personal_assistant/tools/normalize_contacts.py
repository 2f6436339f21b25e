"""Contacts cleaned: telephone numbers in E.164, e-mail addresses checked offline, duplicates merged.

Numbers are parsed by Google's metadata (phonenumbers) with `default_region` where no country code is
written, and kept only where valid. Addresses are checked by RFC 5321/5322 syntax (email-validator, no
network). Two rows are the same person where they share an e-mail address or a number and their names do not
contradict (token sort ratio at least `similarity`, or one is empty); similar names alone are only named
for review. Merging keeps the first non-empty name and organisation and every number and address. The
vCards are version 4.0 (RFC 6350), UID derived from the content. Limits: an address that passes may not exist.
"""

import hashlib
from typing import Annotated

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count


class RawContact(Model):
    name: Annotated[str, Field(max_length=120)] = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    organization: Annotated[str, Field(max_length=120)] = ""


class Contact(Model):
    """rows are the numbers, from 1, of the rows it was made of."""

    name: str
    emails: list[str]
    phones: list[str]
    organization: str
    rows: list[int]


class Issue(Model):
    row: int
    field: str
    value: str
    problem: str


class Merge(Model):
    """Row `row` went into the contact that begins with row `into`."""

    row: int
    into: int
    reason: str


class Contacts(Model):
    """vcf is one vCard per contact."""

    contacts: list[Contact]
    issues: list[Issue]
    merged: Count
    merges: list[Merge]
    review: list[str]
    vcf: str
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def normalize_contacts(
    contacts: Annotated[list[RawContact], Field(min_length=1, max_length=500)],
    default_region: Annotated[str, Field(description="ISO 3166 code for numbers without country code")],
    similarity: Annotated[int, Field(ge=50, le=100)] = 85,
) -> Contacts:
    """Contacts with E.164 numbers and checked e-mail addresses, duplicates merged, as vCards.

    Use when an address book must be cleaned or moved.
    """
    import phonenumbers
    from rapidfuzz import fuzz

    if default_region not in phonenumbers.SUPPORTED_REGIONS:
        raise InvalidInput(
            f"default_region {default_region!r} is not an ISO 3166 country with telephone numbers; write 'US' or 'DE'",
            field="default_region",
        )
    issues: list[Issue] = []
    made: list[Contact] = []
    merges: list[Merge] = []
    review: list[str] = []
    for row, raw in enumerate(contacts, 1):
        one = _clean(row, raw, default_region, issues)
        if not (one.name or one.emails or one.phones):
            issues.append(Issue(row=row, field="row", value="", problem="nothing usable is left; row dropped"))
            continue
        for other in list(made):
            shared = sorted(set(one.emails) & set(other.emails)) + sorted(set(one.phones) & set(other.phones))
            alike = round(fuzz.token_sort_ratio(_plain(one.name), _plain(other.name)))
            rows = f"rows {other.rows[0]} and {row}"
            if shared and (alike >= similarity or not one.name or not other.name):
                names = f"names {alike} of 100 alike" if one.name and other.name else "one has no name"
                merges.append(Merge(row=max(one.rows), into=other.rows[0], reason=f"same {shared[0]}; {names}"))
                made.remove(other)
                one = _merge(other, one)
            elif shared:
                review.append(f"{rows} share {shared[0]} under the names {other.name!r} and {one.name!r}")
            elif one.name and alike >= similarity:
                review.append(f"{rows} have similar names ({alike} of 100): {other.name!r} and {one.name!r}")
        made.append(one)
    made.sort(key=lambda contact: contact.rows[0])
    return Contacts(
        contacts=made,
        issues=issues,
        merged=len(merges),
        merges=merges,
        review=review[:200],
        vcf="".join(_card(one) for one in made),
        method="phonenumbers (E.164), email-validator offline, merge on a shared address or number where names agree "
        f"(rapidfuzz token sort ratio of {similarity} or more); vCard 4.0 (RFC 6350).",
        assumptions=[f"Numbers without a country code are of {default_region}."],
        warnings=[f"Not usable in full, see issues: {len(issues)} of the values given."] if issues else [],
    )


def _clean(row: int, raw: RawContact, region: str, issues: list[Issue]) -> Contact:
    emails, phones = [], []
    if raw.email.strip():
        address = _email(raw.email.strip())
        if address.startswith("!"):
            issues.append(Issue(row=row, field="email", value=raw.email, problem=address[1:]))
        else:
            emails.append(address)
    if raw.phone.strip():
        number = _phone(raw.phone, region)
        if number is None:
            problem = f"not a valid number of {region} or with a country code"
            issues.append(Issue(row=row, field="phone", value=raw.phone, problem=problem))
        else:
            phones.append(number)
            extension = _extension(raw.phone, region)
            if extension:
                problem = f"extension {extension} is left out, as E.164 has none; keep it in a note"
                issues.append(Issue(row=row, field="phone", value=raw.phone, problem=problem))
    return Contact(
        name=" ".join(raw.name.split()), emails=emails, phones=phones, organization=raw.organization.strip(), rows=[row]
    )


def _plain(name: str) -> str:
    """A name without case and commas, so that "Vogt, Lena" meets "Lena Vogt"."""
    return name.casefold().replace(",", " ")


def _email(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        # The domain is case-insensitive and so, in practice, is the rest.
        return str(validate_email(text, check_deliverability=False).normalized).lower()
    except EmailNotValidError as error:
        return f"!{error}"


def _phone(text: str, region: str) -> str | None:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _extension(text: str, region: str) -> str:
    """The extension of a number that has one."""
    import phonenumbers

    return str(phonenumbers.parse(text, region).extension or "")


def _merge(first: Contact, second: Contact) -> Contact:
    return Contact(
        name=first.name or second.name,
        emails=list(dict.fromkeys([*first.emails, *second.emails])),
        phones=list(dict.fromkeys([*first.phones, *second.phones])),
        organization=first.organization or second.organization,
        rows=[*first.rows, *second.rows],
    )


def _card(one: Contact) -> str:
    label = one.name or (one.emails + one.phones)[0]
    given, family = _parts(one.name) if one.name else ("", label)
    uid = hashlib.sha256("|".join([label, *one.emails, *one.phones]).encode()).hexdigest()[:32]
    lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:{uid}", f"FN:{_text(label)}", f"N:{_text(family)};{_text(given)};;;"]
    lines += [f"ORG:{_text(one.organization)}"] if one.organization else []
    lines += [f"EMAIL:{address}" for address in one.emails]
    lines += [f"TEL;VALUE=uri:tel:{number}" for number in one.phones]
    return "".join(f"{_fold(line)}\r\n" for line in [*lines, "END:VCARD"])


def _parts(name: str) -> tuple[str, str]:
    """Given and family name: "Lena Vogt" and "Vogt, Lena" alike."""
    if name.count(",") == 1:
        family, _, given = name.partition(",")
        return given.strip(), family.strip()
    given, _, family = name.rpartition(" ")
    return given, family


def _text(value: str) -> str:
    value = "".join(sign for sign in value if sign == "\n" or sign.isprintable())
    for mark in ("\\", ",", ";"):
        value = value.replace(mark, f"\\{mark}")
    return value.replace("\n", "\\n")


def _fold(line: str) -> str:
    """Lines of at most 75 octets (RFC 6350 3.2), never within a character."""
    parts: list[str] = []
    now = ""
    for sign in line:
        if len((now + sign).encode()) > (75 if not parts else 74):
            parts.append(now)
            now = ""
        now += sign
    return "\r\n ".join([*parts, now])
