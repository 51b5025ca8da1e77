/* The parent's side: probes the layers, prepares a child, watches it and cleans up. */
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/fault.h"
#include "sandbox/sandbox_int.h"

#define FIRST_DESCRIPTOR 10 /* ours stay clear of 0 to 3, which the child gives a meaning */
#define READ_STEP 65536
#define LOOK_MS 20 /* how often to ask where the kernel cannot wake us at the child's end */
#define USER_NOBODY 65534

struct run {
	const struct sandbox_job *job;
	struct diag *diag;
	struct buf *out;
	char path[SANDBOX_PATH_BYTES];
	char folder[SANDBOX_PATH_BYTES]; /* "" when the job has none */
	int in, null, pipe[2], report[2], rules;
	int pidfd;
	pid_t pid;   /* to be reaped; 0: none */
	pid_t group; /* that may have members; 0: none */
	int status;  /* of waitpid */
	struct rusage used;
};

static bool may_leave_network(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid < 0)
		return false;
	if (pid == 0)
		_exit(unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) != 0);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status == 0;
}

/* Whether root can become nobody here: in some containers that user is not mapped. */
static bool may_drop_root(void)
{
	int status = -1;
	pid_t pid = geteuid() == 0 ? fork() : -1;

	if (pid < 0)
		return false;
	if (pid == 0)
		_exit(setresgid(USER_NOBODY, USER_NOBODY, USER_NOBODY) != 0 ||
		      setresuid(USER_NOBODY, USER_NOBODY, USER_NOBODY) != 0);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status == 0;
}

static enum err add_filters(struct sandbox *sandbox)
{
	for (int p = 0; p < PROFILE_COUNT; p++) {
		enum err e = sandbox_filter_make((enum sandbox_profile)p, &sandbox->filter[p]);

		if (e != ERR_OK)
			return e;
	}
	sandbox->layers |= SANDBOX_SECCOMP;
	return ERR_OK;
}

/* Moves a descriptor above those that the child gives a meaning. */
static int lift(int fd)
{
	int high;

	if (fd < 0 || fd >= FIRST_DESCRIPTOR)
		return fd;
	high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_DESCRIPTOR);
	close(fd);
	return high;
}

enum err sandbox_new(struct sandbox **ret)
{
	struct sandbox *sandbox = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*sandbox));
	enum err e = ERR_OK;

	if (sandbox == NULL)
		return ERR_NOMEM;
	sandbox->layers = SANDBOX_RLIMITS;
	sandbox->rules = -1;
	if (sandbox_filter_available())
		e = add_filters(sandbox);
	if (e != ERR_OK) {
		sandbox_free(sandbox);
		return e;
	}
	sandbox->landlock_abi = sandbox_landlock_abi();
	if (sandbox->landlock_abi > 0) {
		sandbox->rules = lift(sandbox_landlock_rules(sandbox->landlock_abi, NULL, NULL));
		if (sandbox->rules >= 0)
			sandbox->layers |= SANDBOX_LANDLOCK;
		else
			sandbox->landlock_abi = 0;
	}
	if (may_leave_network())
		sandbox->layers |= SANDBOX_NETNS;
	if (may_drop_root())
		sandbox->uid = USER_NOBODY;
	*ret = sandbox;
	return ERR_OK;
}

void sandbox_free(struct sandbox *sandbox)
{
	if (sandbox == NULL)
		return;
	for (int p = 0; p < PROFILE_COUNT; p++)
		sandbox_filter_free(&sandbox->filter[p]);
	if (sandbox->rules >= 0)
		close(sandbox->rules);
	free(sandbox);
}

unsigned sandbox_layers(const struct sandbox *sandbox)
{
	return sandbox->layers;
}

/* The Debian package of a program that we call. */
static const char *package_of(const char *program)
{
	static const char *const known[][2] = {
		{"pdftotext", "poppler-utils"},
		{"soffice", "libreoffice-writer"},
		{"libreoffice", "libreoffice-writer"},
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		if (strcmp(known[i][0], program) == 0)
			return known[i][1];
	}
	return NULL;
}

static enum err find_program(struct run *run)
{
	static const char *const places[] = {"/usr/bin/", "/usr/local/bin/", ""};
	const char *program = run->job->program;
	const char *package = package_of(program);

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		int n = snprintf(run->path, sizeof(run->path), "%s%s", places[i], program);

		if (n > 0 && (size_t)n < sizeof(run->path) && run->path[0] == '/' &&
		    access(run->path, X_OK) == 0)
			return ERR_OK;
	}
	if (package != NULL)
		return diag_set(run->diag, ERR_ABSENT, "%s is not installed: install %s", program,
				package);
	return diag_set(run->diag, ERR_ABSENT, "%s is not installed", program);
}

