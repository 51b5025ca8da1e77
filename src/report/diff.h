/* Two reports compared: cell by cell, sentence by sentence. */
#ifndef GONGKAI_REPORT_DIFF_H
#define GONGKAI_REPORT_DIFF_H

#include "report/report.h"

struct diff_cell {
	struct str where; /* address; a whole row when one side lacks it */
	bool old_there, new_there;
	struct str old_text, new_text; /* as printed */
};

struct diff_sentence {
	bool removed; /* else added */
	struct str text;
};

struct diff_part {
	struct str where; /* "title", "preamble", "section.1", "contact" … */
	int likeness;     /* permille, in sentences' characters */
	struct diff_sentence *sentences;
	size_t n, cap;
};

struct report_diff {
	struct diff_cell *cells;
	size_t n_cells, cap_cells;
	struct diff_part *parts; /* only those that differ */
	size_t n_parts, cap_parts;
	int likeness; /* of all text, permille; 1000 when nothing differs */
};

/* Empty (no cells, no parts) exactly when the two say the same. */
MUST_USE enum err report_diff(const struct report *old, const struct report *new, struct arena *mem,
			      struct report_diff *ret);

/* Text of a cell as the report prints it: printed, else the number. */
MUST_USE enum err diff_cell_text(const struct cell *cell, struct arena *mem, struct str *ret);

#endif
