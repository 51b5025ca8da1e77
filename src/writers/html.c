/* doc -> one accessible HTML page without scripts: headings in order, tables whose figures name
 * their headers, marks that say in words what they mean, and a print style of the official
 * page.  Colours come from the token block alone. */
#include "format/html.h"
#include "writers/writers_int.h"

#define HEAD_DEPTH 8 /* levels of column headers that a figure names */

struct page {
	struct html h;
	struct arena *mem;
	unsigned tables, h1;
	bool has_h2;
	struct str part;  /* of a page that holds several documents: keeps ids and names apart */
	struct str *seen; /* ids of marks that have their anchor already */
	size_t n_seen, cap_seen;
	struct str heading; /* the last one above, names a table without caption */
	enum err failed;
};

/* ---- head ------------------------------------------------------------------------------ */

static void style(struct html *h)
{
	HTML(h,
	     "<style>\n"
	     ":root{--brand:#134a8e;--red:#b5231c;--text:#1c2733;--second:#4a545e;--ground:#fff;"
	     "--surface:#f3f5f8;--line:#9aa7b5;--focus:#ffd24a;--on-focus:#0b0c0c}\n"
	     "@media (prefers-color-scheme:dark){:root{--brand:#8ab8f2;--red:#ff9d93;"
	     "--text:#e6ebf1;--second:#aeb9c5;--ground:#12171d;--surface:#1a212a;"
	     "--line:#5b6875}}\n"
	     "@media (prefers-contrast:more){:root{--brand:#ffd24a;--red:#ffb3ab;--text:#fff;"
	     "--second:#fff;--ground:#000;--surface:#111;--line:#fff}}\n"
	     "body{margin:0;background:var(--ground);color:var(--text);line-height:1.8;"
	     "font-size:17px;line-break:strict;text-autospace:normal;"
	     "font-family:\"PingFang SC\",\"Microsoft YaHei\",\"HarmonyOS Sans SC\","
	     "\"Noto Sans CJK SC\",sans-serif}\n"
	     "main{max-width:960px;margin:0 auto;padding:24px 16px 48px}\n"
	     "h1,p.title{font-size:28px;line-height:1.35;text-align:center;margin:16px 0 24px;"
	     "font-weight:700}\n"
	     "h2{font-size:22px;line-height:1.35;margin:32px 0 12px}\n"
	     "h3{font-size:18px;line-height:1.35;margin:24px 0 8px}\n"
	     "p{margin:0 0 12px;text-indent:2em;overflow-wrap:anywhere}\n"
	     "p.title,p.sign,p.date,p.caption,p.center{text-indent:0}\n"
	     "p.sign,p.date,.right{text-align:right}\n"
	     "p.caption,.center{text-align:center}\n"
	     "p.note,p.caption{font-size:14px;color:var(--second)}\n"
	     "a{color:var(--brand)}\n"
	     "a:focus-visible,.scroll:focus-visible{outline:3px solid var(--focus);"
	     "box-shadow:0 0 0 5px var(--on-focus)}\n"
	     ".scroll{overflow-x:auto;position:relative;margin:16px 0 24px}\n"
	     "table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5;"
	     "font-variant-numeric:tabular-nums}\n"
	     "caption{text-align:left;color:var(--second);padding:4px 0}\n"
	     "th,td{border:1px solid var(--line);padding:4px 6px;min-width:2em;"
	     "text-align:center;vertical-align:middle}\n"
	     "th{background:var(--surface);font-weight:400}\n"
	     "thead th{font-weight:700}\n"
	     "th.left,td.left{text-align:left}\n"
	     "th.right,td.right{text-align:right}\n"
	     "mark{background:var(--surface);color:inherit;padding:0 2px;"
	     "border-bottom:2px solid var(--line)}\n"
	     "mark.error{border-bottom:3px solid var(--red)}\n"
	     "mark.warning{border-bottom:3px dashed var(--brand)}\n"
	     "mark.info{border-bottom:3px dotted var(--second)}\n"
	     "a.mark{display:inline-block;min-height:24px;min-width:24px;font-size:14px;"
	     "text-indent:0;margin:0 4px;white-space:nowrap}\n"
	     "a.error{color:var(--red);font-weight:700}\n"
	     "td.error,th.error{outline:2px solid var(--red);outline-offset:-2px}\n"
	     "td.warning,th.warning{outline:2px dashed var(--brand);outline-offset:-2px}\n"
	     "td.info,th.info{outline:2px dotted var(--second);outline-offset:-2px}\n"
	     "@page{size:A4;margin:37mm 26mm 35mm 28mm}\n"
	     "@media print{:root{--brand:#000;--red:#000;--text:#000;--second:#000;"
	     "--ground:#fff;--surface:#fff;--line:#000}\n"
	     "body{font:16pt/28.95pt \"仿宋_GB2312\",FangSong,\"Noto Serif CJK SC\",serif}\n"
	     "main{max-width:none;padding:0}\n"
	     "h1,p.title{font:700 22pt/1.4 \"方正小标宋简体\",SimSun,\"Noto Serif CJK SC\",serif}\n"
	     "h2{font:16pt/28.95pt \"黑体\",SimHei,\"Noto Sans CJK SC\",sans-serif;"
	     "text-indent:2em;margin:0}\n"
	     "h3{font:16pt/28.95pt \"楷体_GB2312\",KaiTi,\"Noto Serif CJK SC\",serif;"
	     "text-indent:2em;margin:0}\n"
	     "h2,h3{break-after:avoid}p{margin:0}\n"
	     ".scroll{overflow:visible;margin:6pt 0}\n"
	     "table{font-size:9pt;line-height:1.3}thead{display:table-header-group}\n"
	     "tr{break-inside:avoid}caption{display:none}}\n"
	     "</style>\n");
}

