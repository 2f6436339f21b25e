"""What `expert.toml` holds: who an expert is, in the fields of the template catalogue."""

import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from experts.core.contract import Model
from experts.core.errors import ConfigurationError


class Area(Model):
    """One area of expertise and the tools or actions that serve it."""

    name: str
    served_by: list[str] = []


class Routing(Model):
    """Words and phrases of a request that point to an expert; `strong` ones alone suffice."""

    strong: list[str] = []
    weak: list[str] = []


class Profile(Model):
    """One expert: identity, catalogue data, look, collaboration and service endpoint."""

    id: str
    template_id: str
    name: str
    description: str
    category: str
    industry: str = "cross_industry"
    use_case: str
    version: str = "1.0.0"
    is_featured: bool = True
    complexity_level: Literal["beginner", "intermediate", "advanced", "expert"]
    price_tier: Literal["free", "basic", "standard", "professional", "premium", "enterprise"]
    minimum_plan: str
    estimated_setup_time: int
    supported_languages: list[str] = ["en"]
    tags: list[str]
    required_integrations: list[str]
    endpoint: str
    platforms: list[str]
    welcome_message: str
    system_prompt: str
    instructions: str
    areas: list[Area]
    specialized_knowledge: list[str] = []
    can_collaborate_with: list[str]
    expertise_sharing: dict[str, str] = {}
    data_sharing: list[str] = []
    collaboration_triggers: list[str] = []
    theme: dict[str, str | bool]
    features: dict[str, bool]
    integrations: dict[str, dict[str, Any]]
    conversation_flows: dict[str, dict[str, list[str]]] = {}
    routing: Routing = Routing()
    extra: dict[str, Any] = {}


def load_profile(path: Path) -> Profile:
    """Read and validate one `expert.toml`."""
    try:
        return Profile.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, OSError) as error:
        raise ConfigurationError(f"{path.parent.name}/{path.name} is not a valid expert profile: {error}") from error
