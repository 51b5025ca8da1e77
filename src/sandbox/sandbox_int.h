/* Private parts of the sandbox: what the parent prepares and the child applies.
 *
 * Everything that allocates, opens or compiles is done in the parent, once; between fork and
 * exec the child makes plain system calls only, so it is safe in a program with threads. */
#ifndef GONGKAI_SANDBOX_SANDBOX_INT_H
#define GONGKAI_SANDBOX_SANDBOX_INT_H

#include <linux/filter.h>
#include <sys/types.h>

#include "sandbox/sandbox.h"

enum sandbox_profile {
	PROFILE_PIPE,   /* bytes in, bytes out: no process, no socket, no file opened for writing */
	PROFILE_FOLDER, /* an office program: threads, children, local sockets, its own folder */
	PROFILE_COUNT,
};

struct sandbox {
	unsigned layers;
	int landlock_abi;                        /* 0: the kernel has none */
	struct sock_fprog filter[PROFILE_COUNT]; /* len 0: none */
	int rules;                               /* Landlock rules of PROFILE_PIPE, or -1 */
	uid_t uid; /* the user that a child becomes when we are root; 0: stays who it is */
};

/* Compiles the system-call filter of a profile; len stays 0 where the system has no filters. */
MUST_USE enum err sandbox_filter_make(enum sandbox_profile profile, struct sock_fprog *ret);
void sandbox_filter_free(struct sock_fprog *filter);
bool sandbox_filter_available(void);

/* Version of the kernel's Landlock, 0 when it has none. */
int sandbox_landlock_abi(void);
/* New rules: system folders readable, `program` executable, `folder` (may be NULL) writable.
 * The descriptor, or -1 with errno. */
int sandbox_landlock_rules(int abi, const char *program, const char *folder);
int sandbox_landlock_apply(int rules); /* in the child; 0 or -1 */

/* A fresh folder of mode 0700, owned by `uid` when that is not 0.  `ret_path` holds its path. */
#define SANDBOX_PATH_BYTES 128
MUST_USE enum err sandbox_folder_make(uid_t uid, char ret_path[SANDBOX_PATH_BYTES]);
/* Removes it with all that lies in it; symbolic links are not followed. */
void sandbox_folder_remove(const char *path);
MUST_USE enum err sandbox_folder_put(const char *folder, const char *name, struct str bytes,
				     uid_t uid);
/* Adds a regular file of the folder to `out`. */
MUST_USE enum err sandbox_folder_get(const char *folder, const char *name, size_t max_bytes,
				     struct diag *diag, struct buf *out);

/* What the child needs, all made beforehand. */
struct sandbox_child {
	const struct sandbox *sandbox;
	const struct sandbox_job *job;
	const char *path;   /* of the program */
	const char *folder; /* or NULL */
	const char *const *env;
	enum sandbox_profile profile;
	int in, out, null; /* all above 9 */
	int report;        /* the child writes a struct sandbox_failure here; closed by exec */
	int rules;         /* Landlock, or -1 */
	pid_t parent;
};

/* The step at which a child gave up before exec. */
struct sandbox_failure {
	char step[24];
	int error;
};

/* Confines the calling process and runs the program; never returns. */
__attribute__((noreturn)) void sandbox_child_run(const struct sandbox_child *child);

#endif
