/* Write then read is identity: random reports in both forms, through every format.  JSON keeps
 * everything; HTML, DOCX, XLSX and text keep tables and words; PDF keeps every cell. */
#include <inttypes.h>
#include <stdio.h>

#include "report/diff.h"
#include "report/load.h"
#include "sandbox/sandbox.h"
#include "tests/unit/report_build.h"
#include "writers/writers.h"

#define ROUNDS 40
#define ROUNDS_PDF 40

/* ---- random reports ---------------------------------------------------------------------- */

static uint64_t state;
static bool on_paper; /* no notes in the narrow columns of tables 3 and 4: on a page they break
		       * over many lines, and then the reader rightly doubts them */

static unsigned below(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 20) % n;
}

static struct str random_count(struct arena *mem, enum col_kind kind, int table)
{
	static const char *const odd[] = {"",   "/",    "—",     "-",    "无",
					  "０", "１２", "1,234", "35件", "22（其中修订16件）"};
	unsigned n_odd = on_paper && table != 2 ? 9 : 10;
	struct str s = STR_NONE;

	if (below(4) == 0)
		return str_c(odd[below(n_odd)]);
	if (kind == COL_SIGNED && below(3) == 0)
		return below(2) ? STR("+3") : STR("-2");
	ASSERT_OK(
		arena_fmt(mem, &s, "%u", below(2) ? below(10) : below(below(2) ? 1000 : 9999999)));
	return s;
}

static struct str random_cell(struct arena *mem, enum col_kind kind, int table)
{
	static const char *const money[] = {"0",    "294000.00", "251000元",
					    "12.5", "",          "1,234.5万元"};

	return kind == COL_AMOUNT ? str_c(money[below(6)]) : random_count(mem, kind, table);
}

static void random_table(struct report *r, int table)
{
	const struct form_table *form = form_table(r->form, table);
	bool blank = below(5) == 0; /* a whole table without a figure */

	report_table_of(r, table)->present = true;
	for (size_t i = 0; i < form->n_rows; i++) {
		struct report_row *row;

		if (table == 3 && below(20) == 0)
			continue; /* a row that the source lacks */
		ASSERT_OK(report_row_add(r, table, &form->rows[i], &row));
		for (size_t c = 0; c < form->rows[i].n_cols; c++)
			ASSERT_OK(cell_set(
				&row->cells[c],
				blank ? STR("")
				      : random_cell(r->mem, form->rows[i].cols[c].kind, table),
				form->rows[i].cols[c].kind, (struct place){0, 0}, r->mem));
	}
}

static void random_sections(struct report *r)
{
	static const char *const words[] = {
		"全年平稳，公开信息35条。",
		"（一）主动公开情况。其中“业务工作”112条，规划计划3条。",
		"含有<尖括号>、&、\"引号\"和'单引号'的一段。",
		"竖线|和反斜杠\\也要原样，星号*与下划线_、井号#也一样。",
		"英文 words 与数字 2023 之间有空格。",
		"网址https://example.invalid/a?b=1&c=2下载。",
		"1.第一；2.第二。",
	};
	const struct form_heading *heading = law_headings(r->law);

	for (int no = 0; no < FORM_SECTIONS; no++) {
		struct report_section *s = ARENA_PUSH(r->mem, &r->sections, &r->n_sections,
						      &r->cap_sections, LIMIT_SECTIONS);

		s->no = no + 1;
		s->fit = FIT_EXACT;
		ASSERT_OK(arena_fmt(r->mem, &s->heading, STR_FMT "、" STR_FMT,
				    STR_ARG(heading[no].ordinal), STR_ARG(heading[no].label)));
		for (unsigned k = 0, n = 1 + below(3); k < n; k++) {
			struct report_para *p = ARENA_PUSH(r->mem, &s->paras, &s->n_paras,
							   &s->cap_paras, LIMIT_DOC_BLOCKS);

			p->text = str_c(words[below(sizeof(words) / sizeof(words[0]))]);
		}
	}
}

static struct report *random_report(struct arena *mem, const struct law *law, unsigned seed)
{
	struct report *r;
	int year;

	state = UINT64_C(0x9E3779B97F4A7C15) * (seed + 1);
	year = below(2) ? 2020 : 2023;
	ASSERT_OK(report_new(law, mem, &r));
	r->year = year;
	r->form = law_form_by_year(law, year);
	r->form_kind = report_form_kind(r->form);
	r->body = STR("青禾县水务局");
	ASSERT_OK(arena_fmt(mem, &r->title, "青禾县水务局%d年政府信息公开工作年度报告", year));
	ASSERT_OK(arena_fmt(mem, &r->preamble,
			    "统计期限自%d年1月1日起至%d年12月31日止，依据" STR_FMT "编制。", year,
			    year, STR_ARG(r->form->basis)));
	ASSERT_OK(report_split_paras(r->preamble, mem, &r->preamble_paras, &r->n_preamble,
				     &r->cap_preamble));
	random_sections(r);
	for (int table = 2; table <= 4; table++)
		random_table(r, table);
	r->signer = r->body;
	r->signed_on = (struct date){year + 1, 1, 9};
	return r;
}

/* ---- through a format and back ------------------------------------------------------------ */

