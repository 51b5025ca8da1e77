/* gongkai report check: reads and checks files and folders. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/batch.h"
#include "cli/report_cmd.h"
#include "cli/walk.h"
#include "writers/writers.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_HTML };
static const char *const format_names[] = {"text", "json", "csv", "html", NULL};
static const char *const min_names[] = {"info", "warning", "error", NULL};

static const struct cli_option options[] = {
	{"--previous", "FILE", "last year's report of the same body, for rules across years",
	 false},
	{"--format", "text|json|csv|html", "default text", false},
	{"--jobs", "N", "files at a time; default all processors", false},
	{"--min", "error|warning|info", "leave out what is less severe; default info", false},
};

struct checking {
	struct tools tools;
	struct walk walk;
	struct report *previous; /* NULL: none */
	struct arena *previous_mem;
	int format;
	int min;
	bool color;
	int64_t jobs;
	/* of the process that hands out results */
	struct findings_summary sum;
	struct buf out;
	bool any; /* an object was written before: a comma is due */
	int code;
};

/* ---- one input, in a worker ------------------------------------------------------------------ */

/* The page's part for a file that could not be read. */
static enum err unread_doc(const struct findings_of *of, struct arena *mem, struct doc **ret)
{
	struct str line;
	enum err e = doc_new(mem, DOC_SOURCE_NONE, ret);

	if (e == ERR_OK)
		e = doc_para(*ret, STYLE_HEAD_1, of->file, (struct place){0, 0});
	if (e == ERR_OK)
		e = arena_fmt(mem, &line, "未能读取：" STR_FMT, STR_ARG(of->reason));
	return e == ERR_OK ? doc_para(*ret, STYLE_BODY, line, (struct place){0, 0}) : e;
}

/* One of several documents of a page is told apart by its number: "3", "3-2". */
static enum err part_of(const struct checking *ck, const struct batch_head *head, struct arena *mem,
			struct str *ret)
{
	*ret = STR_NONE;
	if (head->reports > 1)
		return arena_fmt(mem, ret, "%zu-%u", (size_t)head->index + 1, head->reports);
	if (ck->walk.n > 1)
		return arena_fmt(mem, ret, "%zu", (size_t)head->index + 1);
	return ERR_OK;
}

static enum err write_one(const struct checking *ck, const struct findings_of *of,
			  struct arena *mem, struct batch_head *head, struct buf *out)
{
	enum severity min = (enum severity)ck->min;
	struct str part;
	struct doc *doc;
	enum err e;

	switch (ck->format) {
	case FORMAT_JSON:
		if (head->reports + head->unreadable > 1)
			buf_ch(out, ',');
		return findings_json(of, min, out);
	case FORMAT_CSV:
		return findings_csv(of, min, out);
	case FORMAT_HTML:
		if (of->report == NULL)
			e = unread_doc(of, mem, &doc);
		else
			e = report_marked_doc(of->report, of->findings, min, mem, &doc);
		if (e == ERR_OK)
			e = part_of(ck, head, mem, &part);
		return e == ERR_OK ? html_page_doc(out, doc, part) : e;
	case FORMAT_TEXT:
	default:
		return findings_text(of, min, ck->color, out);
	}
}

static const struct report *previous_for(const struct checking *ck, const struct report *report)
{
	if (ck->previous == NULL || ck->walk.n == 1)
		return ck->previous;
	return str_eq(ck->previous->body, report->body) ? ck->previous : NULL;
}

static enum err check_one(const struct checking *ck, const char *path, const struct report *report,
			  struct arena *mem, struct batch_head *head, struct buf *out)
{
	struct check_input input = {report, previous_for(ck, report)};
	struct findings findings = {.mem = mem};
	struct findings_of of = {.file = str_c(path), .report = report, .findings = &findings};
	enum err e = report_check(&input, mem, &findings);

