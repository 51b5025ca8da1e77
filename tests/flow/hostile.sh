#!/usr/bin/env bash
# Files that hurt: each ends with an answer, in time, in at most 256 MiB, and never takes the
# others of its batch along.
. "$(dirname "$0")/lib.sh"
limit_mib=256
limit_s=60
limit_cpu_s=10 # LibreOffice's included; all else needs a second or two
bad=$work/bad
check "the files can be made" "$python" "$flow/make_hostile.py" "$bad"

# Which answer is due: 3 unless named here. Some hold a title and so are reports with errors (1).
due() {
	case $1 in
	older-2015.txt) echo "0 1" ;;
	one-line.txt | many-lines.txt | tabs.txt | odd-utf16.txt | cut-utf8.txt) echo "0 1 3" ;;
	outside-entity.docx | absurd-span.* | wide-spans.html | many-*.html | cut.html | deep*.html) echo "0 1 3" ;;
	entities.html | attributes.html | wrong-charset.html | absurd-sheet.xlsx | deep.docx) echo "0 1 3" ;;
	*) echo 3 ;;
	esac
}

for file in "$bad"/*; do
	name=${file##*/}
	read -r status mib cpu_s < <(MEASURED_OUT=$work/out MEASURED_ERR=$work/err \
		"$python" "$flow/measured.py" "$limit_s" "$gongkai" report check "$file")
	if [[ " $(due "$name") " == *" $status "* ]]; then
		pass
	else
		fail "$name" "exit $status, not $(due "$name"); $(head -c 300 "$work/err")"
	fi
	# one line, of several words: "limit" alone helps nobody
	[ "$status" = 3 ] && check "$name: one line says why" \
		bash -c '[ "$(wc -l <"$2")" = 1 ] && grep -qE "^gongkai: .*$1: .+ .+ .+" "$2"' _ "$name" "$work/err"
	check "$name: processor time, $cpu_s s" test "${cpu_s%.*}" -lt "$limit_cpu_s"
	if [ "$mib" -le "$limit_mib" ]; then
		pass
	else
		fail "$name: memory" "$mib MiB, more than $limit_mib"
	fi
done

# The stated answers
says() {
	call report check "$bad/$1"
	check "$1: $2" grep -qiE -- "$2" "$work/err"
}
says empty.txt "empty"
says scan.pdf "scan|picture"
says encrypted.docx "password|encrypted"
says encrypted.pdf "password|encrypted"
says picture.docx "picture|PNG"
says attributes.html "more than 128 attributes"
says attributes-many.html "more than 128 attributes"
says names.html "60000 different names"
says tables-open.html "512 deep"
says many-lines.txt "200000 paragraphs"
says too-long.txt "32 MiB"
says many.json "500000 values"
says deep.json "64 levels"
says huge.txt "64 MiB"
says many-members.docx "4096 members"
says zip-bomb.docx "48 MiB"
says zip-locked.docx "password"
says xml-attributes.docx "more than 128 attributes"
says xml-remarks.docx "20000 comments"
says xml-hidden-doctype.docx "DOCTYPE"
says cut.docx "cut short"
says deep.docx "256 levels"
says far.xlsx "20000 rows or 512 columns"
says not-a-report.txt "no (annual )?report"
call report check "$bad/outside-entity.docx" --format html
check "an outside entity is not read" bash -c '! grep -q "root:" "$0"' "$work/out"
call report read "$bad/older-2015.txt" --to json
check "a text of 2015 is an older report without tables" json "$work/out" \
	"j['form'] == 'older' and j['year'] == 2015 and not any(j[t] for t in ('table2', 'table3', 'table4'))"

# In a folder: what was meant as a report is named, what nobody takes for one is only counted
mkdir "$work/folder"
cp "$bad"/{encrypted.docx,scan.pdf,empty.docx,cut.docx,picture.png,noise.txt} "$work/folder/"
cp "$samples/qinghe-statistics-2024.html" "$work/folder/"
call report check --format json "$work/folder"
check "a folder ends with 3" test "$status" = 3
check "encrypted, scanned, empty and cut files of a folder are named" json "$work/out" \
	"{r['file'].rsplit('/', 1)[1] for r in j['reports'] if not r['readable']} == {'encrypted.docx', 'scan.pdf', 'empty.docx', 'cut.docx'}"
check "pictures and noise are counted" json "$work/out" "j['summary']['skipped'] == 2"

# All of them at once, with one good report between
mkdir "$bad/good" && cp "$samples/qinghe-statistics-2024.html" "$bad/good/"
read -r status mib _ < <(MEASURED_OUT=$work/out MEASURED_ERR=$work/err \
	"$python" "$flow/measured.py" 300 "$gongkai" report check --format json --jobs 2 "$bad")
check "all at once ends with 3" test "$status" = 3
check "all at once stays in its memory" test "$mib" -le "$limit_mib"
check "the good one among them is read" json "$work/out" \
	"[r for r in j['reports'] if r['file'].endswith('qinghe-statistics-2024.html')][0]['readable']"
check "its JSON is what the schema says" "$python" "$root/tools/json_valid.py" \
	"$root/schema/json/gongkai-findings-1.json" "$work/out"
finish
