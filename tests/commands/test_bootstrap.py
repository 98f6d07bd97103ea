"""``./bootstrap`` in a folder of its own, on a machine that is made of small scripts."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from edition.engine.probe import LIBRARIES, NEEDS

ROOT = Path(__file__).resolve().parents[2]
COREUTILS = ("cat", "chmod", "cksum", "dirname", "env", "mkdir", "rm", "sh", "sort", "touch", "tr",
             "cp", "bash")  # fmt: skip
PYTHON = """#!/bin/sh
echo "python $*" >>"$LOG"
case "$*" in
    *"-m venv"*)
        for last; do :; done
        mkdir -p "$last/bin" "$last/site"; cp "$0" "$last/bin/python"
        printf '#!/bin/sh\\necho "invoke $*" >>"$LOG"\\n' >"$last/bin/invoke"
        chmod +x "$last/bin/invoke" ;;
    *purelib*) echo "${0%/bin/python}/site" ;;
    *"pip install"*) exit ${PIP_FAILS:-0} ;;
esac
"""


class Machine:
    """A folder with a clone's files, and a PATH that holds only what is put there."""

    def __init__(self, folder: Path) -> None:
        self.bin, self.root, self.log = folder / "bin", folder / "clone", folder / "log"
        self.bin.mkdir()
        self.root.mkdir()
        self.log.touch()
        for name in COREUTILS:
            (self.bin / name).symlink_to(shutil.which(name) or f"/bin/{name}")
        shutil.copy(ROOT / "bootstrap", self.root)
        shutil.copytree(ROOT / "requirements", self.root / "requirements")
        for need in NEEDS:
            if need.kind in ("program", "test"):
                self.program(need.name)
            elif need.kind == "jar":
                (self.bin / need.name).touch()
        self.program("kpsewhich", 'for one; do echo "/tex/$one"; done')
        fonts = " ".join(f'"{one.name}"' for one in NEEDS if one.kind == "font")
        self.program("fc-list", f'for one in {fonts}; do echo "$one"; done')
        self.program("id", "echo 0")
        self.program("sudo", 'echo "sudo $*" >>"$LOG"; exec "$@"')
        # an apt-get that "installs" the program of the package's name
        self.program("apt-get", 'echo "apt-get $*" >>"$LOG"\n'
                     'case "$*" in *install*biber*) printf "#!/bin/sh\\n" >"$BIN/biber";'
                     ' chmod +x "$BIN/biber";; esac')  # fmt: skip
        self.write("python3", PYTHON)

    def write(self, name: str, text: str) -> None:
        path = self.bin / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def program(self, name: str, body: str = "") -> None:
        self.write(name, f"#!/bin/sh\n{body}\n")

    def without(self, *names: str) -> Machine:
        for name in names:
            (self.bin / name).unlink()
        return self

    def bootstrap(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        self.log.write_text("")
        environment = {
            "PATH": str(self.bin),
            "LOG": str(self.log),
            "BIN": str(self.bin),
            "EDITION_PYTHON": "python3",
            "EDITION_JARS": str(self.bin),
            **more,
        }
        return subprocess.run([str(self.root / "bootstrap"), *words], env=environment, check=False,
                              capture_output=True, text=True, timeout=60)  # fmt: skip

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().splitlines()

    def called(self, what: str) -> list[str]:
        return [one for one in self.calls if what in one]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
@pytest.mark.parametrize("script", ["bootstrap", ".ci/run", "requirements/update"])
def test_scripts_are_posix_shell(shell: str, script: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n", str(ROOT / script)], check=True)
    assert os.access(ROOT / script, os.X_OK)


@pytest.mark.parametrize("words", [["bild"], ["build", "test"], ["setup", "--out", "x"]])
def test_wrong_usage(machine: Machine, words: list[str]) -> None:
    done = machine.bootstrap(*words)
    assert done.returncode == 2
    assert "usage: ./bootstrap [setup|build|test]" in done.stderr
    assert not machine.calls


def test_a_whole_machine_gets_libraries_only(machine: Machine) -> None:
    assert machine.bootstrap("build").returncode == 0
    assert not machine.called("apt-get")
    installs = machine.called("pip install")
    assert [one.rsplit("requirements/", 1)[1] for one in installs] == ["build.lock", "run.lock"]
    assert all("--require-hashes" in one for one in installs)
    assert machine.calls[-1] == "invoke build"
    assert (machine.root / ".venv/site/parallel-edition.pth").read_text() == f"{machine.root}\n"


def test_a_build_has_the_options_of_the_command(machine: Machine) -> None:
    assert machine.bootstrap("build", "--out", "a b").returncode == 0
    assert machine.calls[-1] == f"python -I -m edition build --dir {machine.root} --out a b"


def test_the_second_time_nothing_is_done(machine: Machine) -> None:
    machine.bootstrap("build")
    machine.without("apt-get", "sudo")
    assert machine.bootstrap("build").returncode == 0
    assert not machine.called("pip install")
    assert machine.calls[-1] == "invoke build"


def test_setup_starts_no_task(machine: Machine) -> None:
    done = machine.bootstrap()
    assert done.returncode == 0
    assert not machine.called("invoke")
    assert ".venv/bin/invoke build" in done.stderr


def test_tests_need_more_and_builds_are_content_with_it(machine: Machine) -> None:
    machine.bootstrap("build")
    machine.bootstrap("test")
    assert [one.rsplit("/", 1)[1] for one in machine.called("pip install")] == [
        "build.lock", "dev.lock"
    ]  # fmt: skip
    machine.bootstrap("build")
    assert not machine.called("pip install")


def test_changed_locks_are_installed(machine: Machine) -> None:
    machine.bootstrap("build")
    with (machine.root / "requirements" / "run.lock").open("a") as lock:
        lock.write("# more\n")
    machine.bootstrap("build")
    assert len(machine.called("pip install")) == 2


def test_a_folder_that_was_moved_gets_a_new_environment(machine: Machine) -> None:
    machine.bootstrap("build")
    machine.root = machine.root.rename(machine.root.with_name("moved here"))
    assert machine.bootstrap("build").returncode == 0
    assert machine.called("-m venv --clear")
    assert len(machine.called("pip install")) == 2
    path = machine.root / ".venv" / "site" / "parallel-edition.pth"
    assert path.read_text() == f"{machine.root}\n"
    machine.bootstrap("build")
    assert not machine.called("pip install")


def test_an_installation_that_failed_is_done_again(machine: Machine) -> None:
    done = machine.bootstrap("build", PIP_FAILS="1")
    assert done.returncode == 3
    assert "could not be installed" in done.stderr
    assert not machine.called("invoke")
    assert machine.bootstrap("build").returncode == 0
    assert machine.called("pip install")


def test_root_installs_what_is_missing(machine: Machine) -> None:
    machine.without("biber", "sudo")
    assert machine.bootstrap("build").returncode == 0
    (install,) = machine.called("apt-get install")
    assert install.startswith("apt-get install -q -y ")
    assert install.endswith(" --no-install-recommends biber")
    assert machine.calls[-1] == "invoke build"


def test_a_user_installs_by_sudo(machine: Machine) -> None:
    machine.without("biber").program("id", "echo 1000")
    assert machine.bootstrap("build").returncode == 0
    (install,) = machine.called("sudo env DEBIAN_FRONTEND=noninteractive apt-get install")
    assert install.endswith("--no-install-recommends biber")


def test_a_user_without_sudo_is_told_the_command(machine: Machine) -> None:
    machine.without("biber", "sudo").program("id", "echo 1000")
    done = machine.bootstrap("build")
    assert done.returncode == 3
    assert "apt-get install --no-install-recommends biber" in done.stderr
    assert not machine.called("apt-get")


def test_another_system_is_told_the_packages(machine: Machine) -> None:
    machine.without("apt-get", "biber", "xelatex")
    done = machine.bootstrap("build")
    assert done.returncode == 3
    assert {"bootstrap:   biber", "bootstrap:   texlive-xetex"} <= set(done.stderr.splitlines())


def test_a_package_that_does_not_help_is_said(machine: Machine) -> None:
    machine.program("fc-list")
    done = machine.bootstrap("build")
    assert done.returncode == 3
    assert "fonts-noto-cjk" in machine.called("apt-get install")[0]
    assert "installed, and yet not found: what comes with fonts-noto-cjk" in done.stderr


def test_a_failing_apt_is_said(machine: Machine) -> None:
    machine.without("biber").program("apt-get", "exit 100")
    done = machine.bootstrap("build")
    assert done.returncode == 3
    assert "try it by hand" in done.stderr
    assert not machine.called("invoke")


@pytest.mark.parametrize(("task", "count"), [("build", 0), ("test", 1)])
def test_programs_of_the_tests_are_for_tests(machine: Machine, task: str, count: int) -> None:
    machine.without("qpdf", "jaxb-runtime.jar")
    machine.bootstrap(task)
    assert len(machine.called("apt-get install")) == count


def test_no_python_no_virtual_environment(machine: Machine) -> None:
    machine.program("python3", "exit 1")
    assert machine.bootstrap("build").returncode == 3
    assert "python3 python3-venv" in machine.called("apt-get install")[0]
    assert "python3.11-venv" in machine.called("apt-get install")[1]


# --- in step -----------------------------------------------------------------------------------


def test_bootstrap_and_doctor_need_the_same() -> None:
    table = (ROOT / "bootstrap").read_text("utf-8").split("<<'NEEDS'\n")[1].split("\nNEEDS\n")[0]
    lines = [line.split() for line in table.splitlines()]
    assert [(kind, name.replace("_", " ") if kind == "font" else name, package)
            for kind, name, package in lines] == [
        (one.kind, one.name, one.package) for one in NEEDS]  # fmt: skip


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w-]", one, maxsplit=1)[0].lower().replace("_", "-")
            for one in requirements}  # fmt: skip


def test_everything_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = names(project["dependencies"])
    for lock, needed in (
        ("run", wanted),
        ("dev", wanted | names(project["optional-dependencies"]["dev"])),
    ):
        text = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
        locked = re.findall(r"^([\w.-]+)==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
        assert needed <= names(locked), "run requirements/update"
        assert len(locked) == len(re.findall("^[a-z]", text, re.MULTILINE)), "a line has no hash"
    assert names(list(LIBRARIES)) == wanted
