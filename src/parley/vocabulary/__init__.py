"""The words that the rules go by, as data: one YAML file a subject, read once and cached."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from parley.errors import VocabularyError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's takes a tenth of the time


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The content of `<name>.yaml`; callers must not change it. Raises VocabularyError if it is no mapping."""
    path = files(__name__) / f"{name}.yaml"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
    except (FileNotFoundError, yaml.YAMLError) as error:
        raise VocabularyError(f"vocabulary/{name}.yaml cannot be read: {error}") from error
    if not isinstance(content, dict):
        raise VocabularyError(f"vocabulary/{name}.yaml is no mapping")
    return content
