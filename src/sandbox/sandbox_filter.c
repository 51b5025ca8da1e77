/* The system-call filters, compiled once into BPF so that a child only installs them. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fault.h"
#include "sandbox/sandbox_int.h"

#ifdef GONGKAI_HAVE_SECCOMP

#include <linux/seccomp.h>
#include <seccomp.h>

/* What pdftotext needs, and what other versions of the C library ask for besides.  Everything
 * else answers EPERM. */
static const char *const pipe_allowed[] = {
	"execve",
	"read",
	"write",
	"readv",
	"writev",
	"pread64",
	"close",
	"fstat",
	"newfstatat",
	"fstat64",
	"fstatat64",
	"stat",
	"lstat",
	"statx",
	"lseek",
	"_llseek",
	"mmap",
	"mmap2",
	"munmap",
	"mremap",
	"mprotect",
	"madvise",
	"brk",
	"futex",
	"futex_time64",
	"getdents64",
	"getrandom",
	"rseq",
	"set_tid_address",
	"set_robust_list",
	"arch_prctl",
	"access",
	"faccessat",
	"faccessat2",
	"readlink",
	"readlinkat",
	"sysinfo",
	"uname",
	"getcwd",
	"fcntl",
	"fcntl64",
	"clock_gettime",
	"clock_gettime64",
	"clock_getres",
	"gettimeofday",
	"time",
	"rt_sigaction",
	"rt_sigprocmask",
	"rt_sigreturn",
	"sigreturn",
	"sigaltstack",
	"sched_getaffinity",
	"sched_yield",
	"getrusage",
	"getuid",
	"geteuid",
	"getgid",
	"getegid",
	"getpid",
	"gettid",
	"getppid",
	"exit",
	"exit_group",
	"restart_syscall",
	"ugetrlimit",
	"getrlimit",
	"fadvise64",
	"dup",
	"pipe2",
	"poll",
	"ppoll",
	"riscv_flush_icache",
	"cacheflush",
};

/* What no office program needs and a hostile document may want. */
static const char *const folder_refused[] = {
	"ptrace",
	"bpf",
	"mount",
	"umount2",
	"umount",
	"pivot_root",
	"chroot",
	"kexec_load",
	"kexec_file_load",
	"init_module",
	"finit_module",
	"delete_module",
	"reboot",
	"swapon",
	"swapoff",
	"keyctl",
	"add_key",
	"request_key",
	"perf_event_open",
	"userfaultfd",
	"process_vm_readv",
	"process_vm_writev",
	"setns",
	"unshare",
	"io_uring_setup",
	"io_uring_enter",
	"io_uring_register",
	"open_by_handle_at",
	"name_to_handle_at",
	"settimeofday",
	"clock_settime",
	"adjtimex",
	"clock_adjtime",
	"sethostname",
	"setdomainname",
	"acct",
	"quotactl",
	"syslog",
	"vhangup",
	"nfsservctl",
	"iopl",
	"ioperm",
	"move_mount",
	"fsopen",
	"fsconfig",
	"fsmount",
	"open_tree",
	"mount_setattr",
	"pidfd_getfd",
};

bool sandbox_filter_available(void)
{
	uint32_t action = SECCOMP_RET_ERRNO;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

/* Names that this processor does not have are passed over. */
static int add_all(scmp_filter_ctx ctx, uint32_t action, const char *const *names, size_t n)
{
	int bad = 0;

	for (size_t i = 0; i < n && bad == 0; i++) {
		int number = seccomp_syscall_resolve_name(names[i]);

		if (number >= 0)
			bad = seccomp_rule_add(ctx, action, number, 0);
	}
	return bad;
}

static int add_pipe_rules(scmp_filter_ctx ctx)
{
	/* Files open for reading only: where Landlock is absent this is what keeps them whole. */
	const unsigned writing = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND;
	int bad = add_all(ctx, SCMP_ACT_ALLOW, pipe_allowed,
			  sizeof(pipe_allowed) / sizeof(*pipe_allowed));

	if (bad == 0)
		bad = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
				       SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0));
	if (bad == 0 && SCMP_SYS(open) >= 0)
		bad = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
				       SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0));
	if (bad == 0) /* asking for limits, not setting them */
		bad = seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
				       SCMP_A2(SCMP_CMP_EQ, 0));
	if (bad == 0) /* isatty; a terminal is not among the descriptors */
		bad = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0);
	return bad;
}

static int add_folder_rules(scmp_filter_ctx ctx)
{
	int bad = add_all(ctx, SCMP_ACT_ERRNO(EPERM), folder_refused,
			  sizeof(folder_refused) / sizeof(*folder_refused));

	if (bad == 0)
		bad = seccomp_rule_add(ctx, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
				       SCMP_A0(SCMP_CMP_NE, AF_UNIX));
	return bad;
}

/* libseccomp writes programs to a descriptor only; a memory file carries it over. */
static enum err export_filter(scmp_filter_ctx ctx, struct sock_fprog *ret)
{
	enum err e = ERR_IO;
	int fd = memfd_create("filter", MFD_CLOEXEC);
	void *code = NULL;
	off_t size;

	if (fd < 0)
		return ERR_IO;
	if (seccomp_export_bpf(ctx, fd) != 0)
		goto out;
	size = lseek(fd, 0, SEEK_END);
	if (size <= 0 || (size_t)size / sizeof(struct sock_filter) > BPF_MAXINSNS)
		goto out;
	code = fault_point(FAULT_ALLOC) ? NULL : malloc((size_t)size);
	if (code == NULL) {
		e = ERR_NOMEM;
		goto out;
	}
	if (pread(fd, code, (size_t)size, 0) != size)
		goto out;
	ret->len = (unsigned short)((size_t)size / sizeof(struct sock_filter));
	ret->filter = code;
	code = NULL;
	e = ERR_OK;
out:
	free(code);
	close(fd);
	return e;
}

enum err sandbox_filter_make(enum sandbox_profile profile, struct sock_fprog *ret)
{
	uint32_t by_default = profile == PROFILE_PIPE ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_ALLOW;
	scmp_filter_ctx ctx = seccomp_init(by_default);
	enum err e;

	if (ctx == NULL)
		return ERR_NOMEM;
	if ((profile == PROFILE_PIPE ? add_pipe_rules(ctx) : add_folder_rules(ctx)) != 0)
		e = ERR_IO;
	else
		e = export_filter(ctx, ret);
	seccomp_release(ctx);
	return e;
}

#else /* built without libseccomp: the other layers remain */

bool sandbox_filter_available(void)
{
	return false;
}

enum err sandbox_filter_make(enum sandbox_profile profile, struct sock_fprog *ret)
{
	(void)profile;
	ret->len = 0;
	ret->filter = NULL;
	return ERR_OK;
}

#endif

void sandbox_filter_free(struct sock_fprog *filter)
{
	free(filter->filter);
	filter->filter = NULL;
	filter->len = 0;
}
