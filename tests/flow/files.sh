#!/usr/bin/env bash
# Files and folders as people have them: names, pipes, rights, full disks, batches.
. "$(dirname "$0")/lib.sh"
clean=$samples/qinghe-statistics-2024.html
faulty=$samples/qinghe-investment-2020.txt
nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }

# Names
mkdir -p "$work/年报 合集/子 目录"
cp "$clean" "$work/年报 合集/统计局 2024 年报.html"
cp "$faulty" "$work/年报 合集/子 目录/投资“中心” 2020.txt"
expect 1 "a folder with Chinese names and blanks" report check "$work/年报 合集"
check "names come out as they are" out_has "子 目录/投资“中心” 2020.txt"
expect 0 "a Chinese output name" report read "$clean" -o "$work/年报 合集/输出 文件.json"
check "it is there" test -s "$work/年报 合集/输出 文件.json"
printf 'x' >"$work/$(printf 'bad\xff name.txt')"
expect 3 "a name that is not UTF-8" report check "$work/$(printf 'bad\xff name.txt')"
check "it does not spoil JSON" bash -c '"$1" report check --format json "$2" | "$3" -c "import json, sys; json.load(sys.stdin)"' \
	_ "$gongkai" "$work/$(printf 'bad\xff name.txt')" "$python"
cp "$clean" "$work/-dash.html"
check "a name that begins with a dash" bash -c 'cd "$1" && "$2" report check -- -dash.html' _ "$work" "$gongkai"

# Pipes
check "- is standard input and output" bash -c \
	'"$1" report read - --to json <"$2" | "$3" -c "import json, sys; assert json.load(sys.stdin)[\"year\"] == 2024"' \
	_ "$gongkai" "$clean" "$python"
check "-o - is standard output" bash -c '"$1" report read "$2" -o - --to csv | grep -q "^table,row,column,value,printed"' \
	_ "$gongkai" "$clean"
check "check reads standard input" bash -c '"$1" report check - <"$2"; [ $? -eq 1 ]' _ "$gongkai" "$faulty"
check "a reader that goes away ends it quietly" bash -c \
	'"$1" report check --format html "$2" 2>"$3" | head -c 10 >/dev/null; ! grep -qiE "sanitizer|abort" "$3"' \
	_ "$gongkai" "$faulty" "$work/err"
check "a full standard output is said" bash -c '"$1" report read "$2" --to json >/dev/full 2>"$3"; [ $? -eq 4 ] && [ -s "$3" ]' \
	_ "$gongkai" "$clean" "$work/err"

# Formats: by the ending, by --to, and read again
for ending in json html docx pdf xlsx csv txt; do
	expect 0 "written by its ending: $ending" report read "$clean" -o "$work/report.$ending"
	check "$ending is not empty" test -s "$work/report.$ending"
done
call report read "$clean" --to json
cp "$work/out" "$work/first.json"
check "the JSON is what the schema says" "$python" "$root/tools/json_valid.py" \
	"$root/schema/json/gongkai-report-1.json" "$work/first.json"
for ending in json html docx pdf xlsx txt; do
	call report read "$work/report.$ending" --to json
	cp "$work/out" "$work/again.json"
	check "$ending read again has the same tables" "$python" - "$work/first.json" "$work/again.json" <<'PY'
import json, sys
a, b = (json.load(open(n, encoding="utf-8")) for n in sys.argv[1:])
for t in ("table2", "table3", "table4", "year", "form", "body"):
    assert a[t] == b[t], (t, a[t], b[t])
PY
done
# An OFD file with the PDF's words in their places
pdftotext -bbox-layout "$work/report.pdf" "$work/words.xhtml"
check "an OFD can be made" "$python" "$flow/make_ofd.py" "$work/words.xhtml" "$work/report.ofd"
expect 0 "an OFD is checked" report check "$work/report.ofd"
call report read "$work/report.ofd" --to json
cp "$work/out" "$work/again.json"
check "the OFD has the same tables" "$python" -c '
import json, sys
a, b = (json.load(open(n, encoding="utf-8")) for n in sys.argv[1:])
sys.exit(any(a[t] != b[t] for t in ("table2", "table3", "table4", "year", "form")))' \
	"$work/first.json" "$work/again.json"
expect 0 "--to wins over the ending" report read "$clean" --to json -o "$work/report.data"
cp "$work/report.docx" "$work/misnamed.pdf"
expect 0 "the kind is told by content, not by name" report check "$work/misnamed.pdf"

# The target is written whole or left as it was
printf 'before' >"$work/target.json"
check "a full disk (RLIMIT_FSIZE) fails" bash -c \
	'prlimit --fsize=2048 "$1" report read "$2" -o "$3" 2>"$4"; [ $? -eq 4 ] && [ -s "$4" ]' \
	_ "$gongkai" "$clean" "$work/target.json" "$work/err"
