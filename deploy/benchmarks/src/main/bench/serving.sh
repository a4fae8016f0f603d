# serving.sh: the parts http, busy, batch, promotion, pages and soak of bench.sh, which reads this file. They run against the distribution.

home=$work/home
url=http://127.0.0.1:$PORT
server_started=
mlflow_pid=

stop_server() {
  if [ -n "$server_started" ]; then
    timeout 60 "$home/bin/control-room" stop >/dev/null 2>&1 || true
    server_started=
  fi
}

# A copy of the distribution that deploys one application more: the servlet with the fixed answer.
prepare_home() {
  local built=${DISTRIBUTION:-$root/deploy/runtime/target/control-room-$version} war=$work/war
  [ -x "$built/bin/control-room" ] || { echo "no distribution in $built; make build makes it" >&2; return 1; }
  rm -rf "$home" "$war"
  cp -a "$built" "$home" && rm -rf "$home/cache" && mkdir -p "$home/cache" "$war/WEB-INF/classes" || return 1
  (cd "$war/WEB-INF/classes" && "${java%java}jar" xf "$target/benchmarks-$version.jar" org/controlroom/benchmarks/fixed) &&
    "${java%java}jar" cf "$work/fixed.war" -C "$war" WEB-INF || return 1
  echo "deploy --contextroot=/fixed $work/fixed.war" >>"$home/conf/postboot.txt"
  timeout 180 "$home/bin/control-room" prepare >"$work/prepare.log" 2>&1 || say "no start-up cache (see $work/prepare.log)"
}

# Starts with a model: the first time it is trained; the second start then has the memory of a server that only serves.
start_server() {
  [ -n "$server_started" ] && return 0
  prepare_home || return 1
  rm -rf "$STATE"
  say "starting the server on port $PORT, first with a training"
  server_started=yes
  timeout 300 "$home/bin/control-room" start >"$work/start.log" 2>&1 || { tail -n 5 "$work/start.log"; return 1; }
  restart_server || return 1
  timeout 90 "$java" -Xmx1g -cp "$class_path" org.controlroom.benchmarks.PredictBodies "$data" "$work" >"$work/rows" || return 1
  expect "$url/predict" predicted_class && expect "$url/fixed/predict" predicted_class
}

# expect URL TEXT: the first request is answered with 200 and the text
expect() {
  local answer
  answer=$(head -n 1 "$work/bodies.jsonl" |
    curl -sS -m 10 -f -H 'Content-Type: application/json' --data-binary @- "$1") || { echo "$1 does not answer" >&2; return 1; }
  case $answer in
    *"$2"*) ;;
    *) echo "$1 answers $answer" >&2; return 1 ;;
  esac
}

resident_mb() { awk '/^VmRSS:/ { printf "%.1f", $2 / 1024 }' "/proc/$server_pid/status"; }

# watch_memory FILE SECONDS: resident MB every SECONDS until killed
watch_memory() {
  while [ -d "/proc/$server_pid" ]; do
    resident_mb >>"$1"
    echo >>"$1"
    sleep "$2"
  done
}

# load ROOT URL SECONDS: requests/s, p50 ms, p99 ms, failed requests
load() {
  BODIES=$work/bodies.jsonl ROOT=$1 timeout $(($3 + 30)) \
    wrk -t1 -c32 "-d${3}s" --timeout 10s -s "$here/src/main/wrk/predict.lua" "$2" | sed -n 's/^OUTCOME //p'
}

