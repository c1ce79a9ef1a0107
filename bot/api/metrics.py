"""What Prometheus reads at /metrics. Labels have few values: routes are templates, never addresses."""

from collections.abc import Callable

from fastapi import FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from index.storage.store import Manifest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The figures of one application."""

    def __init__(self, manifest: Callable[[], Manifest]) -> None:
        """`manifest()` is that of the index that is served when Prometheus asks."""
        self._manifest = manifest
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "kb_http_requests", "Requests by route and status.", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "kb_http_request_seconds", "Time to answer.", ["route"], buckets=_SECONDS, registry=self.registry
        )
        self.answers = Counter(
            "kb_answers", "Answers by language and status.", ["lang", "status"], registry=self.registry
        )
        self._info = Gauge(
            "kb_index_info", "The index that is served.", ["generation", "model"], registry=self.registry
        )
        self._sections = Gauge("kb_index_sections", "Sections of the index.", registry=self.registry)

    def attach(self, app: FastAPI) -> None:
        """Serve them at /metrics."""

        @app.get("/metrics", include_in_schema=False)
        def metrics() -> Response:
            manifest = self._manifest()
            self._info.clear()
            self._info.labels(manifest.generation, manifest.model).set(1)
            self._sections.set(manifest.sections)
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)
