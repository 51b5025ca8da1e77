/* Chinese text. */
#include "base/han.h"
