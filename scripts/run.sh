#!/usr/bin/env bash
# Open the window on the built-in sample; without a display do the same job on the command line.
#
#   scripts/run.sh [--command-line]
set -euo pipefail
cd "$(dirname "$0")/.."

display=yes
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    display=no
fi
if [ "${1:-}" = "--command-line" ]; then
    display=no
elif [ "$display" = no ]; then
    echo "There is no display, so the window can't open. The same job runs on the command line:"
fi

if [ "$display" = yes ]; then
    exec .venv/bin/python -m acq_app
fi

out=runs/demo
number=2
while [ -e "$out" ]; do
    out=runs/demo-$number
    number=$((number + 1))
done
mkdir -p runs
echo "acq quantize --sample fashion --preset fast --out $out"
exec .venv/bin/python -m acq_engine.cli quantize --sample fashion --preset fast --out "$out"
