#!/usr/bin/env bash
# An application bundle and a disk image for macOS, of the folder that PyInstaller made.
# Written from PyInstaller's and Apple's documentation; not run by this project yet.
#
#   python3 packaging/build.py --no-archives && packaging/macos/build.sh
#
# SIGN_AS       a "Developer ID Application" identity; without one the bundle is only signed ad hoc, and Gatekeeper asks
# NOTARY        a keychain profile of notarytool, to have the disk image notarized
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' acq_engine/__init__.py)
id=io.github.acq_studio.ACQStudio
app="dist/ACQ Studio.app"
[ -d dist/acq-studio ] || { echo "dist/acq-studio is missing: run python3 packaging/build.py first." >&2; exit 1; }

rm -rf "$app" build/icon.iconset
mkdir -p "$app/Contents/MacOS" "$app/Contents/Resources" build/icon.iconset
cp -R dist/acq-studio/ "$app/Contents/MacOS/"

for size in 16 32 128 256 512; do
    qlmanage -t -s $((2 * size)) -o build resources/icons/app.svg >/dev/null
    sips -z $size $size build/app.svg.png --out "build/icon.iconset/icon_${size}x${size}.png" >/dev/null
    cp build/app.svg.png "build/icon.iconset/icon_${size}x${size}@2x.png"
done
iconutil -c icns build/icon.iconset -o "$app/Contents/Resources/app.icns"

cat >"$app/Contents/Info.plist" <<PLIST
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
    <key>CFBundleIdentifier</key><string>$id</string>
    <key>CFBundleName</key><string>ACQ Studio</string>
    <key>CFBundleExecutable</key><string>acq-studio</string>
    <key>CFBundleIconFile</key><string>app.icns</string>
    <key>CFBundlePackageType</key><string>APPL</string>
    <key>CFBundleShortVersionString</key><string>$version</string>
    <key>CFBundleVersion</key><string>$version</string>
    <key>NSHighResolutionCapable</key><true/>
    <key>LSMinimumSystemVersion</key><string>14.0</string>
</dict>
</plist>
PLIST

# From the inside out: libraries first, then the programs, then the bundle.
sign() { codesign --force --timestamp --options runtime --entitlements packaging/macos/entitlements.plist --sign "${SIGN_AS:--}" "$@"; }
[ -n "${SIGN_AS:-}" ] || sign() { codesign --force --sign - "$@"; }
find "$app/Contents/MacOS" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | while IFS= read -r -d '' file; do sign "$file"; done
sign "$app/Contents/MacOS/acq"
sign "$app"
codesign --verify --deep --strict "$app"

image="dist/acq-studio-$version-macos-$(uname -m).dmg"
rm -f "$image"
hdiutil create -volname "ACQ Studio" -srcfolder "$app" -ov -format UDZO "$image"
if [ -n "${NOTARY:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY" --wait
    xcrun stapler staple "$image"
else
    echo "Not notarized: NOTARY names no profile."
fi
du -h "$image"
