/* Bytes of any kind -> the reports in them: sniff, read, recognise. */
#ifndef GONGKAI_REPORT_LOAD_H
#define GONGKAI_REPORT_LOAD_H

#include "readers/readers.h"
#include "report/report.h"

/* *ret_kind is set also on failure, so that a caller may skip what is no readable kind.
 * ERR_INPUT when the file holds no report (ret->why tells) or cannot be read. */
MUST_USE enum err report_load(struct str bytes, const struct read_env *env, struct arena *mem,
			      struct diag *diag, enum file_kind *ret_kind, struct report_list *ret);

#endif
