"""A situation report as Markdown: a template that a user may edit, run in a sandbox, and footnotes behind it."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from parley.errors import ParleyError
from parley.sitrep.values import Line, Sitrep

SPECIAL = re.compile(r"([\\`*_\[\]<>|~])|(&)(?=#?\w+;)")
AT_START = re.compile(r"^(\d*)([-+#=]|(?<=\d)[.)])")  # what would begin a list, a heading or a rule
BLANKS = re.compile(r"\n{3,}")


def default_template() -> str:
    """The template that is used where a user gives none."""
    return (files("parley.sitrep") / "templates" / "sitrep.md.j2").read_text(encoding="utf-8")


def markdown(report: Sitrep, template: str) -> str:
    """A report in Markdown. Raises ParleyError that names the line where the template doesn't fit.

    Whatever the template prints of the report is escaped; footnotes are numbered in the order in which lines are
    printed, and their words always stand at the end.
    """
    numbers: dict[str, int] = {}

    def shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
        """A value as the template prints it: a line with its footnotes, a text escaped, a number as it is."""
        if isinstance(value, Line):
            marks = "".join(
                f"[^{numbers.setdefault(note.cited, len(numbers) + 1)}]" for note in value.footnotes
            )
            return Markup(escaped(value.text) + marks)  # noqa: S704 - escaped for Markdown, which is what it goes into
        if isinstance(value, str) and not hasattr(value, "__html__"):
            return Markup(escaped(value))  # noqa: S704
        return value

    environment = SandboxedEnvironment(
        autoescape=True, finalize=shown, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    sections = {section.key: section for section in report.sections}
    try:
        text = environment.from_string(template).render(report=report, sections=sections)
    except (
        Exception
    ) as error:  # a template is somebody's program: whatever it raises is a fault of the template
        at = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else ""
        raise ParleyError(
            f"template{at}: {error}. See the default with: parley sitrep --write-template FILE"
        ) from error
    notes = "".join(f"[^{number}]: {escaped(cited)}\n" for cited, number in numbers.items())
    return BLANKS.sub("\n\n", f"{text.rstrip()}\n\n{notes}").rstrip() + "\n"


def escaped(text: str) -> str:
    """A text on one line in which nothing is a mark of Markdown."""
    line = SPECIAL.sub(lambda match: rf"\{match[1]}" if match[1] else "&amp;", " ".join(text.split()))
    return AT_START.sub(r"\1\\\2", line)
