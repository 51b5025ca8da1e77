/* gongkai due and gongkai fee: what they print, apart from how they are called. */
#ifndef GONGKAI_CLI_DUE_H
#define GONGKAI_CLI_DUE_H

#include "base/buf.h"
#include "calendar/term.h"
#include "law/law.h"

/* "2025-03-10..2025-03-24"; ERR_INPUT for anything else. */
MUST_USE enum err due_parse_stop(struct str s, struct term_stop *ret);

/* A line a day, the due date, and a sentence why; in Chinese. */
void due_text(const struct law *law, const struct term_spec *spec, const struct term *term,
	      struct buf *out);
/* gongkai-due/1 of contracts.md. */
MUST_USE enum err due_json(const struct law *law, const struct term_spec *spec,
			   const struct term *term, struct buf *out);

void fee_text(enum fee_kind kind, int64_t count, const struct fee *fee, struct buf *out);
/* gongkai-fee/1 of contracts.md; amounts in yuan with two decimals, reckoned in fen. */
MUST_USE enum err fee_json(const struct fee *fee, struct buf *out);

#endif
