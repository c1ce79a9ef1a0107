"""The ALB Controller's version from whatever was pasted: a version, or the whole image reference."""

import re

import semver

CONTROLLER = "alb-controller"
# registry:5000/path/name:tag@sha256:digest; the tag is what follows the last colon of the last path segment.
_TAG = re.compile(r"(?P<name>[^/:@\s]+):(?P<tag>[^/:@\s]+)(?:@\S+)?")


def alb_version(text: str | None) -> semver.Version | None:
    """None where no full semantic version of ALB Controller is named: `latest`, `1.7`, a bare digest, another image."""
    if text is None:
        return None
    last = text.strip().rsplit("/", 1)[-1]
    tagged = _TAG.fullmatch(last)
    if tagged and tagged["name"] != CONTROLLER:
        return None  # another program's version
    named = tagged["tag"] if tagged else text.strip()
    try:
        return semver.Version.parse(named.removeprefix("v").removeprefix("V"))
    except ValueError:
        return None


def tag_of(image: str) -> str:
    """The tag of an image reference, whatever the image is called; the whole reference where it has none."""
    tagged = _TAG.fullmatch(image.strip().rsplit("/", 1)[-1])
    return tagged["tag"] if tagged else image
