/* A small document of an invented organ, built by hand: every kind of block, a header of three
 * levels, cells over rows and columns, a place that no cell covers. */
#ifndef GONGKAI_TESTS_WRITERS_SAMPLE_H
#define GONGKAI_TESTS_WRITERS_SAMPLE_H

#include <stdio.h>

#include "doc/doc.h"
#include "tests/test.h"

#define AT ((struct place){0, 0})

static inline enum err sample_cell(struct doc *doc, struct doc_table *t, uint32_t row, uint32_t col,
				   uint32_t rowspan, uint32_t colspan, const char *text,
				   bool header)
{
	return doc_cell_add(doc, t,
			    (struct doc_cell){.row = row,
					      .col = col,
					      .rowspan = rowspan,
					      .colspan = colspan,
					      .text = str_c(text),
					      .header = header});
}

/* Columns 标签 ×2, 甲, 乙 under 单位, 总计. */
static inline enum err sample_table(struct doc *doc)
{
	static const uint16_t widths[] = {40, 120, 40, 40, 40};
	static const struct {
		uint32_t row, col, rowspan, colspan;
		const char *text;
		bool header;
	} cells[] = {
		{0, 0, 3, 2, "（勾稽关系）", true},
		{0, 2, 1, 3, "申请人情况", true},
		{1, 2, 1, 2, "单位", true},
		{1, 4, 2, 1, "总计", true},
		{2, 2, 1, 1, "甲|企", true},
		{2, 3, 1, 1, "乙\\业", true},
		{3, 0, 1, 2, "一、本年新收", true},
		{3, 2, 1, 1, "3", false},
		{3, 3, 1, 1, "", false},
		{3, 4, 1, 1, "3", false},
		{4, 0, 2, 1, "（三）不予公开", true},
		{4, 1, 1, 1, "1.危及“三安全一稳定”", true},
		{4, 2, 1, 1, "0", false},
		{4, 3, 1, 1, "/", false},
		{4, 4, 1, 1, "0", false},
		{5, 1, 1, 1, "2.一行\n又一行<b>&amp;", true},
		{5, 2, 1, 1, "294000.00", false},
		{5, 3, 1, 1, "12.5", false}, /* and nothing under 总计 */
	};
	struct doc_table *t;
	enum err e = doc_table_add(doc, TABLE_GRID, AT, &t);

	for (size_t i = 0; e == ERR_OK && i < sizeof(cells) / sizeof(*cells); i++)
		e = sample_cell(doc, t, cells[i].row, cells[i].col, cells[i].rowspan,
				cells[i].colspan, cells[i].text, cells[i].header);
	if (e != ERR_OK)
		return e;
	t->header_rows = 3;
	t->widths = widths;
	return doc_table_done(doc, t);
}

static inline enum err sample_doc(struct arena *mem, struct doc **ret)
{
	static const struct {
		enum para_style style;
		const char *text;
	} paras[] = {
		{STYLE_TITLE, "云岭市青石县数据局2025年政府信息公开工作年度报告"},
		{STYLE_BODY,
		 "本报告根据《中华人民共和国政府信息公开条例》编制，统计期限自2025年1月1日起"
		 "至2025年12月31日止。"},
		{STYLE_HEAD_1, "一、总体情况"},
		{STYLE_HEAD_2, "（一）主动公开"},
		{STYLE_BODY, "全年公开 <信息> 112 条 & 其他。\n| 不是表格"},
		{STYLE_HEAD_1, "三、收到和处理政府信息公开申请情况"},
	};
	struct doc *doc;
	enum err e = doc_new(mem, DOC_SOURCE_NONE, &doc);

	for (size_t i = 0; e == ERR_OK && i < sizeof(paras) / sizeof(*paras); i++)
		e = doc_para(doc, paras[i].style, str_c(paras[i].text), AT);
	if (e == ERR_OK)
		e = sample_table(doc);
	if (e == ERR_OK)
		e = doc_picture(doc, STR("示意图"), AT);
	if (e == ERR_OK)
		e = doc_para(doc, STYLE_NOTE, STR("注：数字为虚构。"), AT);
	if (e == ERR_OK)
		e = doc_para(doc, STYLE_SIGN, STR("云岭市青石县数据局"), AT);
	if (e == ERR_OK)
		e = doc_para(doc, STYLE_DATE, STR("2026年1月9日"), AT);
	if (e == ERR_OK)
		*ret = doc;
	return e;
}

#endif
