/* Zip containers over libzip, with limits on everything that a hostile file may claim. */
#include "format/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/fault.h"
#include "base/limits.h"

/* 2000-01-01 00:00 as MS-DOS writes it: the date of all members that we make. */
#define DOS_DATE (((2000 - 1980) << 9) | (1 << 5) | 1)
#define ZIP_SMALLEST 22      /* the end record alone; libzip takes nothing for an empty container */
#define RATIO_FREE_BYTES MIB /* below this size any ratio is harmless */

struct zipfile {
	zip_t *zip;
	size_t n;
	size_t unpacked; /* bytes read so far, all members together */
};

/* A bound on the members before libzip allocates for each of them: their headers in the central
 * directory carry this signature. */
static bool too_many_members(struct str bytes)
{
	static const char central[4] = {'P', 'K', 1, 2};
	const char *p = bytes.p, *end = bytes.p + bytes.n;
	size_t n = 0;

	while (p != end && (p = memmem(p, (size_t)(end - p), central, sizeof(central))) != NULL) {
		if (++n > LIMIT_ZIP_ENTRIES)
			return true;
		p += sizeof(central);
	}
	return false;
}

static enum err of_zip_error(zip_error_t *ze, struct diag *diag)
{
	int code = zip_error_code_zip(ze);

	if (code == ZIP_ER_MEMORY)
		return diag_set(diag, ERR_NOMEM, "out of memory");
	if (code == ZIP_ER_NOZIP || code == ZIP_ER_EOF || code == ZIP_ER_READ)
		return diag_set(diag, ERR_INPUT,
				"the container (zip) is cut short or damaged; get the file again");
	return diag_set(diag, ERR_INPUT, "the container (zip) is damaged: %s",
			zip_error_strerror(ze));
}

enum err zipfile_open(struct str bytes, struct diag *diag, struct zipfile **ret)
{
	struct zipfile *zip;
	zip_source_t *source;
	zip_error_t ze;
	enum err e = ERR_OK;

	if (bytes.n < ZIP_SMALLEST)
		return diag_set(diag, ERR_INPUT,
				"the container (zip) is cut short or damaged; get the file again");
	if (too_many_members(bytes))
		return diag_set(diag, ERR_LIMIT, "the container (zip) has more than %d members",
				LIMIT_ZIP_ENTRIES);
	zip = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*zip));
	if (zip == NULL)
		return diag_set(diag, ERR_NOMEM, "out of memory");
	zip_error_init(&ze);
	source = zip_source_buffer_create(bytes.n ? bytes.p : "", bytes.n, 0, &ze);
	if (source != NULL) {
		zip->zip = zip_open_from_source(source, ZIP_RDONLY, &ze);
		if (zip->zip == NULL)
			zip_source_free(source);
	}
	if (zip->zip == NULL)
		e = of_zip_error(&ze, diag);
	zip_error_fini(&ze);
	if (e != ERR_OK) {
		zipfile_free(zip);
		return e;
	}
	zip->n = (size_t)zip_get_num_entries(zip->zip, 0);
	*ret = zip;
	return ERR_OK;
}

void zipfile_free(struct zipfile *zip)
{
	if (zip == NULL)
		return;
	if (zip->zip != NULL)
		zip_discard(zip->zip);
	free(zip);
}

size_t zipfile_count(const struct zipfile *zip)
{
	return zip->n;
}

struct str zipfile_name(const struct zipfile *zip, size_t i)
{
	const char *name = i < zip->n ? zip_get_name(zip->zip, i, ZIP_FL_ENC_RAW) : NULL;

	while (name != NULL && (*name == '/' || *name == '\\'))
		name++;
	return str_c(name);
}

static char fold(char c)
{
	if (c == '\\')
		return '/';
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (fold(a.p[i]) != fold(b.p[i]))
			return false;
	return true;
}

size_t zipfile_find(const struct zipfile *zip, struct str name)
{
	while (name.n > 0 && (name.p[0] == '/' || name.p[0] == '\\'))
		name = str_from(name, 1);
	for (size_t i = 0; i < zip->n; i++)
		if (same_name(zipfile_name(zip, i), name))
			return i;
	return ZIP_NOWHERE;
}

/* What the directory says of the member, judged before anything is unpacked. */
static enum err member_judge(const struct zipfile *zip, struct str name, const zip_stat_t *st,
			     struct diag *diag)
{
	if (!(st->valid & ZIP_STAT_SIZE) || !(st->valid & ZIP_STAT_COMP_SIZE))
		return diag_set(diag, ERR_INPUT, "the container (zip) is damaged at " STR_FMT,
				STR_ARG(name));
	if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) && st->encryption_method != ZIP_EM_NONE)
		return diag_set(diag, ERR_INPUT,
				"encrypted: the container (zip) is under a password; save it "
				"without one");
	if (st->size > LIMIT_ZIP_ENTRY_BYTES)
		return diag_set(diag, ERR_LIMIT, STR_FMT " unpacks to more than %zu MiB",
				STR_ARG(name), LIMIT_ZIP_ENTRY_BYTES / MIB);
	if (st->size > LIMIT_ZIP_TOTAL_BYTES - zip->unpacked)
		return diag_set(diag, ERR_LIMIT, "the members unpack to more than %zu MiB",
				LIMIT_ZIP_TOTAL_BYTES / MIB);
	if (st->size > RATIO_FREE_BYTES && st->size / LIMIT_ZIP_RATIO > st->comp_size)
		return diag_set(diag, ERR_LIMIT, STR_FMT " unpacks to more than %d times its size",
				STR_ARG(name), LIMIT_ZIP_RATIO);
	return ERR_OK;
}

