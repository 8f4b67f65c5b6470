#!/bin/sh
# Run a command with DATABASE_URL pointing at a PostgreSQL of its own, which goes when the command ends.
# Usage: tools/with_postgres.sh COMMAND…   Needs Debian's postgresql: installed when we are root, else named.
# With LINLI_POSTGRES_KEPT=FOLDER it lies there, stays, and is taken up again the next time.
set -eu
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$bin" ]; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "installing: postgresql"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null
        bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    else
        echo "this needs Debian's postgresql: sudo apt-get install postgresql" >&2
        exit 1
    fi
fi
# Nothing of it needs to outlive the command: in memory, where there is such a place with two gigabytes of room.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $4}')
kept=${LINLI_POSTGRES_KEPT:-}
home=$(if [ "$kept" ]; then mkdir -p "$kept" && cd "$kept" && pwd; elif [ -w /dev/shm ] && [ "${room:-0}" -gt 2000000 ]; then mktemp -d -p /dev/shm; else mktemp -d; fi)
careless="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" = 0 ] && chown postgres "$home"
[ -f "$home/data/PG_VERSION" ] || as_owner "$bin/initdb" -D "$home/data" -A trust -U linli -E UTF8 --no-sync >/dev/null
as_owner "$bin/pg_ctl" -D "$home/data" -w -s -o "-c listen_addresses='' -k $home $careless" -l "$home/log" start
trap 'as_owner "$bin/pg_ctl" -D "$home/data" -s -m $([ "$kept" ] && echo fast || echo immediate) stop; [ "$kept" ] || rm -rf "$home"' EXIT INT TERM
as_owner "$bin/psql" -h "$home" -U linli -d postgres -qtAc "SELECT 1 FROM pg_database WHERE datname = 'linli'" | grep -q 1 ||
    as_owner "$bin/createdb" -h "$home" -U linli linli
DATABASE_URL="postgres://linli@/linli?host=$home" "$@"
