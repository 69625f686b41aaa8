# syntax=docker/dockerfile:1
# Two stages: the first has Node for the assets, the second only what serves. tests/portal/test_operations_container.py
# runs these RUN commands in a clean virtual environment; the image itself is unbuilt until someone builds it.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app
RUN python -m venv /opt/build
ENV PATH=/opt/build/bin:$PATH
COPY requirements/build.lock requirements/
RUN pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes -r requirements/build.lock
COPY . .
RUN python -m frontend.build
RUN python -m portal.messages
RUN VAR_DIR=/opt/build/var STATIC_DIR=/app/static python manage.py collectstatic --noinput --verbosity 0
RUN rm -rf frontend/assets/node_modules

FROM python:3.11-slim-bookworm
WORKDIR /app
RUN python -m venv /opt/run
ENV PATH=/opt/run/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENV VAR_DIR=/var/lib/portolano STATIC_DIR=/app/static LISTEN_ADDRESS=0.0.0.0
COPY requirements/run.lock requirements/
RUN pip install --quiet --disable-pip-version-check --no-cache-dir --require-hashes -r requirements/run.lock
COPY --from=build /app /app
RUN useradd --system --home-dir /var/lib/portolano --create-home portolano
USER portolano
VOLUME /var/lib/portolano
EXPOSE 8000
CMD ["gunicorn", "--config", "python:portal.gunicorn", "portal.wsgi"]
