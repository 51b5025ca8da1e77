/* A statutory form laid out word by word, for the tests of the PDF and OFD readers: the labels
 * come from the law's tables, the figures from a function of the test. */
#ifndef GONGKAI_TESTS_UNIT_BOXES_FORM_H
#define GONGKAI_TESTS_UNIT_BOXES_FORM_H

#include "base/utf8.h"
#include "law/law.h"
#include "readers/readers.h"
#include "tests/test.h"

#define PAGE_WIDTH 595.0f
#define PAGE_HEIGHT 842.0f
#define TYPE_SIZE 10.0f
#define FORM_WORDS_MAX 2000
#define FORM_COL_X 300.0f
#define FORM_PITCH 38.0f

struct form_word {
	unsigned page; /* from 1 */
	float x, y;    /* top left */
	float width;
	struct str text;
};

struct form_page {
	struct arena *mem;
	struct form_word words[FORM_WORDS_MAX];
	size_t n;
	unsigned page;
	float y;
};

static inline float text_width(struct str s)
{
	float w = 0;
	uint32_t cp;

	while (utf8_next(&s, &cp))
		w += cp < 0x2000 ? TYPE_SIZE / 2 : TYPE_SIZE;
	return w;
}

static inline void put_at(struct form_page *p, float x, float y, struct str text)
{
	ASSERT_TRUE(p->n < FORM_WORDS_MAX);
	p->words[p->n++] = (struct form_word){p->page, x, y, text_width(text), text};
}

static inline void put_middle(struct form_page *p, float x, float y, struct str text)
{
	if (text.n > 0)
		put_at(p, x - text_width(text) / 2, y, text);
}

/* Room for `height` more, or a new page. */
static inline void need(struct form_page *p, float height)
{
	if (p->y + height < PAGE_HEIGHT - 90)
		return;
	p->page++;
	p->y = 80;
}

/* Text of a cell; "" is a blank one. */
typedef struct str (*form_cell)(struct arena *mem, size_t row, size_t col);

static inline void put_heading(struct form_page *p, const char *text)
{
	need(p, 60);
	put_at(p, 100, p->y, str_c(text));
	p->y += 24;
}

/* A label over as many lines of `chars` characters as it takes; its height. */
static inline float put_label(struct form_page *p, float x, float y, struct str label, size_t chars)
{
	float from = y;

	while (label.n > 0) {
		size_t cut = utf8_offset(label, chars);

		put_at(p, x, y, str_sub(label, 0, cut));
		label = str_from(label, cut);
		y += 13;
	}
	return y - from;
}

static inline void put_table3(struct form_page *p, const struct form *form, form_cell cell)
{
	static const char *const heads[7][2] = {
		{"自然", "人"},       {"商业", "企业"}, {"科研", "机构"}, {"社会公", "益组织"},
		{"法律服", "务机构"}, {"其他", ""},     {"总计", ""}};

	need(p, 140);
	put_at(p, 380, p->y, STR("申请人情况"));
	put_at(p, 390, p->y + 15, STR("法人或其他组织"));
	for (size_t c = 0; c < 7; c++) {
		put_middle(p, FORM_COL_X + FORM_PITCH * (float)c, p->y + 32, str_c(heads[c][0]));
		put_middle(p, FORM_COL_X + FORM_PITCH * (float)c, p->y + 45, str_c(heads[c][1]));
	}
	p->y += 66;
	for (size_t r = 0; r < form->table3.n_rows; r++) {
		const struct form_row *row = &form->table3.rows[r];
		float x = row->role == ROW_INFLOW || row->role == ROW_OUTFLOW ? 60
			  : row->parent.n > 0                                 ? 160
									      : 90;
		float height;

		need(p, 60);
		height = put_label(p, x, p->y, row->label, row->parent.n > 0 ? 10 : 16);
		if (row->parent.n > 0 && (r == 0 || !str_eq(row[-1].parent, row->parent)))
			put_at(p, 85, p->y, row->parent);
		for (size_t c = 0; c < 7; c++)
			put_middle(p, FORM_COL_X + FORM_PITCH * (float)c, p->y + (height - 13) / 2,
				   cell(p->mem, r, c));
		p->y += height + 6;
	}
}

static inline void put_table4(struct form_page *p, form_cell cell)
{
	static const char *const leaves[5][2] = {{"结果", "维持"},
						 {"结果", "纠正"},
						 {"其他", "结果"},
						 {"尚未", "审结"},
						 {"总计", ""}};

	need(p, 140);
	put_at(p, 110, p->y, STR("行政复议"));
	put_at(p, 350, p->y, STR("行政诉讼"));
	put_at(p, 240, p->y + 20, STR("未经复议直接起诉"));
	put_at(p, 420, p->y + 20, STR("复议后起诉"));
	for (size_t c = 0; c < 15; c++) {
		put_middle(p, 80 + 31 * (float)c, p->y + 40, str_c(leaves[c % 5][0]));
		put_middle(p, 80 + 31 * (float)c, p->y + 53, str_c(leaves[c % 5][1]));
		put_middle(p, 80 + 31 * (float)c, p->y + 75, cell(p->mem, 0, c));
	}
	p->y += 110;
}

/* 0, 7, 14 … with some blanks, a dash, and figures of one to five digits. */
static inline struct str mixed_cell(struct arena *mem, size_t row, size_t col)
{
	struct str s = STR_NONE;
	size_t k = row * 7 + col;

	if (k % 11 == 3)
		return STR_NONE;
	if (k % 17 == 5)
		return STR("/");
	ASSERT_OK(arena_fmt(mem, &s, "%zu", k % 5 == 0 ? (size_t)0 : k * k % 20011));
	return s;
}

static inline const struct doc_table *nth_table(const struct doc *doc, size_t n)
{
	for (size_t i = 0; i < doc->n_blocks; i++) {
		if (doc->blocks[i].kind == BLOCK_TABLE && n-- == 0)
			return doc->blocks[i].table;
	}
	fail_msg("no such table");
	return NULL;
}

/* Row of the grid whose label column holds `label`; fails when there is none. */
static inline uint32_t row_of(const struct doc_table *t, struct str label)
{
	for (size_t i = 0; i < t->n_cells; i++) {
		if (t->cells[i].col < 3 && t->cells[i].rowspan == 1 &&
		    str_eq(t->cells[i].text, label))
			return t->cells[i].row;
	}
	for (size_t i = 0; i < t->n_cells; i++) {
		if (t->cells[i].col < 3)
			print_error("row %u: " STR_FMT "\n", t->cells[i].row,
				    STR_ARG(t->cells[i].text));
	}
	fail_msg("no row " STR_FMT, STR_ARG(label));
	return 0;
}

static inline void check_table3(const struct doc_table *t, const struct form *form, form_cell cell,
				struct arena *mem)
{
	for (size_t r = 0; r < form->table3.n_rows; r++) {
		uint32_t row = row_of(t, form->table3.rows[r].label);

		for (uint32_t c = 0; c < 7; c++) {
			const struct doc_cell *got = doc_cell_at(t, row, 3 + c);

			ASSERT_TRUE(got != NULL);
			ASSERT_STR_EQ(got->text, cell(mem, r, c));
		}
	}
	ASSERT_TRUE(!t->untrusted);
}

static inline void check_table4(const struct doc_table *t, form_cell cell, struct arena *mem)
{
	for (uint32_t c = 0; c < 15; c++)
		ASSERT_STR_EQ(doc_cell_at(t, t->rows - 1, c)->text, cell(mem, 0, c));
	ASSERT_TRUE(!t->untrusted);
}

#endif
