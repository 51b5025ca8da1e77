/* law: the tables as the regulation prints them, labels as reports print them. */
#include "law/law.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/han.h"
#include "base/utf8.h"
#include "tests/test.h"

static const struct law *load(struct arena *mem)
{
	struct diag diag = DIAG_INIT;
	const struct law *law = NULL;

	if (law_load(NULL, mem, &diag, &law) != ERR_OK)
		fail_msg("%s", diag.text);
	return law;
}

TEST(forms_have_the_cells_of_the_regulation)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	static const struct {
		const char *id;
		size_t rows2, cells2, rows3, cells3;
	} want[] = {{"2019", 8, 22, 23, 161}, {"2021", 6, 10, 25, 175}};

	for (size_t i = 0; i < 2; i++) {
		const struct form *f = law_form_by_id(law, str_c(want[i].id));
		size_t cells[5] = {0};

		for (int no = 2; no <= 4; no++)
			for (size_t r = 0; r < form_table(f, no)->n_rows; r++) {
				cells[no] += form_table(f, no)->rows[r].n_cols;
				ASSERT_INT(form_table(f, no)->rows[r].order, r);
			}
		ASSERT_INT(f->table2.n_rows, want[i].rows2);
		ASSERT_INT(cells[2], want[i].cells2);
		ASSERT_INT(f->table3.n_rows, want[i].rows3);
		ASSERT_INT(cells[3], want[i].cells3);
		ASSERT_INT(cells[4], 15);
	}
}

TEST(the_year_names_its_form)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);

	ASSERT_TRUE(law_form_by_year(law, 2018) == NULL);
	ASSERT_STR(law_form_by_year(law, 2019)->id, "2019");
	ASSERT_STR(law_form_by_year(law, 2020)->basis, "国办公开办函〔2019〕60号");
	ASSERT_STR(law_form_by_year(law, 2021)->basis, "国办公开办函〔2021〕30号");
	ASSERT_STR(law_form_by_year(law, 2031)->id, "2021");
}

TEST(keys_stand_in_the_order_of_the_contract)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	static const char *const keys =
		"new carry_in open partial refuse.1 refuse.2 refuse.3 refuse.4 refuse.5 refuse.6 "
		"refuse.7 refuse.8 unable.1 unable.2 unable.3 reject.1 reject.2 reject.3 reject.4 "
		"reject.5 other.1 other.2 other.3 total carry_out";
	static const char *const cols =
		"natural business research public_welfare legal_service other_org total";
	const struct form_table *t = &law_form_by_id(law, STR("2021"))->table3;
	struct str rest = str_c(keys), one;
	size_t i = 0;

	for (; str_split(&rest, ' ', &one); i++)
		ASSERT_STR_EQ(t->rows[i].key, one);
	ASSERT_INT(i, t->n_rows);
	rest = str_c(cols);
	for (i = 0; str_split(&rest, ' ', &one); i++)
		ASSERT_INT(form_col(&t->rows[0], one), i);
	ASSERT_INT(form_col(&t->rows[0], STR("nobody")), -1);
	ASSERT_INT(form_row(law_form_by_id(law, STR("2019")), 3, STR("other"))->role, ROW_OUTCOME);
	ASSERT_TRUE(form_row(law_form_by_id(law, STR("2019")), 3, STR("other.1")) == NULL);
	ASSERT_STR(t->rows[5].parent, "（三）不予公开");
	ASSERT_STR(t->rows[5].group, "refuse");
	ASSERT_STR(t->rows[5].article, "14");
}

/* ---- labels ---- */

