#!/usr/bin/env bash
# All checks and tests. Every step runs, whatever the ones before said; the closing lines stand last.
#
#   scripts/test.sh [pytest options]
set -uo pipefail
cd "$(dirname "$0")/.."

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
status=0
summary=""

step() { # step NAME COMMAND...
    local name=$1 code
    shift
    printf '\n== %s\n' "$name"
    "$@" 2>&1 | tee "$logs/last"
    code=${PIPESTATUS[0]}
    if [ "$code" = 0 ]; then
        summary="$summary$(printf '%-28s ok' "$name")"$'\n'
    else
        summary="$summary$(printf '%-28s FAILED (exit code %s)' "$name" "$code")"$'\n'
        status=1
    fi
}

python=.venv/bin/python
# As many processes as cores, up to 4, each with one thread: most tests can't use two.
cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
workers=$((cores < 4 ? cores : 4))
step "ruff" $python -m ruff check .
step "mypy" $python -m mypy
step "import boundaries" .venv/bin/lint-imports --no-cache
# The engine has to work where there is no Qt at all, so its tests run where Qt can't be imported.
step "engine tests, without Qt" $python -m pytest -p no:pytest-qt -p tests.tools.without_qt \
    -W ignore::pytest.PytestConfigWarning --ignore=tests/app -n "$workers" --durations=15 "$@" tests
engine=$(grep -E '^=.*(passed|failed|error|no tests)' "$logs/last" | tail -n 1)
failures=$(grep -E '^(FAILED|ERROR) ' "$logs/last")
step "window tests" $python -m pytest -n "$workers" --durations=10 "$@" tests/app
window=$(grep -E '^=.*(passed|failed|error|no tests)' "$logs/last" | tail -n 1)
failures="$failures"$'\n'$(grep -E '^(FAILED|ERROR) ' "$logs/last")

printf '\n== Summary\n%s' "$summary"
printf '%s\n' "$failures" | sed '/^$/d'
printf 'engine: %s\nwindow: %s\n' "$engine" "$window"
exit "$status"
