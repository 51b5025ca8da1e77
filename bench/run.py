"""Measures the program beside others on the same files and prints ratios as a Markdown table.

    bench/run.py GONGKAI [--quick] [--base GONGKAI-OF-ANOTHER-REVISION]

Each row is the median of alternating pairs: theirs, ours, theirs, ours … Wall and CPU time (all
processes of a call, children too), and the most memory of any one process. Absolute times mean
nothing on another machine, so only ratios are printed.
"""
import argparse
import itertools
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "bench"
SAMPLES = sorted(p for p in (ROOT / "samples").glob("qinghe-*") if p.suffix != ".list")
VARIANTS = ROOT.parent / "shared" / "corpus" / "variants"


class Run:
    """One measured call."""

    def __init__(self, command, statuses=(0, 1), cwd=None):
        began = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL, cwd=cwd)
        _, status, used = os.wait4(child.pid, 0)
        self.wall = time.perf_counter() - began
        self.cpu = used.ru_utime + used.ru_stime
        self.kib = used.ru_maxrss
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in statuses:
            raise SystemExit(f"bench: exit {child.returncode}: {' '.join(map(str, command[:8]))}")

    def per(self, n):
        self.wall /= n
        self.cpu /= n
        return self


def each(command, files):
    """A shell loop: one call of a program for each file."""
    return ["sh", "-c", 'for f; do ' + command + ' || exit 1; done', "each", *map(str, files)]


def pairs(n, theirs, ours):
    """Medians of n alternating pairs: wall, CPU and memory of theirs : ours, and the spread of wall."""
    rows = []
    for _ in range(n):
        t, o = theirs(), ours()
        rows.append((t.wall / o.wall, t.cpu / o.cpu, t.kib / o.kib))
    wall, cpu, mem = zip(*rows)
    return (statistics.median(wall), statistics.median(cpu), statistics.median(mem), min(wall), max(wall))


