"""Where images and charts are kept. Of a public place that is not Microsoft's, a name alone tells nothing."""

import re

_PUBLIC = frozenset(
    {
        "docker.io",
        "index.docker.io",
        "registry-1.docker.io",
        "ghcr.io",
        "quay.io",
        "gcr.io",
        "registry.k8s.io",
        "public.ecr.aws",
        "registry.gitlab.com",
    }
)
MICROSOFT = "mcr.microsoft.com"  # where ALB Controller is published
_OF_AZURE = re.compile(r"mcr\.microsoft\.com|mcr\.azure\.cn|[a-z0-9-]+\.azurecr\.(?:io|cn|us)", re.ASCII)


def strange_image(image: str) -> str:
    """The public registry of others that an image is in; an image that names no registry is in Docker Hub."""
    host, separator, _ = image.strip().lower().partition("/")
    named = separator and (host == "localhost" or re.search("[.:]", host) is not None)
    return "" if named and host not in _PUBLIC else host if named else "docker.io"


def strange_chart(repository: str) -> str:
    """The place of others that a chart is in: Microsoft keeps its own in a registry, in no repository of the web."""
    scheme, separator, rest = repository.strip().lower().rpartition("://")
    host = rest.partition("/")[0]
    public = host in _PUBLIC or (separator and scheme != "oci" and _OF_AZURE.fullmatch(host) is None)
    return host if public else ""
