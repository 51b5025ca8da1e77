/* Units' reports added up into the report of the body above them, exactly.
 *
 * Counts are added as integers, amounts as decimals; a blank counts as 0.  Only reports of the
 * wanted year in the form of that year are added; the others are named, never mixed in. */
#ifndef GONGKAI_REPORT_MERGE_H
#define GONGKAI_REPORT_MERGE_H

#include "report/check.h"

enum merge_fate {
	MERGE_ADDED,
	MERGE_OTHER_YEAR, /* not the wanted year, or none stated */
	MERGE_OTHER_FORM, /* its tables are not those of the year's form */
	MERGE_TWICE,      /* a unit of this name was added already */
	MERGE_UNTRUSTED,  /* its tables could not be read surely */
	MERGE_NO_TABLES,
	MERGE_UNREADABLE, /* set by the caller */
	MERGE_MISSING,    /* on the list, no report given */
	MERGE_UNLISTED,   /* added, but not on the list */
};

struct merge_unit {
	struct str name; /* organ, or the file's name when it could not be read */
	struct str note; /* why not added, or what to look at */
	enum merge_fate fate;
};

struct merge {
	struct report *sum;
	struct merge_unit *units;
	size_t n_units, cap_units;
	size_t n_added;
};

/* An empty sum.  ERR_ABSENT when no form is in force for the year. */
MUST_USE enum err merge_begin(const struct law *law, struct str body, int year, struct arena *mem,
			      struct diag *diag, struct merge *ret);
/* Adds a unit or names it with the reason why not.  ERR_LIMIT when a sum passes 2^53. */
MUST_USE enum err merge_add(struct merge *merge, const struct report *unit, struct diag *diag);
MUST_USE enum err merge_unread(struct merge *merge, struct str name, struct str why);
/* Compares with the list of units (one name a line, blank lines and #-lines skipped). */
MUST_USE enum err merge_list(struct merge *merge, struct str list);
/* Writes title, preamble, headings and a sentence on what was added into the sum. */
MUST_USE enum err merge_end(struct merge *merge);
/* AR-G01: one finding for each cell in which a stated aggregate differs from the sum; amounts
 * within 0.01 a unit agree. */
MUST_USE enum err merge_against(const struct merge *merge, const struct report *stated,
				struct arena *mem, struct findings *ret);

const char *merge_fate_zh(enum merge_fate fate);

#endif
