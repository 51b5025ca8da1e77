/* Which limit a document has passed, in words. */
#ifndef GONGKAI_READERS_LIMIT_H
#define GONGKAI_READERS_LIMIT_H

#include "base/diag.h"
#include "doc/doc.h"

/* After ERR_LIMIT from building `doc`: names the limit, unless `diag` knows more already.  `what`
 * is "the page", "the workbook" ….  Gives ERR_LIMIT. */
MUST_USE enum err reader_limit(const struct doc *doc, const char *what, struct diag *diag);

#endif
