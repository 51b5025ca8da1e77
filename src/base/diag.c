/* Words for a person beside an error kind. */
#include "base/diag.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"

enum err diag_set(struct diag *diag, enum err e, const char *fmt, ...)
{
	va_list ap;

	if (diag == NULL || diag->text[0] != '\0')
		return e;
	va_start(ap, fmt);
	if (vsnprintf(diag->text, sizeof(diag->text), fmt, ap) < 0)
		diag->text[0] = '\0';
	va_end(ap);
	diag->text[utf8_whole(str_c(diag->text)).n] = '\0';
	for (char *c = diag->text; *c; c++)
		if (*c == '\n' || *c == '\r')
			*c = ' '; /* one line, also when a library's own message has several */
	return e;
}

void diag_at(struct diag *diag, unsigned page, unsigned line)
{
	if (diag == NULL || diag->page || diag->line)
		return;
	diag->page = page;
	diag->line = line;
}
