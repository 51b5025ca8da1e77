/* gongkai report diff: two reports, cells and sentences. */
#include <string.h>

#include "cli/report_cmd.h"
#include "format/json.h"
#include "report/diff.h"
#include "writers/writers.h"

static const struct cli_option options[] = {
	{"--format", "text|json|html", "default text", false},
};

static const char *const format_names[] = {"text", "json", "html", NULL};

struct sides {
	const char *old_path, *new_path;
	struct report *old, *new;
};

/* ---- JSON --------------------------------------------------------------------------------------
 */

static void put_side(struct json *j, const char *key, const char *path, const struct report *r)
{
	json_key(j, str_c(key));
	json_object(j);
	json_member_str(j, "file", str_c(path));
	json_member_str_or_null(j, "body", r->body);
	if (r->year)
		json_member_int(j, "year", r->year);
	else
		json_member_null(j, "year");
	json_object_end(j);
}

static void put_sentences(struct json *j, const struct diff_part *part, const char *key,
			  bool removed)
{
	json_key(j, str_c(key));
	json_array(j);
	for (size_t i = 0; i < part->n; i++)
		if (part->sentences[i].removed == removed)
			json_put_str(j, part->sentences[i].text);
	json_array_end(j);
}

static void put_likeness(struct json *j, const char *key, int permille)
{
	json_member_int(j, key, permille);
}

static enum err write_json(const struct report_diff *d, const struct sides *s, struct buf *out)
{
	struct json j = json_on(out);

	json_object(&j);
	json_member_str(&j, "schema", STR("gongkai-diff/1"));
	put_side(&j, "old", s->old_path, s->old);
	put_side(&j, "new", s->new_path, s->new);
	put_likeness(&j, "similarity_permille", d->likeness);
	json_key(&j, STR("cells"));
	json_array(&j);
	for (size_t i = 0; i < d->n_cells; i++) {
		json_object(&j);
		json_member_str(&j, "where", d->cells[i].where);
		if (d->cells[i].old_there)
			json_member_str(&j, "old", d->cells[i].old_text);
		else
			json_member_null(&j, "old");
		if (d->cells[i].new_there)
			json_member_str(&j, "new", d->cells[i].new_text);
		else
			json_member_null(&j, "new");
		json_object_end(&j);
	}
	json_array_end(&j);
	json_key(&j, STR("text"));
	json_array(&j);
	for (size_t i = 0; i < d->n_parts; i++) {
		json_object(&j);
		json_member_str(&j, "where", d->parts[i].where);
		put_likeness(&j, "similarity_permille", d->parts[i].likeness);
		put_sentences(&j, &d->parts[i], "removed", true);
		put_sentences(&j, &d->parts[i], "added", false);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	buf_ch(out, '\n');
	return json_end(&j);
}

/* ---- text
 * ---------------------------------------------------------------------------------------- */

static enum err write_text(const struct report_diff *d, const struct sides *s, struct buf *out)
{
	if (d->n_cells == 0 && d->n_parts == 0)
		return ERR_OK; /* nothing differs: nothing is said, as diff(1) */
	buf_fmt(out, "--- %s\n+++ %s\n文字相似度 %d.%d%%，单元格不同 %zu 处\n", s->old_path,
		s->new_path, d->likeness / 10, d->likeness % 10, d->n_cells);
	for (size_t i = 0; i < d->n_cells; i++) {
		const struct diff_cell *c = &d->cells[i];

		buf_fmt(out, STR_FMT ": %s" STR_FMT "%s → %s" STR_FMT "%s\n", STR_ARG(c->where),
			c->old_there ? "“" : "",
			STR_ARG(c->old_there ? c->old_text : STR("无此格")),
			c->old_there ? "”" : "", c->new_there ? "“" : "",
			STR_ARG(c->new_there ? c->new_text : STR("无此格")),
			c->new_there ? "”" : "");
	}
	for (size_t i = 0; i < d->n_parts; i++) {
		const struct diff_part *p = &d->parts[i];

		buf_fmt(out, "@@ " STR_FMT " 相似度 %d.%d%%\n", STR_ARG(p->where), p->likeness / 10,
			p->likeness % 10);
		for (size_t k = 0; k < p->n; k++)
			buf_fmt(out, "%c " STR_FMT "\n", p->sentences[k].removed ? '-' : '+',
				STR_ARG(p->sentences[k].text));
	}
	return buf_end(out);
}

/* ---- HTML
 * ---------------------------------------------------------------------------------------- */

static enum err put_cell(struct doc *doc, struct doc_table *t, uint32_t row, uint32_t col,
			 struct str text)
{
	return doc_cell_add(
		doc, t,
		(struct doc_cell){.row = row, .col = col, .text = text, .header = row == 0});
}

static enum err table_of_cells(struct doc *doc, const struct report_diff *d)
{
	struct doc_table *t;
	enum err e = doc_table_add(doc, TABLE_GRID, (struct place){0, 0}, &t);