void html_page_begin(struct buf *out, struct str title, struct str lang)
{
	struct html h = html_on(out);

	HTML(&h, "<!DOCTYPE html>\n<html");
	html_attr(&h, "lang", lang);
	HTML(&h, ">\n<head>\n<meta charset=\"utf-8\">\n"
		 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		 "<meta name=\"generator\" content=\"gongkai\">\n<title>");
	html_text(&h, str_empty(title) ? STR("文档") : title);
	HTML(&h, "</title>\n");
	style(&h);
	HTML(&h, "</head>\n<body>\n<main>\n");
}

void html_page_end(struct buf *out)
{
	struct html h = html_on(out);

	HTML(&h, "</main>\n</body>\n</html>\n");
}

/* ---- marks ----------------------------------------------------------------------------- */

static void level_class(struct html *h, struct str level)
{
	if (str_eq(level, STR("error")))
		HTML(h, "error");
	else if (str_eq(level, STR("warning")))
		HTML(h, "warning");
	else
		HTML(h, "info");
}

static void id_part(struct page *p)
{
	if (str_empty(p->part))
		return;
	HTML(&p->h, "p");
	html_text(&p->h, p->part);
	HTML(&p->h, "-");
}

/* The first place of a mark gets an anchor that its list can point back to. */
static void anchor(struct page *p, const struct doc_mark *m)
{
	struct str *slot;

	for (size_t i = 0; i < p->n_seen; i++)
		if (str_eq(p->seen[i], m->id))
			return;
	slot = ARENA_PUSH(p->mem, &p->seen, &p->n_seen, &p->cap_seen, LIMIT_FINDINGS);
	if (slot == NULL) {
		if (arena_err(p->mem) == ERR_NOMEM)
			p->failed = ERR_NOMEM;
		return; /* beyond the limit a mark merely has no anchor */
	}
	*slot = m->id;
	/* "at-f3" is the entry of the list that leads to the place; the place leads back to it */
	HTML(&p->h, " id=\"");
	id_part(p);
	if (str_starts(m->id, STR("at-"))) {
		html_text(&p->h, str_from(m->id, 3));
	} else {
		HTML(&p->h, "at-");
		html_text(&p->h, m->id);
	}
	HTML(&p->h, "\"");
}

/* A link that says its level by a sign and a word. */
static void mark_link(struct page *p, const struct doc_mark *m, bool anchored)
{
	struct html *h = &p->h;

	HTML(h, "<a class=\"mark ");
	level_class(h, m->level);
	HTML(h, "\" href=\"#");
	id_part(p);
	html_text(h, m->id);
	HTML(h, "\"");
	if (!anchored)
		anchor(p, m);
	if (str_eq(m->level, STR("error")))
		HTML(h, "><span aria-hidden=\"true\">✖ </span>错误");
	else if (str_eq(m->level, STR("warning")))
		HTML(h, "><span aria-hidden=\"true\">▲ </span>警告");
	else
		HTML(h, "><span aria-hidden=\"true\">● </span>提示");
	if (!str_empty(m->label)) {
		HTML(h, " ");
		html_text(h, m->label);
	}
	HTML(h, "</a>");
}

