#!/bin/bash
# bench.sh: measures what README.md lists and prints one table. PARTS chooses parts; README.md lists the other variables.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
here=$PWD
root=$(cd ../.. && pwd)
version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$root/pom.xml" | head -n 1)
peers=$root/../shared/peers
data=${DATA:-}
if [ -n "$data" ]; then
  data=$(cd "$root" && cd "$data" && pwd) || exit 2
elif [ -d "$root/../shared/data/debcat" ]; then
  data=$(cd "$root/../shared/data/debcat" && pwd)
fi
target=$here/target
work=$target/work
figures=$target/figures
all_parts="import dataset postgres training scoring onnx http busy batch pages promotion soak"
if [ "${SOAK:-0}" -gt 0 ]; then
  parts=${PARTS:-${all_parts/ promotion/}}
else
  parts=${PARTS:-${all_parts% promotion soak}}
fi
presets=${PRESETS:-original default best}
rounds=${ROUNDS:-3}
seconds=${SECONDS_A_ROUND:-10}
soak=${SOAK:-600}
export PORT=${BENCH_PORT:-8090}
peer_port=$((PORT + 1))
export STATE=$work/state CONFIG= PRESET=default DATA=$data
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
class_path="$target/benchmarks-$version.jar:$target/lib/*"
product_file=$work/products.csv
peer_pid=

mkdir -p "$work" "$figures"
# shellcheck source=src/main/bench/serving.sh
. "$here/src/main/bench/serving.sh"

say() { echo "[$(date +%H:%M:%S)] $*"; }

# program SECONDS HEAP CLASS ARGUMENT...: one of our programs, killed when it takes longer
program() {
  local limit=$1 heap=$2 class=$3
  shift 3
  timeout -k 5 "$limit" "$java" "-Xmx$heap" -Dfile.encoding=UTF-8 \
    -Djava.util.logging.config.file="$here/src/main/bench/logging.properties" \
    -cp "$class_path" "org.controlroom.benchmarks.$class" "$@"
}

# figure PART NAME VALUE SENSE TARGET UNIT NOTE: what Figures.java writes, from here
figure() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$2" "$3" "$4" "$5" "$6" "$7" >>"$figures/$1.tsv"
  echo "  $2: $3 $6 $7"
}

have_peers() { [ -d "$peers" ] && [ -n "$data" ] && [ "${PEERS:-yes}" != no ]; }

# The Python stack, installed once, with its model trained; answers 1 when it is not to be had.
prepare_peers() {
  have_peers || return 1
  if [ ! -x "$target/venv/bin/uvicorn" ]; then
    say "installing the Python stack into target/venv"
    { timeout 120 python3 -m venv "$target/venv" &&
      timeout 400 "$target/venv/bin/pip" install -q scikit-learn pandas fastapi 'uvicorn[standard]' prometheus_client; } \
      >"$work/pip.log" 2>&1 || { say "it cannot be installed (see $work/pip.log); going on without it"; return 1; }
  fi
  if [ "${1:-}" = again ] || [ ! -f "$work/peer/model.joblib" ]; then
    say "training scikit-learn's seed model"
    timeout 240 "$target/venv/bin/python" -W ignore "$peers/train.py" "$data" - "$work/peer" seed >"$work/peer.log" 2>&1 ||
      { say "scikit-learn failed (see $work/peer.log); going on without it"; return 1; }
  fi
}

# peer_figure NAME: a number of scikit-learn's result; nothing when there is none
peer_figure() {
  sed -n 's/.*"'"$1"'": *\([-+.eE0-9]*\).*/\1/p' "$work/peer/result-seed.json" 2>/dev/null | head -n 1
}

part_import() { program 400 1g ImportBenchmark "$data" "$work" "$figures/import.tsv"; }

# The same heap for ten times the rows: memory must not grow with them.
part_dataset() {
  program 400 320m DatasetBenchmark "$data" "$work" "$figures/dataset.tsv" 85000
  [ -z "${LARGE:-}" ] || program 1200 320m DatasetBenchmark "$data" "$work" "$figures/dataset.tsv" 850000
}

# A PostgreSQL of its own with Debian's settings, as root run by the user nobody, gone afterwards.
part_postgres() {
  local bin folder port as=() code
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  if [ ! -x "$bin/initdb" ]; then
    say "no PostgreSQL below /usr/lib/postgresql (deploy/runtime/src/main/build/require.sh postgresql installs it)"
    return 1
  fi
  port=$((PORT + 2))
  folder=$(mktemp -d /tmp/control-room-bench-XXXXXX)
  if [ "$(id -u)" -eq 0 ]; then
    chown nobody "$folder"
    as=(runuser -u nobody --)
  fi
  (cd / && "${as[@]}" "$bin/initdb" -D "$folder/data" -U sa -A trust -E UTF8 --locale=C.UTF-8 &&
    "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w -o "-h 127.0.0.1 -p $port -k $folder" start) \
    >"$work/postgres.log" 2>&1 || { say "it does not start, see $work/postgres.log"; return 1; }
  program 400 1g PostgresBenchmark "$data" "$work" "$figures/postgres.tsv" "jdbc:postgresql://127.0.0.1:$port/postgres?user=sa"
  code=$?
  (cd / && "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop) >>"$work/postgres.log" 2>&1
  rm -rf "$folder"
  return $code
}

part_training() {
  local peer=
  if prepare_peers again; then
    peer=$work/peer/result-seed.json
    figure training "scikit-learn seed: training" "$(peer_figure train_s)" info "" s "same machine, same run"
    figure training "scikit-learn seed: weighted F1" "$(peer_figure f1_weighted)" info "" "" "20 % hold-out, seed 1"
  fi
  program 540 2g TrainingBenchmark "$data" "$work" "$figures/training.tsv" "$peer" "$presets"
}

part_scoring() { program 400 2g ScoringBenchmark "$data" "$work" "$figures/scoring.tsv" "${ITERATION_SECONDS:-3}"; }

# The Python is that of the tests, which has scikit-learn and skl2onnx.
part_onnx() {
  local python=$root/target/python/onnx/bin/python
  if [ ! -x "$python" ]; then
    say "no $python; make test-tools makes it; going on without scikit-learn"
    return 0
  fi
  program 500 1g OnnxBenchmark "$data" "$work" "$figures/onnx.tsv" "$python" "$here/src/main/bench/onnx_peer.py"
}

end() {
  [ -n "$peer_pid" ] && kill "$peer_pid" 2>/dev/null
  stop_server
  stop_mlflow
}
trap end EXIT
trap 'exit 130' INT TERM

failed=
for part in $parts; do
  case " $all_parts " in
    *" $part "*) ;;
    *) echo "bench.sh: unknown part $part; known are $all_parts" >&2; exit 2 ;;
  esac
done
say "data: ${data:-generated sample}; parts: $parts"
for part in $parts; do
  say "part $part"
  rm -f "$figures/$part.tsv"
  if ! "part_$part"; then
    failed="$failed $part"
    say "part $part FAILED"
  fi
done

machine="$(nproc) cores $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1), load $(cut -d' ' -f1 /proc/loadavg) at the end, \
programs on $("$java" -version 2>&1 | sed -n '2s/.*\(build [^)]*\).*/\1/p'), data ${data:+${data##*/}}${data:-generated sample}"
[ -n "$data" ] && machine=${machine%"$data"}
program 60 256m Report "$figures" "$target" "$machine" "$all_parts" || failed="$failed report"
echo "Also in $target/bench.md and bench.json. Parts that were not run now show their last figures."
if [ -n "$failed" ]; then
  echo "Failed:$failed" >&2
  exit 1
fi
