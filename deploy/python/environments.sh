#!/bin/bash
# environments.sh: makes the Python environments of the tests, target/python/NAME, each from its requirements.txt. One
# that is there and made of the same versions is kept. What cannot be installed is named; its test is skipped then, and
# fails where CI is set.
set -uo pipefail
cd "$(dirname "$0")/../.."

# pip takes seven times the processor time of uv for the same packages.
uv=target/python/uv/bin/uv

# by_uv FOLDER REQUIREMENTS ALONE
by_uv() {
  [ -x "$uv" ] && UV_PYTHON_DOWNLOADS=never "$uv" venv --quiet --clear --seed --python python3 "$1" &&
    "$uv" pip install --quiet --python "$1/bin/python" -r "$2" &&
    { [ "$3" = /dev/null ] || "$uv" pip install --quiet --python "$1/bin/python" --no-deps -r "$3"; }
}

# by_pip FOLDER REQUIREMENTS ALONE
by_pip() {
  rm -rf "$1"
  python3 -m venv "$1" && "$1/bin/python" -m pip install --quiet --disable-pip-version-check -r "$2" &&
    { [ "$3" = /dev/null ] || "$1/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -r "$3"; }
}

# make_environment NAME REQUIREMENTS [by_pip]
make_environment() {
  local name=$1 requirements=$2 folder=target/python/$1 alone wanted log
  # What is installed without its dependencies.
  alone=$(dirname "$requirements")/requirements-no-deps.txt
  [ -f "$alone" ] || alone=/dev/null
  wanted=$(cat "$requirements" "$(dirname "$requirements")/constraints.txt" "$alone" 2>/dev/null | sha256sum)
  if [ "$(cat "$folder/made-of" 2>/dev/null)" = "$wanted" ]; then
    return
  fi
  echo "Installing the Python packages of $requirements"
  rm -rf "$folder"
  mkdir -p target/python
  log=target/python/$name.log
  # uv where it is there; where it fails, a proxy that it does not know for example, pip
  if { [ "${3:-}" != by_pip ] && by_uv "$folder" "$requirements" "$alone" >"$log" 2>&1; } ||
    by_pip "$folder" "$requirements" "$alone" >>"$log" 2>&1; then
    echo "$wanted" >"$folder/made-of"
  else
    rm -rf "$folder"
    echo "The Python packages of $requirements cannot be installed: $(tail -n 1 "$log")" >&2
  fi
}

make_environment uv deploy/python/uv/requirements.txt by_pip
make_environment parquet platform/datasets/src/test/python/requirements.txt &
make_environment mlflow-server platform/registry-mlflow/src/test/python/requirements.txt &
make_environment airflow deploy/airflow/requirements.txt &
make_environment prefect deploy/prefect/requirements.txt &
make_environment mlflow deploy/python/mlflow/requirements.txt &
make_environment onnx deploy/python/onnx/requirements.txt &
wait