median() { sort -g | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

start_peer() {
  prepare_peers || return 1
  (cd "$peers" && MODEL=$work/peer/model.joblib LOG=$work/peer-log.csv PYTHONDONTWRITEBYTECODE=1 exec "$target/venv/bin/uvicorn" \
    serve:app --host 127.0.0.1 --port "$peer_port" --no-access-log) >"$work/uvicorn.log" 2>&1 &
  peer_pid=$!
  local i
  for i in $(seq 60); do
    curl -s -m 2 -o /dev/null "http://127.0.0.1:$peer_port/health" && return 0
    kill -0 "$peer_pid" 2>/dev/null || break
    sleep 0.5
  done
  say "the Python service did not start (see $work/uvicorn.log); going on without it"
  return 1
}

part_http() {
  "$root/deploy/runtime/src/main/build/require.sh" wrk || return 1
  start_server || return 1
  local kinds="predict fixed" kind round watcher
  if start_peer; then
    kinds="$kinds python"
  fi
  rm -f "$work"/http-*.txt "$work/http.rss"
  say "warming up"
  load "" "$url" 30 >/dev/null
  load /fixed "$url" 20 >/dev/null
  watch_memory "$work/http.rss" 1 &
  watcher=$!
  for round in $(seq "$rounds"); do
    for kind in $kinds; do
      case $kind in
        predict) load "" "$url" "$seconds" ;;
        fixed) load /fixed "$url" "$seconds" ;;
        python) load "" "http://127.0.0.1:$peer_port" "$seconds" ;;
      esac >>"$work/http-$kind.txt"
      echo "  round $round $kind: $(tail -n 1 "$work/http-$kind.txt")"
    done
  done
  kill "$watcher" 2>/dev/null
  [ -n "$peer_pid" ] && kill "$peer_pid" 2>/dev/null
  peer_pid=
  report_http "$kinds"
}

report_http() {
  local kind notes="median of $rounds rounds of $seconds s, wrk -t1 -c32"
  for kind in $1; do
    [ "$(wc -l <"$work/http-$kind.txt")" -eq "$rounds" ] || { echo "a round of $kind gave no figures" >&2; return 1; }
  done
  local ours fixed
  ours=$(cut -d' ' -f1 "$work/http-predict.txt" | median)
  fixed=$(cut -d' ' -f1 "$work/http-fixed.txt" | median)
  figure http "POST /predict" "$ours" info "" requests/s "$notes"
  figure http "fixed-answer servlet" "$fixed" info "" requests/s "same server, same rounds"
  figure http "POST /predict of the fixed answer's rate" \
    "$(paste -d' ' "$work/http-predict.txt" "$work/http-fixed.txt" | awk '{ print 100 * $1 / $5 }' | median)" min 60 % \
    "median of the rounds' ratios"
  if [ -f "$work/http-python.txt" ]; then
    figure http "Python service, one worker" "$(cut -d' ' -f1 "$work/http-python.txt" | median)" info "" requests/s \
      "p99 $(cut -d' ' -f3 "$work/http-python.txt" | median) ms"
    figure http "POST /predict to the Python service" \
      "$(paste -d' ' "$work/http-predict.txt" "$work/http-python.txt" | awk '{ print $1 / $5 }' | median)" min 25 times \
      "median of the rounds' ratios"
  fi
  figure http "POST /predict p99" "$(cut -d' ' -f3 "$work/http-predict.txt" | median)" max 15 ms \
    "worst round $(cut -d' ' -f3 "$work/http-predict.txt" | sort -g | tail -n 1), p50 $(cut -d' ' -f2 "$work/http-predict.txt" | median)"
  figure http "failed requests" "$(awk '{ n += $4 } END { print n + 0 }' "$work/http-predict.txt")" max 0 "" ""
  figure http "resident memory while serving" "$(sort -g "$work/http.rss" | tail -n 1)" max 600 MB "largest of a sample a second"
}

# train PRESET: starts a training and says its address
train() {
  curl -sS -m 30 -f -D - -o /dev/null -H 'Content-Type: application/json' -d "{\"parameters\":{\"preset\":\"$1\"}}" \
    "$url/api/v1/pipelines/train-model/runs" | tr -d '\r' | sed -n 's/^[Ll]ocation: *//p'
}

# end_of RUN SECONDS: waits until the run has ended, and says how
end_of() {
  local i status
  for i in $(seq "$2"); do
    status=$(curl -sS -m 10 "$1" | sed -n 's/^{[^][{}]*"status":"\([a-z]*\)".*/\1/p')
    case $status in
      completed | failed | cancelled) echo "$status"; return 0 ;;
    esac
    sleep 1
  done
  echo "no end in $2 s"
}

