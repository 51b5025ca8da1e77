/* The corpus beside the checkout as a yardstick: cells read exactly, injected errors found at
 * their place, nothing said about clean reports.  Prints the score table; below 100 % it
 * fails. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/io.h"
#include "format/json.h"
#include "law/law.h"
#include "report/check.h"
#include "report/load.h"
#include "sandbox/sandbox.h"
#include "tests/test.h"

#define KINDS_MAX 32
#define FILES_MAX 4096

struct score {
	bool blank_zero; /* of the file at hand */
	const struct law *law;
	struct sandbox *sandbox;
	size_t files, cells, cells_read;
	size_t clean, clean_silent;
	size_t consequences, consequences_found;
	size_t said, said_rightly;
	struct {
		char name[32];
		size_t wanted, found;
	} kind[KINDS_MAX];
	size_t n_kinds;
	size_t complaints;
};

static void complain(struct score *s, const char *file, const char *what, struct str where)
{
	if (s->complaints++ < 40)
		print_error("%s: %s " STR_FMT "\n", file, what, STR_ARG(where));
}

static struct str member(const struct json_value *v, const char *key)
{
	struct str s = STR("");

	(void)json_str(json_get(v, key), &s);
	return s;
}

static bool found_at(const struct findings *f, const char *rule, struct str where)
{
	for (size_t i = 0; i < f->n; i++) {
		if (str_eq(f->items[i].rule, str_c(rule)) &&
		    (where.n == 0 || str_eq(f->items[i].where, where)))
			return true;
	}
	return false;
}

/* ---- cells --------------------------------------------------------------------------------- */

/* A blank of the source is null in the truth, or 0 where the style writes zero as a blank. */
static bool same_cell(const struct cell *cell, const struct json_value *want, bool blank_zero)
{
	int64_t n;
	struct str text;

	if (cell == NULL)
		return false;
	if (json_int(want, &n))
		return cell->kind == CELL_COUNT ? cell->count == n
		       : cell->kind == CELL_AMOUNT
			       ? n == 0 && cell->amount.n && cell->amount.p[0] == '0'
			       : n == 0 && blank_zero;
	if (json_str(want, &text))
		return cell->kind == CELL_AMOUNT && str_starts(text, cell->amount);
	return cell->kind == CELL_NULL || cell->kind == CELL_ABSENT;
}

static void score_cell(struct score *s, const struct report_row *have, size_t k,
		       const struct json_value *want, const char *file, struct str key)
{
	bool ok = have && k < have->form->n_cols && same_cell(&have->cells[k], want, s->blank_zero);

	s->cells++;
	s->cells_read += ok;
	if (!ok)
		complain(s, file, "cell misread in row", key);
}

/* Rows of one cell stand as a plain value in the truth of real reports, the fee as fee_wan. */
static void score_rows(struct score *s, const struct report *r, int table,
		       const struct json_value *rows, const char *file)
{
	for (const struct json_value *row = json_first(rows); row; row = json_next(row)) {
		struct str key = json_key_of(row);
		const struct report_row *have =
			report_row(r, table, str_eq(key, STR("fee_wan")) ? STR("fee") : key);
		size_t k = 0;

		if (str_eq(key, STR("procurement_unit")))
			continue;
		if (!json_is(row, JSON_ARRAY))
			score_cell(s, have, 0, row, file, key);
		for (const struct json_value *v = json_first(row); v; v = json_next(v))
			score_cell(s, have, k++, v, file, key);
	}
}

/* ---- what was injected --------------------------------------------------------------------- */

struct want {
	const char *rule;
	char where[64];
};

static struct want wanted(const struct json_value *injected)
{
	struct str kind = member(injected, "kind"), row = member(injected, "row");
	struct str col = member(injected, "col"), group = member(injected, "group");
	struct want w = {NULL, ""};
	int64_t section = 0;

