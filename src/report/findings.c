/* Findings as text, JSON and CSV. */
#include "report/findings.h"

#include "base/utf8.h"
#include "format/csv.h"
#include "format/json.h"

/* Blank cells are listed by table, the first few by name. */
#define BLANKS_NAMED 5

/* ---- why a file was not read --------------------------------------------------------------- */

/* The first that is found in what was said. */
static const struct {
	const char *said, *zh;
} reasons[] = {
	{"holds no annual report", "文件中没有政府信息公开工作年度报告"},
	{"without the statutory tables", "年度报告只有文字，没有法定表格，无法核对数据"},
	{"whose tables are pictures", "年度报告的表格是图片，请提供文字版"},
	{"scan without a text layer", "文件是没有文字层的扫描件，请先做文字识别，或者提供Word文件"},
	{"encrypted", "文件已加密，请去掉密码后重新保存"},
	{"needs LibreOffice", "这种格式需要先转换，请在Word或者WPS中另存为DOCX"},
	{"LibreOffice cannot read", "文件已损坏或者设有密码，请打开后另存为DOCX"},
	{"the file is empty", "文件是空的，请重新获取"},
	{"not installed", "缺少读取这种文件所需的程序，请联系系统管理员安装"},
	{"is a folder", "这是文件夹，不是文件"},
	{"not a regular file", "这不是普通文件"},
	{"cannot open", "文件打不开，请核对路径和权限"},
	{"cannot read", "文件打不开，请核对路径和权限"},
	{"folders nested too deep", "文件夹嵌套过深"},
	{"processor time", "文件过于庞大或者复杂，超出处理上限"},
	{"larger than", "文件过于庞大或者复杂，超出处理上限"},
	{"more than", "文件过于庞大或者复杂，超出处理上限"},
	{"damaged", "文件已损坏，请打开后重新保存，或者重新获取"},
	{"cut short", "文件已损坏，请打开后重新保存，或者重新获取"},
	{"out of memory", "内存不足，未能处理"},
	{"not JSON", "文件不是规定格式的JSON"},
};

enum err reason_zh(struct str said, struct arena *mem, struct str *ret)
{
	const char *zh = "文件无法读取";

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (str_has(said, str_c(reasons[i].said))) {
			zh = reasons[i].zh;
			break;
		}
	}
	return said.n ? arena_fmt(mem, ret, "%s（" STR_FMT "）", zh, STR_ARG(said))
		      : arena_fmt(mem, ret, "%s", zh);
}

/* ---- text ---------------------------------------------------------------------------------- */

static const char *sgr(enum severity s, bool color)
{
	static const char *const code[] = {"\033[36m", "\033[33m", "\033[1;31m"};

	return color ? code[s] : "";
}

static const char *plain(bool color)
{
	return color ? "\033[0m" : "";
}

static void put_finding(const struct finding *f, bool color, struct buf *out)
{
	buf_fmt(out, "  %s%s%s " STR_FMT " " STR_FMT, sgr(f->severity, color),
		severity_name_zh(f->severity), plain(color), STR_ARG(f->rule), STR_ARG(f->where));
	if (f->at.page)
		buf_fmt(out, " 第%u页", f->at.page);
	if (f->at.line)
		buf_fmt(out, " 第%u行", f->at.line);
	buf_fmt(out, "\n      " STR_FMT "\n", STR_ARG(f->message));
	if (f->quote.n && !str_eq(f->quote, f->printed) && !str_eq(f->quote, f->message))
		buf_fmt(out, "      原文：" STR_FMT "\n", STR_ARG(f->quote));
	if (f->basis.n)
		buf_fmt(out, "      依据：" STR_FMT "\n", STR_ARG(f->basis));
}

static bool is_blank_of(const struct finding *f, char table)
{
	return str_eq(f->rule, STR("AR-T306")) && f->where.n > 5 && f->where.p[5] == table;
}

/* All blank cells of one table in one entry; the first of them stands for it. */
static void put_blanks(const struct findings *all, size_t first, bool color, struct buf *out)
{
	const struct finding *f = &all->items[first];
	char table = f->where.p[5];
	size_t n = 0;

	for (size_t i = first; i < all->n; i++)
		n += is_blank_of(&all->items[i], table);
	if (n == 1) {
		put_finding(f, color, out);
		return;
	}
	buf_fmt(out,
		"  %s%s%s " STR_FMT
		" table%c\n      有 %zu 格没有填数字，应当填 0（核算时按 0 计）：",
		sgr(f->severity, color), severity_name_zh(f->severity), plain(color),
		STR_ARG(f->rule), table, n);
	n = 0;
	for (size_t i = first; i < all->n && n < BLANKS_NAMED; i++) {
		if (!is_blank_of(&all->items[i], table))
			continue;
		buf_fmt(out, "%s" STR_FMT, n ? "、" : "", STR_ARG(all->items[i].where));
		n++;
	}
	buf_c(out, " 等\n");
}

static bool blanks_said(const struct findings *all, size_t i)
{
	for (size_t k = 0; k < i; k++) {
		if (is_blank_of(&all->items[k], all->items[i].where.p[5]))
			return true;
	}
	return false;
}

enum err findings_text(const struct findings_of *of, enum severity min, bool color, struct buf *out)
{
	size_t n = 0;

