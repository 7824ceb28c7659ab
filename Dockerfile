FROM python:3.13-slim-bookworm AS packages
COPY requirements-production.lock /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r /requirements-production.lock

FROM python:3.13-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends ffmpeg \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin callback
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=hiring.settings.prod
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Collecting needs settings that load, not secrets that are used.
RUN SECRET_KEY=unused S3_ACCESS_KEY=unused S3_SECRET_KEY=unused python manage.py collectstatic --no-input
USER 10001
EXPOSE 8000
# For the web process; docker-compose.yml gives the workers and beat their own.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "docker/probe.py"]
CMD ["gunicorn", "hiring.wsgi", "--workers=3", "--threads=4", "--timeout=60", "--no-control-socket", "--bind=0.0.0.0:8000"]