static int make_input(struct str bytes)
{
	const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
	int fd =
		fault_point(FAULT_IO) ? -1 : memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	size_t done = 0;

	fd = lift(fd);
	while (fd >= 0 && done < bytes.n) {
		ssize_t n = write(fd, bytes.p + done, bytes.n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			close(fd);
			return -1;
		}
		done += (size_t)n;
	}
	if (fd >= 0 && (lseek(fd, 0, SEEK_SET) != 0 || fcntl(fd, F_ADD_SEALS, seals) != 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

static bool make_pipe(int fds[2])
{
	if (fault_point(FAULT_IO) || pipe2(fds, O_CLOEXEC) != 0) {
		fds[0] = fds[1] = -1;
		return false;
	}
	fds[0] = lift(fds[0]);
	fds[1] = lift(fds[1]);
	return fds[0] >= 0 && fds[1] >= 0;
}

static enum err prepare_folder(const struct sandbox *sandbox, struct run *run)
{
	enum err e = sandbox_folder_make(sandbox->uid, run->folder);

	if (e == ERR_OK && run->job->input_name != NULL)
		e = sandbox_folder_put(run->folder, run->job->input_name, run->job->input,
				       sandbox->uid);
	if (e != ERR_OK)
		return diag_set(run->diag, e, "cannot prepare a folder for %s: %s",
				run->job->program, strerror(errno));
	return ERR_OK;
}

static enum err prepare(const struct sandbox *sandbox, struct run *run)
{
	enum err e = find_program(run);

	if (e == ERR_OK && run->job->folder)
		e = prepare_folder(sandbox, run);
	if (e != ERR_OK)
		return e;
	run->in = make_input(run->job->input);
	run->null = lift(open("/dev/null", O_RDWR | O_CLOEXEC));
	if (run->in < 0 || run->null < 0 || !make_pipe(run->pipe) || !make_pipe(run->report))
		return diag_set(run->diag, ERR_IO, "cannot start %s: %s", run->job->program,
				strerror(errno));
	if (sandbox->landlock_abi > 0 && (run->job->folder || run->job->program[0] == '/')) {
		run->rules = lift(sandbox_landlock_rules(sandbox->landlock_abi, run->path,
							 run->job->folder ? run->folder : NULL));
		if (run->rules < 0)
			return diag_set(run->diag, ERR_IO, "cannot confine %s: %s",
					run->job->program, strerror(errno));
	}
	return ERR_OK;
}

static void shut(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static enum err start(const struct sandbox *sandbox, struct run *run)
{
	bool folder = run->folder[0] != '\0';
	char home[SANDBOX_PATH_BYTES + 8], tmp[SANDBOX_PATH_BYTES + 8];
	const char *env[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", home, tmp, NULL};
	struct sandbox_child child = {
		.sandbox = sandbox,
		.job = run->job,
		.path = run->path,
		.folder = folder ? run->folder : NULL,
		.env = env,
		.profile = folder ? PROFILE_FOLDER : PROFILE_PIPE,
		.in = run->in,
		.out = run->pipe[1],
		.null = run->null,
		.report = run->report[1],
		.rules = run->rules >= 0 ? run->rules : sandbox->rules,
		.parent = getpid(),
	};
	pid_t pid;

	snprintf(home, sizeof(home), "HOME=%s", folder ? run->folder : "/");
	snprintf(tmp, sizeof(tmp), "TMPDIR=%s", folder ? run->folder : "/");
	pid = fault_point(FAULT_IO) ? -1 : fork();
	if (pid == 0)
		sandbox_child_run(&child);
	if (pid < 0) /* never kept: kill(-1) means every process there is */
		return diag_set(run->diag, ERR_IO, "cannot start %s: %s", run->job->program,
				strerror(errno));
	run->pid = run->group = pid;
	setpgid(run->pid, run->pid); /* as the child does itself; whoever comes first */
#ifdef SYS_pidfd_open
	run->pidfd = (int)syscall(SYS_pidfd_open, run->pid, 0);
#endif
	shut(&run->pipe[1]);
	shut(&run->report[1]);
	shut(&run->in);
	return ERR_OK;
}

/* Empty until exec closes the other end; a record when the child gave up before. */
static enum err confirm_start(struct run *run)
{
	struct sandbox_failure failure = {.error = 0};
	ssize_t n;

	do
		n = read(run->report[0], &failure, sizeof(failure));
	while (n < 0 && errno == EINTR);
	shut(&run->report[0]);
	if (n == 0)
		return ERR_OK;
	failure.step[sizeof(failure.step) - 1] = '\0';
	return diag_set(run->diag, ERR_IO, "cannot start %s in the sandbox (%s): %s",
			run->job->program, failure.step, strerror(failure.error));
}

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Takes what lies in the pipe; *ret_end when the other end is closed. */
static enum err drain(struct run *run, bool *ret_end)
{
	char step[READ_STEP];

	for (;;) {
		ssize_t n = fault_point(FAULT_IO) ? -1 : read(run->pipe[0], step, sizeof(step));

		if (n > 0 && run->out->n + (size_t)n > run->job->output_bytes)
			return diag_set(run->diag, ERR_LIMIT, "%s wrote more than %zu MiB",
					run->job->program, run->job->output_bytes / MIB);
		if (n > 0 && run->job->output_name == NULL)
			buf_add(run->out, str_n(step, (size_t)n));
		if (n == 0)
			*ret_end = true;
		if (n == 0 || (n < 0 && errno == EAGAIN))
			return buf_end(run->out);
		if (n < 0 && errno != EINTR)
			return diag_set(run->diag, ERR_IO, "cannot read from %s: %s",
					run->job->program, strerror(errno));
	}
}

static bool reap(struct run *run, int flags)
{
	pid_t got;

	do
		got = wait4(run->pid, &run->status, flags, &run->used);
	while (got < 0 && errno == EINTR);
	return got != 0; /* also when somebody else reaped it: it is gone */
}

/* Until the child has ended and its output is taken; a closed pipe is not yet the end. */
static enum err watch(struct run *run)
{
	int64_t end_ms = now_ms() + (int64_t)run->job->wall_s * 1000;
	bool ended = false, closed = false;
	enum err e;

	if (fcntl(run->pipe[0], F_SETFL, O_NONBLOCK) != 0)
		return ERR_IO;
	while (!ended) {
		struct pollfd fds[2] = {
			{.fd = closed ? -1 : run->pipe[0], .events = POLLIN},
			{.fd = run->pidfd, .events = POLLIN},
		};
		int64_t left = end_ms - now_ms();

		if (left <= 0)
			return diag_set(run->diag, ERR_LIMIT, "%s took longer than %u s",
					run->job->program, run->job->wall_s);
		if (run->pidfd < 0 && left > LOOK_MS)
			left = LOOK_MS;
		if (poll(fds, 2, (int)left) < 0 && errno != EINTR)
			return diag_set(run->diag, ERR_IO, "cannot wait for %s: %s",
					run->job->program, strerror(errno));
		ended = reap(run, WNOHANG);
		if (ended)
			run->pid = 0; /* its group may still have members */
		if (closed)
			continue;
		e = drain(run, &closed);
		if (e != ERR_OK)
			return e;
	}
	return ERR_OK;
}

/* Ends every process of the group and collects the child. */
static void finish(struct run *run)
{
	if (run->pid > 0) {
		if (kill(-run->group, SIGKILL) != 0)
			kill(run->pid, SIGKILL);
		reap(run, 0);
	} else if (run->group > 0 && run->folder[0] != '\0') {
		kill(-run->group, SIGKILL); /* helpers that an office program left behind */
	}
	shut(&run->in);
	shut(&run->null);
	shut(&run->pipe[0]);
	shut(&run->pipe[1]);
	shut(&run->report[0]);
	shut(&run->report[1]);
	shut(&run->rules);
	shut(&run->pidfd);
	if (run->folder[0] != '\0')
		sandbox_folder_remove(run->folder);
}

/* What the way it ended means. */
static enum err judge(struct run *run, int *ret_status)
{
	const char *program = run->job->program;
	bool full = (size_t)run->used.ru_maxrss * 1024 > run->job->memory_bytes / 8 * 7;

	if (WIFEXITED(run->status) && WEXITSTATUS(run->status) == 0) {
		*ret_status = 0;
		return ERR_OK;
	}
	if (WIFSIGNALED(run->status) && WTERMSIG(run->status) == SIGXCPU)
		return diag_set(run->diag, ERR_LIMIT, "%s used more than %u s of processor time",
				program, run->job->cpu_s);
	if (full)
		return diag_set(run->diag, ERR_LIMIT, "%s needs more than %zu MiB of memory",
				program, run->job->memory_bytes / MIB);
	if (WIFSIGNALED(run->status)) {
		*ret_status = 128 + WTERMSIG(run->status);
		return diag_set(run->diag, ERR_INPUT, "%s was ended by signal %d", program,
				WTERMSIG(run->status));
	}
	*ret_status = WEXITSTATUS(run->status);
	return diag_set(run->diag, ERR_INPUT, "%s ended with status %d", program, *ret_status);
}

enum err sandbox_run(const struct sandbox *sandbox, const struct sandbox_job *job,
		     struct diag *diag, struct buf *out, int *ret_status)
{
	struct run run = {.job = job,
			  .diag = diag,
			  .out = out,
			  .in = -1,
			  .null = -1,
			  .pipe = {-1, -1},
			  .report = {-1, -1},
			  .rules = -1,
			  .pidfd = -1};
	enum err e = prepare(sandbox, &run);

	if (e == ERR_OK)
		e = start(sandbox, &run);
	if (e == ERR_OK)
		e = confirm_start(&run);
	if (e == ERR_OK)
		e = watch(&run);
	if (e == ERR_OK)
		e = judge(&run, ret_status);
	if (e == ERR_OK && job->output_name != NULL && run.folder[0] != '\0')
		e = sandbox_folder_get(run.folder, job->output_name, job->output_bytes, diag, out);
	finish(&run);
	return e;
}