# load_during RUN: what load says, from now to the end of the run; how the run ended is in busy.end
load_during() {
  BODIES=$work/bodies.jsonl ROOT="" wrk -t1 -c32 -d600s --timeout 10s -s "$here/src/main/wrk/predict.lua" "$url" >"$work/busy.wrk" &
  local wrk=$!
  end_of "$1" 540 >"$work/busy.end"
  kill -INT "$wrk"
  wait "$wrk"
  sed -n 's/^OUTCOME //p' "$work/busy.wrk"
}

# Predictions while a whole training runs, from its snapshot to its activation, in turn with predictions alone.
part_busy() {
  "$root/deploy/runtime/src/main/build/require.sh" wrk || return 1
  start_server || return 1
  local round run
  rm -f "$work"/busy-*.txt
  say "warming up"
  load "" "$url" 15 >/dev/null
  for round in $(seq "$rounds"); do
    load "" "$url" "$seconds" >>"$work/busy-quiet.txt"
    run=$(train "${BUSY_PRESET:-default}")
    [ -n "$run" ] || { echo "no training started" >&2; return 1; }
    load_during "$run" >>"$work/busy-training.txt"
    [ "$(cat "$work/busy.end")" = completed ] || { echo "training $run: $(cat "$work/busy.end")" >&2; return 1; }
    echo "  round $round quiet: $(tail -n 1 "$work/busy-quiet.txt"), training: $(tail -n 1 "$work/busy-training.txt")"
  done
  figure busy "POST /predict p99 while a model is trained" \
    "$(paste -d' ' "$work/busy-training.txt" "$work/busy-quiet.txt" | awk '{ print $3 / $7 }' | median)" max 3 times \
    "of the p99 alone, $(cut -d' ' -f3 "$work/busy-quiet.txt" | median) ms; median of $rounds rounds, wrk -t1 -c32"
  figure busy "POST /predict while a model is trained" "$(cut -d' ' -f1 "$work/busy-training.txt" | median)" info "" requests/s \
    "alone $(cut -d' ' -f1 "$work/busy-quiet.txt" | median)"
  figure busy "failed requests" "$(awk '{ n += $4 } END { print n + 0 }' "$work"/busy-*.txt)" max 0 "" ""
}

part_batch() {
  start_server || return 1
  local rows best= run took lines peer=9600 note="reference figure of scikit-learn"
  rows=$(cat "$work/rows")
  if prepare_peers && [ -n "$(peer_figure score_rows_per_s)" ]; then
    peer=$(peer_figure score_rows_per_s)
    note="scikit-learn in process $peer rows/s"
  fi
  : >"$work/batch.txt"
  for run in 1 2 3 4; do
    took=$(curl -sS -m 120 -f -H 'Content-Type: text/csv' -H 'Expect:' -T "$product_file" -X POST -o "$work/batch-answer.csv" \
      -w '%{time_total}' "$url/predict/batch") || { echo "POST /predict/batch failed" >&2; return 1; }
    lines=$(wc -l <"$work/batch-answer.csv")
    if [ "$lines" -ne "$rows" ] && [ "$lines" -ne $((rows + 1)) ]; then
      echo "POST /predict/batch answered $lines lines for $rows rows" >&2
      return 1
    fi
    echo "  run $run: $rows rows in $took s"
    # the first warms up the code that only batches use
    [ "$run" -gt 1 ] && awk -v rows="$rows" -v took="$took" 'BEGIN { print rows / took }' >>"$work/batch.txt"
  done
  best=$(median <"$work/batch.txt")
  figure batch "POST /predict/batch, whole file" "$best" min "$(awk -v p="$peer" 'BEGIN { print 5 * p }')" rows/s \
    "median of 3, $rows rows as CSV; target 5 times: $note"
}

