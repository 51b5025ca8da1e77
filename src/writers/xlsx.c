/* doc -> XLSX over libxlsxwriter, loaded when the first workbook is written.
 *
 * Paragraphs go to a first sheet, each table to one of its own.  A text becomes a number only
 * if the number reads back as the same text, so "0", "12.5" are numbers and "294000.00", "007"
 * stay as printed. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "base/fault.h"
#include "base/utf8.h"
#include "writers/writers_int.h"

#define NUMBER_DIGITS 15 /* what a double keeps of any decimal */
#define SHEET_NAME_CHARS 31
#define CELL_CHARS 32767  /* of one cell, by the file format */
#define TABLE_CHARS 110.0 /* width of a table in characters of the sheet */

#define CHARS_MIN 8.0    /* of a column */
#define CHECK_CHARS 22.0 /* columns of a block beside a table */
#define CHECK_LABEL_CHARS 44.0
#define LINE_POINTS 15.0
#define ROW_POINTS_MAX 400.0 /* the format ends at 409 */

#define XLSX_CALLS(X)                                                                              \
	X(workbook_new_opt)                                                                        \
	X(workbook_close)                                                                          \
	X(workbook_add_worksheet)                                                                  \
	X(workbook_add_format)                                                                     \
	X(workbook_set_properties)                                                                 \
	X(worksheet_write_string)                                                                  \
	X(worksheet_write_number)                                                                  \
	X(worksheet_write_blank)                                                                   \
	X(worksheet_write_formula_num)                                                             \
	X(worksheet_merge_range)                                                                   \
	X(worksheet_set_column)                                                                    \
	X(worksheet_set_row)                                                                       \
	X(worksheet_freeze_panes)                                                                  \
	X(worksheet_set_landscape)                                                                 \
	X(worksheet_set_paper)                                                                     \
	X(worksheet_fit_to_pages)                                                                  \
	X(worksheet_repeat_rows)                                                                   \
	X(worksheet_print_area)                                                                    \
	X(format_set_align)                                                                        \
	X(format_set_border)                                                                       \
	X(format_set_text_wrap)                                                                    \
	X(format_set_bold)                                                                         \
	X(format_set_font_name)                                                                    \
	X(format_set_font_size)

struct xlsx_calls {
#define XLSX_MEMBER(fn) __typeof__(&fn) fn;
	XLSX_CALLS(XLSX_MEMBER)
#undef XLSX_MEMBER
};

static struct xlsx_calls calls;
static bool loaded;
static once_flag once = ONCE_FLAG_INIT;

static void load(void)
{
	void *so = dlopen("libxlsxwriter.so.4", RTLD_NOW | RTLD_LOCAL), *address;

	if (so == NULL)
		so = dlopen("libxlsxwriter.so", RTLD_NOW | RTLD_LOCAL);
	if (so == NULL)
		return;
#define XLSX_FIND(fn)                                                                              \
	address = dlsym(so, #fn);                                                                  \
	if (address == NULL)                                                                       \
		return;                                                                            \
	memcpy(&calls.fn, &address, sizeof(address));
	XLSX_CALLS(XLSX_FIND)
#undef XLSX_FIND
	loaded = true;
}

enum fmt {
	FMT_HEAD,
	FMT_LABEL,
	FMT_FIGURE,
	FMT_CHECK,
	FMT_CHECK_HEAD,
	FMT_BODY,
	FMT_TITLE,
	FMT_COUNT
};

struct book {
	lxw_workbook *wb;
	lxw_format *fmt[FMT_COUNT];
	struct arena *mem;
	struct str names[LIMIT_XLSX_SHEETS];
	size_t n_names;
	enum err failed;
};

static void keep(struct book *b, lxw_error got)
{
	if (got == LXW_NO_ERROR || b->failed != ERR_OK)
		return;
	b->failed = got == LXW_ERROR_MEMORY_MALLOC_FAILED ? ERR_NOMEM
		    : got == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ||
				    got == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE
			    ? ERR_LIMIT
			    : ERR_IO;
}

static bool formats(struct book *b)
{
	for (int i = 0; i < FMT_COUNT; i++) {
		lxw_format *f = calls.workbook_add_format(b->wb);
		bool left = i == FMT_LABEL || i == FMT_BODY;

		if (f == NULL)
			return false;
		b->fmt[i] = f;
		calls.format_set_font_name(f, "宋体");
		calls.format_set_font_size(f, i == FMT_TITLE ? 16 : 11);
		calls.format_set_align(f, left ? LXW_ALIGN_LEFT : LXW_ALIGN_CENTER);
		calls.format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
		calls.format_set_text_wrap(f);
		if (i != FMT_BODY && i != FMT_TITLE)
			calls.format_set_border(f, i >= FMT_CHECK ? LXW_BORDER_DOTTED
								  : LXW_BORDER_THIN);
		if (i == FMT_HEAD || i == FMT_CHECK_HEAD || i == FMT_TITLE)
			calls.format_set_bold(f);
	}
	return true;
}

/* Whether `s` is a number that a sheet shows as exactly the same text. */
static bool number(struct str s, double *ret)
{
	char text[NUMBER_DIGITS + 4], again[40];
	int digits = 0;

	if (s.n == 0 || s.n >= sizeof(text))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] != '.' && !(s.p[i] == '-' && i == 0))
			return false;
		text[i] = s.p[i];
	}
	text[s.n] = '\0';
	if (digits == 0 || digits > NUMBER_DIGITS)
		return false;
	*ret = strtod(text, NULL);
	snprintf(again, sizeof(again), "%.15g", *ret);
	return strcmp(text, again) == 0;
}

