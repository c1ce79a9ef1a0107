"""Where images and charts are kept. Of a public place that is not Microsoft's, a name alone tells nothing."""

import re

# Domains in which anybody may publish, or that pass on what such a place has; a registry is any host in one of them.
_PUBLIC = (
    *("docker.io", "docker.com", "ghcr.io", "pkg.github.com", "quay.io", "gcr.io", "pkg.dev", "k8s.io"),
    *("public.ecr.aws", "registry.gitlab.com", "registry.hub.docker.com", "ttl.sh", "codeberg.org", "gitea.com"),
    *("redhat.io", "redhat.com", "nvcr.io", "cgr.dev", "lscr.io", "docker.elastic.co", "xpkg.upbound.io"),
    *("opensuse.org", "suse.com", "rancher.com", "fedoraproject.org", "oracle.com", "cloudsmith.io", "canister.io"),
    *("registry.digitalocean.com", "registry.fly.io", "registry.heroku.com", "scw.cloud", "vultrcr.com"),
    *("aliyuncs.com", "tencentyun.com", "myhuaweicloud.com", "daocloud.io", "dockerproxy.com", "dockerproxy.net"),
    *("azk8s.cn", "ustc.edu.cn", "nju.edu.cn", "forgejo.org", "gitee.com", "artifacthub.io", "bitnami.com"),
)
MICROSOFT = "mcr.microsoft.com"  # where ALB Controller is published
_OF_AZURE = re.compile(r"mcr\.microsoft\.com|mcr\.azure\.cn|[a-z0-9-]+\.azurecr\.(?:io|cn|us)", re.ASCII)


_SCHEME = re.compile("^[a-z][a-z0-9+.-]*://")


def strange_image(image: str) -> str:
    """The public registry of others that an image is in; an image that names no registry is in Docker Hub."""
    host, separator, _ = _SCHEME.sub("", image.strip().lower()).partition("/")
    named = separator and (host == "localhost" or re.search("[.:]", host) is not None)
    return "docker.io" if not named else host if _is_public(host) else ""


def _is_public(host: str) -> bool:
    """Whether a host is in a public domain: a port, and the dot at the end of a whole name, make it no other one."""
    name = host.rpartition("@")[2].partition(":")[0].strip(".")
    return any(f".{name}".endswith(f".{domain}") for domain in _PUBLIC)


def strange_chart(repository: str) -> str:
    """The place of others that a chart is in: Microsoft keeps its own in a registry, in no repository of the web."""
    scheme, separator, rest = repository.strip().lower().rpartition("://")
    host = rest.partition("/")[0]
    public = _is_public(host) or (separator and scheme != "oci" and _OF_AZURE.fullmatch(host) is None)
    return host if public else ""
