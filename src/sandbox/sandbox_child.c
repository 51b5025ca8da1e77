/* The child's side: from fork to exec, layer by layer.  Only plain system calls here: another
 * thread of the parent may have held any lock at the moment of the fork. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/seccomp.h>

#include "sandbox/sandbox_int.h"

#define REPORT_FD 3 /* after 0, 1 and 2; closed by exec */
#define FILES_PIPE 16
#define FILES_FOLDER 512
#define FALLBACK_DESCRIPTORS 65536 /* closed one by one where the kernel has no close_range */

__attribute__((noreturn)) static void give_up(const char *step)
{
	struct sandbox_failure failure = {.error = errno};
	size_t n = 0;
	ssize_t written;

	while (step[n] != '\0' && n + 1 < sizeof(failure.step)) {
		failure.step[n] = step[n];
		n++;
	}
	written = write(REPORT_FD, &failure, sizeof(failure));
	(void)written; /* the parent then sees an ordinary end with status 127 */
	_exit(127);
}

static void limit(int what, size_t value, size_t hard, const char *step)
{
	struct rlimit r = {.rlim_cur = (rlim_t)value, .rlim_max = (rlim_t)hard}, old;

	/* Whoever called us may have set a tighter limit, which only root could lift. */
	if (getrlimit((__rlimit_resource_t)what, &old) == 0 && r.rlim_max > old.rlim_max)
		r.rlim_max = old.rlim_max;
	if (r.rlim_cur > r.rlim_max)
		r.rlim_cur = r.rlim_max;
	if (setrlimit((__rlimit_resource_t)what, &r) != 0)
		give_up(step);
}

static void close_others(void)
{
	if (syscall(SYS_close_range, REPORT_FD + 1, ~0U, 0) == 0)
		return;
	for (int fd = REPORT_FD + 1; fd < FALLBACK_DESCRIPTORS; fd++)
		close(fd);
}

static void take_descriptors(const struct sandbox_child *child)
{
	if (dup3(child->report, REPORT_FD, O_CLOEXEC) < 0)
		_exit(127);
	if (dup2(child->in, 0) < 0 || dup2(child->out, 1) < 0 || dup2(child->null, 2) < 0)
		give_up("descriptors");
}

static void plain_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		signal(sig, SIG_DFL); /* fails for those that cannot be changed: they need not */
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A network of its own, empty.  Where the filter already refuses every socket it would only
 * cost time; an office program needs local sockets, so there it is the layer that counts. */
static void leave_network(const struct sandbox_child *child)
{
	bool sockets_refused =
		child->profile == PROFILE_PIPE && child->sandbox->filter[PROFILE_PIPE].len > 0;

	if ((child->sandbox->layers & SANDBOX_NETNS) == 0 || sockets_refused)
		return;
	if (unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) != 0)
		give_up("network namespace");
}

/* An office program keeps a socket in /tmp, whatever TMPDIR says: there it finds its own folder.
 * Where mounting is not allowed it may fail, and its document is then not read. */
static void own_tmp(const struct sandbox_child *child)
{
	if (child->folder == NULL || strncmp(child->folder, "/tmp/", 5) == 0 ||
	    (child->sandbox->layers & SANDBOX_NETNS) == 0 || unshare(CLONE_NEWNS) != 0)
		return;
	if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
		(void)!mount(child->folder, "/tmp", NULL, MS_BIND, NULL);
}

/* Root becomes nobody, so that no layer stands alone between a parser and the system. */
static void drop_root(const struct sandbox_child *child)
{
	uid_t uid = child->sandbox->uid;

	if (uid == 0)
		return;
	if (setgroups(0, NULL) != 0 || setresgid(uid, uid, uid) != 0 ||
	    setresuid(uid, uid, uid) != 0)
		give_up("user");
}

static void set_limits(const struct sandbox_child *child)
{
	bool pipe_only = child->profile == PROFILE_PIPE;

	size_t memory = child->job->memory_bytes;
	size_t files = pipe_only ? FILES_PIPE : FILES_FOLDER;
	size_t size = pipe_only ? 0 : child->job->output_bytes;
	size_t cpu_s = child->job->cpu_s;
	struct rlimit data;

	/* The caller may have bounded its own data: the child has its own measure, below. */
	if (getrlimit(RLIMIT_DATA, &data) == 0) {
		data.rlim_cur = data.rlim_max;
		(void)setrlimit(RLIMIT_DATA, &data);
	}
	limit(RLIMIT_CORE, 0, 0, "core limit");
	limit(RLIMIT_AS, memory, memory, "memory limit");
	limit(RLIMIT_CPU, cpu_s, cpu_s + 1,
	      "time limit"); /* a warning that ends it, then the end */
	limit(RLIMIT_NOFILE, files, files, "file limit");
	limit(RLIMIT_FSIZE, size, size, "size limit");
	if (pipe_only) /* set after the user is, or exec itself would be refused */
		limit(RLIMIT_NPROC, 0, 0, "process limit");
}

void sandbox_child_run(const struct sandbox_child *child)
{
	const struct sock_fprog *filter = &child->sandbox->filter[child->profile];

	take_descriptors(child);
	plain_signals();
	if (setpgid(0, 0) != 0)
		give_up("process group");
	leave_network(child);
	own_tmp(child);
	drop_root(child);
	/* After the change of user, which would clear it. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		give_up("death signal");
	if (getppid() != child->parent)
		_exit(127); /* the parent is gone: nobody waits for an answer */
	if (chdir(child->folder != NULL ? child->folder : "/") != 0)
		give_up("folder");
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		give_up("no new privileges");
	if (child->rules >= 0 && sandbox_landlock_apply(child->rules) != 0)
		give_up("file rules");
	close_others();
	set_limits(child);
	if (filter->len > 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, filter) != 0)
		give_up("system-call filter");
	execve(child->path, (char *const *)(uintptr_t)child->job->argv,
	       (char *const *)(uintptr_t)child->env);
	give_up("start");
}
