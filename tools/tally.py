"""Adds up test results. Reads the JSON log of `meson test`, or the output of one program, and
appends one line `passed failed skipped` to the file of counts; says what failed or was skipped.

A program may print lines `RESULT name: P passed, F failed, S skipped`; one that prints none
counts as one test by its exit status. A bad exit without a failure in its counts (a leak found at
exit, a crash before the end) is one failure more.
"""
import json
import re
import sys

RESULT = re.compile(r"^RESULT (.*): (\d+) passed, (\d+) failed, (\d+) skipped$", re.M)
SKIPPED = re.compile(r"^\[  SKIPPED \] (\S.*: .*)$", re.M)


def count(name, text, bad):
    """Counts of one program: (passed, failed, skipped)."""
    found = RESULT.findall(text)
    passed, failed, skipped = (sum(int(row[i]) for row in found) for i in (1, 2, 3))
    if bad and failed == 0:
        failed += 1
    if not found and not bad:
        passed += 1
    if failed:
        print(f"FAILED {name}")
        print("\n".join("    " + line for line in text.splitlines()[-60:]))
    for line in SKIPPED.findall(text):
        print(f"skipped {line}")
    return passed, failed, skipped


def main():
    counts, kind, *rest = sys.argv[1:]
    total = [0, 0, 0]
    if kind == "meson":
        with open(rest[0], encoding="utf-8", errors="replace") as log:
            for line in log:
                run = json.loads(line)
                text = (run.get("stdout") or "") + "\n" + (run.get("stderr") or "")
                bad = run["result"] not in ("OK", "EXPECTEDFAIL", "SKIP")
                for i, n in enumerate(count(run["name"], text, bad)):
                    total[i] += n
    else:
        name, status = rest
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
        total = count(name, text, status != "0")
    with open(counts, "a", encoding="ascii") as out:
        print(*total, file=out)
    print(f"  {total[0]} passed, {total[1]} failed, {total[2]} skipped", file=sys.stderr)


main()