struct spot {
	const struct doc_mark *mark;
	size_t from, to;
};

/* Where a quote stands: a slice of the text itself means that very place, not the first like it. */
static size_t quote_at(struct str text, struct str quote)
{
	uintptr_t t = (uintptr_t)text.p, q = (uintptr_t)quote.p;

	if (str_empty(quote))
		return STR_NPOS;
	if (q >= t && q - t <= text.n && quote.n <= text.n - (q - t))
		return q - t;
	return str_find(text, quote, 0);
}

/* Where the quotes stand, in order; those that stand nowhere, or inside another, are left out. */
static size_t spots(struct page *p, struct str text, const struct doc_mark *marks,
		    struct spot **ret)
{
	size_t n = 0, cap = 0;
	struct spot *s = NULL;

	for (const struct doc_mark *m = marks; m != NULL; m = m->next) {
		size_t at = quote_at(text, m->quote), i;

		if (at == STR_NPOS)
			continue;
		for (i = 0; i < n && at < STR_NPOS; i++)
			if (at < s[i].to && s[i].from < at + m->quote.n)
				at = STR_NPOS;
		if (at == STR_NPOS)
			continue;
		if (ARENA_PUSH(p->mem, &s, &n, &cap, LIMIT_FINDINGS) == NULL) {
			p->failed = arena_err(p->mem);
			return 0;
		}
		for (i = n - 1; i > 0 && s[i - 1].from > at; i--)
			s[i] = s[i - 1];
		s[i] = (struct spot){.mark = m, .from = at, .to = at + m->quote.n};
	}
	*ret = s;
	return n;
}

static void text_marked(struct page *p, struct str text, const struct doc_mark *marks)
{
	struct html *h = &p->h;
	struct spot *s = NULL;
	size_t n = spots(p, text, marks, &s), at = 0;

	for (size_t i = 0; i < n; i++) {
		html_text_br(h, str_sub(text, at, s[i].from - at));
		HTML(h, "<mark class=\"");
		level_class(h, s[i].mark->level);
		HTML(h, "\"");
		anchor(p, s[i].mark);
		HTML(h, ">");
		html_text_br(h, s[i].mark->quote);
		HTML(h, "</mark>");
		mark_link(p, s[i].mark, true);
		at = s[i].to;
	}
	html_text_br(h, str_from(text, at));
	for (const struct doc_mark *m = marks; m != NULL; m = m->next) {
		bool placed = false;

		for (size_t i = 0; i < n && !placed; i++)
			placed = s[i].mark == m;
		if (!placed) {
			HTML(h, " ");
			mark_link(p, m, false);
		}
	}
}

/* ---- tables ---------------------------------------------------------------------------- */

static void cell_id(struct page *p, const struct doc_cell *c)
{
	id_part(p);
	buf_fmt(p->h.out, "t%ur%uc%u", p->tables, c->row + 1, c->col + 1);
}

/* Whether a header heads columns (it stands above figures) or rows (to their left): a row of
 * nothing but headers is one that heads columns. */
static bool heads_columns(const struct doc_table *t, const struct grid *g)
{
	if (g->row < t->header_rows)
		return true;
	for (uint32_t c = 0; c < t->cols; c++)
		if (g->over[c] != NULL && g->over[c]->row == g->row && !g->over[c]->header)
			return false;
	return true;
}

/* The nearest run of headers above a column, while the rows go by. */
struct heads {
	const struct doc_cell *cell[HEAD_DEPTH];
	unsigned n;
	bool open; /* the row above was part of the run */
};

static void heads_row(struct heads *heads, const struct grid *g, bool is_head)
{
	for (uint32_t c = 0; c < g->table->cols; c++) {
		struct heads *k = &heads[c];
		const struct doc_cell *cell = g->over[c];

		if (is_head && !k->open)
			k->n = 0;
		k->open = is_head;
		if (is_head && cell != NULL && cell->header && k->n < HEAD_DEPTH &&
		    (k->n == 0 || k->cell[k->n - 1] != cell))
			k->cell[k->n++] = cell;
	}
}

static void header_ref(struct page *p, const struct doc_cell *head, bool *any)
{
	if (str_empty(head->text))
		return;
	if (*any)
		HTML(&p->h, " ");
	else
		HTML(&p->h, " headers=\"");
	*any = true;
	cell_id(p, head);
}