static const struct {
	const char *form;
	int table;
	const char *label;
	const char *key; /* NULL: none */
	enum label_fit fit;
} labels[] = {
	{"2021", 3, "一、本年新收政府信息公开申请数量", "new", FIT_EXACT},
	{"2021", 3, "1．属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "１、属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "(1)属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "⒈属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "①属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "1 属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "属于国家秘密", "refuse.1", FIT_VARIANT},
	{"2021", 3, "4.属于国家秘密", "refuse.1", FIT_VARIANT},
	{"2021", 3, "1. 属 于 国 家 秘 密", "refuse.1", FIT_EXACT},
	{"2021", 3, "1.屬於國家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "3.危及\"三安全一稳定\"", "refuse.3", FIT_EXACT},
	{"2021", 3, "3.危及三安全一稳定", "refuse.3", FIT_EXACT},
	{"2021", 3, "2.其他法律、行政法规禁止公开", "refuse.2", FIT_EXACT},
	{"2021", 3, "2.其他法律行政止公开", "refuse.2", FIT_DAMAGED},
	{"2021", 3, "（三）不予公开1.属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "三、本年度办理结果（三）不予公开1.属于国家秘密", "refuse.1", FIT_EXACT},
	{"2021", 3, "不予公开属于国家秘密", "refuse.1", FIT_VARIANT},
	{"2021", 3, "三、本年度办理结果（一）予以公开", "open", FIT_EXACT},
	{"2021", 3, "（一）予以公开", "open", FIT_EXACT},
	{"2021", 3, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partial",
	 FIT_EXACT},
	{"2021", 3, "（二）部分公开", "partial", FIT_EXACT},
	{"2021", 3, "（二）部分公开（区分处理的，只计这", "partial", FIT_EXACT},
	{"2021", 3, "1.本单位不掌握相关政府信息", "unable.1", FIT_VARIANT},
	{"2021", 3, "1.申请人无正当理由逾期不补正，行政机关不再处理其政府信息公开申请", "other.1",
	 FIT_EXACT},
	{"2021", 3, "2.申请人逾期未按收费通知要求缴纳费用", "other.2", FIT_DAMAGED},
	{"2021", 3, "5.要求行政机关确认或重新出具", "reject.5", FIT_DAMAGED},
	{"2021", 3, "2.重复申清", "reject.2", FIT_DAMAGED},
	{"2021", 3, "3.其他", "other.3", FIT_EXACT},
	{"2021", 3, "（六）其他处理3.其他", "other.3", FIT_EXACT},
	{"2021", 3, "（七）总计", "total", FIT_EXACT},
	{"2021", 3, "（七）合计", "total", FIT_VARIANT},
	{"2021", 3, "四、结转下年度继续办理", "carry_out", FIT_EXACT},
	{"2019", 3, "（六）其他处理", "other", FIT_EXACT},
	{"2021", 2, "规范性文件", "normative", FIT_VARIANT},
	{"2021", 2, "行政规范性文件", "normative", FIT_EXACT},
	{"2021", 2, "规 章", "rules", FIT_EXACT},
	{"2019", 2, "其他对外管理服务事项", "other_service", FIT_EXACT},
	{"2021", 2, "行政事业性收费", "fee", FIT_EXACT},
	{"2021", 4, "未经复议直接起诉", "direct", FIT_EXACT},
	{"2021", 4, "行政诉讼复议后起诉", "after_review", FIT_EXACT},
	/* none of these is a row */
	{"2021", 3, "", NULL, FIT_NONE},
	{"2021", 3, "12", NULL, FIT_NONE},
	{"2021", 3, "1.5", NULL, FIT_NONE},
	{"2021", 3, "1.", NULL, FIT_NONE},
	{"2021", 3, "其他", NULL, FIT_NONE},
	{"2021", 3, "总计", NULL, FIT_NONE},
	{"2021", 3, "自然人", NULL, FIT_NONE},
	{"2021", 3, "商业企业", NULL, FIT_NONE},
	{"2021", 3, "法人或其他组织", NULL, FIT_NONE},
	{"2021", 3, "申请人情况", NULL, FIT_NONE},
	{"2021", 3, "（三）不予公开", NULL, FIT_NONE},
	{"2021", 3, "不予公开", NULL, FIT_NONE},
	{"2021", 3, "（六）其他处理", NULL, FIT_NONE},
	{"2021", 3, "三、本年度办理结果", NULL, FIT_NONE},
	{"2021", 3, "三、本年度办理结", NULL, FIT_NONE},
	{"2021", 3, "三、收到和处理政府信息公开申请情况", NULL, FIT_NONE},
	{"2021", 3, "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", NULL,
	 FIT_NONE},
	{"2021", 3, "全年予以公开的有12件", NULL, FIT_NONE},
	{"2021", 3, "本机关不掌握相关政府信息的，依法告知申请人。其余已经答复", NULL, FIT_NONE},
	{"2021", 3, "信息内容", NULL, FIT_NONE},
	{"2019", 3, "本年新公开数量", NULL, FIT_NONE},
	{"2021", 3, "信息公开申请", NULL, FIT_NONE},
	{"2021", 2, "本年制发件数", NULL, FIT_NONE},
	{"2021", 2, "第二十条第（五）项", NULL, FIT_NONE},
	{"2021", 2, "信息内容", NULL, FIT_NONE},
	{"2021", 2, "行政复议", NULL, FIT_NONE},
	{"2021", 2, "规定", NULL, FIT_NONE},
	{"2021", 4, "行政诉讼", NULL, FIT_NONE},
	{"2021", 4, "结果维持", NULL, FIT_NONE},
	{"2021", 4, "总计", NULL, FIT_NONE},
};

TEST(labels_find_their_rows)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		const struct form *f = law_form_by_id(law, str_c(labels[i].form));
		struct label_match m;

		ASSERT_OK(law_match_row(law, f, labels[i].table, str_c(labels[i].label), mem, &m));
		if (m.fit != labels[i].fit || (m.row == NULL) != (labels[i].key == NULL) ||
		    (m.row != NULL && !str_eq(m.row->key, str_c(labels[i].key))))
			fail_msg("%s: got " STR_FMT " fit %d likeness %d", labels[i].label,
				 STR_ARG(m.row ? m.row->key : STR("none")), (int)m.fit, m.likeness);
	}
}

