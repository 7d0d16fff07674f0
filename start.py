"""Set up and run vivex from a clone with one command; only Python 3.11 or 3.12 and git are needed.

python3 start.py example   the example review, from the papers to the pre-filled forms (models included)
python3 start.py test      the tests

The first call makes an environment in .venv; inside an environment that has vivex, that one is used.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
NEEDS = {"example": ("", ("vivex", "dvc")), "test": ("[dev]", ("vivex", "dvc", "pytest", "hypothesis", "xdist"))}


def main(words):
    if not words or words[0] not in NEEDS:
        print(__doc__.strip())
        return 2
    if sys.version_info[:2] not in ((3, 11), (3, 12)):
        print(f"vivex needs Python 3.11 or 3.12; this is {sys.version.split()[0]}. Install 3.12 and use its python.")
        return 2
    python = environment(*NEEDS[words[0]])
    env = dict(os.environ, PATH=os.pathsep.join([str(Path(python).parent), os.environ.get("PATH", "")]))
    if words[0] == "test":
        return subprocess.call([python, "-m", "pytest", "-q", "-n", "2", *words[1:]], cwd=ROOT, env=env)
    for step in (["pull", "--quiet", "pdfs.dvc", "annotations.dvc"], ["repro", *words[1:]]):
        status = subprocess.call([python, "-m", "dvc", *step], cwd=ROOT, env=env)
        if status:
            return status
    print("Open outputs/review/report.html in a browser, and outputs/review/forms.xlsx in Excel or LibreOffice.")
    return 0


def environment(extra, modules):
    """Return the Python to use: this one where it has everything, else .venv's, made and filled as needed."""
    if all(importlib.util.find_spec(name) for name in modules):
        return sys.executable
    folder = ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print("Making an environment in .venv (once; some minutes) ...", flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", str(folder)])
    check = "; ".join(f"import {name}" for name in modules)
    if subprocess.call([python, "-c", check], stderr=subprocess.DEVNULL, cwd=ROOT.parent):
        pip = [str(python), "-m", "pip", "install", "--quiet"]
        subprocess.check_call([*pip, "--upgrade", "pip"])
        subprocess.check_call([*pip, "-c", str(ROOT / "constraints.txt"), "-e", f"{ROOT}{extra}"])
    return str(python)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
