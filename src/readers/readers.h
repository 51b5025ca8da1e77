/* Any file that people have -> doc.
 *
 * A file's kind is told by its content, never by its name.  Readers are pure: bytes in, a doc
 * in the caller's arena out; no files, no clock.  What needs a foreign program (PDF, DOC, WPS)
 * is given a sandbox; without one, or without the program, the answer is ERR_ABSENT and the
 * diag says what to install.  ERR_INPUT: damaged, encrypted, or not of a kind that we read,
 * said in one line that tells what to do.  ERR_LIMIT: a maximum of base/limits.h. */
#ifndef GONGKAI_READERS_READERS_H
#define GONGKAI_READERS_READERS_H

#include "base/diag.h"
#include "doc/doc.h"
#include "law/form.h"

enum file_kind {
	FILE_UNKNOWN,
	FILE_EMPTY,
	FILE_TEXT,
	FILE_HTML,
	FILE_JSON,
	FILE_DOCX,
	FILE_XLSX,
	FILE_OFD,
	FILE_PDF,
	FILE_OLE,       /* DOC, XLS, WPS: compound file */
	FILE_ENCRYPTED, /* an OOXML package under a password (EncryptedPackage in OLE) */
	FILE_ZIP,       /* another zip */
	FILE_PICTURE,   /* PNG, JPEG, GIF, TIFF, WebP, BMP */
	FILE_RTF,
};

/* From the first bytes and, for zips, the names of the members. */
enum file_kind file_sniff(struct str bytes);
const char *file_kind_name(enum file_kind kind); /* "PDF", "DOCX" … */
/* Whether a person who gives a folder expects an answer about such a file in it: documents, also
 * those that cannot be read (encrypted, or empty after a failed copy).  Pictures, archives and
 * programs are nobody's report.  (JSON: the report module reads it.) */
bool file_kind_readable(enum file_kind kind);

struct sandbox;

struct read_env {
	const struct law *law;         /* labels help to lay out PDF and OFD tables; never NULL */
	const struct sandbox *sandbox; /* NULL: no foreign programs */
};

/* Reads any readable kind but JSON. */
MUST_USE enum err reader_read(struct str bytes, const struct read_env *env, struct arena *mem,
			      struct diag *diag, struct doc **ret);

/* The single readers, for tests and fuzzing. */
MUST_USE enum err text_read(struct str bytes, const struct read_env *env, struct arena *mem,
			    struct diag *diag, struct doc **ret);
MUST_USE enum err html_read(struct str bytes, const struct read_env *env, struct arena *mem,
			    struct diag *diag, struct doc **ret);
MUST_USE enum err docx_read(struct str bytes, const struct read_env *env, struct arena *mem,
			    struct diag *diag, struct doc **ret);
MUST_USE enum err xlsx_read(struct str bytes, const struct read_env *env, struct arena *mem,
			    struct diag *diag, struct doc **ret);
MUST_USE enum err pdf_read(struct str bytes, const struct read_env *env, struct arena *mem,
			   struct diag *diag, struct doc **ret);
MUST_USE enum err ofd_read(struct str bytes, const struct read_env *env, struct arena *mem,
			   struct diag *diag, struct doc **ret);
MUST_USE enum err office_read(struct str bytes, const struct read_env *env, struct arena *mem,
			      struct diag *diag, struct doc **ret);

/* Bytes of unknown charset to UTF-8: BOM, then `declared` when the bytes are valid in it (gb2312
 * and gbk mean GB18030), then UTF-8 if valid, then uchardet.  `*ret_note` tells in Chinese when
 * the declaration lied, else empty.  Invalid bytes become U+FFFD; NULs and control characters
 * other than tab and '\n' go, CR LF becomes '\n'.  The text may be a view of `bytes`, when they
 * are clean UTF-8 already. */
MUST_USE enum err charset_decode(struct str bytes, struct str declared, struct arena *mem,
				 struct diag *diag, struct str *ret_text, struct str *ret_note);

#endif