static const char *c_text(struct book *b, struct str s)
{
	struct str c;

	if (arena_str(b->mem, s, &c) != ERR_OK) {
		b->failed = arena_err(b->mem);
		return "";
	}
	if (utf8_count(s) > CELL_CHARS) /* counted by the format in UTF-16; a cell is never cut */
		b->failed = ERR_LIMIT;
	return c.p;
}

static void cell_write(struct book *b, lxw_worksheet *ws, const struct doc_cell *c, uint32_t col0,
		       bool check)
{
	lxw_row_t r = c->row;
	lxw_col_t k = (lxw_col_t)(c->col + col0);
	enum fmt f = check ? (c->header ? FMT_CHECK_HEAD : FMT_CHECK)
		     : c->header && writer_align(c) == ALIGN_CENTER ? FMT_HEAD
		     : writer_align(c) == ALIGN_LEFT                ? FMT_LABEL
								    : FMT_FIGURE;
	double value;

	if (c->rowspan > 1 || c->colspan > 1)
		keep(b,
		     calls.worksheet_merge_range(ws, r, k, r + c->rowspan - 1,
						 (lxw_col_t)(k + c->colspan - 1), "", b->fmt[f]));
	if (!str_empty(c->formula)) {
		struct str formula;

		if (arena_fmt(b->mem, &formula, "=" STR_FMT, STR_ARG(c->formula)) != ERR_OK) {
			b->failed = arena_err(b->mem);
			return;
		}
		keep(b, calls.worksheet_write_formula_num(ws, r, k, formula.p, b->fmt[f],
							  number(c->text, &value) ? value : 0));
	} else if (number(c->text, &value)) {
		keep(b, calls.worksheet_write_number(ws, r, k, value, b->fmt[f]));
	} else if (str_empty(c->text)) {
		keep(b, calls.worksheet_write_blank(ws, r, k, b->fmt[f]));
	} else {
		keep(b, calls.worksheet_write_string(ws, r, k, c_text(b, c->text), b->fmt[f]));
	}
}

/* Width of column c in characters of the sheet; a Han character takes two. */
static double col_chars(const struct doc_table *t, double sum, uint32_t c, bool check)
{
	double w = TABLE_CHARS * writer_width(t, c) / sum;

	if (check)
		return c == 0 ? CHECK_LABEL_CHARS : CHECK_CHARS;
	return w < CHARS_MIN ? CHARS_MIN : w;
}

