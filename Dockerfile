# One image for web, worker and scheduler; built from the hashed requirements only.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
RUN useradd --create-home --uid 10001 passerelles && mkdir /data && chown passerelles /data
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements/run.txt
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && pip check
# Static files are gathered with secrets drawn for this step only, never kept in the image.
RUN draw() { python -c 'import secrets; print(secrets.token_urlsafe(60))'; } \
    && DJANGO_SETTINGS_MODULE=backend.settings.production ALLOWED_HOSTS=build.invalid DATA_DIR=/tmp/build \
       SECRET_KEY="$(draw)" FIELD_KEY="$(draw)" PSEUDONYM_KEY="$(draw)" STATIC_ROOT=/app/staticfiles \
       DATABASE_URL=postgres://build.invalid/none BROKER_URL=redis://build.invalid DEFAULT_FROM_EMAIL=build@build.invalid \
       python -m backend.manage collectstatic --no-input -v0 \
    && rm -rf /tmp/build
ENV STATIC_ROOT=/app/staticfiles
USER passerelles
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "backend.wsgi", "--bind", "0.0.0.0:8000", "--logger-class", "backend.core.logs.DiscreetServerLog"]