TEST(every_label_of_every_form_is_its_own_row_and_survives_a_lost_character)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	size_t n;
	const struct form *forms = law_forms(law, &n);

	for (size_t f = 0; f < n; f++)
		for (int no = 2; no <= 4; no++)
			for (size_t r = 0; r < form_table(&forms[f], no)->n_rows; r++) {
				const struct form_row *row = &form_table(&forms[f], no)->rows[r];
				struct label_match m;
				size_t cut = row->label.n - 3;

				ASSERT_OK(law_match_row(law, &forms[f], no, row->label, mem, &m));
				ASSERT_TRUE(m.row == row && m.fit == FIT_EXACT);
				if (utf8_count(row->core) <= 4)
					continue;
				ASSERT_OK(law_match_row(law, &forms[f], no,
							str_sub(row->label, 0, cut), mem, &m));
				ASSERT_TRUE(m.row == row);
			}
}

TEST(columns_by_label)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	const struct form *f = law_form_by_id(law, STR("2021"));
	const struct form *old = law_form_by_id(law, STR("2019"));
	const struct form_row *t3 = &f->table3.rows[0], *t4 = &f->table4.rows[0];
	const struct form_row *fee = form_row(f, 2, STR("fee"));
	const struct form_row *licence = form_row(old, 2, STR("licence"));

	ASSERT_INT(law_match_col(t3, STR("自然人")), 0);
	ASSERT_INT(law_match_col(t3, STR("商业\n   企业")), 1);
	ASSERT_INT(law_match_col(t3, STR("商业")), 1);
	ASSERT_INT(law_match_col(t3, STR("社会公益")), 3);
	ASSERT_INT(law_match_col(t3, STR("其他")), 5);
	ASSERT_INT(law_match_col(t3, STR("总 计")), 6);
	ASSERT_INT(law_match_col(t3, STR("合计")), 6);
	ASSERT_INT(law_match_col(t3, STR("法人或其他组织")), -1);
	ASSERT_INT(law_match_col(t3, STR("12")), -1);
	ASSERT_INT(law_match_col(t3, STR("")), -1);
	ASSERT_INT(law_match_col(t4, STR("尚未审结")), 3);
	ASSERT_INT(law_match_col(t4, STR("结果")), -1);
	ASSERT_INT(law_match_col(t4, STR("其他")), 2);
	ASSERT_INT(law_match_col(fee, STR("本年收费金额（单位：万元）")), 0);
	ASSERT_INT(law_match_col(fee, STR("本年收费金额")), 0);
	ASSERT_INT(law_match_col(licence, STR("本年增／减")), 1);
	ASSERT_INT(law_match_col(licence, STR("处理决定数量")), 2);
}

