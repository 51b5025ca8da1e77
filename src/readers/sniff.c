/* What kind of file some bytes are.  Names and declared types are never asked: they lie. */
#include <string.h>

#include "base/utf8.h"
#include "format/zip.h"
#include "readers/readers.h"
#include "readers/sniff.h"

#define PEEK_BYTES 65536 /* how much of a text is looked at */
#define FRONT_BYTES 4096 /* in which most pages say that they are one */
#define PDF_FRONT 1024   /* a PDF may carry that much in front */
#define CONTENT_TYPES_BYTES (4 * MIB)

const char *file_kind_name(enum file_kind kind)
{
	static const char *const names[] = {
		[FILE_UNKNOWN] = "unknown", [FILE_EMPTY] = "empty",
		[FILE_TEXT] = "text",       [FILE_HTML] = "HTML",
		[FILE_JSON] = "JSON",       [FILE_DOCX] = "DOCX",
		[FILE_XLSX] = "XLSX",       [FILE_OFD] = "OFD",
		[FILE_PDF] = "PDF",         [FILE_OLE] = "DOC/XLS/WPS",
		[FILE_ZIP] = "ZIP",         [FILE_PICTURE] = "picture",
		[FILE_RTF] = "RTF",         [FILE_ENCRYPTED] = "encrypted document",
	};

	return (size_t)kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "unknown";
}

bool file_kind_readable(enum file_kind kind)
{
	switch (kind) {
	case FILE_TEXT:
	case FILE_HTML:
	case FILE_JSON:
	case FILE_DOCX:
	case FILE_XLSX:
	case FILE_OFD:
	case FILE_PDF:
	case FILE_OLE:
	case FILE_RTF:
	case FILE_ENCRYPTED: /* a person meant these to be read: they are named, not skipped */
	case FILE_EMPTY:
		return true;
	default:
		return false;
	}
}

/* ---- compound files ---- */

static uint32_t le(struct str s, size_t at, size_t bytes)
{
	uint32_t v = 0;

	if (at > s.n || s.n - at < bytes)
		return UINT32_MAX;
	for (size_t i = 0; i < bytes; i++)
		v |= (uint32_t)(unsigned char)s.p[at + i] << (8 * i);
	return v;
}

#define OLE_DIFAT_AT 0x4c
#define OLE_DIFAT_N 109 /* those in the header: a FAT for 7 MB of 512-byte sectors, 436 of 4096 */
#define OLE_ENTRY 128

static const struct str ole_magic = {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8};

static size_t sector_at(uint32_t sector, unsigned shift)
{
	return ((size_t)sector + 1) << shift;
}

/* The sector behind `sector` in its chain, UINT32_MAX when there is none or it cannot be told. */
static uint32_t sector_next(struct str s, uint32_t sector, unsigned shift)
{
	uint32_t per = (uint32_t)1 << (shift - 2);
	uint32_t i = sector / per, fat;

	if (i >= OLE_DIFAT_N)
		return UINT32_MAX;
	fat = le(s, OLE_DIFAT_AT + (size_t)i * 4, 4);
	if (fat >= 0xfffffffa)
		return UINT32_MAX;
	return le(s, sector_at(fat, shift) + (size_t)(sector % per) * 4, 4);
}

/* The chain of the directory is followed for no more sectors than the file can hold, so a ring
 * ends. */
bool ole_has(struct str s, const char *name)
{
	unsigned shift = le(s, 0x1e, 2);
	size_t len = strlen(name), left;
	uint32_t sector = le(s, 0x30, 4);

	if (!str_starts(s, ole_magic) || (shift != 9 && shift != 12))
		return false;
	for (left = s.n >> shift; left > 0 && sector < 0xfffffffa; left--) {
		size_t at = sector_at(sector, shift);

		for (size_t e = at; e < at + ((size_t)1 << shift); e += OLE_ENTRY) {
			size_t i = 0;

			if (le(s, e + 64, 2) != (len + 1) * 2)
				continue;
			while (i < len && le(s, e + 2 * i, 2) == (unsigned char)name[i])
				i++;
			if (i == len)
				return true;
		}
		sector = sector_next(s, sector, shift);
	}
	return false;
}

/* ---- zips ---- */

/* A container that does not open is still known by the names in its local headers: then the reader
 * of that kind says that it is cut short. */
static enum file_kind zip_by_bytes(struct str s)
{
	struct str front = str_sub(s, 0, PEEK_BYTES);

	if (str_has(front, STR("word/")))
		return FILE_DOCX;
	if (str_has(front, STR("xl/")))
		return FILE_XLSX;
	if (str_has(front, STR("OFD.xml")))
		return FILE_OFD;
	return str_has(front, STR("[Content_Types].xml")) ? FILE_DOCX : FILE_ZIP;
}

static enum file_kind zip_by_types(struct zipfile *zip)
{
	AUTO(arena) mem = arena_new(CONTENT_TYPES_BYTES);
	struct str types;