# metric NAME: a figure of the server without labels
metric() { curl -sS -m 10 -f "$url/metrics" | awk -v name="$1" '$1 == name { print $2 }'; }

# fill_log COUNT: that many logged predictions at least, all of them in the database
fill_log() {
  local rows sent=0 i
  rows=$(cat "$work/rows")
  while [ "$sent" -lt "$1" ]; do
    curl -sS -m 120 -f -H 'Content-Type: text/csv' -H 'Expect:' -T "$product_file" -X POST -o /dev/null "$url/predict/batch" || return 1
    sent=$((sent + rows))
  done
  for i in $(seq 300); do
    [ "$(metric controlroom_prediction_log_backlog_bytes | cut -d. -f1)" = 0 ] && return 0
    sleep 1
  done
  echo "the prediction log is not in the database after 5 minutes" >&2
  return 1
}

# restart_server [CONFIG]: the running one, with a model that it has
restart_server() {
  timeout 60 "$home/bin/control-room" stop >>"$work/start.log" 2>&1
  CONFIG=${1:-} timeout 180 "$home/bin/control-room" start >>"$work/start.log" 2>&1 || { tail -n 5 "$work/start.log"; return 1; }
  server_pid=$(cut -d' ' -f1 "$STATE/server.pid")
}

# The pages once more over a database that counts its queries, at addresses that search and filter too.
slowest_query() {
  local config=$work/statistics.properties file="jdbc:h2:file:$STATE/database/controlroom" page i
  # as the server opens it itself, and for a second process, which the setting DB_CLOSE_ON_EXIT=FALSE would not allow
  echo "controlroom.db.url=$file;WRITE_DELAY=0;DB_CLOSE_DELAY=-1;CACHE_SIZE=32768;LOCK_TIMEOUT=10000;\
QUERY_STATISTICS=TRUE;QUERY_STATISTICS_MAX_ENTRIES=2000;AUTO_SERVER=TRUE" >"$config"
  JDK_JAVA_OPTIONS=-Dh2.bindAddress=127.0.0.1 restart_server "$config" || return 1
  for i in $(seq 90); do
    grep -q 'pages and what they load' "$STATE"/log/server.0.log && break
    sleep 1
  done
  program 30 128m SlowestQuery forget "$file;AUTO_SERVER=TRUE" || return 1
  program 400 256m PagesBenchmark open "$url/ui/" || return 1
  for page in 'dataset-products?text=python' 'dataset-products?text=zzzzzz' 'dataset-products?label=10' \
    'dataset-products?label=10&text=lampe' 'predictions-history?text=python' 'predictions-history?text=zzzzzz' \
    'predictions-history?label=2583' 'predictions-history?label=2583&text=zzzzzz' 'predictions-history?max_confidence=0.1' \
    'predictions-history?model_version=1&max_confidence=0.1'; do
    curl -sS -m 30 -f -o /dev/null "$url/ui/$page" || return 1
  done
  program 30 128m SlowestQuery report "$file;AUTO_SERVER=TRUE" "$figures/pages.tsv" \
    "$(cat "$work/rows") products, 100,000 predictions, with searches and filters" || return 1
  restart_server
}

# An MLflow server of its own: SQLite and a folder, gone afterwards.
start_mlflow() {
  local program=$root/target/python/mlflow-server/bin/mlflow port=$((PORT + 3)) i
  [ -x "$program" ] || { echo "no $program; make test-tools makes it" >&2; return 1; }
  rm -rf "$work/mlflow"
  mkdir -p "$work/mlflow" || return 1
  say "starting MLflow on port $port"
  (cd "$work/mlflow" && MLFLOW_SERVER_ENABLE_JOB_EXECUTION=false exec "$program" server --host 127.0.0.1 --port "$port" --workers 1 \
    --backend-store-uri "sqlite:///$work/mlflow/mlflow.db" --artifacts-destination "$work/mlflow/artifacts" --serve-artifacts) \
    >"$work/mlflow.log" 2>&1 &
  mlflow_pid=$!
  for i in $(seq 120); do
    curl -s -m 2 -f -o /dev/null "http://127.0.0.1:$port/health" && return 0
    kill -0 "$mlflow_pid" 2>/dev/null || break
    sleep 1
  done
  echo "MLflow did not start, see $work/mlflow.log" >&2
  return 1
}