TEST(headings_by_meaning)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	static const struct {
		const char *line;
		int no;
		enum label_fit fit;
	} rows[] = {
		{"一、总体情况", 1, FIT_EXACT},
		{"一、 总 体 情 况 ", 1, FIT_EXACT},
		{"総体情况", 1, FIT_VARIANT},
		{"总体情况", 1, FIT_VARIANT},
		{"1.总体情况", 1, FIT_VARIANT},
		{"第一部分 总体情况", 1, FIT_VARIANT},
		{"第一部分　一、总体情况", 1, FIT_VARIANT},
		{"一、主动公开政府信息情况", 2, FIT_VARIANT},
		{"二、制动公开政府信息情况", 2, FIT_DAMAGED},
		{"三、收到和处理政府信息公开申请情况", 3, FIT_EXACT},
		{"三、收到和处理政府信息公开情况", 3, FIT_DAMAGED},
		{"四、政府信息公开行政复议、行政诉讼情况", 4, FIT_EXACT},
		{"四、政府信息公开行政复议，行政诉讼情况：", 4, FIT_EXACT},
		{"四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4, FIT_DAMAGED},
		{"五、存在的主要问题及整改情况", 5, FIT_DAMAGED},
		{"五、政府信息公开工作存在的主要问题及改进情况", 5, FIT_DAMAGED},
		{"六、其他需要报告的事项", 6, FIT_EXACT},
		{"六、其他事项报告的事项。", 6, FIT_DAMAGED},
		{"（一）主动公开情况", 2, FIT_DAMAGED},
		{"", 0, FIT_NONE},
		{"一、", 0, FIT_NONE},
		{"2020年，我中心未收到依申请公开信息。", 0, FIT_NONE},
		{"（五）平台建设。我中心在门户网站设立政府信息公开专栏", 0, FIT_NONE},
		{"一、本年新收政府信息公开申请数量", 0, FIT_NONE},
		{"（六）其他处理", 0, FIT_NONE},
		{"第二十条第（一）项", 0, FIT_NONE},
		{"申请人情况", 0, FIT_NONE},
		{"主动公开。全年公开政府信息情况良好", 0, FIT_NONE},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct heading_match m;

		ASSERT_OK(law_match_heading(law, str_c(rows[i].line), mem, &m));
		if (m.no != rows[i].no || m.fit != rows[i].fit)
			fail_msg("%s: got %d fit %d likeness %d", rows[i].line, m.no, (int)m.fit,
				 m.likeness);
	}
}

TEST(a_subheading_shows_its_own_style)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	struct heading_match m;

	ASSERT_OK(law_match_heading(load(mem), STR("（一）主动公开情况"), mem, &m));
	ASSERT_INT(m.style, ORDINAL_BRACKET);
	ASSERT_INT(m.ordinal, 1);
}

/* ---- the other tables ---- */

TEST(remedies_follow_the_day)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);

	ASSERT_INT(law_outcome(law, STR("state_secret"), (struct date){2023, 12, 31})->remedy,
		   REMEDY_CHOICE);
	ASSERT_INT(law_outcome(law, STR("state_secret"), (struct date){2024, 1, 1})->remedy,
		   REMEDY_REVIEW);
	ASSERT_INT(law_outcome(law, STR("not_found"), (struct date){2025, 7, 1})->remedy,
		   REMEDY_CHOICE);
	ASSERT_TRUE(law_outcome(law, STR("state_secret"), (struct date){2019, 5, 14}) == NULL);
	ASSERT_STR(law_outcome(law, STR("unpaid"), (struct date){2025, 7, 1})->row_2021, "other.2");
	ASSERT_INT(law_limit(law, STR("correction_notice"), (struct date){2025, 3, 3})->count, 7);
	ASSERT_INT(law_deadline(law, STR("department"), 2020).month, 1);
	ASSERT_INT(law_deadline(law, STR("government"), 2020).month, 3);
	ASSERT_INT(law_deadline(law, STR("department"), 2017).month, 3);
	ASSERT_TRUE(law_document(law, STR("国办函〔2020〕109号")) != NULL);
}

