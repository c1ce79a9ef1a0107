"""The ALB Controller's version from whatever was pasted: a version, or the whole image reference."""

import re

import semver

# registry:5000/path/name:tag@sha256:digest; the tag is what follows the last colon of the last path segment.
_TAG = re.compile(r"[^/:@\s]+:(?P<tag>[^/:@\s]+)(?:@\S+)?")


def alb_version(text: str | None) -> semver.Version | None:
    """None where no full semantic version is named: `latest`, `1.7`, a bare digest."""
    if text is None:
        return None
    last = text.strip().rsplit("/", 1)[-1]
    tagged = _TAG.fullmatch(last)
    named = tagged["tag"] if tagged else text.strip()
    try:
        return semver.Version.parse(named.removeprefix("v").removeprefix("V"))
    except ValueError:
        return None
