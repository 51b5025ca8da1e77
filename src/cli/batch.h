/* Many inputs, several workers.
 *
 * Each worker is a forked process: a crash or a memory limit costs one file, never the batch.
 * Results come back through pipes and are handed out in the order of the inputs.  With one
 * input the work runs in this process. */
#ifndef GONGKAI_CLI_BATCH_H
#define GONGKAI_CLI_BATCH_H

#include "base/buf.h"
#include "base/diag.h"

/* What one input gave; sent as bytes between our own processes. */
struct batch_head {
	uint64_t index;
	uint64_t size; /* bytes of text that follow */
	int32_t code;  /* enum exit_code of this input */
	uint32_t skipped, unreadable, reports, errors, warnings, infos;
};

struct batch {
	size_t n; /* inputs */
	unsigned jobs;
	/* Does input number head->index: fills head but index and size, appends to `out`. */
	enum err (*work)(void *arg, struct batch_head *head, struct buf *out);
	/* Takes the results in order; called in this process. */
	enum err (*take)(void *arg, const struct batch_head *head, struct str text);
	/* Says in this process that a worker died on an input; fills as `work` does. */
	enum err (*lost)(void *arg, struct batch_head *head, struct buf *out);
	void *arg;
	const char *title; /* of the progress bar */
};

MUST_USE enum err batch_run(const struct batch *batch, struct diag *diag);

/* Limits what one file may cost this process (LIMIT_PROCESS_BYTES of data).  Children of a
 * sandbox set their own. */
void batch_limit_memory(void);

#endif
