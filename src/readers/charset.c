/* Bytes of unknown charset -> UTF-8.
 *
 * Chinese pages declare gb2312 and mean GB18030, declare one charset and are saved in another,
 * or declare nothing.  So what is declared is a witness, not a judge: bytes that are valid
 * UTF-8 with enough characters beyond ASCII are UTF-8 whatever the page says, since no text
 * in GB18030 of any length passes for it.  Valid UTF-8 without control characters costs one
 * pass and no copy. */
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <uchardet/uchardet.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/utf8.h"
#include "readers/readers.h"

/* How much is looked at to guess; a guess does not get better by reading megabytes. */
#define PROBE_NUL_BYTES 4096
#define PROBE_GUESS_BYTES ((size_t)256 * 1024)
#define NAME_BYTES 32
#define CONVERT_BYTES 16384

/* Characters beyond ASCII that make valid UTF-8 more than a coincidence. */
#define UTF8_SURE_CHARS 4

/* What one pass over the bytes, taken as UTF-8, tells. */
struct utf8_survey {
	size_t multi;  /* valid characters beyond ASCII */
	size_t bad;    /* bytes that belong to no character */
	bool controls; /* something that cleaning would change */
};

/* Length of the UTF-8 character at p, 0 when there is none.  Faster than utf8_next for the
 * survey of whole files: no view to update. */
