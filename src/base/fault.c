/* The counter behind fault_point; compiled to nothing without -Dfaults=true. */
#include "base/fault.h"

#ifdef GONGKAI_FAULTS

static struct {
	unsigned kinds;
	unsigned long at;
	unsigned long step;
	bool for_good;
	bool struck;
} plan; /* tests are single-threaded */

void fault_arm(unsigned kinds, unsigned long at, bool for_good)
{
	plan.kinds = kinds;
	plan.at = at;
	plan.step = 0;
	plan.for_good = for_good;
	plan.struck = false;
}

bool fault_struck(void)
{
	return plan.struck;
}

bool fault_point(enum fault_kind kind)
{
	if (plan.at == 0 || !(plan.kinds & (unsigned)kind))
		return false;
	plan.step++;
	if (plan.step != plan.at && !(plan.for_good && plan.step > plan.at))
		return false;
	plan.struck = true;
	return true;
}

#else
typedef int fault_file_is_not_empty; /* ISO C wants a declaration in each file */
#endif
