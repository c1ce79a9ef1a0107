"""What Prometheus reads at /metrics. Labels have few values: routes are templates, never addresses."""

import math
from collections.abc import Callable, Iterator, Mapping

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.writer.outcome import Outcome
from index.remote.mirror import Mirror
from index.remote.trouble import Trouble
from index.storage.store import Manifest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class _StoreFigures(Collector):
    """How an index in a store is followed, read when Prometheus asks."""

    def __init__(self, mirror: Mirror) -> None:
        self._mirror = mirror

    def collect(self) -> Iterator[Metric]:
        age = self._mirror.age
        help_text = "Time since the index was last known to be the newest of its store."
        yield GaugeMetricFamily("kb_index_store_age_seconds", help_text, math.nan if age is None else age)
        failures = CounterMetricFamily("kb_index_store_failures", "Looks at the store that failed.", labels=["trouble"])
        for trouble in Trouble:
            failures.add_metric([trouble.value], self._mirror.troubles[trouble])
        yield failures


class _WriterFigures(Collector):
    """What became of the answers that a model was to phrase."""

    def __init__(self, outcomes: Mapping[Outcome, int]) -> None:
        self._outcomes = outcomes

    def collect(self) -> Iterator[Metric]:
        written = CounterMetricFamily("kb_written", "Answers to be phrased by a model, by outcome.", labels=["outcome"])
        for outcome in Outcome:
            written.add_metric([outcome.value], self._outcomes.get(outcome, 0))
        yield written


class _Index(Collector):
    """The index that is served when Prometheus asks."""

    def __init__(self, manifest: Callable[[], Manifest]) -> None:
        self._manifest = manifest

    def collect(self) -> Iterator[Metric]:
        manifest = self._manifest()
        gauge = GaugeMetricFamily("kb_index_info", "The index that is served.", labels=["generation", "model"])
        gauge.add_metric([manifest.generation, manifest.model], 1)
        yield gauge
        yield GaugeMetricFamily("kb_index_sections", "Sections of the index.", manifest.sections)


class _Answers(Collector):
    """What the desk has answered, at whichever door."""

    def __init__(self, answered: Mapping[tuple[str, str], int]) -> None:
        self._answered = answered

    def collect(self) -> Iterator[Metric]:
        answers = CounterMetricFamily("kb_answers", "Answers by language and status.", labels=["lang", "status"])
        for labels, count in sorted(self._answered.items()):
            answers.add_metric(labels, count)
        yield answers


class _OfSites(Collector):
    """The figures of several applications, each with the name of its site."""

    def __init__(self, registries: Mapping[str, CollectorRegistry]) -> None:
        self._registries = registries

    def collect(self) -> Iterator[Metric]:
        families: dict[str, Metric] = {}
        for site, registry in self._registries.items():
            for own in registry.collect():
                family = families.setdefault(own.name, Metric(own.name, own.documentation, own.type))
                family.samples += [sample._replace(labels={"site": site, **sample.labels}) for sample in own.samples]
        yield from families.values()


class Requests:
    """The figures of all that is asked of an application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "kb_http_requests", "Requests by route and status.", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "kb_http_request_seconds", "Time to answer.", ["route"], buckets=_SECONDS, registry=self.registry
        )


class Metrics(Requests):
    """The figures of one application."""

    def __init__(
        self,
        manifest: Callable[[], Manifest],
        answered: Mapping[tuple[str, str], int],
        mirror: Mirror | None = None,
        outcomes: Mapping[Outcome, int] | None = None,
    ) -> None:
        """`manifest()` is that of the index that is served; `mirror` follows one in a store.

        `answered`: how many answers, by language and status; `outcomes`: of the writer, if there is one.
        """
        super().__init__()
        self.registry.register(_Answers(answered))
        if mirror:
            self.registry.register(_StoreFigures(mirror))
        if outcomes is not None:
            self.registry.register(_WriterFigures(outcomes))

        self.registry.register(_Index(manifest))


def serve(app: FastAPI, figures: Requests) -> None:
    """Serve them at /metrics; they can be had of the application, too."""
    app.state.figures = figures

    @app.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(figures.registry), media_type=CONTENT_TYPE_LATEST)


def serve_all(app: FastAPI, figures: Requests, apps: Mapping[str, FastAPI]) -> None:
    """Serve those of a service over several sites: its own, with an empty name, and those of the sites."""
    registries = {"": figures.registry, **{name: own.state.figures.registry for name, own in apps.items()}}
    together = CollectorRegistry()
    together.register(_OfSites(registries))

    @app.api_route("/metrics", methods=["GET", "HEAD"], include_in_schema=False)
    def metrics() -> Response:
        return Response(generate_latest(together), media_type=CONTENT_TYPE_LATEST)