/* The headers of a figure: all to its left in its row, and those above its first column. */
static void headers_of(struct page *p, const struct grid *g, const struct doc_cell *c,
		       const struct heads *heads)
{
	const struct doc_cell *last = NULL;
	bool any = false;

	for (uint32_t i = 0; i < c->col; i++) {
		const struct doc_cell *head = g->over[i];

		if (head != NULL && head != last && head->header)
			header_ref(p, head, &any);
		last = head;
	}
	for (unsigned i = 0; i < heads[c->col].n; i++)
		header_ref(p, heads[c->col].cell[i], &any);
	if (any)
		HTML(&p->h, "\"");
}

static void cell_class(struct html *h, const struct doc_cell *c)
{
	enum text_align align = writer_align(c);

	if (align == ALIGN_CENTER && c->marks == NULL)
		return;
	HTML(h, " class=\"");
	if (align == ALIGN_LEFT)
		HTML(h, "left ");
	else if (align == ALIGN_RIGHT)
		HTML(h, "right ");
	if (c->marks != NULL)
		level_class(h, c->marks->level);
	HTML(h, "\"");
}

static void cell_write(struct page *p, const struct grid *g, const struct doc_cell *c,
		       const struct heads *heads, bool cols)
{
	struct html *h = &p->h;
	uint32_t span = grid_span(g, c->col);
	bool th = c->header && !str_empty(c->text); /* an empty header heads nothing */

	if (th) {
		HTML(h, "<th id=\"");
		cell_id(p, c);
		HTML(h, "\" scope=\"");
		if (cols && span > 1)
			HTML(h, "colgroup\"");
		else if (cols)
			HTML(h, "col\"");
		else if (c->rowspan > 1)
			HTML(h, "rowgroup\"");
		else
			HTML(h, "row\"");
	} else {
		HTML(h, "<td");
		headers_of(p, g, c, heads);
	}
	if (c->rowspan > 1)
		html_attr_int(h, "rowspan", c->rowspan);
	if (span > 1)
		html_attr_int(h, "colspan", span);
	cell_class(h, c);
	HTML(h, ">");
	text_marked(p, c->text, c->marks);
	if (th)
		HTML(h, "</th>");
	else
		HTML(h, "</td>");
}

/* A header cell that reaches below the header rows forbids <thead>, which would cut it. */
static bool has_thead(const struct doc_table *t)
{
	if (t->header_rows == 0 || t->header_rows >= t->rows)
		return false;
	for (size_t i = 0; i < t->n_cells && t->cells[i].row < t->header_rows; i++)
		if (t->cells[i].row + t->cells[i].rowspan > t->header_rows)
			return false;
	return true;
}

static void rows_write(struct page *p, const struct doc_table *t, struct grid *g,
		       struct heads *heads)
{
	struct html *h = &p->h;
	bool thead = has_thead(t);

	if (thead)
		HTML(h, "<thead>\n");
	else
		HTML(h, "<tbody>\n");
	while (grid_next(g)) {
		bool cols = heads_columns(t, g);

		heads_row(heads, g, cols);
		if (thead && g->row == t->header_rows)
			HTML(h, "</thead>\n<tbody>\n");
		HTML(h, "<tr>");
		for (uint32_t c = 0; c < t->cols; c += grid_span(g, c)) {
			const struct doc_cell *cell = g->over[c];

			if (cell == NULL)
				HTML(h, "<td></td>"); /* keeps the columns behind it in place */
			else if (cell->row == g->row && cell->col == c)
				cell_write(p, g, cell, heads, cols);
		}
		HTML(h, "</tr>\n");
	}
	HTML(h, "</tbody>\n");
}

/* "表 2：三、收到和…": unique, as the name of a landmark must be. */
static void table_name(struct page *p, const struct doc_table *t)
{
	if (!str_empty(p->part)) {
		HTML(&p->h, "报告 ");
		html_text(&p->h, p->part);
		HTML(&p->h, " ");
	}
	HTML(&p->h, "表 ");
	html_int(&p->h, p->tables);
	if (!str_empty(t->caption) || !str_empty(p->heading)) {
		HTML(&p->h, "：");
		html_text(&p->h, str_empty(t->caption) ? p->heading : t->caption);
	}
}

