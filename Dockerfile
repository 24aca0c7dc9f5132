# Lotse in one image: the service and, with another command, everything else of the command line.
FROM python:3.12-slim

RUN useradd --create-home --uid 10001 lotse
WORKDIR /srv/lotse
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY bot bot
COPY content content
COPY locales locales
COPY nlu_data nlu_data
RUN pip install --no-cache-dir --no-deps --editable . \
    && mkdir var && chown lotse var \
    # The vectors and the classifier are made now, so that the container answers seconds after its start.
    && LOTSE_DATA_DIR=/srv/lotse/prepared lotse ask --lang de Anmeldung > /dev/null \
    && rm -f prepared/secret-key prepared/webhook-secret && chown -R lotse prepared

USER lotse
ENV LOTSE_HTTP_HOST=0.0.0.0 LOTSE_DATA_DIR=/srv/lotse/var PYTHONUNBUFFERED=1
VOLUME /srv/lotse/var
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["/bin/sh", "-c", "cp -rn /srv/lotse/prepared/understanding \"$LOTSE_DATA_DIR\"/ 2>/dev/null; exec \"$@\"", "--"]
CMD ["lotse", "run"]