TEST(every_row_of_results_has_a_kind_of_reply)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = load(mem);
	const struct form_table *t = &law_form_by_id(law, STR("2021"))->table3;
	size_t n;
	const struct law_outcome *o = law_outcomes(law, &n);

	for (size_t r = 0; r < t->n_rows; r++) {
		bool found = t->rows[r].role != ROW_OUTCOME;

		for (size_t i = 0; i < n; i++)
			found |= str_eq(o[i].row_2021, t->rows[r].key);
		ASSERT_TRUE(found);
	}
}

TEST(fees_by_the_printed_examples)
{
	AUTO(arena) mem = arena_new(64 * MIB);
	const struct law *law = load(mem);
	static const struct {
		enum fee_kind kind;
		int64_t count, yuan;
	} rows[] = {
		{FEE_ITEMS, 0, 0},      {FEE_ITEMS, 10, 0},     {FEE_ITEMS, 11, 100},
		{FEE_ITEMS, 25, 1500},  {FEE_ITEMS, 30, 2000},  {FEE_ITEMS, 41, 4300},
		{FEE_ITEMS, 47, 6100},  {FEE_ITEMS, 60, 11000}, {FEE_ITEMS, 61, 11500},
		{FEE_PAGES, 0, 0},      {FEE_PAGES, 30, 0},     {FEE_PAGES, 85, 550},
		{FEE_PAGES, 160, 1900}, {FEE_PAGES, 200, 2700}, {FEE_PAGES, 201, 2740},
		{FEE_PAGES, 260, 5100},
	};
	struct fee fee, before;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t sum = 0;

		ASSERT_OK(law_fee(law, rows[i].kind, rows[i].count, (struct date){2025, 1, 1}, mem,
				  NULL, &fee));
		ASSERT_INT(fee.total_fen, rows[i].yuan * 100);
		for (size_t k = 0; k < fee.n_steps; k++)
			sum += fee.steps[k].amount_fen;
		ASSERT_INT(sum, fee.total_fen);
	}
	for (int64_t n = 1; n < 300; n++) { /* the price of number n by the formula of the notice */
		int64_t each = n <= 10 ? 0 : n <= 30 ? 100 : 100 + 100 * ((n - 31) / 10 + 1);

		ASSERT_OK(law_fee(law, FEE_ITEMS, n - 1, (struct date){2025, 1, 1}, mem, NULL,
				  &before));
		ASSERT_OK(law_fee(law, FEE_ITEMS, n, (struct date){2025, 1, 1}, mem, NULL, &fee));
		ASSERT_INT(fee.total_fen - before.total_fen, each * 100);
	}
	ASSERT_ERR(law_fee(law, FEE_ITEMS, 11, (struct date){2020, 12, 31}, mem, NULL, &fee),
		   ERR_ABSENT);
	ASSERT_ERR(law_fee(law, FEE_ITEMS, -1, (struct date){2025, 1, 1}, mem, NULL, &fee),
		   ERR_INPUT);
	ASSERT_ERR(law_fee(law, FEE_ITEMS, INT64_MAX, (struct date){2025, 1, 1}, mem, NULL, &fee),
		   ERR_LIMIT);
}

/* ---- a folder of one's own tables ---- */

static const char *folder_with(char dir[32], const char *file, const char *text)
{
	char path[96];
	FILE *f;

	snprintf(dir, 32, "/tmp/gongkai-law-XXXXXX");
	ASSERT_TRUE(mkdtemp(dir) != NULL);
	snprintf(path, sizeof(path), "%s/%s", dir, file);
	f = fopen(path, "w");
	ASSERT_TRUE(f != NULL);
	fputs(text, f);
	fclose(f);
	return dir;
}

static void folder_gone(const char *dir, const char *file)
{
	char path[96];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	unlink(path);
	rmdir(dir);
}

#define HOLIDAYS "date,kind,name,source\n"
#define TARIFFS "kind,first,last,each_fen,rise_every,rise_fen,from,to,authority\n"