/* Reads exactly `n` bytes and then meets the end, which is where libzip compares the checksum. */
static enum err member_unpack(struct zipfile *zip, size_t i, char *p, size_t n, struct diag *diag)
{
	zip_file_t *f = zip_fopen_index(zip->zip, i, 0);
	zip_int64_t got = 1;
	size_t at = 0;
	char behind;

	if (f == NULL)
		return of_zip_error(zip_get_error(zip->zip), diag);
	while (at < n && (got = zip_fread(f, p + at, n - at)) > 0)
		at += (size_t)got;
	if (got > 0 || n == 0)
		got = zip_fread(f, &behind, 1);
	if (got < 0 && zip_error_code_zip(zip_file_get_error(f)) == ZIP_ER_MEMORY) {
		zip_fclose(f);
		return diag_set(diag, ERR_NOMEM, "out of memory");
	}
	zip_fclose(f);
	if (got != 0 || at != n)
		return diag_set(diag, ERR_INPUT,
				"the container (zip) is cut short or damaged; get the file again");
	return ERR_OK;
}

enum err zipfile_read(struct zipfile *zip, size_t i, struct arena *mem, struct diag *diag,
		      struct str *ret)
{
	zip_stat_t st;
	char *p;
	enum err e;

	zip_stat_init(&st);
	if (i >= zip->n || zip_stat_index(zip->zip, i, 0, &st) != 0)
		return diag_set(diag, ERR_INPUT, "the container (zip) is damaged");
	e = member_judge(zip, zipfile_name(zip, i), &st, diag);
	if (e != ERR_OK)
		return e;
	if (fault_point(FAULT_IO))
		return diag_set(diag, ERR_INPUT, "the container (zip) is damaged");
	p = arena_alloc(mem, (size_t)st.size + 1);
	if (p == NULL)
		return diag_set(diag, arena_err(mem), "out of memory");
	e = member_unpack(zip, i, p, (size_t)st.size, diag);
	if (e != ERR_OK)
		return e;
	zip->unpacked += (size_t)st.size;
	*ret = (struct str){p, (size_t)st.size};
	return ERR_OK;
}

enum err zipfile_member(struct zipfile *zip, struct str name, struct arena *mem, struct diag *diag,
			struct str *ret)
{
	size_t i = zipfile_find(zip, name);

	return i == ZIP_NOWHERE ? ERR_ABSENT : zipfile_read(zip, i, mem, diag, ret);
}

struct zipout {
	zip_source_t *target; /* our own reference; the archive holds another */
	zip_t *zip;
	enum err failed;
};

enum err zipout_new(struct zipout **ret)
{
	struct zipout *z = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*z));

	if (z == NULL)
		return ERR_NOMEM;
	z->target = zip_source_buffer_create(NULL, 0, 0, NULL);
	if (z->target != NULL) {
		zip_source_keep(z->target);
		z->zip = zip_open_from_source(z->target, ZIP_TRUNCATE, NULL);
		if (z->zip == NULL)
			zip_source_free(z->target);
	}
	if (z->zip == NULL) {
		zipout_free(z);
		return ERR_NOMEM;
	}
	*ret = z;
	return ERR_OK;
}

void zipout_free(struct zipout *z)
{
	if (z == NULL)
		return;
	if (z->zip != NULL)
		zip_discard(z->zip);
	if (z->target != NULL)
		zip_source_free(z->target);
	free(z);
}

void zipout_add(struct zipout *z, const char *name, struct str bytes)
{
	zip_source_t *source;
	zip_int64_t i;

	if (z->failed != ERR_OK)
		return;
	source = fault_point(FAULT_ALLOC)
			 ? NULL
			 : zip_source_buffer(z->zip, bytes.n ? bytes.p : "", bytes.n, 0);
	if (source == NULL) {
		z->failed = ERR_NOMEM;
		return;
	}
	i = zip_file_add(z->zip, name, source, ZIP_FL_ENC_UTF_8);
	if (i < 0) {
		zip_source_free(source);
		z->failed = ERR_INPUT; /* the name is there already, or is no UTF-8 */
		return;
	}
	if (zip_file_set_dostime(z->zip, (zip_uint64_t)i, 0, DOS_DATE, 0) != 0)
		z->failed = ERR_NOMEM;
}

static enum err copy_out(zip_source_t *source, struct buf *out)
{
	char part[16384];
	zip_int64_t got;

	if (zip_source_open(source) != 0)
		return ERR_IO;
	while ((got = zip_source_read(source, part, sizeof(part))) > 0)
		buf_add(out, str_n(part, (size_t)got));
	zip_source_close(source);
	return got < 0 ? ERR_IO : ERR_OK;
}

enum err zipout_end(struct zipout *z, struct buf *out)
{
	enum err e = z->failed;

	if (e == ERR_OK && zip_close(z->zip) != 0)
		e = ERR_IO;
	else if (e == ERR_OK)
		z->zip = NULL; /* closing freed it */
	if (e == ERR_OK)
		e = copy_out(z->target, out);
	if (e != ERR_OK)
		buf_fail(out, e);
	z->failed = e != ERR_OK ? e : ERR_CONFLICT; /* no second end */
	return e != ERR_OK ? e : buf_end(out);
}
