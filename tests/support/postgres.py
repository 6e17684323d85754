"""A throw-away PostgreSQL server: real, reached through a socket in its own folder, gone after the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

SUPERUSER = "ledger"


class NoPostgres(Exception):  # noqa: N818  it is the reason for a skip, not an error
    """No server program is installed (or none that this user may start)."""


def server_programs() -> Path:
    """The folder of ``initdb`` and ``pg_ctl``: the newest of Debian's versions, else the one on PATH."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    versions = sorted(debian, key=lambda program: int(program.parts[-3]))
    if versions:
        return versions[-1].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise NoPostgres("PostgreSQL is not installed (Debian: apt-get install postgresql)")


def as_server_user() -> tuple[list[str], str | None]:
    """Words to put before a command, and the user it then runs as: the server refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return [], None
    for user in ("postgres", "nobody"):
        if subprocess.run(["id", user], capture_output=True, check=False).returncode == 0 and shutil.which("runuser"):
            return ["runuser", "-u", user, "--"], user
    raise NoPostgres("PostgreSQL does not run as root, and there is no other user to run it as")


class PostgresServer:
    """One running server. Leave its ``with`` block to stop it and to remove all that it stored."""

    def __init__(self, folder: Path, programs: Path, prefix: list[str]) -> None:
        self.folder = folder
        self._programs = programs
        self._prefix = prefix
        self._numbers = count(1)

    @classmethod
    def start(cls) -> Self:
        """Make a cluster and start it; returns when it answers.

        :raises NoPostgres: when none is installed.
        """
        programs = server_programs()
        prefix, user = as_server_user()
        # Not below pytest's own folder: the server's user could not enter it, and socket paths must stay short.
        folder = Path(tempfile.mkdtemp(prefix="ledger-pg-"))
        if user:
            shutil.chown(folder, user)
        server = cls(folder, programs, prefix)
        try:
            server._run(
                "initdb", "--auth=trust", f"--username={SUPERUSER}", "--encoding=UTF8", "--locale=C", "--no-sync"
            )
            # Speed over safety: nothing here has to survive a power cut. No TCP port is opened.
            options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"
            server._run("pg_ctl", "start", "--wait", "--silent", f"--log={folder / 'log'}", f"--options={options}")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return server

    def _run(self, program: str, *arguments: str) -> None:
        # The server must not hold the test run's output open, hence no pipes.
        command = [*self._prefix, str(self._programs / program), f"--pgdata={self.folder / 'data'}", *arguments]
        done = subprocess.run(
            command, check=False, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        if done.returncode != 0:
            log = self.folder / "log"
            raise RuntimeError(f"{program} failed: {log.read_text() if log.exists() else ' '.join(command)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def database(self) -> Iterator[str]:
        """The SQLAlchemy URL of a fresh database; it is dropped afterwards, whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"postgresql+psycopg://{SUPERUSER}@/{name}?host={self.folder}"
        finally:
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(dbname="postgres", user=SUPERUSER, host=str(self.folder), autocommit=True) as connection:
            connection.execute(statement)
