#!/bin/sh
# Starts what can run on one machine of this deployment: a local chain under four addresses, two PostgreSQL servers,
# two verifiers in network namespaces, nginx. As root on Debian: nginx and PostgreSQL are installed where missing.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
node=$(ls "$here"/.toolchain/node_modules/node/bin/node 2>/dev/null || command -v node)
exec "$node" --disable-warning=ExperimentalWarning "$here/test/deployment/try.ts"
