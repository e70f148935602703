# One image for web, worker, clock and backups; built from the hashed requirements only.
FROM python:3.11.14-slim-trixie

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data STATIC_ROOT=/app/staticfiles SIZE=territoire
# pg_dump and pg_restore, of the same version as the server of the compose file; Pango and a font draw the PDFs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 passerelles \
    && mkdir /data /backups \
    && chown passerelles /data /backups \
    && chmod 700 /data /backups
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/run.txt
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && pip check
# Static files are gathered with secrets drawn for this step only, never kept in the image.
RUN draw() { python -c 'import secrets; print(secrets.token_urlsafe(60))'; } \
    && DATA_DIR=/tmp/build ALLOWED_HOSTS=build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
       SECRET_KEY="$(draw)" FIELD_KEY="$(draw)" PSEUDONYM_KEY="$(draw)" \
       DATABASE_URL=postgres://build.invalid/none BROKER_URL=redis://127.0.0.1 \
       passerelles collectstatic --no-input -v0 \
    && rm -rf /tmp/build
USER passerelles
VOLUME /data /backups
EXPOSE 8000
CMD ["gunicorn", "backend.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "2", "--timeout", "60", "--no-control-socket", "--logger-class", "backend.core.logs.DiscreetServerLog"]
