"""Reads the source and compares it with what the project promises itself: layers, bans, lengths.

    lint_source.py ROOT CHECK…     checks: layers bans quiet clock lengths opening marks

Prints one line a violation, `file:line: what`, and exits 1 if there is any.
"""
import pathlib
import re
import subprocess
import sys

FUNCTION_LINES = 70
FILE_LINES = 1000
COLUMNS = 100
TAB = 8

BANNED = """strcpy strcat sprintf vsprintf stpcpy strncpy strncat strtok strtok_r atoi atol atoll
atof gets scanf sscanf fscanf alloca system popen tmpnam tempnam mktemp asctime ctime rand
setlocale""".split()
PRINTING = "printf fprintf vprintf vfprintf puts fputs putchar perror syslog exit".split()
CLOCKS = "time gettimeofday clock_gettime localtime localtime_r gmtime gmtime_r".split()
PRINTERS = {"cli"}               # the only folders that talk to people
CLOCK_READERS = {"cli", "sandbox"}  # a wall-clock limit on a child needs a clock

TOKEN = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S)


def blank(match):
    """Keeps the lines of a comment or string, drops its words."""
    return re.sub(r"[^\n]", " ", match.group())


class Tree:
    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.bad = 0

    def sources(self, *folders):
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*.[ch]")):
                yield path, path.relative_to(self.root), path.read_text(encoding="utf-8")

    def say(self, path, line, what):
        self.bad += 1
        print(f"{path}:{line}: {what}")

    def calls(self, names, folders, skip, why):
        """A call of one of `names` in src/<folder> for folders that are not in `skip`."""
        pattern = re.compile(r"(?<![\w.>])(" + "|".join(names) + r")\s*\(")
        for _, rel, text in self.sources(*folders):
            if rel.parts[0] == "src" and rel.parts[1] in skip:
                continue
            code = TOKEN.sub(blank, text)
            for match in pattern.finditer(code):
                line = code.count("\n", 0, match.start()) + 1
                self.say(rel, line, f"{match.group(1)}(): {why}")


def read_layers(tree):
    """docs/layers.txt: `folder: folder folder …`, each naming only folders of earlier lines."""
    layers = {}
    where = pathlib.Path("docs/layers.txt")
    for n, line in enumerate((tree.root / where).read_text(encoding="utf-8").splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, _, uses = line.partition(":")
        for used in uses.split():
            if used not in layers:
                tree.say(where, n, f"{name} may not use {used}, which stands below it")
        layers[name] = set(uses.split())
    return layers


def check_layers(tree):
    layers = read_layers(tree)
    used = {name: set() for name in layers}
    for path, rel, text in tree.sources("src"):
        folder = rel.parts[1]
        if folder not in layers:
            tree.say(rel, 1, f"folder {folder} is not in docs/layers.txt")
            continue
        for n, line in enumerate(text.splitlines(), 1):
            match = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if match is None:
                continue
            target = match.group(1)
            other = target.split("/")[0]
            if "/" not in target or other not in layers:
                tree.say(rel, n, f'include "{target}" names no folder of the project')
            elif other != folder and other not in layers[folder]:
                tree.say(rel, n, f"{folder} may not use {other} (docs/layers.txt)")
            elif other != folder:
                used[folder].add(other)
                if target.endswith("_int.h"):
                    tree.say(rel, n, f"{target} is private to {other}")
    for name, allowed in layers.items():
        for idle in sorted(allowed - used[name]):
            tree.say("docs/layers.txt", 1, f"{name} does not use {idle}: take it out")


def check_bans(tree):
    tree.calls(BANNED, ["src", "tests", "tools", "bench"], (), "banned, see CONTRIBUTING.md")


def check_quiet(tree):
    tree.calls(PRINTING, ["src"], PRINTERS, "below cli nothing prints or exits")


def check_clock(tree):
    tree.calls(CLOCKS, ["src"], CLOCK_READERS, "time is passed in, never asked for")


def functions(path):
    """(name, first line, last line) of each function, by ctags."""
    out = subprocess.run(
        ["ctags", "--languages=C", "--langmap=C:.c.h", "--c-kinds=f", "--fields=+ne",
         "--sort=no", "-f", "-", str(path)], capture_output=True, text=True, check=True).stdout
    for line in out.splitlines():
        fields = line.split("\t")
        at = dict(f.split(":", 1) for f in fields[3:] if ":" in f)
        if "line" in at and "end" in at:
            yield fields[0], int(at["line"]), int(at["end"])


def check_lengths(tree):
    for path, rel, text in tree.sources("src", "tests", "tools", "bench"):
        lines = text.splitlines()
        if len(lines) > FILE_LINES:
            tree.say(rel, len(lines), f"more than {FILE_LINES} lines")
        for n, line in enumerate(lines, 1):
            if len(line.expandtabs(TAB)) > COLUMNS:
                tree.say(rel, n, f"more than {COLUMNS} columns")
        for name, first, last in functions(path):
            if last - first + 1 > FUNCTION_LINES:
                tree.say(rel, first, f"{name} has {last - first + 1} lines, "
                                     f"more than {FUNCTION_LINES}")


def check_opening(tree):
    for _, rel, text in tree.sources("src", "tests", "tools", "bench"):
        if not text.startswith("/*"):
            tree.say(rel, 1, "does not open with a comment on what it is for")
        if rel.suffix == ".h":
            guard = "_".join(rel.parts[1:] if rel.parts[0] == "src" else rel.parts)
            guard = "GONGKAI_" + re.sub(r"\W", "_", guard).upper()
            if rel.parts[0] == "src" and f"#ifndef {guard}\n#define {guard}\n" not in text:
                tree.say(rel, 1, f"has no guard {guard}")


def check_marks(tree):
    """Marks of unfinished work, and paths of one machine, in anything that is committed."""
    mark = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
    home = re.compile(r"(?<![\w.])/(home|root|Users|work)/\w")
    listed = subprocess.run(["git", "-C", str(tree.root), "ls-files", "-z"],
                            capture_output=True, check=False).stdout
    paths = [p.decode() for p in listed.split(b"\0") if p]
    if not paths:
        paths = [str(p.relative_to(tree.root)) for p in tree.root.rglob("*") if p.is_file()]
    for name in paths:
        if name.startswith("tests/fuzz/corpus/") or name.endswith("package-lock.json"):
            continue
        try:
            text = (tree.root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
        for n, line in enumerate(text.splitlines(), 1):
            if mark.search(line):
                tree.say(name, n, "mark of unfinished work")
            if home.search(line):
                tree.say(name, n, "path of one machine")


CHECKS = {name[6:]: fn for name, fn in list(globals().items()) if name.startswith("check_")}


def main():
    tree = Tree(sys.argv[1])
    for name in sys.argv[2:]:
        CHECKS[name](tree)
    return 1 if tree.bad else 0


sys.exit(main())
