#!/bin/sh
# The Debian packages that the browser tests open. Installed when we are root, else named.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
fc-list 2>/dev/null | grep -q "NotoSansCJK" || missing="$missing fontconfig fonts-noto-cjk"
# Chromium without its own windows does a page for half of the work or less: wanted, not needed.
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && ! command -v chromium-headless-shell >/dev/null 2>&1; then
    missing="$missing chromium-headless-shell"
fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing:$missing"
    timeout 300 apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -qq -y --no-install-recommends $missing >/dev/null ||
        command -v chromium >/dev/null 2>&1
else
    echo "the browser tests need these Debian packages:$missing" >&2
    echo "install them with: sudo apt-get install$missing" >&2
    exit 1
fi
