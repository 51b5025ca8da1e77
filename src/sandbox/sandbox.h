/* A child process with limits, for foreign and risky parsers (findings: rlimits, no new
 * privileges, Landlock, seccomp, a network namespace where the system allows each).
 *
 * The child sees: its program and libraries (read only), the input as descriptor 0, a pipe as
 * descriptor 1, /dev/null as 2, and, for programs that need a folder, one fresh empty folder
 * of its own that is removed afterwards.  No network, no other files, no other descriptors. */
#ifndef GONGKAI_SANDBOX_SANDBOX_H
#define GONGKAI_SANDBOX_SANDBOX_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"

struct sandbox;

enum sandbox_layer {
	SANDBOX_RLIMITS = 1,
	SANDBOX_SECCOMP = 2,
	SANDBOX_LANDLOCK = 4,
	SANDBOX_NETNS = 8,
};

/* Probes once what the system offers.  Thread- and fork-safe afterwards. */
MUST_USE enum err sandbox_new(struct sandbox **ret);
void sandbox_free(struct sandbox *sandbox);
AUTO_TYPE(sandbox, sandbox_free);
unsigned sandbox_layers(const struct sandbox *sandbox);

struct sandbox_job {
	/* Found in /usr/bin or /usr/local/bin, never by $PATH; or an absolute path. */
	const char *program;
	const char *const *argv; /* argv[0] … NULL */
	struct str input;        /* given as descriptor 0, a sealed memory file */
	const char *input_name;  /* folder jobs: the input lies there under this name too */
	const char *output_name; /* folder jobs: this file is the output, not descriptor 1 */
	bool folder;             /* give it a folder of its own (LibreOffice) */
	size_t memory_bytes, output_bytes;
	unsigned cpu_s, wall_s;
};

/* ERR_ABSENT: the program is not installed (diag names the Debian package when known).
 * ERR_LIMIT: time, memory or output passed.  ERR_INPUT: it ended with a non-zero status
 * (*ret_status, its exit code).  ERR_IO: could not be started. */
MUST_USE enum err sandbox_run(const struct sandbox *sandbox, const struct sandbox_job *job,
			      struct diag *diag, struct buf *out, int *ret_status);

#endif