	(void)json_int(json_get(injected, "section"), &section);
#define WANT(name, id, ...)                                                                        \
	if (str_eq(kind, STR(name))) {                                                             \
		w.rule = id;                                                                       \
		(void)snprintf(w.where, sizeof(w.where), __VA_ARGS__);                             \
	}
	WANT("balance", "AR-T301", "table3.*." STR_FMT, STR_ARG(col))
	WANT("wrong_colsum", "AR-T302", "table3.*." STR_FMT, STR_ARG(col))
	WANT("wrong_total", "AR-T303", "table3." STR_FMT, STR_ARG(row))
	WANT("shifted_col", "AR-T303", "table3." STR_FMT, STR_ARG(row))
	WANT("missing_row", "AR-T304", "table3." STR_FMT, STR_ARG(row))
	WANT("t4_sum", "AR-T401", "table4." STR_FMT, STR_ARG(group))
	WANT("cat_sum", "AR-X04", "section.1")
	WANT("text_pct", "AR-X05", "section.1")
	WANT("missing_section", "AR-F02", "section.%d", (int)section)
	WANT("wrong_heading", "AR-F03", "section.%d", (int)section)
#undef WANT
	if (str_eq(kind, STR("missing_unit"))) {
		bool fee = str_starts(member(injected, "cell"), STR("fee"));

		w.rule = fee ? "AR-T204" : "AR-T205";
		(void)snprintf(w.where, sizeof(w.where), "table2.%s.amount",
			       fee ? "fee" : "procurement");
	}
	if (str_eq(kind, STR("text_vs_table"))) {
		struct str field = member(injected, "field");
		bool court = str_eq(field, STR("review")) || str_eq(field, STR("litigation"));

		w.rule = court ? "AR-T402" : str_eq(field, STR("new")) ? "AR-X01" : "AR-X02";
		(void)snprintf(w.where, sizeof(w.where), "section.%d", court ? 4 : 1);
	}
	return w;
}

static struct want consequence(const struct json_value *issue)
{
	struct str kind = member(issue, "kind");
	struct want w = {"AR-T401", ""};

	if (str_eq(kind, STR("t4.sum"))) {
		(void)snprintf(w.where, sizeof(w.where), "table4." STR_FMT,
			       STR_ARG(member(issue, "group")));
		return w;
	}
	w.rule = str_eq(kind, STR("t3.balance"))   ? "AR-T301"
		 : str_eq(kind, STR("t3.col_sum")) ? "AR-T302"
						   : "AR-T303";
	(void)snprintf(w.where, sizeof(w.where),
		       str_eq(kind, STR("t3.balance")) || str_eq(kind, STR("t3.col_sum"))
			       ? "table3.*.%.*s"
			       : "table3.%.*s",
		       STR_ARG(str_starts(kind, STR("t3.row")) ? member(issue, "row")
							       : member(issue, "col")));
	return w;
}

static void count_kind(struct score *s, struct str kind, bool found)
{
	size_t i = 0;

	while (i < s->n_kinds && !str_eq(kind, str_c(s->kind[i].name)))
		i++;
	assert_true(i < KINDS_MAX);
	if (i == s->n_kinds)
		(void)snprintf(s->kind[s->n_kinds++].name, sizeof(s->kind[0].name), STR_FMT,
			       STR_ARG(kind));
	s->kind[i].wanted++;
	s->kind[i].found += found;
}

static bool expected_finding(const struct finding *f, const struct json_value *expect)
{
	const struct json_value *v;

	for (v = json_first(json_get(expect, "injected")); v; v = json_next(v)) {
		struct want w = wanted(v);

		if (w.rule && str_eq(f->rule, str_c(w.rule)))
			return true;
	}
	for (v = json_first(json_get(expect, "arithmetic_issues")); v; v = json_next(v)) {
		if (str_eq(f->rule, str_c(consequence(v).rule)))
			return true;
	}
	return false;
}

static void score_findings(struct score *s, const struct findings *f,
			   const struct json_value *expect, const char *file)
{
	const struct json_value *injected = json_get(expect, "injected"), *v;
	size_t said = 0;

	for (v = json_first(injected); v; v = json_next(v)) {
		struct want w = wanted(v);
		bool found = w.rule && found_at(f, w.rule, str_c(w.where));

		count_kind(s, member(v, "kind"), found);
		if (!found)
			complain(s, file, w.rule ? w.rule : "unknown kind", str_c(w.where));
	}
	for (v = json_first(json_get(expect, "arithmetic_issues")); v; v = json_next(v)) {
		struct want w = consequence(v);
		bool found = found_at(f, w.rule, str_c(w.where));

		s->consequences++;
		s->consequences_found += found;
		if (!found)
			complain(s, file, w.rule, str_c(w.where));
	}
	for (size_t i = 0; i < f->n; i++) {
		if (str_eq(f->items[i].rule, STR("AR-T306")))
			continue;
		said++;
		s->said++;
		s->said_rightly += expected_finding(&f->items[i], expect);
		if (json_len(injected) == 0)
			complain(s, file, "false finding", f->items[i].message);
	}
	if (json_len(injected) == 0) {
		s->clean++;
		s->clean_silent += said == 0;
	}
}

