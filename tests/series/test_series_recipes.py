"""The recipes of docs/series.md: their commands run, and they install what a build needs."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import write_workspace

from edition.cli import main
from edition.engine.probe import NEEDS
from edition.series import local
from edition.series.packing import packed

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "series.md").read_text("utf-8")
WORKFLOW = yaml.safe_load(re.findall(r"```yaml\n(name: series.*?)```", TEXT, re.DOTALL)[0])
SNAKEFILE = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)[0]
SAMPLE = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)[0]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def perform(order: Mapping[str, Any], pack: bytes, wanted: object) -> bytes:
        return packed({"garden.pdf": b"%PDF"}, {"outputs": ["garden.pdf"]})

    monkeypatch.setattr(local, "perform", perform)
    for name in ("volumes/analects", "volumes/songs", "sutras/heart"):
        write_workspace(tmp_path / name)
    (tmp_path / "series.toml").write_text(SAMPLE, "utf-8")
    monkeypatch.chdir(tmp_path)


def commands(job: str) -> list[str]:
    steps = "\n".join(one.get("run", "") for one in WORKFLOW["jobs"][job]["steps"])
    return re.findall(r"(?m)(?:^|\$\()edition (.*?)(?:\)|$)", steps)


def told(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(shlex.split(words)) == 0
    return capsys.readouterr().out


def test_the_workflow_builds_each_job_and_reports_all(capsys: pytest.CaptureFixture[str]) -> None:
    (listed,) = commands("list")
    matrix = json.loads(told(listed, capsys))
    assert len(matrix["include"]) == 8 + 2 + 8
    (build,) = commands("job")
    steps = WORKFLOW["jobs"]["job"]["steps"]
    ((name, value),) = next(one for one in steps if one.get("name") == "Build")["env"].items()
    for entry in matrix["include"]:
        assert value == "${{ matrix.job }}"
        told(build.replace(f'"${name}"', shlex.quote(entry["job"])), capsys)
        assert Path(entry["out"], "garden.pdf").is_file()
    (report,) = commands("report")
    assert "18 jobs: 18 built" in told(report, capsys)
    assert Path("build/series/studies/report.html").is_file()


def test_the_workflow_installs_what_a_build_needs() -> None:
    steps = "\n".join(one.get("run", "") for one in WORKFLOW["jobs"]["job"]["steps"])
    found = re.search(r"apt-get install --yes --no-install-recommends((?:\\\n|[^\n])*)", steps)
    assert found is not None
    packages = {one.package for one in NEEDS if one.kind not in ("test", "jar")}
    assert set(shlex.split(found[1].replace("\\\n", " "))) == packages
    assert "${{" not in steps  # no input is pasted into a script


def test_the_snakefile_names_files_that_are_made(capsys: pytest.CaptureFixture[str]) -> None:
    code, *rules = re.split(r"(?m)^rule (?=\w)", SNAKEFILE)
    command = re.findall(r"check_output\(\s*(\[.*?\])", code)[0]
    listed = told(shlex.join(json.loads(command)[1:]), capsys)
    scope: dict[str, Any] = {"answer": lambda *_, **more: listed}
    exec(code.replace("subprocess.check_output(", "answer("), scope)
    shells = {rule.partition(":")[0]: re.findall(r'shell: "edition (.*?)"', rule)[0]
              for rule in rules}  # fmt: skip
    for job in scope["JOBS"]:
        wildcards = type("Wildcards", (), {"job": job})
        sources = scope["sources"](wildcards)
        assert any(path.name == "edition.toml" for path in sources)
        told(shells["job"].replace("{wildcards.job:q}", shlex.quote(job)), capsys)
        output = eval(re.findall(r"output: (f\".*?\")", SNAKEFILE)[0], scope).format(job=job)
        assert Path(output).is_file()
        assert re.fullmatch(re.findall(r'wildcard_constraints: job="(.*?)"', SNAKEFILE)[0], job)
    told(shells["all"], capsys)