static size_t utf8_len(const unsigned char *p, size_t n)
{
	struct str s = {(const char *)p, n < 4 ? n : 4};
	size_t left = s.n;
	uint32_t cp;

	if (n >= 3 && p[0] > 0xE0 && p[0] < 0xED) /* nearly all of Chinese */
		return (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 ? 3 : 0;
	if (!utf8_next(&s, &cp) || left - s.n == 1)
		return 0;
	return left - s.n;
}

/* Characters that never reach a doc, beyond the ASCII ones: C1 controls, U+FEFF, U+FFFE/F. */
static bool dropped_beyond_ascii(const unsigned char *p, size_t n)
{
	if (n == 2)
		return p[0] == 0xC2 && p[1] < 0xA0;
	return n == 3 && p[0] == 0xEF &&
	       ((p[1] == 0xBB && p[2] == 0xBF) || (p[1] == 0xBF && p[2] >= 0xBE));
}

static struct utf8_survey survey(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	struct utf8_survey found = {0};

	for (size_t i = 0; i < s.n;) {
		size_t n;

		if (p[i] < 0x80) {
			if ((p[i] < 0x20 && p[i] != '\n' && p[i] != '\t') || p[i] == 0x7F)
				found.controls = true;
			i++;
			continue;
		}
		n = utf8_len(p + i, s.n - i);
		if (n == 0) {
			found.bad++;
			i++;
			continue;
		}
		found.multi++;
		if (dropped_beyond_ascii(p + i, n))
			found.controls = true;
		i += n;
	}
	return found;
}

/* Cleaning: CR LF and CR become LF, vertical tab (a manual line break in Word) too, form feed
 * goes (pdftotext puts it before the first line of a page), other controls go. */
struct cleaner {
	struct buf *out;
	bool after_cr;
};

static void clean_ascii(struct cleaner *c, unsigned char ch)
{
	if (ch == '\n' && c->after_cr)
		; /* the CR gave the line break already */
	else if (ch == '\r' || ch == '\v')
		buf_ch(c->out, '\n');
	else if (ch == '\n' || ch == '\t' || (ch >= 0x20 && ch != 0x7F))
		buf_ch(c->out, (char)ch);
	c->after_cr = ch == '\r';
}

/* Adds UTF-8; what is invalid in it becomes U+FFFD. */
static void clean_add(struct cleaner *c, struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t from = 0, i = 0;

	while (i < s.n) {
		size_t n = 1;
		bool plain = p[i] >= 0x20 && p[i] < 0x7F;

		if (p[i] >= 0x80) {
			n = utf8_len(p + i, s.n - i);
			plain = n > 0 && !dropped_beyond_ascii(p + i, n);
		}
		if (!plain) {
			buf_add(c->out, str_sub(s, from, i - from));
			if (p[i] < 0x80)
				clean_ascii(c, p[i]);
			else if (n == 0)
				buf_cp(c->out, 0xFFFD);
			from = i + (n ? n : 1);
		} else {
			c->after_cr = false;
		}
		i += n ? n : 1;
	}
	buf_add(c->out, str_sub(s, from, s.n - from));
}

static enum err too_large(struct diag *diag, enum err e)
{
	if (e == ERR_LIMIT)
		return diag_set(diag, e, "more than %zu MiB of text", LIMIT_HTML_BYTES / MIB);
	return e;
}

static enum err finish(const struct buf *out, struct arena *mem, struct diag *diag, struct str *ret)
{
	enum err e = buf_end(out);

	if (e == ERR_OK)
		e = arena_str(mem, buf_str(out), ret);
	return too_large(diag, e);
}

static enum err from_utf8(struct str bytes, const struct utf8_survey *found, struct arena *mem,
			  struct diag *diag, struct str *ret)
{
	AUTO_BUF(out, LIMIT_HTML_BYTES);
	struct cleaner c = {.out = &out};

	if (bytes.n > LIMIT_HTML_BYTES)
		return too_large(diag, ERR_LIMIT);
	if (found->bad == 0 && !found->controls) {
		*ret = bytes;
		return ERR_OK;
	}
	clean_add(&c, bytes);
	return finish(&out, mem, diag, ret);
}

/* One call of iconv.  Returns false at the end of the input; `*bad` counts bytes skipped. */
static bool convert_step(iconv_t cd, struct str *rest, struct cleaner *c, size_t *bad)
{
	char out[CONVERT_BYTES];
	char *in = (char *)(uintptr_t)rest->p; /* iconv does not write to it */
	char *to = out;
	size_t room = sizeof(out), left = rest->n;
	size_t got = iconv(cd, &in, &left, &to, &room);
	int why = got == (size_t)-1 ? errno : 0;

	if (c != NULL)
		clean_add(c, str_n(out, sizeof(out) - room));
	*rest = str_n(in, left);
	if (why == EILSEQ || why == EINVAL) { /* EINVAL: cut off in the middle of a character */
		(*bad)++;
		if (c != NULL)
			buf_cp(c->out, 0xFFFD);
		*rest = str_from(*rest, 1);
	}
	return rest->n > 0 && (c == NULL || c->out->failed == ERR_OK);
}

/* Converts with iconv.  ERR_ABSENT when iconv does not know the charset. */
static enum err from_charset(struct str bytes, const char *charset, struct arena *mem,
			     struct diag *diag, struct str *ret)
{
	AUTO_BUF(out, LIMIT_HTML_BYTES);
	struct cleaner c = {.out = &out};
	iconv_t cd = (iconv_t)-1;
	size_t bad = 0;

	errno = ENOMEM;
	if (!fault_point(FAULT_ALLOC))
		cd = iconv_open("UTF-8", charset);
	if (cd == (iconv_t)-1)
		return errno == EINVAL ? ERR_ABSENT : ERR_NOMEM;
	while (bytes.n > 0 && convert_step(cd, &bytes, &c, &bad))
		;
	(void)iconv_close(cd);
	return finish(&out, mem, diag, ret);
}

/* Whether all bytes are valid in a charset; false too when iconv does not know it. */
static bool valid_in(struct str bytes, const char *charset)
{
	iconv_t cd = iconv_open("UTF-8", charset);
	size_t bad = 0;

	if (cd == (iconv_t)-1)
		return false;
	while (bytes.n > 0 && bad == 0 && convert_step(cd, &bytes, NULL, &bad))
		;
	(void)iconv_close(cd);
	return bad == 0;
}

struct charset_alias {
	const char *name; /* lower case */
	const char *means;
};

/* Names that mean more, or something else, than they say (as browsers take them). */
static const struct charset_alias aliases[] = {
	{"gb2312", "GB18030"},      {"gb_2312-80", "GB18030"},      {"gb_2312", "GB18030"},
	{"gbk", "GB18030"},         {"x-gbk", "GB18030"},           {"gb18030", "GB18030"},
	{"cp936", "GB18030"},       {"ms936", "GB18030"},           {"windows-936", "GB18030"},
	{"euc-cn", "GB18030"},      {"hz-gb-2312", "HZ"},           {"big5", "BIG5-HKSCS"},
	{"x-x-big5", "BIG5-HKSCS"}, {"cn-big5", "BIG5-HKSCS"},      {"utf8", "UTF-8"},
	{"utf-8", "UTF-8"},         {"unicode-1-1-utf-8", "UTF-8"},
};

/* Declared name -> name for iconv; "" for none and for what the bytes themselves must show
 * (ASCII, Latin-1 and the like accept anything; UTF-16 is seen by its NULs). */
static void canonical(struct str declared, char ret_name[NAME_BYTES])
{
	char lower[NAME_BYTES];
	size_t n = 0;

	ret_name[0] = '\0';
	declared = str_trim(declared);
	if (declared.n == 0 || declared.n >= NAME_BYTES)
		return;
	for (; n < declared.n; n++) {
		char c = declared.p[n];

		if (c <= ' ' || c > '~' || c == '/' || c == ',') /* //IGNORE is not for pages */
			return;
		lower[n] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	lower[n] = '\0';
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (strcmp(lower, aliases[i].name) == 0) {
			memcpy(ret_name, aliases[i].means, strlen(aliases[i].means) + 1);
			return;
		}
	}
	if (strncmp(lower, "utf-", 4) == 0 || strncmp(lower, "iso-8859", 8) == 0 ||
	    strncmp(lower, "windows-125", 11) == 0 || strstr(lower, "ascii") != NULL ||
	    strncmp(lower, "latin", 5) == 0 || strncmp(lower, "ucs", 3) == 0)
		return;
	memcpy(ret_name, lower, n + 1);
}

/* UTF-16 and UTF-32 by their mark; `*ret_skip` is its length. */
static const char *by_mark(struct str b, size_t *ret_skip)
{
	*ret_skip = 4;
	if (str_starts(b, STR("\xFF\xFE\0\0")))
		return "UTF-32LE";
	if (str_starts(b, STR("\0\0\xFE\xFF")))
		return "UTF-32BE";
	*ret_skip = 2;
	if (str_starts(b, STR("\xFF\xFE")))
		return "UTF-16LE";
	if (str_starts(b, STR("\xFE\xFF")))
		return "UTF-16BE";
	*ret_skip = 3;
	if (str_starts(b, STR("\xEF\xBB\xBF")))
		return "UTF-8";
	*ret_skip = 0;
	return NULL;
}

/* Whether a UTF-16 unit stands in an everyday Chinese text. */
static bool everyday(unsigned high, unsigned low)
{
	unsigned u = high << 8 | low;

	return (u >= 0x20 && u < 0x7F) || u == '\t' || u == '\n' || u == '\r' ||
	       (u >= 0x4E00 && u <= 0x9FFF) || (u >= 0x2010 && u <= 0x2030) ||
	       (u >= 0x3000 && u <= 0x303F) || (u >= 0xFF00 && u <= 0xFF60) || u == 0xA0;
}

/* UTF-16 without a mark: some NUL stands in it, and nearly all pairs are everyday characters in
 * one order of the bytes.  (NULs alone do not tell the order: 开 is U+5F00.) */
static const char *by_nuls(struct str b)
{
	const unsigned char *p = (const unsigned char *)b.p;
	size_t n = b.n < PROBE_NUL_BYTES ? b.n / 2 * 2 : PROBE_NUL_BYTES;
	size_t le = 0, be = 0;

	if (n < 4 || memchr(p, '\0', n) == NULL)
		return NULL;
	for (size_t i = 0; i + 1 < n; i += 2) {
		le += everyday(p[i + 1], p[i]);
		be += everyday(p[i], p[i + 1]);
	}
	if (le > be && le * 20 >= n * 9) /* nine tenths of the pairs */
		return "UTF-16LE";
	return be > le && be * 20 >= n * 9 ? "UTF-16BE" : NULL;
}

/* Whether the bytes beyond ASCII are nearly all pairs of GB 2312's rows, which hold all
 * everyday Chinese. */
static bool looks_gb2312(struct str b)
{
	const unsigned char *p = (const unsigned char *)b.p;
	size_t n = b.n < PROBE_GUESS_BYTES ? b.n : PROBE_GUESS_BYTES;
	size_t in = 0, out = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < 0x80)
			continue;
		if (i + 1 < n && p[i] >= 0xA1 && p[i] <= 0xF7 && p[i + 1] >= 0xA1)
			in++;
		else
			out++;
		i++;
	}
	return in > 0 && in >= out * 10;
}