static void score_file(struct score *s, const char *dir, const char *expect_name)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	AUTO(json_tree) tree = NULL;
	struct read_env env = {.law = s->law, .sandbox = s->sandbox};
	struct diag diag = DIAG_INIT;
	struct str path, bytes;
	struct report_list list;
	enum file_kind kind;
	struct findings found;
	char file[256];

	(void)snprintf(file, sizeof(file), "%.*s", (int)(strlen(expect_name) - 12), expect_name);
	assert_non_null(mem);
	ASSERT_OK(arena_fmt(mem, &path, "%s/%s", dir, expect_name));
	ASSERT_OK(io_read(path.p, LIMIT_FILE_BYTES, mem, &diag, &bytes));
	ASSERT_OK(json_parse(bytes, &diag, &tree));
	ASSERT_OK(arena_fmt(mem, &path, "%s/%s", dir, file));
	ASSERT_OK(io_read(path.p, LIMIT_FILE_BYTES, mem, &diag, &bytes));
	s->files++;
	s->blank_zero = !str_eq(member(json_get(json_root(tree), "style"), "zero_style"), STR("0"));
	if (report_load(bytes, &env, mem, &diag, &kind, &list) != ERR_OK || list.n != 1) {
		complain(s, file, "not read:", str_c(diag.text));
		s->cells++;
		return;
	}
	score_rows(s, list.reports[0], 2, json_get(json_root(tree), "table2"), file);
	score_rows(s, list.reports[0], 3, json_get(json_root(tree), "table3"), file);
	score_rows(s, list.reports[0], 4, json_get(json_root(tree), "table4"), file);
	ASSERT_OK(report_check(&(struct check_input){list.reports[0], NULL}, mem, &found));
	score_findings(s, &found, json_root(tree), file);
}

static int is_expect(const struct dirent *d)
{
	return str_ends(str_c(d->d_name), STR(".expect.json"));
}

static void score_print(const struct score *s)
{
	printf("%-28s %8s %8s\n", "variants", "wanted", "got");
	printf("%-28s %8zu %8zu\n", "cells", s->cells, s->cells_read);
	for (size_t i = 0; i < s->n_kinds; i++)
		printf("%-28s %8zu %8zu\n", s->kind[i].name, s->kind[i].wanted, s->kind[i].found);
	printf("%-28s %8zu %8zu\n", "arithmetic that follows", s->consequences,
	       s->consequences_found);
	printf("%-28s %8zu %8zu\n", "clean reports, silent", s->clean, s->clean_silent);
	printf("%-28s %8zu %8zu\n", "findings, of injected errors", s->said, s->said_rightly);
}

TEST(variants_score_full_marks)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO(sandbox) sandbox = NULL;
	struct score s = {0};
	struct diag diag = DIAG_INIT;
	struct dirent **names = NULL;
	struct str dir;
	size_t wanted_n = 0, found_n = 0;
	int n;

	if (test_corpus() == NULL) {
		test_skip("the corpus is not here");
		return;
	}
	ASSERT_OK(law_load(NULL, mem, &diag, &s.law));
	ASSERT_OK(sandbox_new(&sandbox));
	s.sandbox = sandbox;
	ASSERT_OK(arena_fmt(mem, &dir, "%s/variants", test_corpus()));
	n = scandir(dir.p, &names, is_expect, alphasort);
	assert_true(n > 0 && n < FILES_MAX);
	for (int i = 0; i < n; i++) {
		score_file(&s, dir.p, names[i]->d_name);
		free(names[i]);
	}
	free(names);
	score_print(&s);
	for (size_t i = 0; i < s.n_kinds; i++) {
		wanted_n += s.kind[i].wanted;
		found_n += s.kind[i].found;
	}
	ASSERT_INT(s.cells_read, s.cells);
	ASSERT_INT(found_n, wanted_n);
	ASSERT_INT(s.consequences_found, s.consequences);
	ASSERT_INT(s.clean_silent, s.clean);
}

/* ---- real reports -------------------------------------------------------------------------- */

