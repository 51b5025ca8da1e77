/* Loads all tables of the law and answers what needs no table of its own. */
#include "law/law.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/fault.h"
#include "law/law_int.h"

static bool known_file(const char *name)
{
	for (size_t i = 0; i < law_files_n; i++)
		if (strcmp(law_files[i].name, name) == 0)
			return true;
	return false;
}

/* A misspelt table would be passed over in silence, so every .csv must be a known one. */
static enum err check_names(DIR *d, const char *dir, struct diag *diag)
{
	const struct dirent *entry;

	while ((entry = readdir(d)) != NULL) {
		if (str_ends(str_c(entry->d_name), STR(".csv")) && entry->d_name[0] != '.' &&
		    !known_file(entry->d_name))
			return diag_set(
				diag, ERR_INPUT,
				"%s/%s is no table of the law; the names are those of data/law "
				"(holidays.csv, tariffs.csv, rows.csv …)",
				dir, entry->d_name);
	}
	return ERR_OK;
}

static enum err check_dir(const char *dir, struct diag *diag)
{
	DIR *d = fault_point(FAULT_IO) ? (errno = EIO, NULL) : opendir(dir);
	enum err e;

	if (d == NULL) {
		if (errno == ENOENT || errno == ENOTDIR)
			return diag_set(diag, ERR_INPUT, "no folder %s for law tables", dir);
		return diag_set(diag, errno == EACCES ? ERR_DENIED : ERR_IO,
				"the folder %s of law tables cannot be read: %s", dir,
				strerror(errno));
	}
	e = check_names(d, dir, diag);
	closedir(d);
	return e;
}

static enum err load(struct loader *ld, const struct law **ret)
{
	enum err e = ld->law == NULL ? arena_err(ld->mem) : ERR_OK;

	if (e == ERR_OK && ld->dir != NULL)
		e = check_dir(ld->dir, ld->diag);
	if (e == ERR_OK)
		e = load_forms(ld);
	if (e == ERR_OK)
		e = load_headings(ld);
	if (e == ERR_OK)
		e = load_rules(ld);
	if (e == ERR_OK)
		e = load_days(ld);
	if (e == ERR_OK)
		*ret = ld->law;
	return e;
}

enum err law_load(const char *override_dir, struct arena *mem, struct diag *diag,
		  const struct law **ret)
{
	struct loader ld = {ARENA_NEW(mem, struct law), override_dir, NULL, mem, diag};

	return load(&ld, ret);
}

enum err law_load_given(const struct embed_file *given, struct arena *mem, struct diag *diag,
			const struct law **ret)
{
	struct loader ld = {ARENA_NEW(mem, struct law), NULL, given, mem, diag};

	return load(&ld, ret);
}

const struct workdays *law_workdays(const struct law *law)
{
	return law->days;
}

bool law_in_force(struct law_period p, struct date on)
{
	return date_cmp(p.from, on) <= 0 && (date_none(p.to) || date_cmp(on, p.to) <= 0);
}

const struct law_outcome *law_outcomes(const struct law *law, size_t *ret_n)
{
	*ret_n = law->n_outcomes;
	return law->outcomes;
}

const struct law_outcome *law_outcome(const struct law *law, struct str key, struct date on)
{
	for (size_t i = 0; i < law->n_outcomes; i++)
		if (str_eq(law->outcomes[i].key, key) && law_in_force(law->outcomes[i].period, on))
			return &law->outcomes[i];
	return NULL;
}

const struct law_limit *law_limit(const struct law *law, struct str key, struct date on)
{
	for (size_t i = 0; i < law->n_limits; i++)
		if (str_eq(law->limits[i].key, key) && law_in_force(law->limits[i].period, on))
			return &law->limits[i];
	return NULL;
}

const struct law_document *law_documents(const struct law *law, size_t *ret_n)
{
	*ret_n = law->n_documents;
	return law->documents;
}

const struct law_document *law_document(const struct law *law, struct str number)
{
	for (size_t i = 0; i < law->n_documents; i++)
		if (str_eq(law->documents[i].number, number))
			return &law->documents[i];
	return NULL;
}

struct date law_deadline(const struct law *law, struct str who, int year)
{
	for (size_t i = 0; i < law->n_deadlines; i++) {
		const struct deadline *d = &law->deadlines[i];
		struct date day = {year + 1, d->month, d->day};

		if ((str_eq(d->who, who) || str_eq(d->who, STR("any"))) &&
		    law_in_force(d->period, day))
			return day;
	}
	return DATE_NONE;
}