stop_mlflow() {
  [ -n "$mlflow_pid" ] && kill "$mlflow_pid" 2>/dev/null && wait "$mlflow_pid" 2>/dev/null
  mlflow_pid=
}

# With MLFLOW=yes on an MLflow server, whose empty registry gets a model of its own at the start; the server goes back afterwards.
part_promotion() {
  local code
  start_server || return 1
  if [ "${MLFLOW:-no}" = yes ]; then
    start_mlflow || return 1
    echo "controlroom.mlflow.uri=http://127.0.0.1:$((PORT + 3))" >"$work/mlflow.properties"
    restart_server "$work/mlflow.properties" || return 1
  fi
  program 540 256m PromotionBenchmark "$url" "${PROMOTIONS:-100}" "$figures/promotion.tsv"
  code=$?
  if [ -n "$mlflow_pid" ]; then
    restart_server || code=1
    stop_mlflow
  fi
  return $code
}

part_pages() {
  "$root/deploy/runtime/src/main/build/require.sh" wrk chromium || return 1
  start_server || return 1
  say "logging 100,000 predictions"
  fill_log 100000 || return 1
  program 500 256m PagesBenchmark ready "$url/ui/" "$figures/pages.tsv" "$(cat "$work/rows") products, 100,000 predictions" || return 1
  slowest_query || return 1
  local round kind watcher
  rm -f "$work"/watched-*.txt
  load "" "$url" 15 >/dev/null
  for round in $(seq "$rounds"); do
    for kind in alone watched; do
      watcher=
      if [ $kind = watched ]; then
        : >"$work/watch.log"
        program $((seconds + 60)) 256m PagesBenchmark watch "$url/ui/" 5 $((seconds + 20)) >"$work/watch.log" 2>&1 &
        watcher=$!
        timeout 60 sh -c "until grep -q watching '$work/watch.log'; do sleep 0.5; done" || { cat "$work/watch.log" >&2; return 1; }
      fi
      load "" "$url" "$seconds" >>"$work/watched-$kind.txt"
      [ -n "$watcher" ] && { kill "$watcher"; wait "$watcher"; } 2>/dev/null
      echo "  round $round $kind: $(tail -n 1 "$work/watched-$kind.txt")"
    done
  done
  figure pages "POST /predict with five home pages open" \
    "$(paste -d' ' "$work/watched-watched.txt" "$work/watched-alone.txt" | awk '{ print 100 * $1 / $5 }' | median)" min 90 % \
    "of the rate without; median of $rounds rounds; browsers on the same processors"
}

# Bytes of the heap that are in use, from the server's own metrics; nothing when it does not answer.
heap_mb() {
  curl -sS -m 2 "$url/metrics" 2>/dev/null |
    awk '/^jvm_memory_used_bytes\{area="heap"\}/ { printf "%.1f", $2 / 1048576 }'
}

# watch_soak FILE: "seconds resident-MB heap-MB" about every 2 s until killed or until the server is gone
watch_soak() {
  local begun=$EPOCHSECONDS
  while [ -d "/proc/$server_pid" ]; do
    echo "$((EPOCHSECONDS - begun)) $(resident_mb) $(heap_mb)" >>"$1"
    sleep 2
  done
}

# soak_at COLUMN FROM TO: the largest resident (2), or the smallest used heap (3: what is left after a collection), of
# the samples of those seconds; nothing when there are none
soak_at() {
  awk -v c="$1" -v from="$2" -v to="$3" 'NF == 3 && $1 >= from && $1 <= to {
    if (n++ == 0 || (c == 2 ? $c > v : $c < v)) v = $c } END { if (n) print v }' "$work/soak.txt"
}

