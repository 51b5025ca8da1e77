/* Points at which a test may make the world fail: the 1st, 2nd, 3rd … allocation or I/O step,
 * once or for good (as SQLite's test harness does).  In builds without -Dfaults=true each
 * point is the constant false and costs nothing. */
#ifndef GONGKAI_BASE_FAULT_H
#define GONGKAI_BASE_FAULT_H

#include <stdbool.h>

enum fault_kind {
	FAULT_ALLOC = 1,
	FAULT_IO = 2,
};

#ifdef GONGKAI_FAULTS
/* Arms: step number `at` (from 1) of the kinds in the mask fails; with `for_good` all later
 * steps fail too.  at == 0 disarms. */
void fault_arm(unsigned kinds, unsigned long at, bool for_good);
/* Whether an armed fault has struck since fault_arm. */
bool fault_struck(void);
bool fault_point(enum fault_kind kind);
#else
static inline bool fault_point(enum fault_kind kind)
{
	(void)kind;
	return false;
}
#endif

#endif
