"""Install a lock into the virtual environment that runs this file, unless it is there already.

Usage: .venv/bin/python requirements/install.py runtime|dev
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def install(lock: Path, installed: Path) -> int:
    """Install what `lock` pins, by hash, telling how far it is; keep a copy in `installed`.

    Returns pip's exit code. Does nothing when `installed` holds the same text as the lock.
    """
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return 0
    total = sum("==" in line for line in lock.read_text().splitlines())
    print(
        f"Installing about {total} packages from {lock.name}, once; this takes a minute or two ..."
    )
    started = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--disable-pip-version-check",
    ]
    pip = subprocess.Popen(
        [*command, "--progress-bar", "off", "-r", str(lock)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    lines, collected = [], 0
    for line in pip.stdout:
        lines.append(line)
        if line.startswith("Collecting "):
            collected += 1
            if collected % 20 == 0:
                print(f"  {collected} of about {total} fetched", flush=True)
        elif line.startswith("Installing collected"):
            print("  all fetched, installing", flush=True)
    if pip.wait() != 0:
        sys.stderr.write("".join(lines[-30:]))
        sys.stderr.write("The packages could not be installed; pip's last lines stand above.\n")
        return pip.returncode
    installed.write_bytes(lock.read_bytes())
    print(f"  installed in {time.monotonic() - started:.0f} s", flush=True)
    return 0


def main(name: str) -> int:
    """Bring the environment to the lock called `name`; the dev lock holds the runtime lock too."""
    environment = Path(sys.prefix)
    dev = HERE / "dev.txt"
    has_dev = environment / "installed-dev.txt"
    runtime_is_there = has_dev.exists() and has_dev.read_bytes() == dev.read_bytes()
    if name == "runtime" and runtime_is_there:
        return 0
    return install(HERE / f"{name}.txt", environment / f"installed-{name}.txt")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
