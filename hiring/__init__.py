"""The product's package: wiring at its root, small core apps inside. The core never imports a stage."""

from hiring.celery import app as celery_app

__all__ = ["celery_app"]