TEST(a_new_year_is_a_file)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law;
	char dir[32];
	struct date last;

	ASSERT_ERR(workdays_limit(law_workdays(load(mem)), (struct date){2026, 12, 21}, 20, &last),
		   ERR_ABSENT);
	folder_with(dir, "holidays.csv",
		    HOLIDAYS "# next year\n2027-01-01,off,元旦,\n2027-01-02,work,元旦,\n");
	ASSERT_OK(law_load(dir, mem, NULL, &law));
	folder_gone(dir, "holidays.csv");
	ASSERT_INT(workdays_first_year(law_workdays(law)), 2019);
	ASSERT_INT(workdays_last_year(law_workdays(law)), 2027);
	ASSERT_OK(workdays_limit(law_workdays(law), (struct date){2026, 12, 30}, 2, &last));
	ASSERT_INT(last.day, 2);
}

TEST(a_broken_table_is_named_with_its_place)
{
	static const struct {
		const char *file, *text, *says;
	} rows[] = {
		{"holidays.csv", "", "no header"},
		{"holidays.csv", "day,kind,name,source\n", ":1, column 1"},
		{"holidays.csv", HOLIDAYS "2027-02-30,off,x,\n", ":2, column 1 (date)"},
		{"holidays.csv", HOLIDAYS "2027-01-01,shut,x,\n", ":2, column 2 (kind)"},
		{"holidays.csv", HOLIDAYS "2027-01-01,off,x\n", ":2: 3 cells"},
		{"holidays.csv", HOLIDAYS "2027-01-02,off,x,\n", "exceptions"},
		{"holidays.csv", HOLIDAYS "2027-01-01,off,x,\n2027-01-01,off,x,\n", ":3"},
		{"holidays.csv", HOLIDAYS "2028-02-01,off,x,\n", "2027"},
		{"holidays.csv", HOLIDAYS "\xff\n", "holidays.csv"},
		{"holidays.csv", HOLIDAYS "\"2027\n", "holidays.csv:2"},
		{"tariffs.csv", TARIFFS "items,2,,100,,,2021-01-01,,x\n", "without a gap"},
		{"tariffs.csv", TARIFFS "items,1,10,100,,,2021-01-01,,x\n", "open"},
		{"tariffs.csv", TARIFFS "items,1,,-1,,,2021-01-01,,x\n", "(each_fen)"},
		{"tariffs.csv", TARIFFS "items,1,,1,,,2021-01-01,,x\nitems,1,,1,,,2022-01-01,,x\n",
		 "overlaps"},
		{"limits.csv",
		 "limit,name,count,unit,from,to,authority\nreply,x,20,weeks,2020-01-01,,x\n",
		 "(unit)"},
		{"forms.csv", "form,from_year,to_year,basis,dated\n2030,2030,,x,\n", "tables.csv"},
		{"headings.csv", "no,ordinal,label\n1,一,总体情况\n", "heading 2"},
		{"holiday.csv", HOLIDAYS, "no table of the law"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AUTO(arena) mem = arena_new(8 * MIB);
		struct diag diag = DIAG_INIT;
		const struct law *law = NULL;
		char dir[32];

		folder_with(dir, rows[i].file, rows[i].text);
		ASSERT_ERR(law_load(dir, mem, &diag, &law), ERR_INPUT);
		folder_gone(dir, rows[i].file);
		ASSERT_TRUE(law == NULL);
		if (strstr(diag.text, rows[i].says) == NULL)
			fail_msg("row %zu: \"%s\" does not say \"%s\"", i, diag.text, rows[i].says);
	}
}

TEST(no_folder_is_said_plainly)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	struct diag diag = DIAG_INIT;
	const struct law *law;

	ASSERT_ERR(law_load("/nowhere/at/all", mem, &diag, &law), ERR_INPUT);
	ASSERT_TRUE(strstr(diag.text, "/nowhere/at/all") != NULL);
}

FAULT_TEST(law_load_survives, FAULT_ALLOC | FAULT_IO)
{
	AUTO(arena) mem = arena_new(8 * MIB);
	const struct law *law = NULL;

	if (mem == NULL)
		return;
	ASSERT_TRUE((law_load(NULL, mem, NULL, &law) == ERR_OK) == (law != NULL));
}