	if (mem == NULL ||
	    zipfile_member(zip, STR("[Content_Types].xml"), mem, NULL, &types) != ERR_OK)
		return FILE_ZIP;
	if (str_has(types, STR("wordprocessingml")))
		return FILE_DOCX;
	return str_has(types, STR("spreadsheetml")) ? FILE_XLSX : FILE_ZIP;
}

static enum file_kind zip_kind(struct str s)
{
	AUTO(zipfile) zip = NULL;
	bool word = false, sheet = false;

	if (zipfile_open(s, NULL, &zip) != ERR_OK)
		return zip_by_bytes(s);
	if (zipfile_find(zip, STR("OFD.xml")) != ZIP_NOWHERE)
		return FILE_OFD;
	if (zipfile_find(zip, STR("[Content_Types].xml")) == ZIP_NOWHERE)
		return zipfile_find(zip, STR("word/document.xml")) != ZIP_NOWHERE ? FILE_DOCX
										  : FILE_ZIP;
	for (size_t i = 0; i < zipfile_count(zip); i++) {
		struct str name = zipfile_name(zip, i);

		word |= name.n > 5 && str_eq_nocase(str_sub(name, 0, 5), STR("word/"));
		sheet |= name.n > 3 && str_eq_nocase(str_sub(name, 0, 3), STR("xl/"));
	}
	if (word != sheet)
		return word ? FILE_DOCX : FILE_XLSX;
	return zip_by_types(zip);
}

/* ---- magic numbers ---- */

static bool is_pdf(struct str s)
{
	struct str front = str_sub(s, 0, PDF_FRONT + 8);
	size_t at = str_find(front, STR("%PDF-"), 0);

	if (at == STR_NPOS || at + 5 >= s.n || s.p[at + 5] < '0' || s.p[at + 5] > '9')
		return false;
	return at == 0 || str_has(s, STR("endobj"));
}

static bool is_picture(struct str s)
{
	static const struct str magic[] = {
		{"\x89PNG\r\n\x1a\n", 8},
		{"\xff\xd8\xff", 3},
		{"GIF87a", 6},
		{"GIF89a", 6},
		{"II*\0", 4},
		{"MM\0*", 4},
	};
	for (size_t i = 0; i < sizeof(magic) / sizeof(magic[0]); i++)
		if (str_starts(s, magic[i]))
			return true;
	if (str_starts(s, STR("RIFF")) && str_eq(str_sub(s, 8, 4), STR("WEBP")))
		return true;
	if (str_eq(str_sub(s, 4, 4), STR("ftyp")) &&
	    (str_eq(str_sub(s, 8, 3), STR("hei")) || str_eq(str_sub(s, 8, 4), STR("avif"))))
		return true;
	return str_starts(s, STR("BM")) && le(s, 6, 4) == 0 && s.n > 26 && le(s, 10, 4) < s.n;
}

/* ---- texts ---- */

static bool is_control(uint32_t cp)
{
	return cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r' && cp != '\f';
}

/* Characters that prose in Chinese or English is made of. */
static bool is_prose(uint32_t cp)
{
	return (cp >= 0x20 && cp < 0x7f) || cp == '\t' || cp == '\n' || cp == '\r' ||
	       utf8_is_han(cp) || (cp >= 0x2000 && cp < 0x2700) || (cp >= 0x3000 && cp < 0x3100) ||
	       (cp >= 0xff00 && cp < 0xffef) || cp == 0xa0 || cp == 0xfeff;
}

/* Ninety-five of a hundred characters must be what texts are made of. */
static bool mostly(size_t good, size_t all)
{
	return all > 0 && good * 100 >= all * 95;
}

static bool prose_utf8(struct str s)
{
	size_t good = 0, all = 0;
	uint32_t cp;

	while (utf8_next(&s, &cp)) {
		all++;
		good += !is_control(cp) && cp != 0xfffd && cp != 0x7f;
	}
	return mostly(good, all);
}

static bool prose_utf16(struct str s, bool big)
{
	size_t good = 0, all = 0;

	for (size_t i = 0; i + 1 < s.n; i += 2, all++) {
		unsigned char a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1];

		good += is_prose(big ? (uint32_t)(a << 8 | b) : (uint32_t)(b << 8 | a));
	}
	return mostly(good, all);
}

static bool prose_gb18030(struct str s)
{
	size_t good = 0, all = 0;

	for (size_t i = 0; i < s.n; all++) {
		unsigned char a = (unsigned char)s.p[i];
		unsigned char b = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;

		if (a < 0x80) {
			good += !is_control(a) && a != 0x7f;
			i++;
		} else if (a != 0x80 && a != 0xff && b >= 0x40 && b != 0x7f && b != 0xff) {
			good++;
			i += 2;
		} else if (a != 0x80 && a != 0xff && b >= 0x30 && b <= 0x39) {
			good++;
			i += 4;
		} else {
			i++;
		}
	}
	return mostly(good, all);
}