	buf_fmt(out, "%s" STR_FMT "%s\n", color ? "\033[1m" : "", STR_ARG(of->file), plain(color));
	if (of->findings == NULL) {
		buf_fmt(out, "  未能读取：" STR_FMT "\n", STR_ARG(of->reason));
		return buf_end(out);
	}
	if (of->report && of->report->body.n)
		buf_fmt(out, "  " STR_FMT, STR_ARG(of->report->body));
	if (of->report && of->report->year)
		buf_fmt(out, "%s%d 年度", of->report->body.n ? "，" : "  ", of->report->year);
	if (of->report && (of->report->body.n || of->report->year))
		buf_ch(out, '\n');
	for (size_t i = 0; i < of->findings->n; i++) {
		const struct finding *f = &of->findings->items[i];

		if (f->severity < min)
			continue;
		n++;
		if (str_eq(f->rule, STR("AR-T306")) && f->where.n > 5) {
			if (!blanks_said(of->findings, i))
				put_blanks(of->findings, i, color, out);
			continue;
		}
		put_finding(f, color, out);
	}
	if (n == 0)
		buf_c(out, "  没有发现问题\n");
	return buf_end(out);
}

enum err findings_text_summary(const struct findings_summary *sum, bool color, struct buf *out)
{
	buf_fmt(out, "共 %zu 个文件：%s错误 %zu 处%s，警告 %zu 处，提示 %zu 处", sum->files,
		sum->errors ? sgr(SEVERITY_ERROR, color) : "", sum->errors,
		sum->errors ? plain(color) : "", sum->warnings, sum->infos);
	if (sum->unreadable)
		buf_fmt(out, "；未能读取 %zu 个", sum->unreadable);
	if (sum->skipped)
		buf_fmt(out, "；跳过 %zu 个", sum->skipped);
	buf_ch(out, '\n');
	return buf_end(out);
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void put_optional(struct json *j, const char *key, struct str s, bool has)
{
	if (has)
		json_member_str(j, key, s.p ? s : STR(""));
	else
		json_member_null(j, key);
}

static void json_finding(struct json *j, const struct finding *f)
{
	json_object(j);
	json_member_str(j, "rule", f->rule);
	json_member_str(j, "severity", str_c(severity_name(f->severity)));
	json_member_str(j, "where", f->where);
	json_member_str(j, "message", f->message);
	put_optional(j, "printed", f->printed, f->has_printed);
	put_optional(j, "expected", f->expected, f->has_expected);
	json_key(j, STR("evidence"));
	json_object(j);
	if (f->at.page)
		json_member_int(j, "page", f->at.page);
	else
		json_member_null(j, "page");
	if (f->at.line)
		json_member_int(j, "line", f->at.line);
	else
		json_member_null(j, "line");
	put_optional(j, "quote", f->quote, f->quote.n != 0);
	json_object_end(j);
	json_member_str(j, "basis", f->basis);
	json_member_str(j, "key", f->key);
	json_object_end(j);
}

enum err findings_json(const struct findings_of *of, enum severity min, struct buf *out)
{
	static const char *const form[] = {NULL, "2019", "2021", "older"};
	struct json j = json_on(out);
	const struct report *r = of->report;

	json_object(&j);
	json_member_str(&j, "file", of->file);
	put_optional(&j, "body", r ? r->body : STR_NONE, r && r->body.n);
	if (r && r->year)
		json_member_int(&j, "year", r->year);
	else
		json_member_null(&j, "year");
	put_optional(&j, "form", str_c(r ? form[r->form_kind] : NULL), r && form[r->form_kind]);
	json_member_bool(&j, "readable", of->findings != NULL);
	put_optional(&j, "reason", of->reason, of->findings == NULL);
	json_key(&j, STR("findings"));
	json_array(&j);
	for (size_t i = 0; of->findings && i < of->findings->n; i++) {
		if (of->findings->items[i].severity >= min)
			json_finding(&j, &of->findings->items[i]);
	}
	json_array_end(&j);
	json_object_end(&j);
	return json_end(&j);
}

enum err findings_json_begin(struct buf *out)
{
	buf_c(out, "{\"schema\":\"gongkai-findings/1\",\"reports\":[");
	return buf_end(out);
}

enum err findings_json_end(const struct findings_summary *sum, struct buf *out)
{
	buf_fmt(out,
		"],\"summary\":{\"files\":%zu,\"skipped\":%zu,\"unreadable\":%zu,"
		"\"errors\":%zu,\"warnings\":%zu,\"infos\":%zu}}\n",
		sum->files, sum->skipped, sum->unreadable, sum->errors, sum->warnings, sum->infos);
	return buf_end(out);
}

/* ---- CSV ----------------------------------------------------------------------------------- */

enum err findings_csv_head(struct buf *out)
{
	buf_c(out, "file,body,year,rule,severity,where,printed,expected,message,page,line,quote,"
		   "basis,key\n");
	return buf_end(out);
}

static void csv_int_or_blank(struct csv *c, int64_t v)
{
	if (v)
		csv_cell_int(c, v);
	else
		csv_cell(c, STR(""));
}

enum err findings_csv(const struct findings_of *of, enum severity min, struct buf *out)
{
	for (size_t i = 0; of->findings && i < of->findings->n; i++) {
		const struct finding *f = &of->findings->items[i];
		struct csv c = csv_on(out);

		if (f->severity < min)
			continue;
		csv_cell(&c, of->file);
		csv_cell(&c, of->report ? of->report->body : STR(""));
		csv_int_or_blank(&c, of->report ? of->report->year : 0);
		csv_cell(&c, f->rule);
		csv_cell(&c, str_c(severity_name(f->severity)));
		csv_cell(&c, f->where);
		csv_cell(&c, f->printed);
		csv_cell(&c, f->expected);
		csv_cell(&c, f->message);
		csv_int_or_blank(&c, f->at.page);
		csv_int_or_blank(&c, f->at.line);
		csv_cell(&c, f->quote);
		csv_cell(&c, f->basis);
		csv_cell(&c, f->key);
		csv_row_end(&c);
	}
	return buf_end(out);
}