/* A spreadsheet does not fit rows to merged cells by itself: every row is given its height. */
static void grow_rows(const struct doc_table *t, double *heights, bool check)
{
	double sum = 0;

	for (uint32_t c = 0; c < t->cols; c++)
		sum += writer_width(t, c);
	for (size_t i = 0; i < t->n_cells && sum > 0; i++) {
		const struct doc_cell *c = &t->cells[i];
		struct str rest = c->text, part;
		double chars = 0, lines = 0, need;

		for (uint32_t k = c->col; k < c->col + c->colspan; k++)
			chars += col_chars(t, sum, k, check);
		while (str_split(&rest, '\n', &part))
			lines += (double)(int)(writer_em(part) * 2.1 / (chars - 1) + 1);
		need = (lines * LINE_POINTS + 3) / c->rowspan;
		need = need > ROW_POINTS_MAX ? ROW_POINTS_MAX : need;
		for (uint32_t r = c->row; r < c->row + c->rowspan; r++)
			if (heights[r] < need)
				heights[r] = need;
	}
	for (uint32_t r = 0; r < t->rows; r++)
		if (heights[r] < LINE_POINTS + 3)
			heights[r] = LINE_POINTS + 3;
}

static void set_rows(struct book *b, lxw_worksheet *ws, const struct doc_table *t)
{
	uint32_t rows = t->beside != NULL && t->beside->rows > t->rows ? t->beside->rows : t->rows;
	double *heights = ARENA_ARRAY(b->mem, double, rows);

	if (heights == NULL) {
		b->failed = arena_err(b->mem);
		return;
	}
	grow_rows(t, heights, false);
	if (t->beside != NULL)
		grow_rows(t->beside, heights, true);
	for (uint32_t r = 0; r < rows && b->failed == ERR_OK; r++)
		keep(b, calls.worksheet_set_row(ws, r, heights[r], NULL));
}

static void cells_write(struct book *b, lxw_worksheet *ws, const struct doc_table *t, uint32_t col0,
			bool check)
{
	double sum = 0;

	for (uint32_t c = 0; c < t->cols; c++)
		sum += writer_width(t, c);
	for (uint32_t c = 0; c < t->cols && sum > 0; c++)
		keep(b, calls.worksheet_set_column(ws, (lxw_col_t)(c + col0), (lxw_col_t)(c + col0),
						   col_chars(t, sum, c, check), NULL));
	for (size_t i = 0; i < t->n_cells && b->failed == ERR_OK; i++)
		cell_write(b, ws, &t->cells[i], col0, check);
}

/* A name that spreadsheets allow: at most 31 characters, none of []:*?/\, no ' at an end, not
 * used before (their case is folded; ours are Chinese). */
static const char *sheet_name(struct book *b, struct str want)
{
	char name[SHEET_NAME_CHARS * 4 + 1];
	size_t n = 0, chars = 0;
	uint32_t cp;
	struct str got;

	while (utf8_next(&want, &cp) && chars < SHEET_NAME_CHARS) {
		if (cp > 0xFFFF || cp < 0x20 || (cp < 0x80 && strchr("[]:*?/\\'", (int)cp) != NULL))
			continue;
		n += utf8_put(cp, name + n);
		chars++;
	}
	got = str_trim_wide(str_n(name, n));
	for (size_t i = 0; i < b->n_names && !str_empty(got); i++)
		if (str_eq_nocase(b->names[i], got))
			got = STR_NONE;
	if (str_empty(got) && arena_fmt(b->mem, &got, "表%zu", b->n_names) != ERR_OK)
		b->failed = arena_err(b->mem);
	else if (arena_str(b->mem, got, &got) != ERR_OK)
		b->failed = arena_err(b->mem);
	if (b->failed != ERR_OK)
		return NULL;
	b->names[b->n_names++] = got;
	return got.p;
}

static lxw_worksheet *sheet_add(struct book *b, struct str want)
{
	lxw_worksheet *ws;
	const char *name;

	if (b->n_names >= LIMIT_XLSX_SHEETS)
		b->failed = ERR_LIMIT;
	name = b->failed == ERR_OK ? sheet_name(b, want) : NULL;
	if (name == NULL)
		return NULL;
	ws = calls.workbook_add_worksheet(b->wb, name);
	if (ws == NULL) {
		b->failed = ERR_NOMEM;
		return NULL;
	}
	calls.worksheet_set_paper(ws, 9); /* A4 */
	calls.worksheet_fit_to_pages(ws, 1, 0);
	return ws;
}