static void table_write(struct page *p, const struct doc_table *t)
{
	struct html *h = &p->h;
	struct heads *heads = ARENA_ARRAY(p->mem, struct heads, t->cols);
	struct grid g;

	if (heads == NULL || grid_open(&g, t, p->mem) != ERR_OK) {
		p->failed = arena_err(p->mem);
		return;
	}
	p->tables++;
	HTML(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"");
	id_part(p);
	buf_fmt(h->out, "t%u", p->tables);
	HTML(h, "\">\n<table>\n<caption id=\"");
	id_part(p);
	buf_fmt(h->out, "t%u", p->tables);
	HTML(h, "\">");
	table_name(p, t);
	HTML(h, "</caption>\n");
	rows_write(p, t, &g, heads);
	HTML(h, "</table>\n</div>\n");
}

/* ---- paragraphs ------------------------------------------------------------------------ */

static const char *const para_class[] = {
	[STYLE_BODY] = NULL,         [STYLE_TITLE] = "title", [STYLE_HEAD_1] = NULL,
	[STYLE_HEAD_2] = NULL,       [STYLE_SIGN] = "sign",   [STYLE_DATE] = "date",
	[STYLE_CAPTION] = "caption", [STYLE_NOTE] = "note",
};

/* h2 and h3 never skip a level, whatever the document does. */
static int heading_level(struct page *p, const struct doc_block *b)
{
	if (b->style == STYLE_TITLE)
		return p->h1++ == 0 ? 1 : 0;
	if (b->style != STYLE_HEAD_1 && b->style != STYLE_HEAD_2)
		return 0;
	p->heading = b->text;
	if (b->style == STYLE_HEAD_2 && p->has_h2)
		return 3;
	p->has_h2 = true;
	return 2;
}

static void para_write(struct page *p, const struct doc_block *b)
{
	struct html *h = &p->h;
	int level;

	if (str_empty(str_trim_wide(b->text)) && b->marks == NULL)
		return;
	level = heading_level(p, b);
	if (level > 0) {
		buf_fmt(h->out, "<h%d>", level);
		text_marked(p, b->text, b->marks);
		buf_fmt(h->out, "</h%d>\n", level);
		return;
	}
	HTML(h, "<p");
	if (para_class[b->style] != NULL)
		html_attr(h, "class", str_c(para_class[b->style]));
	else if (b->align == ALIGN_CENTER)
		HTML(h, " class=\"center\"");
	else if (b->align == ALIGN_RIGHT)
		HTML(h, " class=\"right\"");
	HTML(h, ">");
	text_marked(p, b->text, b->marks);
	HTML(h, "</p>\n");
}

static void picture_write(struct page *p, const struct doc_block *b)
{
	struct str text;

	if (writer_picture(b, p->mem, &text) != ERR_OK) {
		p->failed = arena_err(p->mem);
		return;
	}
	HTML(&p->h, "<p class=\"caption\">");
	html_text(&p->h, text);
	HTML(&p->h, "</p>\n");
}

enum err html_page_doc(struct buf *out, const struct doc *doc, struct str part)
{
	AUTO(arena) mem = arena_new(LIMIT_DOC_MEMORY_BYTES);
	struct page p = {.h = html_on(out), .mem = mem, .part = part};

	if (mem == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < doc->n_blocks && p.failed == ERR_OK; i++) {
		const struct doc_block *b = &doc->blocks[i];

		if (b->kind == BLOCK_TABLE)
			table_write(&p, b->table);
		else if (b->kind == BLOCK_PICTURE)
			picture_write(&p, b);
		else
			para_write(&p, b);
	}
	return p.failed;
}

enum err html_write(const struct doc *doc, const struct write_env *env, struct diag *diag,
		    struct buf *out)
{
	bool titled = false;
	struct html h = html_on(out);
	enum err e;

	(void)diag;
	html_page_begin(out, writer_title(doc, env), writer_lang(env));
	for (size_t i = 0; i < doc->n_blocks; i++)
		titled |= doc->blocks[i].kind == BLOCK_PARA && doc->blocks[i].style == STYLE_TITLE;
	if (!titled && !str_empty(env->title)) { /* a page has one <h1> */
		HTML(&h, "<h1>");
		html_text(&h, env->title);
		HTML(&h, "</h1>\n");
	}
	e = html_page_doc(out, doc, STR_NONE);
	html_page_end(out);
	return e != ERR_OK ? e : html_end(&h);
}
