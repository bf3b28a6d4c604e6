#!/usr/bin/env bash
# Starts or stops a private PostgreSQL for the tests, on loopback only.
#
#   postgres.sh start DIR PORT    creates a cluster in DIR if there is none, starts it, prints its URL
#   postgres.sh stop DIR          stops it; the cluster stays
#
# Everybody who reaches the port is trusted as `postgres`: for tests only. fsync stays on, because the
# crash tests mean it. PostgreSQL refuses to run as root; as root we become the user `postgres`.
set -euo pipefail

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }

bin_folder() {
    if command -v pg_ctl >/dev/null && command -v initdb >/dev/null; then
        dirname "$(command -v pg_ctl)"
        return
    fi
    local newest
    newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/pg_ctl' 2>/dev/null | sort -V | tail -n 1)
    if [ -z "$newest" ]; then
        echo "postgres.sh: no PostgreSQL server found; install the package postgresql" >&2
        exit 1
    fi
    dirname "$newest"
}

as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/tmp "$@")
    else
        "$@"
    fi
}

start() {
    local dir=$1 port=$2 bin
    bin=$(bin_folder)
    mkdir -p "$dir"
    dir=$(cd "$dir" && pwd)
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres: "$dir"
    fi
    chmod 700 "$dir"
    if [ ! -f "$dir/data/PG_VERSION" ]; then
        as_owner "$bin/initdb" --pgdata "$dir/data" --username postgres --auth trust --encoding UTF8 \
            --locale C --no-instructions >"$dir/initdb.log"
        cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 300
fsync = on
synchronous_commit = on
full_page_writes = on
shared_buffers = 128MB
CONF
    fi
    if as_owner "$bin/pg_ctl" --pgdata "$dir/data" status >/dev/null 2>&1; then
        # Already running: say where.
        port=$(sed -n 4p "$dir/data/postmaster.pid")
    else
        as_owner "$bin/pg_ctl" --pgdata "$dir/data" --log "$dir/data/server.log" --options "-p $port" \
            --wait --timeout 60 start >/dev/null </dev/null || {
            tail -n 20 "$dir/data/server.log" >&2
            exit 1
        }
    fi
    echo "postgres://postgres@127.0.0.1:$port"
}

stop() {
    local dir=$1 bin
    bin=$(bin_folder)
    if as_owner "$bin/pg_ctl" --pgdata "$dir/data" status >/dev/null 2>&1; then
        as_owner "$bin/pg_ctl" --pgdata "$dir/data" --mode fast --wait stop >/dev/null
    fi
}

case "${1-}" in
    start) [ $# -eq 3 ] || usage; start "$2" "$3" ;;
    stop) [ $# -eq 2 ] || usage; stop "$2" ;;
    *) usage ;;
esac
