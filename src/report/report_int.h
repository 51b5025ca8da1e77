/* Inside src/report: building a report, shared by json.c, recognise.c and blank.c. */
#ifndef GONGKAI_REPORT_REPORT_INT_H
#define GONGKAI_REPORT_REPORT_INT_H

#include "report/report.h"

MUST_USE enum err report_new(const struct law *law, struct arena *mem, struct report **ret);

/* report_table for writing. */
struct report_table *report_table_of(struct report *report, int table);

enum report_form report_form_kind(const struct form *form);

/* A row of any form by its key, the report's own form first. */
const struct form_row *report_form_row(const struct report *report, int table, struct str key);

/* Puts a row at its place in the order of the form; cells are CELL_ABSENT.  The caller has
 * made sure that the row is not there yet. */
MUST_USE enum err report_row_add(struct report *report, int table, const struct form_row *form,
				 struct report_row **ret);

/* Best row of any form for a printed label; the newest form first, so that `other` of 2019 is
 * only found where the three rows of 2021 do not fit better. */
MUST_USE enum err report_match_row(const struct law *law, int table, struct str label,
				   struct arena *mem, struct label_match *ret);

/* Text with '\n' into paragraphs; views of the text. */
MUST_USE enum err report_split_paras(struct str text, struct arena *mem, struct report_para **paras,
				     size_t *n, size_t *cap);

#endif
