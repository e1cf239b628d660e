#!/usr/bin/env bash
# Installs the Debian package in a clean Debian, as somebody would who has only that, and uses it there.
#
#   bash packaging/linux/clean_root.sh [dist/acq-studio_VERSION_amd64.deb]
#
# Without an argument it builds the package first. Needs root, debootstrap, and a Debian mirror that apt reaches: this
# machine's own, unless MIRROR names another; SUITE chooses the release. The folder (build/clean-root, about 3 GB) is removed at the end, unless KEEP=1.
#
# In it: apt installs the package with nothing but what it asks for; every library is looked up; then a virtual display
# and a keyboard are added, and packaging/smoke_test.py quantizes the sample on the command line and through the window.
# The network is cut off while the program runs. Settings and runs must outlive the removal of the package.
set -euo pipefail
cd "$(dirname "$0")/../.."

suite=${SUITE:-bookworm}
mirror=${MIRROR:-$(apt-get indextargets --format '$(REPO_URI)' | head -n 1)}
root=$PWD/build/clean-root

deb=${1:-}
if [ -z "$deb" ]; then
    make package
    deb=$(ls -t dist/acq-studio_*_amd64.deb | head -1)
fi
[ "$(id -u)" = 0 ] || { echo "A clean root needs root's rights: sudo $0 $deb" >&2; exit 1; }

say() { printf '\n== %s\n' "$1"; }
leave() {
    for place in dev/shm dev proc sys; do
        mountpoint -q "$root/$place" && umount -l "$root/$place"
    done
    [ "${KEEP:-}" = 1 ] || rm -rf "$root"
}
trap leave EXIT

say "checks of the files"
desktop-file-validate packaging/linux/*.desktop
echo "desktop-file-validate: no complaint"
appstreamcli validate --no-net packaging/linux/*.metainfo.xml
lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$deb"
echo "lintian: no errors"

say "a clean $suite from $mirror"
rm -rf "$root"
mkdir -p "$root"
debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$root.log" 2>&1 || { tail -20 "$root.log"; exit 1; }
mount -t proc proc "$root/proc"
mount -t sysfs sys "$root/sys"
mount --bind /dev "$root/dev"
mount -t tmpfs shm "$root/dev/shm"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp "$deb" "$root/root/"
cp packaging/smoke_test.py "$root/root/"
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
offline() { unshare --net chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 "$@"; }

say "apt install ./$(basename "$deb")"
inside apt-get update -q
inside sh -c "apt-get install -y -q --no-install-recommends ./root/$(basename "$deb")" | tail -15
inside dpkg-query -W -f '${Package} ${Version} ${Status}, ${Installed-Size} kB\n' acq-studio
inside sh -c 'command -v python3 || echo "no python3 here"'

say "every library is found"
inside sh -c 'find /usr/lib/acq-studio -name "*.so*" -type f | while read -r file; do
    LD_LIBRARY_PATH=/usr/lib/acq-studio/_internal:/usr/lib/acq-studio/_internal/torch/lib:/usr/lib/acq-studio/_internal/PySide6/Qt/lib ldd "$file" 2>/dev/null | sed -n "s|^\s*\(\S*\) => not found|$file: \1|p"
done' | sort -u >"$root.missing" || true
grep -v -E 'libqgtk3|libgtk|libgdk|libpango|libatk|libcairo' "$root.missing" || echo "none is missing"

say "the command line alone, without a network"
offline acq --version

say "a display, a keyboard, and the program in them"
inside apt-get install -y -q --no-install-recommends xvfb xdotool python3 iproute2 >/dev/null
offline sh -c 'ip link set lo up; Xvfb :91 -screen 0 1280x800x24 -nolisten tcp >/dev/null 2>&1 & x=$!
    sleep 2; DISPLAY=:91 python3 /root/smoke_test.py /usr/bin --window; code=$?; kill $x; exit $code'

say "upgrade and removal leave settings and runs"
inside sh -c 'mkdir -p /root/.config/acq-studio "/root/Documents/ACQ Studio/run" && echo "{}" >/root/.config/acq-studio/mine.json'
inside sh -c "apt-get install -y -q --reinstall ./root/$(basename "$deb") >/dev/null && test -f /root/.config/acq-studio/mine.json"
inside sh -c 'apt-get purge -y -q acq-studio >/dev/null && test -f /root/.config/acq-studio/mine.json && test -d "/root/Documents/ACQ Studio/run" && test ! -e /usr/lib/acq-studio && test ! -e /usr/bin/acq && echo "kept; nothing of the program is left"'

say "done: installed, used and removed"
