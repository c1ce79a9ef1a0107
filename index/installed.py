"""Native code and weights come from the packages installed in this interpreter's own folders, and from nowhere else.

Python takes the first module of a name on its path, and PYTHONPATH and often the working directory come before what is
installed. A `faiss` or an `onnxruntime` from there would run as this service.
"""

import importlib.util
import site
from importlib.metadata import Distribution, distributions
from pathlib import Path

from index.errors import KbError


def require_installed(module: str, package: str) -> Distribution:
    """The installed package that Python would import `module` from; nothing of it is run.

    Raises KbError if the package is missing or Python would take the module from elsewhere.
    """
    spec = importlib.util.find_spec(module)
    if spec is None:
        raise KbError(f"the package {package} is not installed. Run: make install")
    installed = next(iter(distributions(name=package, path=_folders())), None)
    expected = installed and Path(str(installed.locate_file(f"{module}/__init__.py"))).resolve()
    if installed is None or spec.origin is None or Path(spec.origin).resolve() != expected:
        raise KbError(
            f"{module} would be loaded from {spec.origin}, which is not the installed package {package}. "
            "Remove it, or run the service in a virtual environment without PYTHONPATH"
        )
    return installed


def _folders() -> list[str]:
    return site.getsitepackages() + ([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])