	if (e != ERR_OK)
		return e;
	head->reports++;
	head->errors += (uint32_t)findings_count(&findings, SEVERITY_ERROR);
	head->warnings += (uint32_t)findings_count(&findings, SEVERITY_WARNING);
	head->infos += (uint32_t)findings_count(&findings, SEVERITY_INFO);
	return write_one(ck, &of, mem, head, out);
}

static enum err unread(const struct checking *ck, const char *path, const char *reason,
		       enum err why, struct arena *mem, struct batch_head *head, struct buf *out)
{
	struct findings_of of = {.file = str_c(path)};
	enum err e = reason_zh(str_c(reason), mem, &of.reason);

	if (e != ERR_OK) /* no memory for better words */
		of.reason = str_c(reason);
	cli_say(path, "%s", reason);
	head->unreadable++;
	head->code = (int32_t)cli_exit_of(why);
	return write_one(ck, &of, mem, head, out);
}

/* A file found in a folder that is of no kind that we read, or JSON of something else. */
static bool skips(const struct walk_item *item, enum file_kind kind, enum err e)
{
	if (item->named || e == ERR_OK)
		return false;
	return !file_kind_readable(kind) || kind == FILE_JSON;
}

static enum err work(void *arg, struct batch_head *head, struct buf *out)
{
	struct checking *ck = arg;
	const struct walk_item *item = &ck->walk.items[head->index];
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct diag diag = DIAG_INIT;
	struct report_list list = {NULL, 0, NO_REPORT_NONE};
	enum file_kind kind;
	enum err e;

	if (mem == NULL)
		return ERR_NOMEM;
	if (item->reason != NULL)
		return unread(ck, item->path, item->reason, ERR_DENIED, mem, head, out);
	e = load_file(&ck->tools, item->path, mem, &diag, &kind, &list);
	if (skips(item, kind, e) && e != ERR_IO && e != ERR_DENIED && e != ERR_NOMEM) {
		head->skipped = 1;
		return ERR_OK;
	}
	if (e != ERR_OK)
		return unread(ck, item->path, diag.text[0] ? diag.text : err_name(e), e, mem, head,
			      out);
	for (size_t i = 0; e == ERR_OK && i < list.n; i++)
		e = check_one(ck, item->path, list.reports[i], mem, head, out);
	if (e != ERR_OK) { /* what was written of it is dropped: one answer a file */
		buf_clear(out);
		head->reports = head->errors = head->warnings = head->infos = 0;
		return unread(ck, item->path,
			      e == ERR_LIMIT ? "larger than we check" : "out of memory", e, mem,
			      head, out);
	}
	if (head->errors > 0)
		head->code = EXIT_FOUND;
	return buf_end(out);
}

static enum err lost(void *arg, struct batch_head *head, struct buf *out)
{
	struct checking *ck = arg;
	AUTO(arena) mem = arena_new(MIB);

	if (mem == NULL)
		return ERR_NOMEM;
	return unread(ck, ck->walk.items[head->index].path,
		      "it takes more than 60 s of processor time or 256 MiB of memory, or met an "
		      "error of this program; give the report alone",
		      ERR_INPUT, mem, head, out);
}

/* ---- results, in order ---------------------------------------------------------------------- */

/* What is piped out while the work goes on, so that a million files need no memory. */
static enum err flush(struct checking *ck)
{
	if (buf_end(&ck->out) != ERR_OK)
		return buf_end(&ck->out);
	if (ck->out.n && fwrite(ck->out.p, 1, ck->out.n, stdout) != ck->out.n)
		return ERR_IO;
	buf_clear(&ck->out);
	return ERR_OK;
}

static enum err take(void *arg, const struct batch_head *head, struct str text)
{
	struct checking *ck = arg;