growth_of() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", 100 * (b - a) / a }'; }

# Every prediction is written to the log, some GB in ten minutes: a disk that fills up would look like failed requests.
require_soak_space() {
  local before after needed_mb free_mb
  before=$(du -sk "$STATE" | cut -f1)
  load "" "$url" 15 >/dev/null
  after=$(du -sk "$STATE" | cut -f1)
  needed_mb=$(((after - before) * soak / 15 * 3 / 2 / 1024 + 500))
  free_mb=$(df -Pm "$STATE" | awk 'NR == 2 { print $4 }')
  if [ "$free_mb" -lt "$needed_mb" ]; then
    echo "the soak would write about $needed_mb MB to $STATE, where $free_mb MB are free; free some, or give a smaller SOAK" >&2
    return 1
  fi
}

part_soak() {
  case $soak in
    *[!0-9]* | '') echo "SOAK=$soak; must be a number of seconds" >&2; return 1 ;;
  esac
  if [ "$soak" -lt 480 ]; then
    echo "SOAK=$soak; must be at least 480 seconds, so that each quarter has full collections in it" >&2
    return 1
  fi
  "$root/deploy/runtime/src/main/build/require.sh" wrk || return 1
  start_server || return 1
  require_soak_space || return 1
  local watcher outcome pid=$server_pid
  rm -f "$work/soak.txt"
  say "soaking for $soak s"
  watch_soak "$work/soak.txt" &
  watcher=$!
  outcome=$(load "" "$url" "$soak")
  kill "$watcher" 2>/dev/null
  wait "$watcher" 2>/dev/null
  [ -d "/proc/$pid" ] || { echo "SOAK FAILED: the server (process $pid) ended under load; its log: $STATE/log" >&2; return 1; }
  [ -n "$outcome" ] || { echo "SOAK FAILED: wrk gave no figures within $((soak + 30)) s" >&2; return 1; }
  report_soak "$outcome"
}

# The second quarter, when everything is compiled and loaded, against the last: what grows, has grown by then. A quarter,
# because memory rises from one full collection to the next, minutes apart, and its peak is what has to fit.
report_soak() {
  local rate p99 failed rss_early rss_late heap_early heap_late rss_growth heap_growth quarter=$((soak / 4)) verdict=PASSED
  read -r rate _ p99 failed <<<"$1"
  rss_early=$(soak_at 2 $quarter $((2 * quarter))) rss_late=$(soak_at 2 $((3 * quarter)) $((soak + 5)))
  heap_early=$(soak_at 3 $quarter $((2 * quarter))) heap_late=$(soak_at 3 $((3 * quarter)) $((soak + 5)))
  if [ -z "$rss_early" ] || [ -z "$rss_late" ] || [ -z "$heap_early" ] || [ -z "$heap_late" ]; then
    echo "SOAK FAILED: no memory samples in the second or the last quarter (see $work/soak.txt)" >&2
    return 1
  fi
  rss_growth=$(growth_of "$rss_early" "$rss_late") heap_growth=$(growth_of "$heap_early" "$heap_late")
  if [ "$failed" -gt 0 ] || awk -v g="$rss_growth" 'BEGIN { exit !(g > 5) }'; then
    verdict=FAILED
  fi
  figure soak "memory growth under load" "$rss_growth" max 5 % \
    "resident at most $rss_early MB in the second quarter, $rss_late MB in the last"
  figure soak "used heap growth under load" "$heap_growth" info "" % \
    "smallest: $heap_early MB in the second quarter, $heap_late MB in the last"
  figure soak "POST /predict" "$rate" info "" requests/s "p99 $p99 ms"
  figure soak "failed requests" "$failed" max 0 "" ""
  echo "SOAK $verdict: $soak s at $rate requests/s, $failed failed; resident at most $rss_early MB in the second" \
    "quarter, $rss_late MB in the last ($rss_growth %, at most 5 %); heap at least $heap_early MB, then $heap_late MB ($heap_growth %)"
}
