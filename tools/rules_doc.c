/* Prints docs/rules.md from the rule table, so that the document cannot differ from the code
 * (script/lint compares). */
#include <stdio.h>

#include "report/check.h"

struct group {
	char letter; /* after "AR-" */
	const char *name;
};

static const struct group groups[] = {
	{'F', "格式"}, {'D', "日期"}, {'T', "表格"},     {'X', "文字与表格"}, {'P', "个人信息"},
	{'S', "用字"}, {'G', "汇总"}, {'R', "读取说明"}, {'\0', "其他"},
};

static const char *group_name(char letter)
{
	const struct group *g = groups;

	while (g->letter != '\0' && g->letter != letter)
		g++;
	return g->name;
}

/* A cell of a Markdown table. */
static void cell(const char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		if (*text == '|')
			(void)fputs("\\|", stdout);
		else
			(void)putchar(*text == '\n' ? ' ' : *text);
	}
}

static void years(const struct check_rule *rule)
{
	if (rule->from_year == 0 && rule->to_year == 0)
		printf("不限");
	else if (rule->to_year == 0)
		printf("%d 起", rule->from_year);
	else if (rule->from_year == 0)
		printf("至 %d", rule->to_year);
	else
		printf("%d 至 %d", rule->from_year, rule->to_year);
}

static void needs(unsigned mask)
{
	static const struct {
		unsigned need;
		const char *name;
	} names[] = {
		{NEED_PREVIOUS, "上年报告"},
		{NEED_PAGE, "发布页面"},
		{NEED_LEDGER, "办理台账"},
		{NEED_UNITS, "各单位报告"},
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if ((mask & names[i].need) == 0)
			continue;
		printf("%s%s", any ? "、" : "", names[i].name);
		any = true;
	}
	if (!any)
		printf("本报告");
}

static void row(const struct check_rule *rule)
{
	printf("| %s | %s | ", rule->id, severity_name_zh(rule->severity));
	years(rule);
	printf(" | ");
	needs(rule->needs);
	printf(" | ");
	cell(rule->summary);
	printf(" | ");
	cell(rule->example);
	printf(" | ");
	cell(rule->authority);
	printf(" |\n");
}

int main(void)
{
	size_t n;
	const struct check_rule *rules = check_rules(&n);
	const char *last = "";

	printf("# 核对规则\n\n"
	       "本表由程序的规则表生成（`tools/rules_doc.c`），共 %zu "
	       "条。“程度”是该规则给出的最高程度："
	       "错误必须改正，警告应当核实，提示供参考；只有错误影响返回码。“年度”是报告所属年度。"
	       "\n",
	       n);
	for (size_t i = 0; i < n; i++) {
		const char *name = group_name(rules[i].id[3]);

		if (name != last)
			printf("\n## %s\n\n| 编号 | 程度 | 年度 | 需要 | 规则 | 示例 | 依据 |\n"
			       "|---|---|---|---|---|---|---|\n",
			       name);
		last = name;
		row(&rules[i]);
	}
	return ferror(stdout) != 0;
}