struct genuine {
	const char *file, *rule, *where;
};

/* Mistakes that proof-reading found, by place; empty `where`: anywhere. */
static const struct genuine genuine[] = {
	{"linzi-investment-2020.txt", "AR-X04", "section.1"},
	{"linzi-investment-2020.txt", "AR-F03", "section.2"},
	{"linzi-investment-2020.txt", "AR-F03", "section.6"},
	{"linzi-investment-2020.txt", "AR-F09", "contact"},
	{"linzi-investment-2020.txt", "AR-T205", "table2.procurement.amount"},
	{"linzi-investment-2020.txt", "AR-S01", "section.1"},
	{"linzi-investment-2020.txt", "AR-S01", "section.4"},
	{"linzi-investment-2020.txt", "AR-X06", "section.1"},
	{"linzi-investment-2020.txt", "AR-P02", "contact"},
	{"shanghai-office-2019.html", "AR-T303", "table3.open"},
	{"shanghai-office-2019.html", "AR-T303", "table3.partial"},
	{"shanghai-office-2019.html", "AR-T303", "table3.refuse.1"},
	{"shanghai-office-2019.html", "AR-T303", "table3.unable.1"},
	{"shanghai-office-2019.html", "AR-T303", "table3.reject.2"},
	{"shanghai-office-2019.html", "AR-T302", "table3.*.total"},
	{"shanghai-office-2019.html", "AR-X02", "section.1"},
	{"shanghai-office-2019.html", "AR-X05", "section.1"},
	{"shanghai-office-2019.html", "AR-X09", "section.1"},
	{"shanghai-office-2019.html", "AR-X11", "section.1"},
	{"shuyang-fgj-2023.html", "AR-F03", "section.5"},
	{"shuyang-fgj-2023.html", "AR-F04", "title"},
	{"hongze-2024.pdf", "AR-F01", "table3.other"},
	{"hongze-2024.pdf", "AR-T311", "table3.refuse.2"},
	{"hongze-2024.pdf", "AR-X01", "section.1"},
	{"shanghai-kewei-2024.txt", "AR-X04", ""},
	{"shanghai-kewei-2024.txt", "AR-X10", ""},
	{"shanghai-kewei-2024.txt", "AR-S01", ""},
	{"shanghai-kewei-2024.txt", "AR-S02", ""},
	{"shanghai-kewei-2024.txt", "AR-F16", ""},
	{"shanghai-kewei-2024.txt", "AR-T303", "table3.carry_out"},
	{"blank-form-2021.docx", "AR-F04", "title"},
	{"blank-form-2021.docx", "AR-T306", ""},
};
#define N_GENUINE (sizeof(genuine) / sizeof(genuine[0]))

/* Rules that must not speak on a file. */
static const struct genuine silent[] = {
	{"linzi-investment-2020.txt", "AR-T301", ""}, {"linzi-investment-2020.txt", "AR-T302", ""},
	{"linzi-investment-2020.txt", "AR-T303", ""}, {"linzi-investment-2020.txt", "AR-T401", ""},
	{"linzi-investment-2020.txt", "AR-F15", ""},  {"linzi-investment-2020.txt", "AR-T311", ""},
	{"linzi-investment-2020.txt", "AR-X03", ""},  {"linzi-investment-2020.txt", "AR-T402", ""},
	{"shanghai-office-2019.html", "AR-X01", ""},  {"shanghai-office-2019.html", "AR-X08", ""},
	{"shanghai-office-2019.html", "AR-X04", ""},  {"shanghai-office-2019.html", "AR-X10", ""},
	{"shuyang-fgj-2023.html", "AR-X01", ""},      {"shuyang-fgj-2023.html", "AR-X04", ""},
	{"shuyang-fgj-2023.html", "AR-T303", ""},     {"blank-form-2021.docx", "AR-T301", ""},
	{"blank-form-2021.docx", "AR-T303", ""},      {"blank-form-2021.docx", "AR-T401", ""},
	{"shanghai-kewei-2024.txt", "AR-X02", ""},    {"hongze-2024.pdf", "AR-T402", ""},
};
#define N_SILENT (sizeof(silent) / sizeof(silent[0]))

