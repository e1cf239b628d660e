#!/usr/bin/env bash
# Everything a fresh machine needs: Qt's system libraries, a virtual environment in .venv, the dependencies.
# Shows what it does; does nothing when all is there. Called by the Makefile.
#
#   scripts/setup.sh [--tests]      --tests: also the virtual display and keyboard that some tests use
#
# PYTHON        the interpreter to build the environment from (default: the newest suitable one)
# TORCH_INDEX   a pip index with another build of PyTorch, for example the CPU-only one, which is far smaller
set -euo pipefail
cd "$(dirname "$0")/.."

with_tests=no
[ "${1:-}" = "--tests" ] && with_tests=yes

say() { printf '\n== %s\n' "$1"; }
fail() {
    printf '\n%s\n' "$@" >&2
    exit 1
}

# ------------------------------------------------------------------------------------- Python
suitable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

python=""
for candidate in ${PYTHON:-} .venv/bin/python python3 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && suitable "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    found=$(python3 --version 2>/dev/null || echo "no python3")
    fail "ACQ Studio needs Python 3.11 or newer; this machine has $found." \
        "Install it (Debian, Ubuntu: apt-get install python3 python3-venv), or name one: make run PYTHON=/path/to/python3.12"
fi

# --------------------------------------------------------------------------- system libraries
# What Qt's xcb and offscreen platforms load, and the Debian package that brings it. Asked by library name,
# because package names differ between releases (libglib2.0-0 is libglib2.0-0t64 on newer ones).
libraries="
libEGL.so.1 libegl1
libGL.so.1 libgl1
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libdbus-1.so.3 libdbus-1-3
libX11.so.6 libx11-6
libX11-xcb.so.1 libx11-xcb1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb.so.1 libxcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render.so.0 libxcb-render0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
"

missing=""
if [ "$(uname -s)" = Linux ]; then
    known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
    if [ -n "$known" ]; then
        while read -r library package; do
            [ -z "$library" ] && continue
            grep -qF "$library " <<<"$known" || missing="$missing $package"
        done <<<"$libraries"
    fi
    # Without any font the window shows boxes.
    [ -n "$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' \) -print -quit 2>/dev/null)" ] || missing="$missing fonts-dejavu-core"
    [ "$with_tests" = no ] || command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
    [ "$with_tests" = no ] || command -v xdotool >/dev/null 2>&1 || missing="$missing xdotool"
    if [ ! -x .venv/bin/python ] && ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        missing="$missing python3-venv"
    fi
fi

if [ -n "$missing" ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    command="$as_root apt-get update && $as_root apt-get install -y --no-install-recommends$missing"
    command=${command# }
    command=${command//&&  /&& }
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "Some system libraries are missing, and this system has no apt-get." \
            "Install what your distribution calls:$missing"
    fi
    if [ -n "$as_root" ] && ! sudo -n true >/dev/null 2>&1; then
        fail "Some system libraries are missing. Install them with this command, then call make again:" "" "    $command"
    fi
    say "Installing system libraries:$missing"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq || echo "The package lists could not be renewed; going on with the ones that are there."
    # shellcheck disable=SC2086 # a list of package names
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing ||
        fail "The system libraries could not be installed. The command was:" "" "    $command"
fi

# ------------------------------------------------------------------------ virtual environment
if [ ! -x .venv/bin/python ]; then
    say "Making a virtual environment in .venv ($("$python" --version))"
    "$python" -m venv .venv
fi

# Dependencies are looked at again only when pyproject.toml, the lock file or the interpreter changed.
stamp=.venv/.set-up-for
lock=requirements/lock.txt
wanted=$(cat pyproject.toml "$lock" <(.venv/bin/python --version) | sha256sum | cut -d' ' -f1)
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    if [ -n "${TORCH_INDEX:-}" ] && ! .venv/bin/python -c 'import torch' >/dev/null 2>&1; then
        say "Installing PyTorch from $TORCH_INDEX"
        # Without what they need: such an index has old versions of that, and the usual one comes next.
        .venv/bin/python -m pip install --index-url "$TORCH_INDEX" --no-deps -c "$lock" torch torchvision ||
            echo "That index did not answer; taking PyTorch from the usual one."
    fi
    say "Installing ACQ Studio and what it needs (the first time: several minutes, and 6 GB where PyTorch comes with CUDA)"
    # The versions that all tests passed with; a newer interpreter may need newer ones.
    .venv/bin/python -m pip install -c "$lock" -e '.[dev]' || {
        echo "The versions in $lock can't be installed with this interpreter; taking the newest ones that fit."
        .venv/bin/python -m pip install -e '.[dev]'
    } ||
        fail "The dependencies could not be installed. Look at pip's last lines above; then call make again."
    printf '%s\n' "$wanted" >"$stamp"
    say "Set-up is complete"
fi
