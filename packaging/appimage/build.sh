#!/usr/bin/env bash
# One file for any Linux with glibc 2.34 or newer, of the folder that PyInstaller made.
# Written from AppImage's documentation; not run by this project yet: appimagetool is in no package index.
#
#   make package && APPIMAGETOOL=/path/to/appimagetool packaging/appimage/build.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' acq_engine/__init__.py)
id=io.github.acq_studio.ACQStudio
tool=${APPIMAGETOOL:-appimagetool}
command -v "$tool" >/dev/null || { echo "appimagetool is missing; name it: APPIMAGETOOL=/path $0" >&2; exit 1; }

folder=build/AppDir
rm -rf "$folder"
mkdir -p "$folder/usr/lib"
tar --zstd -xf "dist/acq-studio-$version-linux-x86_64.tar.zst" -C "$folder/usr/lib"
mv "$folder/usr/lib/acq-studio-$version-linux-x86_64" "$folder/usr/lib/acq-studio"
mv "$folder/usr/lib/acq-studio/share" "$folder/usr/share"
cp "$folder/usr/share/applications/$id.desktop" "$folder/"
cp "$folder/usr/share/icons/hicolor/256x256/apps/$id.png" "$folder/"
# "acq" as the first word, or a link called acq, is the command line; all else is the window.
cat >"$folder/AppRun" <<'RUN'
#!/bin/sh
here=$(dirname "$(readlink -f "$0")")/usr/lib/acq-studio
[ "$(basename "${ARGV0:-}")" = acq ] && exec "$here/acq" "$@"
[ "${1:-}" = acq ] && shift && exec "$here/acq" "$@"
exec "$here/acq-studio" "$@"
RUN
chmod +x "$folder/AppRun"
ARCH=x86_64 VERSION=$version "$tool" "$folder" "dist/acq-studio-$version-x86_64.AppImage"
