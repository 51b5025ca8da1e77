/* gongkai due and fee: the vectors of the regulation, through what the commands use. */
#include "cli/due.h"
#include "base/io.h"
#include "format/json.h"
#include "tests/test.h"

static const struct law *load(struct arena *mem)
{
	const struct law *law;

	ASSERT_OK(law_load(NULL, mem, NULL, &law));
	return law;
}

static struct date day(const char *text)
{
	struct date d = DATE_NONE;

	if (text != NULL)
		ASSERT_OK(date_parse(str_c(text), &d));
	return d;
}

/* Lays out a term and holds what must be true of any. */
static struct term lay(const struct law *law, const struct term_spec *spec, struct arena *mem)
{
	struct diag diag = DIAG_INIT;
	struct term term;
	unsigned counted = 0;

	if (term_lay(law_workdays(law), spec, mem, &diag, &term) != ERR_OK)
		fail_msg("%s", diag.text);
	for (size_t i = 0; i < term.n; i++) {
		ASSERT_INT(date_cmp(term.list[i].date, date_add_days(spec->received, (int)i + 1)),
			   0);
		counted += term.list[i].why == TERM_COUNTED;
		ASSERT_INT(term.list[i].n, counted);
	}
	ASSERT_INT(counted, spec->days + spec->extend);
	ASSERT_INT(date_cmp(term.due, term.list[term.n - 1].date), 0);
	ASSERT_INT(term.list[term.n - 1].why, TERM_COUNTED);
	return term;
}

static void due_is(const struct law *law, const struct term_spec *spec, const char *want)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	struct term term = lay(law, spec, mem);
	char text[DATE_TEXT_BYTES];

	assert_string_equal(date_text(term.due, text), want);
}

TEST(limits_of_the_regulation)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	static const struct {
		const char *received;
		unsigned days, extend;
		const char *due;
	} rows[] = {
		{"2020-01-20", 20, 0, "2020-02-25"},  {"2020-12-28", 20, 0, "2021-01-26"},
		{"2023-12-29", 20, 0, "2024-01-29"},  {"2024-09-12", 7, 0, "2024-09-24"},
		{"2024-09-12", 20, 0, "2024-10-16"},  {"2025-01-20", 7, 0, "2025-02-05"},
		{"2025-09-22", 20, 0, "2025-10-24"},  {"2025-09-22", 40, 0, "2025-11-21"},
		{"2025-09-22", 20, 20, "2025-11-21"}, {"2026-02-10", 15, 0, "2026-03-09"},
		{"2025-03-03", 20, 0, "2025-03-31"},  {"2025-03-03", 7, 0, "2025-03-12"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		due_is(law,
		       &(struct term_spec){.received = day(rows[i].received),
					   .days = rows[i].days,
					   .extend = rows[i].extend},
		       rows[i].due);
}

TEST(chain_a_a_correction_restarts_the_term)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);

	due_is(law, &(struct term_spec){.received = day("2025-03-03"), .days = 7}, "2025-03-12");
	due_is(law,
	       &(struct term_spec){
		       .received = day("2025-03-03"), .days = 20, .restart = day("2025-03-17")},
	       "2025-04-15");
	due_is(law, &(struct term_spec){.received = day("2025-03-17"), .days = 20}, "2025-04-15");
}

TEST(chain_b_an_opinion_stops_the_term)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	const struct term_stop stop[] = {{day("2025-03-10"), day("2025-03-24")}};

	due_is(law, &(struct term_spec){.received = day("2025-03-10"), .days = 15}, "2025-03-31");
	due_is(law,
	       &(struct term_spec){
		       .received = day("2025-03-03"), .days = 20, .stops = stop, .n_stops = 1},
	       "2025-04-15");
}

