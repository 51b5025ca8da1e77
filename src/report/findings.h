/* Findings for people and programs: text, JSON, CSV, and the report with its findings marked. */
#ifndef GONGKAI_REPORT_FINDINGS_H
#define GONGKAI_REPORT_FINDINGS_H

#include "base/buf.h"
#include "doc/doc.h"
#include "report/check.h"

/* One checked input: a report with its findings, or the reason why there is none. */
struct findings_of {
	struct str file;                 /* as the caller named it */
	const struct report *report;     /* NULL: not readable */
	const struct findings *findings; /* NULL: not readable */
	struct str reason;               /* why not, one line: reason_zh */
};

struct findings_summary {
	size_t files, skipped, unreadable, errors, warnings, infos;
};

/* Why a file was not read, as the reader said it in English, for an official: in Chinese, with
 * the reader's own words behind it in brackets, for whoever keeps the program. */
MUST_USE enum err reason_zh(struct str said, struct arena *mem, struct str *ret);

/* Findings less severe than `min` are left out of the output. */

/* One group a file: a head line, then a line or two a finding.  `color` puts SGR codes. */
MUST_USE enum err findings_text(const struct findings_of *of, enum severity min, bool color,
				struct buf *out);
/* The closing line: N 份报告，错误 N 处 … */
MUST_USE enum err findings_text_summary(const struct findings_summary *sum, bool color,
					struct buf *out);

/* One report object of contracts.md §3, without '\n'; the caller puts commas and the frame,
 * or uses findings_json_begin / _end around objects separated by ','. */
MUST_USE enum err findings_json(const struct findings_of *of, enum severity min, struct buf *out);
/* {"schema":"gongkai-findings/1","reports":[ */
MUST_USE enum err findings_json_begin(struct buf *out);
/* ],"summary":{…}} and '\n' */
MUST_USE enum err findings_json_end(const struct findings_summary *sum, struct buf *out);

/* file,body,year,rule,severity,where,printed,expected,message,page,line,quote,basis,key */
MUST_USE enum err findings_csv_head(struct buf *out);
MUST_USE enum err findings_csv(const struct findings_of *of, enum severity min, struct buf *out);

/* The report composed in its form (report_compose) with a list of its findings in front and
 * each marked where it belongs; for html_write. */
MUST_USE enum err report_marked_doc(const struct report *report, const struct findings *findings,
				    enum severity min, struct arena *mem, struct doc **ret);

#endif