static struct str without_mark(struct str s)
{
	if (str_starts(s, STR("\xef\xbb\xbf")))
		return str_from(s, 3);
	if (str_starts(s, STR("\xff\xfe")) || str_starts(s, STR("\xfe\xff")))
		return str_from(s, 2);
	return s;
}

/* The ASCII of the front, lower case, whatever the width of its characters: tags and brackets are
 * ASCII in every charset that we meet.  A byte of another character becomes DEL. */
static size_t ascii_front(struct str s, char *out, size_t max)
{
	size_t n = 0;

	s = without_mark(s);
	for (size_t i = 0; i < s.n && n < max; i++) {
		char c = s.p[i];

		if (c == '\0')
			continue;
		if ((unsigned char)c >= 0x80)
			c = 0x7f;
		out[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return n;
}

static size_t count_tags(struct str front)
{
	static const struct str tags[] = {
		{"<p>", 3},      {"<p ", 3},    {"</p>", 4},   {"<div", 4},    {"<table", 6},
		{"<tr", 3},      {"<td", 3},    {"<span", 5},  {"<br", 3},     {"<meta", 5},
		{"<script", 7},  {"<style", 6}, {"<title", 6}, {"</a>", 4},    {"<ul", 3},
		{"<li", 3},      {"<h1", 3},    {"<h2", 3},    {"<center", 7}, {"<font", 5},
		{"<section", 8},
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		for (size_t at = str_find(front, tags[i], 0); at != STR_NPOS && n < 4;
		     at = str_find(front, tags[i], at + 1))
			n++;
	return n;
}

static bool is_html(struct str front)
{
	size_t tags;

	if (str_has(front, STR("<!doctype html")) || str_has(front, STR("<html")) ||
	    str_has(front, STR("<body")))
		return true;
	tags = count_tags(front);
	return str_starts(str_trim(front), STR("<")) ? tags >= 1 : tags >= 4;
}

/* An object, or an array of objects, arrays or strings; "[1] note" is a text. */
static bool is_json(struct str front)
{
	struct str s = str_trim(front), rest = str_trim(str_from(s, 1));
	char next = rest.n > 0 ? rest.p[0] : '\0';

	if (str_starts(s, STR("{")))
		return next == '"' || next == '}';
	return str_starts(s, STR("[")) &&
	       (next == '{' || next == '[' || next == '"' || next == ']');
}

/* XML of another vocabulary (Word 2003, flat packages) and mail-like pages (MHTML) look like text
 * but are not to be read as one. */
static bool is_foreign(struct str front)
{
	struct str s = str_trim(front);

	if (str_starts(s, STR("<?xml")) && !is_html(front))
		return true;
	s = str_sub(s, 0, 2048);
	return str_has(s, STR("mime-version:")) && str_has(s, STR("content-type: multipart"));
}

static enum file_kind text_kind(struct str s)
{
	char ascii[PEEK_BYTES];
	struct str peek = str_sub(s, 0, PEEK_BYTES), front = {ascii, 0};
	bool big = str_starts(s, STR("\xfe\xff")), little = str_starts(s, STR("\xff\xfe"));
	struct str first = str_sub(peek, 0, FRONT_BYTES);

	/* most pages say so at once; only what does not is read further */
	front.n = ascii_front(first, ascii, sizeof(ascii));
	if (prose_utf8(first) && !is_foreign(front) && !is_json(front) && is_html(front))
		return FILE_HTML;
	if (!big && !little && !prose_utf8(peek) && !prose_gb18030(peek) &&
	    !prose_utf16(peek, false) && !prose_utf16(peek, true))
		return FILE_UNKNOWN;
	if ((big || little) && s.n > 2 && !prose_utf16(str_from(peek, 2), big))
		return FILE_UNKNOWN;
	front.n = ascii_front(peek, ascii, sizeof(ascii));
	if (is_foreign(front))
		return FILE_UNKNOWN;
	if (is_json(front))
		return FILE_JSON;
	return is_html(front) ? FILE_HTML : FILE_TEXT;
}

static bool is_empty(struct str s)
{
	s = without_mark(s);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\0' && s.p[i] != ' ' && (s.p[i] < '\t' || s.p[i] > '\r'))
			return false;
	return true;
}

enum file_kind file_sniff(struct str bytes)
{
	if (is_empty(bytes))
		return FILE_EMPTY;
	if (str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("PK\x05\x06")))
		return zip_kind(bytes);
	if (str_starts(bytes, ole_magic))
		return ole_has(bytes, "EncryptedPackage") ? FILE_ENCRYPTED : FILE_OLE;
	if (str_starts(bytes, STR("{\\rtf")))
		return FILE_RTF;
	if (is_picture(bytes))
		return FILE_PICTURE;
	if (is_pdf(bytes))
		return FILE_PDF;
	return text_kind(bytes);
}