TEST(stops_that_overlap_count_once_and_late_ones_not_at_all)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	const struct term_stop stops[] = {{day("2025-03-10"), day("2025-03-18")},
					  {day("2025-03-14"), day("2025-03-24")},
					  {day("2025-03-10"), day("2025-03-10")},
					  {day("2025-06-02"), day("2025-06-20")}};
	struct term_spec spec = {
		.received = day("2025-03-03"), .days = 20, .stops = stops, .n_stops = 4};
	struct term term = lay(law, &spec, mem);
	AUTO_BUF(out, MIB);

	due_is(law, &spec, "2025-04-15");
	ASSERT_INT(term.stopped, 10);
	due_text(law, &spec, &term, &out);
	ASSERT_OK(buf_end(&out));
	ASSERT_TRUE(
		str_has(buf_str(&out), STR("2025-06-02至2025-06-20的征求意见期间不影响本期限")));
}

TEST(a_stop_before_the_restart_does_not_count_twice)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	const struct term_stop stops[] = {{day("2025-03-05"), day("2025-03-19")}};
	struct term_spec spec = {.received = day("2025-03-03"),
				 .days = 20,
				 .stops = stops,
				 .n_stops = 1,
				 .restart = day("2025-03-17")};

	due_is(law, &spec, "2025-04-17"); /* only the 18th and the 19th are left out */
}

TEST(what_cannot_be_answered_is_refused)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	const struct term_stop back[] = {{day("2025-03-10"), day("2025-03-09")}};
	const struct term_stop early[] = {{day("2025-03-01"), day("2025-03-09")}};
	const struct term_stop ever[] = {{day("2025-03-10"), day("2199-12-31")}};
	const struct {
		struct term_spec spec;
		enum err e;
		const char *says;
	} rows[] = {
		{{.received = day("2026-12-21"), .days = 20}, ERR_ABSENT, "2027"},
		{{.received = day("2026-12-21"), .days = 20}, ERR_ABSENT, "--law"},
		{{.received = day("2030-01-01"), .days = 1}, ERR_ABSENT, "2026"},
		{{.received = day("2017-01-01"), .days = 1}, ERR_ABSENT, "2019"},
		{{.received = day("2025-03-03"), .days = 0}, ERR_INPUT, "one day"},
		{{.received = day("2025-03-03"), .days = 4000000000u}, ERR_LIMIT, "at most"},
		{{.received = DATE_NONE, .days = 1}, ERR_INPUT, "receipt"},
		{{.received = day("2025-03-03"), .days = 20, .stops = back, .n_stops = 1},
		 ERR_INPUT,
		 "ends before"},
		{{.received = day("2025-03-03"), .days = 20, .stops = early, .n_stops = 1},
		 ERR_INPUT,
		 "before receipt"},
		{{.received = day("2025-03-03"), .days = 20, .stops = ever, .n_stops = 1},
		 ERR_ABSENT,
		 "2027"},
		{{.received = day("2025-03-03"), .days = 20, .restart = day("2025-03-02")},
		 ERR_INPUT,
		 "restart"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct diag diag = DIAG_INIT;
		struct term term;

		ASSERT_ERR(term_lay(law_workdays(law), &rows[i].spec, mem, &diag, &term),
			   rows[i].e);
		if (strstr(diag.text, rows[i].says) == NULL)
			fail_msg("row %zu: \"%s\" does not say \"%s\"", i, diag.text, rows[i].says);
	}
}

TEST(each_day_is_a_line_with_its_reason)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	struct term_spec spec = {.received = day("2024-09-12"), .days = 7, .extend = 21};
	struct term term = lay(law, &spec, mem);
	AUTO_BUF(out, MIB);
	struct str text;

	due_text(law, &spec, &term, &out);
	ASSERT_OK(buf_end(&out));
	text = buf_str(&out);
	ASSERT_TRUE(str_starts(text, STR("2024-09-12 周四 不计")));
	ASSERT_TRUE(
		str_has(text, STR("2024-09-14 周六 计入 第  2日 调休上班（中秋节，国办发明电")));
	ASSERT_TRUE(str_has(text, STR("2024-09-15 周日 不计         周末\n")));
	ASSERT_TRUE(str_has(text, STR("2024-09-16 周一 不计         节假日（中秋节")));
	ASSERT_TRUE(str_has(text, STR("届满之日：2024-10-28（周一）")));
	ASSERT_TRUE(str_has(text, STR("注意：延长21个工作日，超过上限20个工作日（条例 33）")));
}

