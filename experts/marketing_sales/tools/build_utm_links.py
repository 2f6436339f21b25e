"""Campaign links with UTM parameters.

utm_source, utm_medium and utm_campaign are required, utm_term and utm_content optional, as in Google Analytics Help,
"URL builders: Collect campaign data with custom URLs". Values are written in lower case with hyphens for spaces and
composed letters (Unicode NFC), as Google Analytics tells 'Email' from 'email'. Existing query and fragment stay; parameters are percent-encoded (RFC 3986)
and stand before the fragment.

Limits: whether the page answers or redirects (and drops the parameters) is not looked up. Personal data does not
belong in a link; an '@' in a value is refused.
"""

import unicodedata
from typing import Annotated
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from pydantic import Field

from experts.core.contract import Model
from experts.core.errors import InvalidInput
from experts.core.quantities import Count

Value = Annotated[str, Field(max_length=200)]


class TaggedLink(Model):
    url: str
    length: Count


class TaggedLinks(Model):
    links: list[TaggedLink]
    method: str
    assumptions: list[str] = []
    warnings: list[str] = []


def build_utm_links(
    urls: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(min_length=1, max_length=200)],
    source: Annotated[Value, Field(description="where it stands: newsletter")],
    medium: Annotated[Value, Field(description="kind of channel: email, cpc, social")],
    campaign: Value,
    term: Value = "",
    content: Annotated[Value, Field(description="tells versions apart")] = "",
    longest: Annotated[Count, Field(description="characters a link may have")] = 2000,
) -> TaggedLinks:
    """Build campaign links with UTM parameters, in lower case, for one or more pages.

    Use when links of a campaign are to be told apart in web analytics. It does not
    shorten links or open them. Links that carry UTM or a query key twice are refused.
    """
    if not 20 <= longest <= 8000:
        raise InvalidInput(f"longest {longest} must be from 20 to 8000 characters", field="longest")
    given = {"source": source, "medium": medium, "campaign": campaign, "term": term, "content": content}
    pairs, warnings = [], []
    for name, value in given.items():
        clean = "-".join(unicodedata.normalize("NFC", value).lower().split())
        if not clean and name in ("source", "medium", "campaign"):
            raise InvalidInput(f"{name} {value!r} is empty; every link needs it", field=name)
        if "@" in clean:
            raise InvalidInput(f"{name} {value!r} looks like an e-mail address; use no personal data", field=name)
        if not clean.isprintable():
            raise InvalidInput(f"{name} {value!r} has characters that cannot be seen; type it anew", field=name)
        if clean != value:
            warnings.append(f"{name} {value!r} is written as {clean!r}.")
        if clean:
            pairs.append(f"utm_{name}={quote(clean, safe='-._~')}")
    links = []
    for index, url in enumerate(urls):
        made = _tagged(index, url, "&".join(pairs))
        if len(made) > longest:
            raise InvalidInput(
                f"urls.{index} would have {len(made)} characters, more than longest {longest}; shorten its values",
                field=f"urls.{index}",
            )
        links.append(TaggedLink(url=made, length=len(made)))
    return TaggedLinks(
        links=links,
        method="UTM parameters as in Google Analytics Help (custom URLs), lower case, percent-encoded (RFC 3986).",
        warnings=warnings,
    )


def _tagged(index: int, url: str, tags: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 and "@" not in parts.netloc else None
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https") or any(c.isspace() or not c.isprintable() for c in url):
        raise InvalidInput(
            f"urls.{index} {url[:100]!r} is not a web address without log-in data; write it in full, as "
            "'https://example.com/page'",
            field=f"urls.{index}",
        )
    keys = [key for key, _ in parse_qsl(parts.query, keep_blank_values=True)]
    for key in keys:
        if key.lower().startswith("utm_"):
            raise InvalidInput(f"urls.{index} already carries {key!r}; remove it", field=f"urls.{index}")
        if keys.count(key) > 1:
            raise InvalidInput(f"urls.{index} has the query key {key!r} twice; keep one", field=f"urls.{index}")
    query = f"{parts.query}&{tags}" if parts.query else tags
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))