/* What uchardet thinks, "" when it does not know. */
static enum err by_statistics(struct str b, char ret_name[NAME_BYTES])
{
	uchardet_t ud = fault_point(FAULT_ALLOC) ? NULL : uchardet_new();
	size_t n = b.n < PROBE_GUESS_BYTES ? b.n : PROBE_GUESS_BYTES;

	ret_name[0] = '\0';
	if (ud == NULL)
		return ERR_NOMEM;
	if (uchardet_handle_data(ud, b.p, n) == 0) {
		uchardet_data_end(ud);
		canonical(str_c(uchardet_get_charset(ud)), ret_name);
	}
	uchardet_delete(ud);
	return ERR_OK;
}

/* Chooses the charset of bytes without a mark.  Never "". */
static enum err choose(struct str b, const struct utf8_survey *found, const char *declared,
		       char ret_name[NAME_BYTES])
{
	static const char utf8[] = "UTF-8", gb[] = "GB18030";
	const char *name = by_nuls(b);
	enum err e = ERR_OK;

	if (name != NULL && (found->bad > 0 || found->controls))
		;
	else if (found->bad == 0 && (found->multi == 0 || found->multi >= UTF8_SURE_CHARS))
		name = utf8;
	else if (declared[0] && strcmp(declared, utf8) != 0 && valid_in(b, declared))
		name = declared;
	else if (found->bad == 0 || found->multi > 2 * found->bad) /* a few damaged bytes */
		name = utf8;
	else if (looks_gb2312(b))
		name = gb;
	if (name != NULL) {
		memcpy(ret_name, name, strlen(name) + 1);
		return ERR_OK;
	}
	e = by_statistics(b, ret_name);
	if (e == ERR_OK && (ret_name[0] == '\0' || !valid_in(b, ret_name)))
		memcpy(ret_name, gb, sizeof(gb));
	return e;
}

