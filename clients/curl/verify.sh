#!/bin/sh
# Verifies one certificate file or one QR code's text with curl:
#   LZ_SERVER=https://verify.example.gov.cn LZ_CLIENT_KEY=window-3.key clients/curl/verify.sh certificate.lzc.json
#   LZ_SERVER=… clients/curl/verify.sh 'LZ1:6BF…'
# LZ_CLIENT_KEY is a file with the API key; LZ_CAUSE what for (事由), LZ_REGION the counter's region.
# Prints the answer. Ends with 0 accepted, 1 rejected, 2 can't tell; 69 where nobody answered or it is to be tried
# again later, 65 for any other problem, 66 for a file that can't be read: they say nothing about the certificate.
set -eu

server=${LZ_SERVER:?the address of the service}
[ $# -eq 1 ] || { printf 'usage: verify.sh FILE | CODE\n' >&2; exit 64; }

# A text as JSON writes it.
quoted() {
  printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# What is no file and no code is a slip of whoever called: nobody's certificate is rejected for it.
case $1 in
LZ1:* | LZR:* | http://* | https://*) body="\"presentation\":$(quoted "$1")" ;;
*)
  [ -r "$1" ] || { printf 'verify.sh: %s can not be read, and is no code\n' "$1" >&2; exit 66; }
  body="\"certificate\":$(cat "$1")"
  ;;
esac
[ -z "${LZ_CLIENT_KEY:-}" ] || [ -r "$LZ_CLIENT_KEY" ] || {
  printf 'verify.sh: the key %s can not be read\n' "$LZ_CLIENT_KEY" >&2
  exit 66
}
[ -z "${LZ_CAUSE:-}" ] || body="$body,\"useCause\":$(quoted "$LZ_CAUSE")"
[ -z "${LZ_REGION:-}" ] || body="$body,\"region\":$(quoted "$LZ_REGION")"

# The key goes in by a file that curl reads, never among the arguments, which every process can see. With the
# Idempotency-Key a call may be sent again: it is done once.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
{
  printf 'Content-Type: application/json\nAccept: application/json\n'
  [ -z "${LZ_CLIENT_KEY:-}" ] || printf 'Authorization: Bearer %s\nIdempotency-Key: %s\n' \
    "$(tr -d '\n' <"$LZ_CLIENT_KEY")" "$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
} >"$folder/headers"
retries=0
[ -z "${LZ_CLIENT_KEY:-}" ] || retries=2

# Into a file, so that of several attempts only the last answer is there.
status=$(printf '{%s}' "$body" | curl --silent --show-error --max-time 10 --retry "$retries" --retry-all-errors \
  --header "@$folder/headers" --data-binary @- --output "$folder/answer" --write-out '%{http_code}' \
  "${server%/}/v1/verifications") || exit 69
answer=$(cat "$folder/answer")
printf '%s\n' "$answer"

case $status$answer in
'200{"verdict":"accepted"'*) exit 0 ;;
'200{"verdict":"rejected"'*) exit 1 ;;
'200{"verdict":"indeterminate"'*) exit 2 ;;
5* | 408* | 429*) exit 69 ;;
*) exit 65 ;;
esac
