#!/bin/bash
# monitor.sh: a Prometheus in the foreground that watches the application on PORT, until Ctrl-C; Grafana beside it where
# it is installed. Variables: PORT (8000), MONITOR_PORT (9090), GRAFANA_PORT (3000), STATE (state).
set -euo pipefail

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
port=${PORT:-8000}
monitor_port=${MONITOR_PORT:-9090}
grafana_port=${GRAFANA_PORT:-3000}
state=${STATE:-state}

for number in "$port" "$monitor_port" "$grafana_port"; do
  if ! [[ $number =~ ^[0-9]{1,5}$ ]]; then
    echo "monitor: port '$number'; must be a number" >&2
    exit 2
  fi
done
if ! command -v prometheus >/dev/null 2>&1; then
  echo "monitor: no Prometheus was found. Install it: sudo apt-get install -y --no-install-recommends prometheus" >&2
  exit 1
fi

mkdir -p "$state/prometheus/data" "$state/prometheus/rules"
folder=$(cd "$state/prometheus" && pwd)
cp "$home"/prometheus/rules/*.yml "$folder/rules/"
sed "s/127\.0\.0\.1:8000/127.0.0.1:$port/" "$home/prometheus/prometheus.yml" > "$folder/prometheus.yml"

children=()
# The function is called by the trap.
# shellcheck disable=SC2329
stop() {
  for child in "${children[@]}"; do
    kill "$child" 2>/dev/null || true
  done
  wait
}
trap stop EXIT
trap 'exit 0' INT TERM

prometheus --config.file="$folder/prometheus.yml" --storage.tsdb.path="$folder/data" \
  --web.listen-address="127.0.0.1:$monitor_port" --log.level=warn &
children+=($!)
prometheus_pid=$!

echo "Prometheus  http://127.0.0.1:$monitor_port/targets  (scrapes 127.0.0.1:$port, data in $folder)"
echo "            http://127.0.0.1:$monitor_port/alerts"

grafana_home=${GRAFANA_HOME:-/usr/share/grafana}
if [ -x "$grafana_home/bin/grafana" ]; then
  mkdir -p "$state/grafana"
  grafana_data=$(cd "$state/grafana" && pwd)
  PROMETHEUS_URL="http://127.0.0.1:$monitor_port" CONTROLROOM_DASHBOARDS="$home/grafana/dashboards" \
    GF_PATHS_PROVISIONING="$home/grafana/provisioning" GF_PATHS_DATA="$grafana_data" \
    GF_PATHS_LOGS="$grafana_data/log" GF_PATHS_PLUGINS="$grafana_data/plugins" GF_LOG_MODE=file \
    GF_SERVER_HTTP_ADDR=127.0.0.1 GF_SERVER_HTTP_PORT="$grafana_port" GF_AUTH_ANONYMOUS_ENABLED=true \
    GF_ANALYTICS_REPORTING_ENABLED=false GF_ANALYTICS_CHECK_FOR_UPDATES=false \
    "$grafana_home/bin/grafana" server --homepath "$grafana_home" &
  children+=($!)
  echo "Grafana     http://127.0.0.1:$grafana_port/d/controlroom-service"
else
  echo "Grafana     is not installed in $grafana_home; Debian does not carry it. Install its package by"
  echo "            https://grafana.com/docs/grafana/latest/setup-grafana/installation/debian/ and run make monitor again"
fi
echo "Ctrl-C stops."
wait "$prometheus_pid"
