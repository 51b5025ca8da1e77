# Shared by the journeys: each check is one counted case. Sourced, never run.
#
#   call ARGS…              runs the program; leaves $status, $work/out and $work/err
#   check NAME COMMAND…     passes when the command succeeds
#   expect STATUS NAME ARGS…  runs the program and checks its exit status and its manners
set -uo pipefail
flow=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$flow/../.." && pwd)
gongkai=${GONGKAI:-$root/build/gongkai}
samples=$root/samples
python=/usr/bin/python3
[ -x "$python" ] || python=python3
journey=$(basename "$0" .sh)
work=$(mktemp -d "${TMPDIR:-/tmp}/gongkai-flow.XXXXXX")
chmod 755 "$work"
trap 'chmod -R u+rwX "$work" 2>/dev/null; rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0 status=0

pass() { passed=$((passed + 1)); }
fail() {
	failed=$((failed + 1))
	printf 'FAILED  %s\n' "$1"
	[ $# -lt 2 ] || printf '    %s\n' "$2"
}
skip_case() {
	skipped=$((skipped + 1))
	printf '[  SKIPPED ] %s: %s\n' "$1" "$2"
}
finish() {
	printf 'RESULT flow %s: %d passed, %d failed, %d skipped\n' "$journey" "$passed" "$failed" "$skipped"
	[ "$failed" -eq 0 ]
}

check() {
	local name=$1
	shift
	if "$@" >"$work/check" 2>&1; then
		pass
	else
		fail "$name" "$(head -c 600 "$work/check")"
	fi
}

call() {
	status=0
	timeout 120 "$gongkai" "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
}

# Codes of 2 and more never come silently; a wrong call is answered in single lines that begin with
# the program's name.
mannered() {
	[ "$status" -lt 2 ] || [ -s "$work/err" ] || {
		echo "exit $status without a message"
		return 1
	}
	[ "$status" -ne 2 ] || ! grep -qvE '^(gongkai: |usage: gongkai )' "$work/err" || {
		echo "not a message line: $(grep -vE '^(gongkai: |usage: gongkai )' "$work/err" | head -n 2)"
		return 1
	}
}

expect() {
	local want=$1 name=$2
	shift 2
	call "$@"
	if [ "$status" -ne "$want" ]; then
		fail "$name" "exit $status, not $want; $(head -c 400 "$work/err")"
	elif ! mannered >"$work/check"; then
		fail "$name" "$(cat "$work/check")"
	else
		pass
	fi
}

out_has() { grep -qF -- "$1" "$work/out"; }
err_has() { grep -qF -- "$1" "$work/err"; }
# json FILE EXPRESSION: `j` is the parsed file; true when the Python expression is.
json() {
	"$python" - "$1" "$2" <<'PY'
import json, sys
try:
    with open(sys.argv[1], encoding="utf-8") as f:
        j = json.load(f)
    ok = eval(sys.argv[2])
except (ValueError, LookupError, TypeError) as fault:
    sys.exit(f"{type(fault).__name__}: {fault}, at {sys.argv[2]}")
if not ok:
    print("not true of the output:", sys.argv[2])
sys.exit(not ok)
PY
}