TEST(json_is_that_of_the_contract)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	struct term_spec spec = {
		.received = day("2025-03-03"), .days = 20, .restart = day("2025-03-17")};
	struct term term = lay(law, &spec, mem);
	AUTO(json_tree) tree = NULL;
	AUTO_BUF(out, MIB);
	struct str s;

	ASSERT_OK(due_json(law, &spec, &term, &out));
	s = buf_str(&out);
	ASSERT_TRUE(str_starts(s, STR("{\"schema\":\"gongkai-due/1\",\"due\":\"2025-04-15\","
				      "\"days\":[{\"date\":\"2025-03-04\",\"counted\":false,")));
	ASSERT_TRUE(
		str_has(s, STR("{\"date\":\"2025-03-18\",\"counted\":true,\"n\":1,\"reason\":")));
	ASSERT_TRUE(str_ends(s, STR("\n")));
	ASSERT_OK(json_parse(s, NULL, &tree));
}

TEST(fee_in_both_formats)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	struct date on = {2025, 1, 1};
	AUTO_BUF(out, MIB);
	struct fee fee;

	ASSERT_OK(law_fee(law, FEE_ITEMS, 41, on, mem, NULL, &fee));
	ASSERT_OK(fee_json(&fee, &out));
	ASSERT_STR(buf_str(&out),
		   "{\"schema\":\"gongkai-fee/1\",\"total\":\"4300.00\",\"steps\":["
		   "{\"from\":11,\"to\":30,\"each\":\"100.00\",\"amount\":\"2000.00\"},"
		   "{\"from\":31,\"to\":40,\"each\":\"200.00\",\"amount\":\"2000.00\"},"
		   "{\"from\":41,\"to\":41,\"each\":\"300.00\",\"amount\":\"300.00\"}],"
		   "\"authority\":\"国办函〔2020〕109号\"}\n");
	buf_clear(&out);
	ASSERT_OK(law_fee(law, FEE_PAGES, 85, on, mem, NULL, &fee));
	fee_text(FEE_PAGES, 85, &fee, &out);
	ASSERT_STR(buf_str(&out), "信息处理费，按量计收，85页：\n"
				  "第31至85页：55页 × 10.00元 = 550.00元\n"
				  "合计：550.00元\n依据：国办函〔2020〕109号\n");
	buf_clear(&out);
	ASSERT_OK(law_fee(law, FEE_ITEMS, 10, on, mem, NULL, &fee));
	fee_text(FEE_ITEMS, 10, &fee, &out);
	ASSERT_TRUE(str_has(buf_str(&out), STR("不收费")));
}

TEST(stops_as_given_on_the_command_line)
{
	static const char *const bad[] = {"",
					  "2025-03-10",
					  "2025-03-10..",
					  "..2025-03-10",
					  "2025-03-10...2025-03-11",
					  "2025-03-10..2025-02-30"};
	struct term_stop stop;

	ASSERT_OK(due_parse_stop(STR("2025-03-10..2025-03-24"), &stop));
	ASSERT_INT(stop.to.day, 24);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ASSERT_ERR(due_parse_stop(str_c(bad[i]), &stop), ERR_INPUT);
}

FAULT_TEST(due_survives, FAULT_ALLOC)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law;
	struct term_spec spec = {.received = {2025, 3, 3}, .days = 20};
	struct term term;
	AUTO_BUF(out, MIB);

	if (mem == NULL || law_load(NULL, mem, NULL, &law) != ERR_OK)
		return;
	if (term_lay(law_workdays(law), &spec, mem, NULL, &term) == ERR_OK &&
	    due_json(law, &spec, &term, &out) == ERR_OK)
		ASSERT_TRUE(out.n > 0 && out.p[out.n - 1] == '\n');
}
