#!/usr/bin/env bash
# The work itself, on our samples: the mistakes found, two years compared, units added up, what is
# no report said plainly.
. "$(dirname "$0")/lib.sh"
cd "$samples" || exit 1
found() { json "$work/out" "any(f['rule'] == '$1' and $2 for r in j['reports'] for f in r['findings'])"; }
none() { json "$work/out" "not any(f['rule'] == '$1' for r in j['reports'] for f in r['findings'])"; }

# The 2020 text with the mistakes that real reports have
call report check --format json qinghe-investment-2020.txt
check "it ends with 1" test "$status" -eq 1
check "137 parts under a total of 136" found AR-X04 "'136' in f['message'] and '137' in f['message']"
check "two damaged headings" json "$work/out" \
	"sum(f['rule'] == 'AR-F03' for f in j['reports'][0]['findings']) == 2"
check "a character lost from the organ's name" found AR-F09 "True"
check "an amount without unit" found AR-T205 "True"
check "damaged words" found AR-S01 "True"
for rule in AR-T301 AR-T302 AR-T303 AR-T304 AR-T401; do
	check "no $rule in tables that add up" none "$rule"
done
check "every finding has its place, reason and law" json "$work/out" \
	"all(f['where'] and f['message'] and f['basis'] and f['key'] for r in j['reports'] for f in r['findings'])"
call report read qinghe-investment-2020.txt --to json
check "an amount stays as printed, without unit" json "$work/out" \
	"j['table2']['procurement'] == [2, '186500.00'] and j['table2']['procurement_unit'] is None"
check "a signed change keeps its sign in print" json "$work/out" \
	"j['table2']['other_service'] == [3, 1, 57] and j['printed']['table2.other_service.change'] == '+1'"
check "2019 form, 23 rows" json "$work/out" "j['form'] == '2019' and len(j['table3']['rows']) == 23"

# Clean reports
for clean in qinghe-statistics-2024.html qinghe-water-2023.md qinghe-traffic-2023.md qinghe-civil-2023.json \
	qinghe-market-2023.md; do
	call report check --format json --min warning "$clean"
	check "$clean: nothing found" json "$work/out" "not j['reports'][0]['findings']"
done
call report read qinghe-civil-2023.json --to json
check "JSON read and written again is the same value" "$python" -c \
	'import json, sys; a, b = (json.load(open(n)) for n in sys.argv[1:]); sys.exit(a != b)' \
	qinghe-civil-2023.json "$work/out"

# Across years
call report check --format json --previous qinghe-market-2023.md qinghe-market-2024.md
check "a carry-over moved between columns" found AR-T305 "f['where'].startswith('table3')"
check "that is an error" test "$status" -eq 1
call report check --format json qinghe-market-2024.md
check "alone the year is in order" none AR-T305

# Diff
expect 0 "diff with itself" report diff --format json qinghe-market-2024.md qinghe-market-2024.md
check "is empty" json "$work/out" "not j['cells'] and not j['text']"
expect 0 "diff of two years" report diff --format json qinghe-market-2023.md qinghe-market-2024.md
check "names cells" out_has "table3.new.natural"

# Merge: three units, one of four missing
district=示例市青禾区人民政府
units=(qinghe-water-2023.md qinghe-traffic-2023.md qinghe-civil-2023.json)
expect 3 "merge names the unit without a report" report merge "${units[@]}" --body "$district" --year 2023 \
	--units qinghe-units.list -o "$work/district.json"
check "it is 城市管理局" grep -q "示例市青禾区城市管理局" "$work/err" "$work/out"
expect 0 "merge without a list" report merge "${units[@]}" --body "$district" --year 2023 -o "$work/district.json"
for unit in "${units[@]}"; do
	"$gongkai" report read "$unit" --to json -o "$work/${unit%.*}.json"
done
check "the sums are exact, cell by cell" "$python" - "$work/district.json" "$work"/qinghe-*-2023.json <<'PY'
import json, sys
from decimal import Decimal
whole, *parts = (json.load(open(n, encoding="utf-8")) for n in sys.argv[1:])
assert len(parts) == 3
assert whole["body"] == "示例市青禾区人民政府" and whole["year"] == 2023 and whole["form"] == "2021"
def add(rows):
    return [sum(r[i] or 0 for r in rows) for i in range(len(rows[0]))]
for row, cells in whole["table3"]["rows"].items():
    assert cells == add([p["table3"]["rows"][row] for p in parts]), row
for group, cells in whole["table4"].items():
    assert cells == add([p["table4"][group] for p in parts]), group
for row in ("rules", "normative", "licence", "penalty", "coercion"):
    assert whole["table2"][row] == add([p["table2"][row] for p in parts]), row
assert Decimal(whole["table2"]["fee"][0]) == sum(Decimal(p["table2"]["fee"][0]) for p in parts)
PY
expect 0 "a stated total that agrees" report merge "${units[@]}" --body "$district" --year 2023 \
	--against "$work/district.json" -o "$work/again.json"
sed 's/"new":\[19,/"new":[20,/' "$work/district.json" >"$work/wrong.json"
check "the total could be spoilt" bash -c '! cmp -s "$1" "$2"' _ "$work/district.json" "$work/wrong.json"
expect 1 "a stated total that does not" report merge "${units[@]}" --body "$district" --year 2023 \
	--against "$work/wrong.json" -o "$work/again.json"
check "AR-G01 says where" grep -qh "AR-G01" "$work/err" "$work/out"
expect 3 "2019 and 2021 are not added" report merge qinghe-investment-2020.txt qinghe-water-2023.md \
	--body "$district" --year 2023 -o "$work/mixed.json"

# New: the form of the year
for pair in 2019:2019 2020:2019 2021:2021 2026:2021; do
	expect 0 "new ${pair%:*}" report new --body "$district" --year "${pair%:*}" -o "$work/new.docx"
	call report read "$work/new.docx" --to json
	check "new ${pair%:*} has the form of ${pair#*:}, all blank" json "$work/out" \
		"j['form'] == '${pair#*:}' and len(j['table3']['rows']) == {'2019': 23, '2021': 25}['${pair#*:}'] and all(c is None for r in j['table3']['rows'].values() for c in r)"
done
expect 2 "new for a year before the forms" report new --body "$district" --year 2015 -o "$work/old.docx"

# Two reports in one file
cat qinghe-market-2023.md qinghe-market-2024.md >"$work/two.md"
call report check --format json "$work/two.md"
check "both reports of one file are there" json "$work/out" "sorted(r['year'] for r in j['reports']) == [2023, 2024]"
check "and it is counted as one file" json "$work/out" "j['summary']['files'] == 1"

# Whoever calls may ignore its children: how ours end is seen all the same
"$gongkai" report read qinghe-water-2023.md -o "$work/whole.pdf"
head -c 30000 "$work/whole.pdf" >"$work/cut.pdf"
call report check "$work/cut.pdf"
cp "$work/err" "$work/err.plain"
env --ignore-signal=CHLD "$gongkai" report check "$work/cut.pdf" >/dev/null 2>"$work/err.ignoring"
check "a damaged PDF is named as such, also to a caller who ignores its children" \
	cmp "$work/err.plain" "$work/err.ignoring"
finish
