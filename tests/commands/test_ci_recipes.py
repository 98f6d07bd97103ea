"""The recipes of docs/ci.md: their steps run, and they install what a build needs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from edition.cli import main
from edition.engine.probe import NEEDS

ROOT = Path(__file__).resolve().parents[2]
CI = (ROOT / "docs" / "ci.md").read_text("utf-8")
WORKFLOW = yaml.safe_load(re.findall(r"```yaml\n(name: edition.*?)```", CI, re.DOTALL)[0])
ACTION = yaml.safe_load((ROOT / "tools" / "action" / "action.yml").read_text("utf-8"))
PACKAGES = {one.package for one in NEEDS if one.kind not in ("test", "jar")}


def runs(steps: list[dict[str, str]]) -> str:
    return "\n".join(one["run"] for one in steps if "run" in one)


def installed(script: str) -> set[str]:
    """What apt-get installs in a script."""
    found = re.search(r"apt-get install --yes --no-install-recommends((?:\\\n|[^&\n])*)", script)
    assert found is not None
    return set(shlex.split(found[1].replace("\\\n", " ")))


def test_each_recipe_installs_what_a_build_needs() -> None:
    assert installed(runs(WORKFLOW["jobs"]["edition"]["steps"])) == PACKAGES
    assert installed(runs(ACTION["runs"]["steps"])) == PACKAGES
    container = (ROOT / "tools" / "Containerfile").read_text("utf-8")
    assert installed(container) == {*PACKAGES, "python3-venv"}


@pytest.mark.tex
def test_the_steps_of_the_workflow_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["new", str(tmp_path / "book"), "--template", "verse"]) == 0
    monkeypatch.chdir(tmp_path / "book")
    steps = WORKFLOW["jobs"]["edition"]["steps"]
    commands = re.findall(r"^edition (.*)$", runs(steps), re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        assert main(shlex.split(command)) == 0
    (upload,) = [one for one in steps if "upload-artifact" in one.get("uses", "")]
    for pattern in upload["with"]["path"].split():
        if not pattern.startswith("bib/"):  # a workspace may have none
            assert list(Path().glob(pattern)), pattern


def test_the_action_pastes_no_input_into_a_script() -> None:
    assert "${{" not in runs(ACTION["runs"]["steps"])


def test_the_hook_is_a_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    program, *words = shlex.split(hook["entry"])
    assert (program, words) == ("edition", ["check"])
    assert re.search(hook["files"], "source/text/01.zh.md")