class Bench:
    def __init__(self, gongkai, quick):
        self.gongkai = gongkai
        self.n = 3 if quick else 5
        self.count = 200 if quick else 1000
        self.table = []

    def read(self, source, target):
        subprocess.run([self.gongkai, "report", "read", source, "-o", target], check=True)

    def check(self, files, jobs=1):
        return [self.gongkai, "report", "check", "--format", "json", "--jobs", str(jobs), *files]

    def row(self, what, target, result):
        wall, cpu, mem, low, high = result
        self.table.append((what, wall, low, high, cpu, mem, target))
        print(f"  {what}: {wall:.2f} [{low:.2f}-{high:.2f}], CPU {cpu:.2f}, memory {mem:.2f}", flush=True)

    def make_files(self):
        """The mixed files: the samples as the program writes them, and the variants where they are."""
        shutil.rmtree(WORK, ignore_errors=True)
        WORK.mkdir(parents=True)
        made = {"docx": [], "html": [], "pdf": [], "json": []}
        for sample in SAMPLES:
            for kind in made:
                target = WORK / f"{sample.stem}-made.{kind}"
                self.read(sample, target)
                made[kind].append(target)
        if VARIANTS.is_dir():
            made["docx"] += sorted(VARIANTS.glob("*.docx"))
            made["html"] += sorted(VARIANTS.glob("*.htm*"))
            made["html"] = [p for p in made["html"] if p.suffix in (".htm", ".html")]
        self.made = made
        self.mixed = self.copies("mixed", [made["docx"], made["html"]], self.count)
        self.pdfs = self.copies("pdf", [made["pdf"]], 60)

    def copies(self, folder, kinds, count):
        """`count` files, in turn from each kind, each a file of its own on disk."""
        (WORK / folder).mkdir()
        turns = [itertools.cycle(kind) for kind in kinds]
        files = []
        for i in range(count):
            source = next(turns[i % len(turns)])
            files.append(shutil.copy(source, WORK / folder / f"{i:04d}{source.suffix}"))
        return files

    def checking(self):
        for kind, reader in (("docx", "docx"), ("html", "html")):
            files = [f for f in self.mixed if pathlib.Path(f).suffix in (f".{kind}", f".{kind[:3]}")]
            few = files[:: max(1, len(files) // 20)][:20]
            self.row(f"pandoc reading a {kind.upper()} to JSON, once per file : reading and checking it, per "
                     f"document in one call over {len(files)}", "≥ 50",
                     pairs(self.n, lambda: Run(each(f'pandoc -f {reader} -t json "$f" >/dev/null', few)).per(len(few)),
                           lambda: Run(self.check(files)).per(len(files))))
        self.row(f"reading and checking a PDF, per document in one call over {len(self.pdfs)} : pdftotext "
                 "-bbox-layout once per file", "≤ 1.3",
                 pairs(self.n, lambda: Run(self.check(self.pdfs)).per(len(self.pdfs)),
                       lambda: Run(each('pdftotext -bbox-layout "$f" /dev/null', self.pdfs)).per(len(self.pdfs))))
        page = self.made["html"][0]
        self.row("pandoc reading one HTML report : a single call that checks it", "≥ 10",
                 pairs(self.n * 4, lambda: Run(["pandoc", "-f", "html", "-t", "json", page]),
                       lambda: Run(self.check([page]))))

    def writing(self):
        out = WORK / "out"
        out.mkdir()
        docs, pages, data = self.made["docx"][:8], self.made["html"][:8], self.made["json"][:8]
        n = len(data)

        def ours(ending):
            loop = each(f'"{self.gongkai}" report read "$f" -o "{out}/$(basename "$f").{ending}"', data)
            return lambda: Run(loop).per(n)

        profile = f"-env:UserInstallation=file://{WORK}/profile"
        office = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", out, *docs]
        Run(office)  # its first start makes a profile
        one = each(f'soffice {profile} --headless --convert-to pdf --outdir "{out}" "$f" >/dev/null', docs[:3])
        self.row("LibreOffice, DOCX to PDF, one per call : writing PDF, one per call", "≥ 20",
                 pairs(self.n, lambda: Run(one).per(3), ours("pdf")))
        self.row("LibreOffice, DOCX to PDF, eight in one call : writing PDF, one per call", "",
                 pairs(self.n, lambda: Run(office).per(n), ours("pdf")))
        self.row("WeasyPrint, HTML to PDF : writing PDF, one per call", "",
                 pairs(self.n, lambda: Run(each(f'weasyprint -q "$f" "{out}/w.pdf"', pages[:3])).per(3), ours("pdf")))
        self.row("pandoc, HTML to DOCX : writing DOCX, one per call", "",
                 pairs(self.n, lambda: Run(each(f'pandoc "$f" -o "{out}/p.docx"', pages)).per(n), ours("docx")))

    def growing(self):
        self.row(f"1 job : 2 jobs, {len(self.mixed)} files", "≥ 1.6",
                 pairs(self.n, lambda: Run(self.check(self.mixed, 1)), lambda: Run(self.check(self.mixed, 2))))
        for times in (2, 4):
            few = self.mixed[: len(self.mixed) // 4]
            self.row(f"{times} × as many files : as many, per file", "1",
                     pairs(self.n, lambda: Run(self.check(self.mixed[: len(few) * times])).per(times),
                           lambda: Run(self.check(few))))
        sizes = {times: self.long_page(times) for times in (1, 2, 4)}
        for times in (2, 4):
            self.row(f"a page of {times} × the length : of once the length, per length", "1",
                     pairs(self.n, lambda: Run(self.check([sizes[times]])).per(times),
                           lambda: Run(self.check([sizes[1]]))))

    def long_page(self, times):
        """A web report whose section 一 is long: 4,000 paragraphs times `times`."""
        text = (ROOT / "samples" / "qinghe-statistics-2024.html").read_text(encoding="utf-8")
        more = "".join(f"<p>全年发布第{i}期统计资料，内容包括价格、产值和人口情况。</p>\n" for i in range(4000 * times))
        path = WORK / f"long-{times}.html"
        path.write_text(text.replace("<p><strong>二、", more + "<p><strong>二、", 1), encoding="utf-8")
        return path

    def against(self, base):
        """Another revision on the same files: its answer must be the same."""
        ours, theirs = (subprocess.run([g, *self.check(self.mixed[:100])[1:]], capture_output=True,
                                       check=False).stdout for g in (self.gongkai, base))
        print(f"  answers agree with the other revision: {json.loads(ours) == json.loads(theirs)}")
        self.row("the other revision : this one, checking", "",
                 pairs(self.n, lambda: Run([base, *self.check(self.mixed)[1:]]), lambda: Run(self.check(self.mixed))))

    def report(self):
        print("\n| measured | wall | lowest to highest | CPU | memory | target |\n|---|---|---|---|---|---|")
        for what, wall, low, high, cpu, mem, target in self.table:
            print(f"| {what} | {wall:.2f} | {low:.2f} to {high:.2f} | {cpu:.2f} | {mem:.2f} | {target} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("gongkai")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--base")
    args = parser.parse_args()
    bench = Bench(os.path.abspath(args.gongkai), args.quick)
    bench.make_files()
    if args.base:
        bench.against(os.path.abspath(args.base))
    else:
        bench.checking()
        bench.writing()
        bench.growing()
    bench.report()


main()
