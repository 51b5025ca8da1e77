#!/usr/bin/env bash
# How the command is called: help, version, man pages, exit codes, wrong calls.
. "$(dirname "$0")/lib.sh"

expect 0 "version" --version
check "version names the program" grep -qE '^gongkai [0-9]+\.[0-9]+\.[0-9]+$' "$work/out"
expect 0 "help" help
check "help lists what is built" out_has "report check"
check "help leaves out what is not built" bash -c '! grep -qwE "serve|import|backup" "$0"' "$work/out"
expect 0 "--help" --help
expect 2 "no command at all" 
expect 2 "an unknown command" conjure
check "it is named" err_has conjure
expect 2 "an unknown report command" report conjure
expect 2 "help on an unknown command" help conjure

while IFS= read -r command; do
	# shellcheck disable=SC2086 # a command is one or two words
	expect 0 "help $command" help $command
	# shellcheck disable=SC2086
	expect 0 "$command --help" $command --help
	check "$command --help shows its call" out_has "usage: gongkai $command"
	check "$command has a man page" mandoc -Tutf8 "$root/man/gongkai-${command// /-}.1"
	# shellcheck disable=SC2086
	expect 2 "$command with an unknown option" $command --conjure
done < <("$gongkai" help | sed -nE 's/^  ([a-z]+( [a-z]+)?)  +.*/\1/p' | grep -v '^help')

clean=$samples/qinghe-statistics-2024.html
faulty=$samples/qinghe-investment-2020.txt
expect 2 "check without a path" report check
expect 2 "an unknown format" report check --format pigeon "$clean"
expect 2 "a format without its value" report check "$clean" --format
expect 2 "an option given twice" report check --format json --format text "$clean"
expect 2 "jobs that are no number" report check --jobs many "$clean"
expect 2 "no jobs" report check --jobs 0 "$clean"
expect 2 "an unknown severity" report check --min awful "$clean"
expect 2 "an output of unknown kind" report read "$clean" -o "$work/report.pigeon"
expect 2 "two files where one is read" report read "$clean" "$faulty"
expect 2 "merge without a body" report merge "$clean" --year 2024
expect 2 "merge without a year" report merge "$clean" --body 示例市青禾区人民政府
expect 2 "a year that is none" report new --body 示例市青禾区人民政府 --year soon

expect 0 "a clean report" report check "$clean"
expect 1 "a report with errors" report check "$faulty"
expect 1 "only errors shown, same code" report check --min error "$faulty"
check "warnings are left out then" bash -c '! grep -q "AR-F03" "$0"' "$work/out"
expect 3 "a file that is not there" report check "$work/nothing.txt"
check "it is named" err_has nothing.txt
expect 3 "a clean one and one that is not there" report check "$clean" "$work/nothing.txt"
expect 3 "the largest code wins" report check "$faulty" "$work/nothing.txt" "$clean"
check "the rest is still done" out_has AR-X04
expect 3 "reading a file that is not there" report read "$work/nothing.txt"
expect 0 "diff, equal" report diff "$clean" "$clean"
expect 0 "diff, different" report diff "$samples/qinghe-market-2023.md" "$samples/qinghe-market-2024.md"
expect 4 "an output folder that is not there" report read "$clean" -o "$work/no/where.json"
expect 0 "names after --" report check -- "$clean"

# Limits in working days and the tariff: vectors of the regulation.
due() {
	local want=$1 name=$2
	shift 2
	expect 0 "due: $name" due --format json "$@"
	check "due: $name is $want" json "$work/out" "j['schema'] == 'gongkai-due/1' and j['due'] == '$want'"
}
due 2020-02-25 "extended spring festival" --received 2020-01-20
due 2021-01-26 "across the year" --received 2020-12-28
due 2024-01-29 "across new year 2024" --received 2023-12-29
due 2024-09-24 "a worked Saturday" --received 2024-09-12 --days 7
due 2024-10-16 "national day" --received 2024-09-12
due 2025-02-05 "a worked Sunday" --received 2025-01-20 --days 7
due 2025-10-24 "autumn 2025" --received 2025-09-22
due 2025-11-21 "with extension" --received 2025-09-22 --extend 20
due 2026-03-09 "third party" --received 2026-02-10 --days 15
due 2025-04-15 "restart after correction" --received 2025-03-03 --restart 2025-03-17
due 2025-04-15 "stopped for a third party" --received 2025-03-03 --stop 2025-03-10..2025-03-24
check "due explains each day" json "$work/out" \
	"sum(d['counted'] for d in j['days']) == 20 and all(d['reason'] for d in j['days'])"
expect 2 "due beyond the last published year" due --received 2026-12-20
expect 2 "due without a date" due
expect 2 "due with no such date" due --received 2025-02-30
expect 2 "due with a stop that ends before it begins" due --received 2025-03-03 --stop 2025-03-24..2025-03-10
fee() {
	expect 0 "fee $*" fee --format json "${@:2}"
	check "fee ${*:2} is $1" json "$work/out" "j['schema'] == 'gongkai-fee/1' and j['total'] == '$1'"
}
fee 0.00 --items 10
fee 100.00 --items 11
fee 1500.00 --items 25
fee 2000.00 --items 30
fee 4300.00 --items 41
fee 6100.00 --items 47
fee 0.00 --pages 30
fee 550.00 --pages 85
fee 1900.00 --pages 160
fee 2700.00 --pages 200
fee 2740.00 --pages 201
fee 5100.00 --pages 260
expect 2 "fee without a number" fee
expect 2 "fee by items and by pages" fee --items 3 --pages 3
expect 2 "fee of fewer than none" fee --items -3
finish
