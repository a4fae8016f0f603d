# serving.sh: the parts http, batch, pages and soak of bench.sh, which reads this file. They run against the distribution.

home=$work/home
url=http://127.0.0.1:$PORT
server_started=

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
  timeout 60 "$home/bin/control-room" stop >>"$work/start.log" 2>&1
  timeout 180 "$home/bin/control-room" start >>"$work/start.log" 2>&1 || { tail -n 5 "$work/start.log"; return 1; }
  server_pid=$(cut -d' ' -f1 "$STATE/server.pid")
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
  load "" "$url" 15 >/dev/null
  load /fixed "$url" 10 >/dev/null
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

part_pages() {
  "$root/deploy/runtime/src/main/build/require.sh" wrk chromium || return 1
  start_server || return 1
  say "logging 100,000 predictions"
  fill_log 100000 || return 1
  program 500 256m PagesBenchmark ready "$url/ui/" "$figures/pages.tsv" "$(cat "$work/rows") products, 100,000 predictions" || return 1
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

part_soak() {
  "$root/deploy/runtime/src/main/build/require.sh" wrk || return 1
  start_server || return 1
  local watcher outcome
  rm -f "$work/soak.rss"
  load "" "$url" 15 >/dev/null
  say "soaking for $soak s"
  watch_memory "$work/soak.rss" 2 &
  watcher=$!
  outcome=$(load "" "$url" "$soak")
  kill "$watcher" 2>/dev/null
  [ -n "$outcome" ] || { echo "wrk gave no figures" >&2; return 1; }
  # the highest of the last fifth against the highest of the second fifth: what grows, grows there
  local growth
  growth=$(awk '{ v[NR] = $1 } END { for (i = 1; i <= NR; i++) { if (i > NR * .2 && i <= NR * .4 && v[i] > a) a = v[i];
    if (i > NR * .8 && v[i] > b) b = v[i] } printf "%.2f", 100 * (b - a) / a }' "$work/soak.rss")
  figure soak "memory growth under load" "$growth" max 5 % \
    "last fifth against second fifth of $soak s; from $(head -n 1 "$work/soak.rss") to $(tail -n 1 "$work/soak.rss") MB"
  figure soak "POST /predict" "${outcome%% *}" info "" requests/s "p99 $(echo "$outcome" | cut -d' ' -f3) ms"
  figure soak "failed requests" "$(echo "$outcome" | cut -d' ' -f4)" max 0 "" ""
}
