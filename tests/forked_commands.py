"""Commands of the shell in processes forked from one that has imported what they need.

A team's day is some eighty commands with children of their own, and most of its time goes into starting interpreters.
Here each command is a process of its own with its folder, environment and output, as in a shell, but begins where a
first one stands that has imported vivex and DVC. Who tests the start itself (`test_cli`, `test_safe_start`,
`test_pool`) starts interpreters.

    with commands(folder, {"vivex": "vivex.cli", "dvc": "dvc.cli"}) as tools:  # a folder for PATH
"""

from __future__ import annotations

import array
import atexit
import contextlib
import gc
import importlib
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

IMPORTED = ("loaded", "dvc.cli.parser", "dvc.repo.reproduce")  # `loaded` lies beside this file
_CLIENT = """\
import array, json, os, socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect({path!r})
asked = json.dumps({{"module": {module!r}, "words": sys.argv[1:], "folder": os.getcwd(), "env": dict(os.environ)}})
line.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
line.sendall(asked.encode())
line.shutdown(socket.SHUT_WR)
told = line.makefile("rb").read()
sys.exit(int(told) if told else 70)
"""


@contextlib.contextmanager
def commands(folder: Path, modules: Mapping[str, str], before: Mapping[str, str] | None = None) -> Iterator[Path]:
    """Give a folder of programs, name -> module with a `main`; `before` is what a program's shell does first."""
    tools = folder / "bin"
    tools.mkdir(parents=True)
    path = tools / ".socket"
    for name, module in modules.items():
        (tools / f".{name}.py").write_text(_CLIENT.format(path=str(path), module=module), encoding="utf-8")
        start = f'exec "{sys.executable}" -S -E "{tools}/.{name}.py" "$@"\n'
        (tools / name).write_text(f"#!/bin/sh\n{(before or {}).get(name, '')}{start}", encoding="utf-8")
        (tools / name).chmod(0o755)
    first = subprocess.Popen([sys.executable, __file__, str(path)], stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 300
        while not path.exists():
            if first.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the process to fork from did not start")
            time.sleep(0.05)
        yield tools
    finally:
        first.terminate()
        first.wait(30)


def serve(path: str) -> None:
    """Import, then fork a process for each command that is asked for, until ended."""
    for name in IMPORTED:
        importlib.import_module(name)
    forking = multiprocessing.get_context("fork")
    multiprocessing.get_context = lambda method=None: forking  # type: ignore[assignment] # a pool's children, too
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them here
    gc.freeze()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(f"{path}.new")
    listener.listen(64)
    os.rename(f"{path}.new", path)
    while True:
        line, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _command(line)
        line.close()


def _command(line: socket.socket) -> None:
    """Be the command; send its exit status and end."""
    handles = array.array("i")
    _, sent, _, _ = line.recvmsg(1, socket.CMSG_LEN(3 * handles.itemsize))
    handles.frombytes(sent[0][2])
    asked = json.loads(line.makefile("rb").read())
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    sys.argv = [asked["module"], *asked["words"]]
    status: object = 1
    try:
        status = importlib.import_module(asked["module"]).main(asked["words"])
    except SystemExit as end:
        status = end.code
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):
                stream.flush()
        code = status if isinstance(status, int) else 0 if status is None else 1
        with contextlib.suppress(OSError):
            line.sendall(str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    serve(sys.argv[1])