	ck->sum.files += !head->skipped; /* a file of two reports is one file */
	ck->sum.skipped += head->skipped;
	ck->sum.unreadable += head->unreadable;
	ck->sum.errors += head->errors;
	ck->sum.warnings += head->warnings;
	ck->sum.infos += head->infos;
	if (head->code > ck->code)
		ck->code = head->code;
	if (head->skipped)
		return ERR_OK;
	if (ck->format == FORMAT_JSON && ck->any && text.n)
		buf_ch(&ck->out, ',');
	if (text.n)
		ck->any = true;
	buf_add(&ck->out, text);
	return flush(ck);
}

static enum err begin(struct checking *ck)
{
	if (ck->format == FORMAT_JSON)
		return findings_json_begin(&ck->out);
	if (ck->format == FORMAT_CSV)
		return findings_csv_head(&ck->out);
	if (ck->format == FORMAT_HTML)
		html_page_begin(&ck->out, STR("政府信息公开工作年度报告核查结果"), STR("zh-CN"));
	return buf_end(&ck->out);
}

static enum err finish(struct checking *ck)
{
	enum err e = ERR_OK;

	if (ck->format == FORMAT_JSON)
		e = findings_json_end(&ck->sum, &ck->out);
	else if (ck->format == FORMAT_TEXT)
		e = findings_text_summary(&ck->sum, ck->color, &ck->out);
	else if (ck->format == FORMAT_HTML)
		html_page_end(&ck->out);
	return e == ERR_OK ? flush(ck) : e;
}

static int check_all(struct checking *ck)
{
	struct diag diag = DIAG_INIT;
	struct batch batch = {
		.n = ck->walk.n,
		.jobs = (unsigned)ck->jobs,
		.work = work,
		.take = take,
		.lost = lost,
		.arg = ck,
		.title = "checking",
	};
	enum err e = begin(ck);

	if (e == ERR_OK)
		e = batch_run(&batch, &diag);
	if (e == ERR_OK)
		e = finish(ck);
	if (e != ERR_OK) {
		(void)cli_fail(NULL, e, &diag);
		return EXIT_SYSTEM;
	}
	return ck->code;
}

/* ---- the call
 * ------------------------------------------------------------------------------------ */

static int prepare(struct checking *ck, const struct cli_args *args, struct arena *mem)
{
	const char *previous = cli_value(args, "--previous");
	enum err e = walk_paths(args->args, args->n_args, mem, &ck->walk);

	if (e != ERR_OK)
		return cli_fail(NULL, e, NULL);
	if (previous == NULL)
		return EXIT_DONE;
	ck->previous_mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	if (ck->previous_mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	return load_one(&ck->tools, previous, 0, ck->previous_mem, &ck->previous);
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	struct checking ck = {.min = SEVERITY_INFO, .color = isatty(STDOUT_FILENO) != 0};
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	int code;

	ck.jobs = processors < 1 ? 1 : processors > LIMIT_JOBS ? LIMIT_JOBS : processors;
	if (cli_choice(args, "--format", format_names, &ck.format) != ERR_OK ||
	    cli_choice(args, "--min", min_names, &ck.min) != ERR_OK ||
	    cli_int(args, "--jobs", 1, LIMIT_JOBS, &ck.jobs) != ERR_OK)
		return EXIT_USAGE;
	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	if (getenv("NO_COLOR") != NULL)
		ck.color = false;
	buf_init(&ck.out, LIMIT_OUTPUT_BYTES);
	code = tools_open(&ck.tools, env);
	if (code == EXIT_DONE) {
		code = prepare(&ck, args, mem);
		if (code == EXIT_DONE)
			code = check_all(&ck);
	}
	arena_free(ck.previous_mem);
	tools_close(&ck.tools);
	buf_done(&ck.out);
	return code;
}

const struct cli_command cmd_report_check = {
	.name = "report check",
	.synopsis = "PATH... [--previous FILE] [--format FORMAT] [--jobs N] [--min SEVERITY]",
	.summary = "read and check reports; a folder means every readable file below it",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.min_args = 1,
	.max_args = -1,
	.run = run,
};
