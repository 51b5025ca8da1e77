/* Names of the kinds of failure. */
#include "base/err.h"

const char *err_name(enum err e)
{
	static const char *const name[] = {"ok",       "input",  "limit", "absent",
					   "conflict", "denied", "io",    "nomem"};

	return (unsigned)e < sizeof(name) / sizeof(name[0]) ? name[e] : "unknown";
}