static void text_sheet(struct book *b, const struct doc *doc)
{
	lxw_worksheet *ws = sheet_add(b, STR("正文"));
	lxw_row_t row = 0;

	if (ws == NULL)
		return;
	keep(b, calls.worksheet_set_column(ws, 0, 0, 100, NULL));
	for (size_t i = 0; i < doc->n_blocks && b->failed == ERR_OK; i++) {
		const struct doc_block *p = &doc->blocks[i];
		struct str text = p->text;

		if (p->kind == BLOCK_TABLE)
			continue;
		if (p->kind == BLOCK_PICTURE && writer_picture(p, b->mem, &text) != ERR_OK) {
			b->failed = arena_err(b->mem);
			return;
		}
		if (!str_empty(text))
			keep(b, calls.worksheet_write_string(
					ws, row, 0, c_text(b, text),
					b->fmt[p->style == STYLE_TITLE ? FMT_TITLE : FMT_BODY]));
		row++;
	}
}

static void table_sheet(struct book *b, const struct doc_table *t, struct str heading)
{
	lxw_worksheet *ws = sheet_add(b, str_empty(t->caption) ? heading : t->caption);

	if (ws == NULL)
		return;
	if (t->cols > 6)
		calls.worksheet_set_landscape(ws);
	set_rows(b, ws, t);
	cells_write(b, ws, t, 0, false);
	if (t->rows > 0 && t->cols > 0) /* the block beside is for the screen */
		keep(b,
		     calls.worksheet_print_area(ws, 0, 0, t->rows - 1, (lxw_col_t)(t->cols - 1)));
	if (t->beside != NULL)
		cells_write(b, ws, t->beside, t->cols + 1, true);
	if (t->header_rows > 0 && t->header_rows < t->rows) {
		calls.worksheet_freeze_panes(ws, t->header_rows, 0);
		keep(b, calls.worksheet_repeat_rows(ws, 0, t->header_rows - 1));
	}
}

static void book_fill(struct book *b, const struct doc *doc, const struct write_env *env)
{
	struct str heading = STR_NONE;
	lxw_doc_properties props = {
		.title = (char *)(uintptr_t)c_text(b, writer_title(doc, env)),
		.author = (char *)(uintptr_t)c_text(b, env->author),
		.created = (time_t)1, /* a fixed one: the same document gives the same file */
	};

	if (b->failed == ERR_OK)
		keep(b, calls.workbook_set_properties(b->wb, &props));
	if (!formats(b))
		b->failed = ERR_NOMEM;
	if (b->failed == ERR_OK)
		text_sheet(b, doc);
	for (size_t i = 0; i < doc->n_blocks && b->failed == ERR_OK; i++) {
		const struct doc_block *p = &doc->blocks[i];

		if (p->kind == BLOCK_TABLE)
			table_sheet(b, p->table, heading);
		else if (p->style == STYLE_HEAD_1)
			heading = p->text;
	}
}

/* The library of Debian 12 writes to named files only: it is given a file in memory. */
static enum err take(int fd, struct buf *out)
{
	struct stat st;
	void *bytes;

	if (fault_point(FAULT_IO) || fstat(fd, &st) != 0 || st.st_size <= 0)
		return ERR_IO;
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		return ERR_IO;
	buf_add(out, str_n(bytes, (size_t)st.st_size));
	munmap(bytes, (size_t)st.st_size);
	return buf_end(out);
}

enum err xlsx_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
		    struct buf *out)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	lxw_workbook_options options = {0};
	struct book b = {.mem = mem};
	char path[40];
	int fd;

	if (mem == NULL)
		return ERR_NOMEM;
	call_once(&once, load);
	if (!loaded)
		return diag_set(diag, ERR_ABSENT,
				"writing XLSX needs libxlsxwriter: install libxlsxwriter4");
	fd = fault_point(FAULT_IO) ? -1 : memfd_create("xlsx", MFD_CLOEXEC);
	if (fd < 0)
		return diag_set(diag, ERR_IO, "no memory file for the workbook");
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	b.wb = calls.workbook_new_opt(path, &options);
	if (b.wb == NULL) {
		b.failed = ERR_NOMEM;
	} else {
		book_fill(&b, doc, env);
		keep(&b, calls.workbook_close(b.wb)); /* frees it, whatever happened */
	}
	if (b.failed == ERR_OK)
		b.failed = take(fd, out);
	close(fd);
	if (b.failed == ERR_LIMIT)
		return diag_set(diag, ERR_LIMIT, "more text or tables than a workbook can hold");
	if (b.failed == ERR_IO)
		return diag_set(diag, ERR_IO, "libxlsxwriter could not write the workbook");
	return b.failed;
}
