/* CSV written with quotes where they are needed, and read strictly. */
#include "format/csv.h"

#include <inttypes.h>
#include <string.h>

#include "base/utf8.h"

static void next_cell(struct csv *c)
{
	if (c->more)
		buf_ch(c->out, ',');
	c->more = true;
}

static bool needs_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return false;
}

void csv_cell(struct csv *c, struct str s)
{
	next_cell(c);
	if (!needs_quotes(s)) {
		buf_add(c->out, s);
		return;
	}
	buf_ch(c->out, '"');
	for (;;) {
		size_t q = str_find(s, STR("\""), 0);

		if (q == STR_NPOS)
			break;
		buf_add(c->out, str_sub(s, 0, q + 1));
		buf_ch(c->out, '"');
		s = str_from(s, q + 1);
	}
	buf_add(c->out, s);
	buf_ch(c->out, '"');
}

void csv_cell_int(struct csv *c, int64_t value)
{
	next_cell(c);
	buf_fmt(c->out, "%" PRId64, value);
}

void csv_row_end(struct csv *c)
{
	buf_ch(c->out, '\n');
	c->more = false;
}

enum err csv_open(struct csv_reader *r, struct str bytes, char comment, struct diag *diag)
{
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	if (!utf8_valid(bytes))
		return diag_set(diag, ERR_INPUT, "not CSV: the bytes are not UTF-8");
	*r = (struct csv_reader){.rest = bytes, .line = 0, .next = 1, .comment = comment};
	return ERR_OK;
}

static enum err bad(const struct csv_reader *r, struct diag *diag, const char *why)
{
	diag_at(diag, 0, r->next);
	return diag_set(diag, ERR_INPUT, "not CSV: %s", why);
}

/* Without doubled quotes; `raw` is what stands between the outer ones. */
static enum err unquote(struct str raw, bool doubled, struct arena *mem, struct str *ret)
{
	char *p;
	size_t n = 0;

	if (!doubled) {
		*ret = raw;
		return ERR_OK;
	}
	p = arena_alloc(mem, raw.n + 1);
	if (p == NULL)
		return arena_err(mem);
	for (size_t i = 0; i < raw.n; i++) {
		p[n++] = raw.p[i];
		i += raw.p[i] == '"'; /* its twin follows: take_quoted has seen it */
	}
	*ret = (struct str){p, n};
	return ERR_OK;
}

static enum err take_quoted(struct csv_reader *r, struct arena *mem, struct diag *diag,
			    struct str *ret)
{
	struct str s = str_from(r->rest, 1);
	bool doubled = false;
	size_t i = 0;
	unsigned lines = 0;

	for (; i < s.n; i++) {
		lines += s.p[i] == '\n';
		if (s.p[i] != '"')
			continue;
		if (i + 1 >= s.n || s.p[i + 1] != '"')
			break;
		doubled = true;
		i++;
	}
	if (i >= s.n)
		return bad(r, diag, "a quote that is never closed");
	r->rest = str_from(s, i + 1);
	r->next += lines;
	return unquote(str_sub(s, 0, i), doubled, mem, ret);
}

static enum err take_plain(struct csv_reader *r, struct diag *diag, struct str *ret)
{
	size_t i = 0;

	while (i < r->rest.n && r->rest.p[i] != ',' && r->rest.p[i] != '\n' &&
	       r->rest.p[i] != '\r' && r->rest.p[i] != '"')
		i++;
	if (i < r->rest.n && r->rest.p[i] == '"')
		return bad(r, diag, "a quote inside a cell without quotes");
	*ret = str_sub(r->rest, 0, i);
	r->rest = str_from(r->rest, i);
	return ERR_OK;
}

/* Steps over one line end; false when there is none here. */
static bool take_line_end(struct csv_reader *r)
{
	size_t n = str_starts(r->rest, STR("\r\n")) ? 2 : str_starts(r->rest, STR("\n"));

	if (n == 0)
		return false;
	r->rest = str_from(r->rest, n);
	r->next++;
	return true;
}

static void skip_lines(struct csv_reader *r)
{
	while (r->rest.n > 0) {
		if (r->comment != '\0' && r->rest.p[0] == r->comment) {
			const char *nl = memchr(r->rest.p, '\n', r->rest.n);

			r->rest = nl ? str_from(r->rest, (size_t)(nl - r->rest.p)) : STR_NONE;
		}
		if (!take_line_end(r))
			return;
	}
}

enum err csv_next(struct csv_reader *r, struct arena *mem, struct diag *diag, struct str *cells,
		  size_t max, size_t *ret_n)
{
	size_t n = 0;

	skip_lines(r);
	r->line = r->next;
	if (r->rest.n == 0) {
		*ret_n = 0;
		return ERR_OK;
	}
	for (;;) {
		enum err e;

		if (n == max) {
			diag_at(diag, 0, r->next);
			return diag_set(diag, ERR_LIMIT, "a CSV row has more than %zu cells", max);
		}
		e = r->rest.n > 0 && r->rest.p[0] == '"' ? take_quoted(r, mem, diag, &cells[n])
							 : take_plain(r, diag, &cells[n]);
		if (e != ERR_OK)
			return e;
		n++;
		if (r->rest.n == 0 || take_line_end(r))
			break;
		if (r->rest.p[0] != ',')
			return bad(r, diag,
				   "something stands behind a closing quote, or a lone CR");
		r->rest = str_from(r->rest, 1);
	}
	*ret_n = n;
	return ERR_OK;
}
