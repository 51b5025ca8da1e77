/* Landlock by its raw system calls (Linux 5.13): which files a child may see.
 *
 * The constants are written out because the headers of older systems lack them; the kernel's
 * version tells which of them it knows. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox/sandbox_int.h"

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define RIGHT_EXECUTE (UINT64_C(1) << 0)
#define RIGHT_WRITE_FILE (UINT64_C(1) << 1)
#define RIGHT_READ_FILE (UINT64_C(1) << 2)
#define RIGHT_READ_DIR (UINT64_C(1) << 3)
#define RIGHTS_ABI_1 ((UINT64_C(1) << 13) - 1)
#define RIGHT_REFER (UINT64_C(1) << 13)     /* version 2 */
#define RIGHT_TRUNCATE (UINT64_C(1) << 14)  /* version 3 */
#define RIGHT_IOCTL_DEV (UINT64_C(1) << 15) /* version 5 */
#define RIGHTS_OF_FILES                                                                            \
	(RIGHT_EXECUTE | RIGHT_WRITE_FILE | RIGHT_READ_FILE | RIGHT_TRUNCATE | RIGHT_IOCTL_DEV)
#define NET_ALL UINT64_C(3)   /* version 4: TCP bind and connect */
#define SCOPE_ALL UINT64_C(3) /* version 6: abstract sockets, signals */

#define READING (RIGHT_EXECUTE | RIGHT_READ_FILE | RIGHT_READ_DIR)

struct rules_attr {
	uint64_t fs, net, scoped;
};

struct path_attr {
	uint64_t rights;
	int32_t parent;
} __attribute__((packed));

/* Programs, libraries, fonts and their caches; not a home, not /etc as a whole. */
static const char *const readable[] = {
	"/usr",
	"/lib",
	"/lib32",
	"/lib64",
	"/bin",
	"/opt",
	"/etc/ld.so.cache",
	"/etc/fonts",
	"/etc/localtime",
	"/var/cache/fontconfig",
	"/dev/null",
	"/dev/urandom",
};
/* Besides, for an office program: its settings, and what it asks about itself. */
static const char *const readable_folder[] = {
	"/etc/libreoffice",
	"/var/lib/libreoffice",
	"/var/spool/libreoffice",
	"/etc/locale.alias",
	"/etc/group",
	"/etc/nsswitch.conf",
	"/etc/passwd",
	"/etc/java",
	"/etc/papersize",
	"/etc/mime.types",
	"/proc/self",
	"/proc/meminfo",
	"/proc/cpuinfo",
	"/proc/version",
	"/dev/zero",
	"/dev/random",
};

int sandbox_landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);

	return abi > 0 ? (int)abi : 0;
}

static uint64_t all_rights(int abi)
{
	uint64_t rights = RIGHTS_ABI_1;

	if (abi >= 2)
		rights |= RIGHT_REFER;
	if (abi >= 3)
		rights |= RIGHT_TRUNCATE;
	if (abi >= 5)
		rights |= RIGHT_IOCTL_DEV;
	return rights;
}

/* A path that is not there needs no rule. */
static int allow(int rules, const char *path, uint64_t rights)
{
	struct path_attr attr = {.rights = rights};
	struct stat st;
	int bad = -1;
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT || errno == EACCES || errno == ENOTDIR ? 0 : -1;
	if (fstat(fd, &st) == 0) {
		if (!S_ISDIR(st.st_mode))
			attr.rights &= RIGHTS_OF_FILES;
		attr.parent = fd;
		bad = (int)syscall(SYS_landlock_add_rule, rules, 1, &attr, 0);
	}
	close(fd);
	return bad;
}

int sandbox_landlock_rules(int abi, const char *program, const char *folder)
{
	struct rules_attr attr = {.fs = all_rights(abi), .net = NET_ALL, .scoped = SCOPE_ALL};
	size_t size = abi >= 6 ? sizeof(attr) : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, size, 0);
	int bad = rules < 0;

	for (size_t i = 0; i < sizeof(readable) / sizeof(*readable) && !bad; i++)
		bad = allow(rules, readable[i], READING);
	if (!bad && program != NULL)
		bad = allow(rules, program, READING);
	if (!bad && folder != NULL) {
		bad = allow(rules, folder, all_rights(abi) & ~RIGHT_EXECUTE & ~RIGHT_IOCTL_DEV) ||
		      allow(rules, "/dev/null", RIGHT_WRITE_FILE | RIGHT_READ_FILE);
		for (size_t i = 0; i < sizeof(readable_folder) / sizeof(*readable_folder) && !bad;
		     i++)
			bad = allow(rules, readable_folder[i], READING);
	}
	if (bad && rules >= 0) {
		int saved = errno;

		close(rules);
		errno = saved;
		rules = -1;
	}
	return rules;
}

int sandbox_landlock_apply(int rules)
{
	return (int)syscall(SYS_landlock_restrict_self, rules, 0);
}