	if (e != ERR_OK)
		return e;
	t->caption = STR("数据变化");
	t->header_rows = 1;
	e = put_cell(doc, t, 0, 0, STR("位置"));
	if (e == ERR_OK)
		e = put_cell(doc, t, 0, 1, STR("原报告"));
	if (e == ERR_OK)
		e = put_cell(doc, t, 0, 2, STR("新报告"));
	for (size_t i = 0; e == ERR_OK && i < d->n_cells; i++) {
		const struct diff_cell *c = &d->cells[i];
		uint32_t row = (uint32_t)i + 1;

		e = put_cell(doc, t, row, 0, c->where);
		if (e == ERR_OK)
			e = put_cell(doc, t, row, 1,
				     c->old_there ? c->old_text : STR("（无此格）"));
		if (e == ERR_OK)
			e = put_cell(doc, t, row, 2,
				     c->new_there ? c->new_text : STR("（无此格）"));
	}
	return e == ERR_OK ? doc_table_done(doc, t) : e;
}

static enum err write_html(const struct report_diff *d, const struct sides *s, struct arena *mem,
			   struct diag *diag, struct buf *out)
{
	struct place nowhere = {0, 0};
	struct doc *doc;
	struct str line;
	enum err e = doc_new(mem, DOC_SOURCE_NONE, &doc);

	if (e == ERR_OK)
		e = doc_para(doc, STYLE_TITLE, STR("年度报告对比"), nowhere);
	if (e == ERR_OK)
		e = arena_fmt(mem, &line,
			      "原报告：" STR_FMT "（%s）；新报告：" STR_FMT
			      "（%s）。文字相似度%d.%d%%，单元格不同%zu处。",
			      STR_ARG(s->old->title), s->old_path, STR_ARG(s->new->title),
			      s->new_path, d->likeness / 10, d->likeness % 10, d->n_cells);
	if (e == ERR_OK)
		e = doc_para(doc, STYLE_BODY, line, nowhere);
	if (e == ERR_OK && d->n_cells > 0)
		e = table_of_cells(doc, d);
	for (size_t i = 0; e == ERR_OK && i < d->n_parts; i++) {
		const struct diff_part *p = &d->parts[i];

		e = arena_fmt(mem, &line, STR_FMT "（相似度%d.%d%%）", STR_ARG(p->where),
			      p->likeness / 10, p->likeness % 10);
		if (e == ERR_OK)
			e = doc_para(doc, STYLE_HEAD_1, line, nowhere);
		for (size_t k = 0; e == ERR_OK && k < p->n; k++) {
			e = arena_fmt(mem, &line, "%s" STR_FMT,
				      p->sentences[k].removed ? "删去：" : "新增：",
				      STR_ARG(p->sentences[k].text));
			if (e == ERR_OK)
				e = doc_para(doc, STYLE_BODY, line, nowhere);
		}
	}
	return e == ERR_OK ? doc_format(doc, OUT_HTML, STR("年度报告对比"), STR_NONE, diag, out)
			   : e;
}

/* ---- the call
 * ------------------------------------------------------------------------------------ */

static int compare(struct tools *tools, struct sides *s, int format, struct arena *mem)
{
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	struct diag diag = DIAG_INIT;
	struct report_diff d;
	int code = load_one(tools, s->old_path, 0, mem, &s->old), other;
	enum err e;

	other = load_one(tools, s->new_path, 0, mem, &s->new);
	if (other > code)
		code = other;
	if (code != EXIT_DONE)
		return code;
	e = report_diff(s->old, s->new, mem, &d);
	if (e == ERR_OK)
		e = format == 1   ? write_json(&d, s, &out)
		    : format == 2 ? write_html(&d, s, mem, &diag, &out)
				  : write_text(&d, s, &out);
	if (e != ERR_OK)
		return cli_fail(NULL, e, &diag);
	return cli_write(NULL, buf_str(&out));
}

static int run(const struct cli_env *env, const struct cli_args *args)
{
	struct sides s = {.old_path = args->args[0], .new_path = args->args[1]};
	AUTO(arena) mem = arena_new(2 * LIMIT_DOC_MEMORY_BYTES);
	struct tools tools;
	int format = 0, code;

	if (cli_choice(args, "--format", format_names, &format) != ERR_OK)
		return EXIT_USAGE;
	if (strcmp(s.old_path, "-") == 0 && strcmp(s.new_path, "-") == 0) {
		cli_say(NULL, "standard input can be only one of the two");
		return EXIT_USAGE;
	}
	if (mem == NULL)
		return cli_fail(NULL, ERR_NOMEM, NULL);
	code = tools_open(&tools, env);
	if (code != EXIT_DONE)
		return code;
	code = compare(&tools, &s, format, mem);
	tools_close(&tools);
	return code;
}

const struct cli_command cmd_report_diff = {
	.name = "report diff",
	.synopsis = "OLD NEW [--format FORMAT]",
	.summary = "compare two reports: cells and sentences",
	.options = options,
	.n_options = sizeof(options) / sizeof(options[0]),
	.min_args = 2,
	.max_args = 2,
	.run = run,
};