static size_t score_real(const struct law *law, const struct sandbox *sandbox, const char *file)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct read_env env = {.law = law, .sandbox = sandbox};
	struct diag diag = DIAG_INIT;
	struct str path, bytes;
	struct report_list list;
	enum file_kind kind;
	struct findings found;
	size_t missed = 0;

	ASSERT_OK(arena_fmt(mem, &path, "%s/%s", test_corpus(), file));
	ASSERT_OK(io_read(path.p, LIMIT_FILE_BYTES, mem, &diag, &bytes));
	if (report_load(bytes, &env, mem, &diag, &kind, &list) != ERR_OK)
		fail_msg("%s: %s", file, diag.text);
	ASSERT_OK(report_check(&(struct check_input){list.reports[0], NULL}, mem, &found));
	for (size_t i = 0; i < N_GENUINE; i++) {
		if (strcmp(genuine[i].file, file) == 0 &&
		    !found_at(&found, genuine[i].rule, str_c(genuine[i].where))) {
			print_error("%s: no %s at %s\n", file, genuine[i].rule, genuine[i].where);
			missed++;
		}
	}
	for (size_t i = 0; i < N_SILENT; i++) {
		if (strcmp(silent[i].file, file) == 0 &&
		    found_at(&found, silent[i].rule, STR(""))) {
			print_error("%s: %s speaks\n", file, silent[i].rule);
			missed++;
		}
	}
	return missed;
}

TEST(genuine_errors_of_real_reports_are_found)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	AUTO(sandbox) sandbox = NULL;
	const struct law *law;
	struct diag diag = DIAG_INIT;
	size_t missed = 0;

	if (test_corpus() == NULL) {
		test_skip("the corpus is not here");
		return;
	}
	ASSERT_OK(law_load(NULL, mem, &diag, &law));
	ASSERT_OK(sandbox_new(&sandbox));
	for (size_t i = 0; i < N_GENUINE; i++) {
		if (i == 0 || strcmp(genuine[i - 1].file, genuine[i].file) != 0)
			missed += score_real(law, sandbox, genuine[i].file);
	}
	printf("real reports: %zu mistakes by place, %zu missed or false\n", N_GENUINE, missed);
	ASSERT_INT(missed, 0);
}

TEST(real_reports_are_read_exactly)
{
	static const char *const real[][2] = {
		{"linzi-investment-2020.txt", "linzi-investment-2020.truth.json"},
		{"shanghai-office-2019.html", "shanghai-office-2019.truth.json"},
		{"shuyang-fgj-2023.html", "shuyang-fgj-2023.truth.json"},
		{"shanghai-kewei-2024.txt", "shanghai-kewei-2024.truth.json"},
		{"hongze-2024.pdf", "hongze-2024.truth.json"},
	};
	AUTO(arena) mem = arena_new(2 * LIMIT_DOC_MEMORY_BYTES);
	AUTO(sandbox) sandbox = NULL;
	struct score s = {0};
	struct diag diag = DIAG_INIT;

	if (test_corpus() == NULL) {
		test_skip("the corpus is not here");
		return;
	}
	ASSERT_OK(law_load(NULL, mem, &diag, &s.law));
	ASSERT_OK(sandbox_new(&sandbox));
	for (size_t i = 0; i < sizeof(real) / sizeof(real[0]); i++) {
		AUTO(json_tree) tree = NULL;
		struct read_env env = {.law = s.law, .sandbox = sandbox};
		struct str path, bytes;
		struct report_list list;
		enum file_kind kind;

		ASSERT_OK(arena_fmt(mem, &path, "%s/%s", test_corpus(), real[i][1]));
		ASSERT_OK(io_read(path.p, LIMIT_FILE_BYTES, mem, &diag, &bytes));
		ASSERT_OK(json_parse(bytes, &diag, &tree));
		ASSERT_OK(arena_fmt(mem, &path, "%s/%s", test_corpus(), real[i][0]));
		ASSERT_OK(io_read(path.p, LIMIT_FILE_BYTES, mem, &diag, &bytes));
		ASSERT_OK(report_load(bytes, &env, mem, &diag, &kind, &list));
		for (int table = 2; table <= 4; table++) {
			static const char *const name[] = {"table2", "table3", "table4"};

			score_rows(&s, list.reports[0], table,
				   json_get(json_root(tree), name[table - 2]), real[i][0]);
		}
	}
	printf("%-28s %8zu %8zu\n", "cells of real reports", s.cells, s.cells_read);
	ASSERT_INT(s.cells_read, s.cells);
}
