"""The built wheel carries what the package reads at run time, and asks for nothing that only developers have."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

BROUGHT_ALONG = {
    "lxml",
    "markupsafe",
    "numpy",
}  # trafilatura's, jinja2's and py3langid's, which are asked for
NAMED_OTHERWISE = {"docx": "python-docx", "yaml": "pyyaml", "lxml_html_clean": "lxml-html-clean"}


@pytest.mark.slow
def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    """Vocabulary, templates, style sheet and type marker travel with the code."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    package = ROOT / "src" / "parley"
    wanted = {
        f"parley/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert wanted <= held


def test_the_package_imports_only_what_it_asks_for() -> None:
    """Every third-party module imported under src is a dependency that pyproject.toml names."""
    named = re.search(
        r"\ndependencies = \[(.*?)\n\]", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.S
    )
    assert named is not None
    asked = {
        re.split(r"[<>=]", name)[0].replace("_", "-") for name in re.findall(r'"([^"]+)"', named.group(1))
    }
    imported = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            imported |= {module.split(".")[0] for module in modules}
    foreign = imported - set(sys.stdlib_module_names) - {"parley"} - BROUGHT_ALONG
    assert {NAMED_OTHERWISE.get(module, module.replace("_", "-")) for module in foreign} <= asked