static enum err decode_as(struct str b, const struct utf8_survey *found, const char *name,
			  struct arena *mem, struct diag *diag, struct str *ret)
{
	enum err e;

	if (strcmp(name, "UTF-8") == 0)
		return from_utf8(b, found, mem, diag, ret);
	e = from_charset(b, name, mem, diag, ret);
	if (e == ERR_ABSENT) /* a system without this converter: keep what is ASCII */
		return from_utf8(b, found, mem, diag, ret);
	return e;
}

enum err charset_decode(struct str bytes, struct str declared, struct arena *mem, struct diag *diag,
			struct str *ret_text, struct str *ret_note)
{
	char wanted[NAME_BYTES], name[NAME_BYTES];
	size_t mark;
	const char *marked = by_mark(bytes, &mark);
	struct utf8_survey found;
	struct str text, note = STR_NONE;
	enum err e = ERR_OK;

	bytes = str_from(bytes, mark);
	canonical(declared, wanted);
	found = survey(bytes);
	if (marked != NULL)
		memcpy(name, marked, strlen(marked) + 1);
	else
		e = choose(bytes, &found, wanted, name);
	if (e == ERR_OK)
		e = decode_as(bytes, &found, name, mem, diag, &text);
	if (e == ERR_OK && wanted[0] && found.multi + found.bad > 0 && strcmp(wanted, name) != 0)
		e = arena_fmt(mem, &note,
			      "文件声明的编码是“" STR_FMT "”，实际是%s，已按实际编码读取。",
			      STR_ARG(str_trim(declared)), name);
	if (e != ERR_OK)
		return e;
	*ret_text = text;
	*ret_note = note;
	return ERR_OK;
}