enum through { THROUGH_JSON, THROUGH_HTML, THROUGH_DOCX, THROUGH_XLSX, THROUGH_TEXT, THROUGH_PDF };

static void write_through(const struct report *r, enum through how, struct buf *out)
{
	static enum err (*const writer[])(const struct doc *, const struct write_env *,
					  struct diag *, struct buf *) = {
		NULL, html_write, docx_write, xlsx_write, text_write, pdf_write};
	struct write_env env = {.title = r->title, .author = r->body};
	struct diag diag = DIAG_INIT;
	struct doc *doc;

	if (how == THROUGH_JSON) {
		ASSERT_OK(report_json_write(r, out));
		return;
	}
	ASSERT_OK(report_compose(r, r->mem, &doc));
	if (writer[how](doc, &env, &diag, out) != ERR_OK)
		fail_msg("%s", diag.text);
}

static struct report *read_back(const struct report *r, struct str bytes,
				const struct sandbox *sandbox)
{
	struct read_env env = {.law = r->law, .sandbox = sandbox};
	struct diag diag = DIAG_INIT;
	struct report_list list;
	enum file_kind kind;

	if (report_load(bytes, &env, r->mem, &diag, &kind, &list) != ERR_OK || list.n != 1)
		fail_msg("read back: %s", diag.text);
	return list.reports[0];
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return a->kind == b->kind && a->count == b->count && str_eq(a->amount, b->amount) &&
	       a->has_printed == b->has_printed && str_eq(a->printed, b->printed);
}

static void assert_same_tables(const struct report *a, const struct report *b, unsigned seed)
{
	for (int table = 2; table <= 4; table++) {
		const struct report_table *x = report_table(a, table), *y = report_table(b, table);

		if (y->untrusted || x->n_rows != y->n_rows)
			fail_msg("seed %u table %d: %zu rows, read back %zu%s", seed, table,
				 x->n_rows, y->n_rows, y->untrusted ? ", untrusted" : "");
		for (size_t i = 0; i < x->n_rows; i++)
			for (size_t c = 0; c < x->rows[i].form->n_cols; c++)
				if (x->rows[i].form != y->rows[i].form ||
				    !same_cell(&x->rows[i].cells[c], &y->rows[i].cells[c]))
					fail_msg("seed %u table %d row " STR_FMT
						 " column %zu: \"" STR_FMT "\" %" PRId64
						 " read back \"" STR_FMT "\" %" PRId64,
						 seed, table, STR_ARG(x->rows[i].form->key), c,
						 STR_ARG(x->rows[i].cells[c].printed),
						 x->rows[i].cells[c].count,
						 STR_ARG(y->rows[i].cells[c].printed),
						 y->rows[i].cells[c].count);
	}
}

static void assert_same_words(const struct report *a, const struct report *b, unsigned seed)
{
	struct report_diff d;

	ASSERT_OK(report_diff(a, b, a->mem, &d));
	if (d.n_parts > 0)
		fail_msg("seed %u " STR_FMT ": %s" STR_FMT, seed, STR_ARG(d.parts[0].where),
			 d.parts[0].sentences[0].removed ? "-" : "+",
			 STR_ARG(d.parts[0].sentences[0].text));
	ASSERT_INT(a->year, b->year);
	ASSERT_INT(date_cmp(a->signed_on, b->signed_on), 0);
	ASSERT_STR_EQ(b->body, a->body);
}

static void through(enum through how, unsigned rounds, bool words)
{
	AUTO(sandbox) sandbox = NULL;

	on_paper = how == THROUGH_PDF;
	if (how == THROUGH_PDF)
		ASSERT_OK(sandbox_new(&sandbox));
	for (unsigned seed = 1; seed <= rounds; seed++) {
		AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
		const struct report *a = random_report(mem, test_law(mem), seed), *b;

		write_through(a, how, &out);
		b = read_back(a, buf_str(&out), sandbox);
		assert_same_tables(a, b, seed);
		if (words)
			assert_same_words(a, b, seed);
	}
}

TEST(json_and_back)
{
	through(THROUGH_JSON, ROUNDS, true);
}

TEST(html_and_back)
{
	through(THROUGH_HTML, ROUNDS, true);
}

TEST(docx_and_back)
{
	through(THROUGH_DOCX, ROUNDS, true);
}

TEST(xlsx_and_back)
{
	through(THROUGH_XLSX, ROUNDS, true);
}

TEST(text_and_back)
{
	through(THROUGH_TEXT, ROUNDS, true);
}

TEST(pdf_and_back)
{
	through(THROUGH_PDF, ROUNDS_PDF, false);
}

/* Writing what was read from JSON gives the same bytes. */
TEST(json_is_a_fixed_point)
{
	for (unsigned seed = 1; seed <= ROUNDS; seed++) {
		AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
		AUTO_BUF(first, LIMIT_OUTPUT_BYTES);
		AUTO_BUF(second, LIMIT_OUTPUT_BYTES);
		const struct report *a = random_report(mem, test_law(mem), seed);

		write_through(a, THROUGH_JSON, &first);
		write_through(read_back(a, buf_str(&first), NULL), THROUGH_JSON, &second);
		ASSERT_STR_EQ(buf_str(&second), buf_str(&first));
	}
}