check "and leaves the target as it was" test "$(cat "$work/target.json")" = before
check "and nothing beside it" test "$(find "$work" -maxdepth 1 -name '*target.json*' | wc -l)" = 1
mkdir -p "$work/locked"
printf 'before' >"$work/locked/report.json"
chmod 555 "$work/locked"
if [ "$(id -u)" -eq 0 ]; then
	cp "$gongkai" "$work/gongkai" && chmod 755 "$work/gongkai"
	mkdir -p "$work/mine" && cp "$clean" "$work/mine/" && chmod 755 "$work/mine" && chmod 644 "$work/mine"/*
	page=$work/mine/${clean##*/}
	check "a folder without the right to write" bash -c '"${@:3}" report read "$1" -o "$2"; [ $? -eq 4 ]' \
		_ "$page" "$work/locked/report.json" setpriv --reuid=65534 --regid=65534 --clear-groups "$work/gongkai"
	check "leaves the target as it was" test "$(cat "$work/locked/report.json")" = before
	mkdir "$work/mine/secret" && cp "$clean" "$work/mine/secret/" && chmod 000 "$work/mine/secret"
	nobody "$work/gongkai" report check "$work/mine" >"$work/out" 2>"$work/err"
	status=$?
	check "an unreadable folder is 3" test "$status" -eq 3
	check "it is named" err_has secret
	check "the rest is still done" out_has "${clean##*/}"
	chmod 755 "$work/mine/secret" && chmod 000 "$work/mine/secret"/*
	nobody "$work/gongkai" report check "$work/mine/secret/${clean##*/}" >"$work/out" 2>"$work/err"
	check "an unreadable file is 3" test "$?" -eq 3
	nobody "$work/gongkai" report check "$page" >"$work/out" 2>"$work/err"
	check "an ordinary user can do the work" test "$?" -eq 0
else
	skip_case "unreadable files" "needs root, to drop to an unprivileged user"
fi

# What is no file
for device in /dev/null /dev/zero /dev/full; do
	expect 3 "$device is refused" report check "$device"
done
mkfifo "$work/pipe"
expect 3 "a named pipe does not hang it" report check "$work/pipe"
expect 3 "a folder where a file is read" report read "$work"
mkdir "$work/loop" && ln -s . "$work/loop/again" && cp "$clean" "$work/loop/"
expect 0 "a folder that links to itself" report check "$work/loop"
ln -s nowhere "$work/dangling.html"
expect 3 "a link to nowhere" report check "$work/dangling.html"

# Batches
mkdir "$work/batch"
for n in 1 2 3 4 5 6; do cp "$clean" "$work/batch/$n.html"; done
head -c 3000 "$work/report.docx" >"$work/batch/3b.docx"
printf '\211PNG\r\n\032\n' >"$work/batch/photo.png"
expect 3 "a batch goes on after a bad file" report check --format json "$work/batch"
check "all others are there" json "$work/out" \
	"sum(r['readable'] for r in j['reports']) == 6 and j['summary']['unreadable'] == 1 and j['summary']['skipped'] == 1"
check "the bad one says why" json "$work/out" "[r['reason'] for r in j['reports'] if not r['readable']][0]"
check "findings JSON is what the schema says" "$python" "$root/tools/json_valid.py" \
	"$root/schema/json/gongkai-findings-1.json" "$work/out"
cp "$work/out" "$work/jobs"
for jobs in 1 2 7 64; do
	call report check --format json --jobs "$jobs" "$work/batch"
	check "--jobs $jobs gives the same answer in the same order" cmp "$work/jobs" "$work/out"
done
call report check --format json "$faulty" "$faulty"
check "keys of findings are stable" json "$work/out" \
	"[f['key'] for f in j['reports'][0]['findings']] == [f['key'] for f in j['reports'][1]['findings']]"
for format in text csv html json; do
	call report check --format "$format" "$faulty"
	check "findings as $format hold the wrong sum" out_has AR-X04
	check "no colour codes off a terminal: $format" bash -c '! grep -q "$(printf "\033")" "$0"' "$work/out"
done

# A progress bar only on a terminal, and only when the work is longer than a second
call report check "$work/batch"
check "no bar without a terminal" bash -c '! grep -q "$(printf "\r")" "$0"' "$work/err"
mkdir "$work/many"
for n in $(seq 1 1500); do ln "$work/batch/1.html" "$work/many/$n.html" 2>/dev/null || cp "$clean" "$work/many/$n.html"; done
"$python" "$flow/on_terminal.py" "$gongkai" report check --jobs 1 "$work/many" >"$work/tty" 2>&1
check "a terminal, long work: the same exit code" test "$?" -eq 0
if [ "$(head -n 1 "$work/tty" | tr -dc 0-9)" -gt 1500 ] 2>/dev/null; then
	check "a terminal, long work: a bar" grep -q '1500' "$work/tty"
fi
finish
