/* Zip containers in memory, over libzip.
 *
 * Reading trusts nothing: the number of members, the size of one and of all that are read, and
 * the ratio of unpacked to packed bytes have maxima (base/limits.h), checksums are compared, and
 * a member under a password is ERR_INPUT with words that say so.  Writing gives the same bytes
 * for the same members: one fixed date, no owner, members in the order of addition. */
#ifndef GONGKAI_FORMAT_ZIP_H
#define GONGKAI_FORMAT_ZIP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

struct zipfile;

#define ZIP_NOWHERE ((size_t)-1)

/* `bytes` must outlive the zipfile.  ERR_INPUT: no zip, or cut short.  ERR_LIMIT: more members
 * than LIMIT_ZIP_ENTRIES. */
MUST_USE enum err zipfile_open(struct str bytes, struct diag *diag, struct zipfile **ret);
void zipfile_free(struct zipfile *zip);
AUTO_TYPE(zipfile, zipfile_free);

size_t zipfile_count(const struct zipfile *zip);
/* Name of member `i` as stored, without a leading slash; backslashes are kept.  Valid as long
 * as the zipfile. */
struct str zipfile_name(const struct zipfile *zip, size_t i);
/* Number of the first member of that name (ASCII case and a leading slash ignored, a backslash
 * taken for a slash), or ZIP_NOWHERE. */
size_t zipfile_find(const struct zipfile *zip, struct str name);

/* Unpacks member `i` into `mem`; one NUL stands behind the bytes. */
MUST_USE enum err zipfile_read(struct zipfile *zip, size_t i, struct arena *mem, struct diag *diag,
			       struct str *ret);
/* The same by name; ERR_ABSENT, without words in `diag`, when there is none. */
MUST_USE enum err zipfile_member(struct zipfile *zip, struct str name, struct arena *mem,
				 struct diag *diag, struct str *ret);

/* A zip being made.  The first failure is remembered and given by zipout_end. */
struct zipout;

MUST_USE enum err zipout_new(struct zipout **ret);
void zipout_free(struct zipout *zip);
AUTO_TYPE(zipout, zipout_free);

/* `bytes` must stay alive until zipout_end; `name` is copied. */
void zipout_add(struct zipout *zip, const char *name, struct str bytes);
/* Appends the container to `out`, once. */
MUST_USE enum err zipout_end(struct zipout *zip, struct buf *out);

#endif
