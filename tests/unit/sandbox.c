/* The sandbox against a program that means harm (sandbox_hostile.c). */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/io.h"
#include "sandbox/sandbox.h"
#include "tests/test.h"

#define MEMORY (128 * MIB)

static pid_t owner; /* of the copy: forked workers leave it alone */

static void remove_hostile(void)
{
	char path[64];

	if (owner != getpid())
		return;
	(void)snprintf(path, sizeof(path), "/var/tmp/gongkai-hostile-%ld", (long)owner);
	(void)unlink(path);
}

/* The hostile helper, copied to where a job that has a /tmp of its own still sees it: the project
 * itself may have been cloned below /tmp. */
static const char *hostile(void)
{
	static char path[64];
	AUTO(arena) mem = arena_new(64 * MIB);
	struct diag diag = DIAG_INIT;
	struct str bytes;

	if (path[0] != '\0')
		return path;
	if (io_read(GONGKAI_HOSTILE, 32 * MIB, mem, &diag, &bytes) != ERR_OK)
		fail_msg("%s: %s", GONGKAI_HOSTILE, diag.text);
	(void)snprintf(path, sizeof(path), "/var/tmp/gongkai-hostile-%ld", (long)getpid());
	if (io_write(path, bytes, &diag) != ERR_OK || chmod(path, 0755) != 0)
		fail_msg("%s: %s", path, diag.text);
	owner = getpid();
	(void)atexit(remove_hostile);
	return path;
}

static enum err run_limits(const char *what, struct str input, size_t output, unsigned cpu_s,
			   unsigned wall_s, struct diag *diag, struct buf *out, int *ret_status)
{
	const char *argv[] = {"hostile", what, NULL};
	struct sandbox_job job = {
		.program = hostile(),
		.argv = argv,
		.input = input,
		.memory_bytes = MEMORY,
		.output_bytes = output,
		.cpu_s = cpu_s,
		.wall_s = wall_s,
	};
	AUTO(sandbox) sandbox = NULL;

	ASSERT_OK(sandbox_new(&sandbox));
	return sandbox_run(sandbox, &job, diag, out, ret_status);
}

static enum err run(const char *what, struct str input, struct diag *diag, struct buf *out,
		    int *ret_status)
{
	return run_limits(what, input, MIB, 5, 10, diag, out, ret_status);
}

static bool said(const struct buf *out, const char *line)
{
	return str_has(buf_str(out), str_c(line));
}

static bool is_there(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

TEST(input_comes_out_unchanged)
{
	struct arena *mem = arena_new(8 * MIB);
	char *bytes = arena_alloc(mem, 300000);
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;

	for (size_t i = 0; i < 300000; i++)
		bytes[i] = (char)(i * 31 % 251);
	ASSERT_OK(run("copy", str_n(bytes, 300000), &diag, &out, &status));
	ASSERT_INT(status, 0);
	ASSERT_TRUE(str_eq(buf_str(&out), str_n(bytes, 300000)));
	arena_free(mem);
}

TEST(what_the_layers_refuse)
{
	AUTO(sandbox) sandbox = NULL;
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;
	unsigned layers;

	setenv("GONGKAI_TEST_SECRET", "x", 1);
	ASSERT_OK(sandbox_new(&sandbox));
	layers = sandbox_layers(sandbox);
	ASSERT_TRUE((layers & SANDBOX_RLIMITS) != 0);
	ASSERT_OK(run("many", STR("abc"), &diag, &out, &status));
	ASSERT_TRUE(said(&out, "descriptors 3\n"));
	ASSERT_TRUE(said(&out, "home /\n"));
	ASSERT_TRUE(said(&out, "secret unseen\n"));
	ASSERT_TRUE(said(&out, "input refused"));    /* sealed */
	ASSERT_TRUE(said(&out, "truncate refused")); /* sealed */
	if (layers & SANDBOX_SECCOMP) {
		ASSERT_TRUE(said(&out, "inet refused"));
		ASSERT_TRUE(said(&out, "unix refused"));
		ASSERT_TRUE(said(&out, "kill refused"));
		ASSERT_TRUE(said(&out, "limits refused"));
	}
	if (layers & (SANDBOX_SECCOMP | SANDBOX_LANDLOCK)) {
		ASSERT_TRUE(said(&out, "create refused"));
		ASSERT_TRUE(said(&out, "here refused"));
	}
	if (layers & SANDBOX_LANDLOCK) {
		ASSERT_TRUE(said(&out, "passwd refused"));
		ASSERT_TRUE(said(&out, "library done"));
	}
	ASSERT_TRUE(!is_there("/tmp/gongkai-hostile"));
}

TEST(no_second_process)
{
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;

	ASSERT_OK(run("fork", STR_NONE, &diag, &out, &status));
	ASSERT_TRUE(said(&out, "fork refused"));
}

TEST(memory_has_an_end)
{
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;

	ASSERT_ERR(run("memory", STR_NONE, &diag, &out, &status), ERR_LIMIT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("128 MiB of memory")));
}

TEST(output_has_an_end)
{
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, 2 * MIB);
	int status = -1;

	ASSERT_ERR(run("flood", STR_NONE, &diag, &out, &status), ERR_LIMIT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("wrote more than 1 MiB")));
	ASSERT_TRUE(out.n <= MIB);
}

TEST(time_has_an_end)
{
	static const char *const kinds[] = {"sleep", "close"};

	for (size_t i = 0; i < 2; i++) {
		struct diag diag = DIAG_INIT;
		AUTO_BUF(out, MIB);
		int status = -1;
		time_t began = time(NULL);

		ASSERT_ERR(run_limits(kinds[i], STR_NONE, MIB, 20, 1, &diag, &out, &status),
			   ERR_LIMIT);
		ASSERT_TRUE(str_has(str_c(diag.text), STR("took longer than 1 s")));
		ASSERT_TRUE(time(NULL) - began < 10);
	}
}

TEST(processor_time_has_an_end)
{
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;

	ASSERT_ERR(run_limits("spin", STR_NONE, MIB, 1, 60, &diag, &out, &status), ERR_LIMIT);
	ASSERT_TRUE(diag.text[0] != '\0');
}

TEST(a_failure_keeps_its_status)
{
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;

	ASSERT_ERR(run("status", STR_NONE, &diag, &out, &status), ERR_INPUT);
	ASSERT_INT(status, 3);
	diag = DIAG_INIT;
	ASSERT_ERR(run("crash", STR_NONE, &diag, &out, &status), ERR_INPUT);
	ASSERT_INT(status, 128 + SIGSEGV);
}

TEST(an_absent_program_is_named_with_its_package)
{
	const char *argv[] = {"x", NULL};
	struct sandbox_job job = {.program = "gongkai-no-such-program",
				  .argv = argv,
				  .memory_bytes = MEMORY,
				  .output_bytes = MIB,
				  .cpu_s = 1,
				  .wall_s = 1};
	AUTO(sandbox) sandbox = NULL;
	struct diag diag = DIAG_INIT;
	AUTO_BUF(out, MIB);
	int status = -1;

	ASSERT_OK(sandbox_new(&sandbox));
	ASSERT_ERR(sandbox_run(sandbox, &job, &diag, &out, &status), ERR_ABSENT);
	ASSERT_TRUE(str_has(str_c(diag.text), STR("not installed")));
	diag = DIAG_INIT;
	job.program = "../bin/true"; /* never a way out of the fixed places */
	ASSERT_TRUE(sandbox_run(sandbox, &job, &diag, &out, &status) != ERR_OK ||
		    str_empty(buf_str(&out)));
}

/* A base folder of the test's own, so that leftovers are seen. */
static size_t entries(const char *path)
{
	DIR *d = opendir(path);
	size_t n = 0;

	while (d != NULL && readdir(d) != NULL)
		n++;
	if (d != NULL)
		closedir(d);
	return n < 2 ? 0 : n - 2;
}

static enum err run_folder(const char *what, unsigned wall_s, struct buf *out, int *ret_status)
{
	const char *argv[] = {"hostile", what, NULL};
	struct sandbox_job job = {
		.program = hostile(),
		.argv = argv,
		.input = STR("letters"),
		.input_name = "in.doc",
		.output_name = strcmp(what, "folder") == 0 ? "out.docx" : NULL,
		.folder = true,
		.memory_bytes = MEMORY,
		.output_bytes = MIB,
		.cpu_s = 5,
		.wall_s = wall_s,
	};
	struct diag diag = DIAG_INIT;
	AUTO(sandbox) sandbox = NULL;

	ASSERT_OK(sandbox_new(&sandbox));
	return sandbox_run(sandbox, &job, &diag, out, ret_status);
}

TEST(a_folder_job_leaves_nothing)
{
	char base[] = "/tmp/gongkai-test-XXXXXX";
	AUTO_BUF(out, MIB);
	int status = -1;

	ASSERT_TRUE(mkdtemp(base) != NULL);
	ASSERT_INT(chmod(base, 0755), 0);
	setenv("TMPDIR", base, 1);
	ASSERT_OK(run_folder("folder", 10, &out, &status));
	ASSERT_TRUE(str_eq(buf_str(&out), STR("letters")));
	ASSERT_INT(entries(base), 0);
	unsetenv("TMPDIR");
	ASSERT_INT(rmdir(base), 0);
	ASSERT_TRUE(is_there("/etc"));
}

TEST(a_folder_job_reaches_no_network_and_no_other_folder)
{
	AUTO(sandbox) sandbox = NULL;
	AUTO_BUF(out, MIB);
	int status = -1;
	unsigned layers;

	ASSERT_OK(sandbox_new(&sandbox));
	layers = sandbox_layers(sandbox);
	ASSERT_OK(run_folder("many", 10, &out, &status));
	ASSERT_TRUE(said(&out, "here done"));
	ASSERT_TRUE(said(&out, "descriptors"));
	if (layers & SANDBOX_SECCOMP)
		ASSERT_TRUE(said(&out, "inet refused"));
	if (layers & SANDBOX_LANDLOCK)
		ASSERT_TRUE(!is_there("/tmp/gongkai-hostile")); /* at most in its own folder */
}

TEST(helpers_left_behind_are_ended)
{
	AUTO_BUF(out, MIB);
	int status = -1;
	time_t began = time(NULL);

	/* Its child keeps the pipe open for ever; the parent does not wait for that. */
	ASSERT_OK(run_folder("fork", 20, &out, &status));
	ASSERT_TRUE(said(&out, "fork done"));
	ASSERT_TRUE(time(NULL) - began < 10);
}

TEST(several_workers_at_once)
{
	AUTO(sandbox) sandbox = NULL;
	pid_t pids[6];

	ASSERT_OK(sandbox_new(&sandbox));
	for (size_t i = 0; i < 6; i++) {
		pids[i] = fork();
		if (pids[i] == 0) {
			const char *argv[] = {"hostile", "copy", NULL};
			struct sandbox_job job = {.program = hostile(),
						  .argv = argv,
						  .input = STR("worker"),
						  .memory_bytes = MEMORY,
						  .output_bytes = MIB,
						  .cpu_s = 5,
						  .wall_s = 10};
			struct buf out;
			int status = -1, bad = 0;

			for (int k = 0; k < 5 && !bad; k++) {
				buf_init(&out, MIB);
				bad = sandbox_run(sandbox, &job, NULL, &out, &status) != ERR_OK ||
				      !str_eq(buf_str(&out), STR("worker"));
				buf_done(&out);
			}
			_exit(bad);
		}
	}
	for (size_t i = 0; i < 6; i++) {
		int status = -1;

		ASSERT_TRUE(waitpid(pids[i], &status, 0) == pids[i]);
		ASSERT_INT(status, 0);
	}
}

TEST(works_as_an_ordinary_user)
{
	int status = -1;
	pid_t pid;

	if (geteuid() != 0) {
		test_skip("already an ordinary user");
		return;
	}
	pid = fork();
	if (pid == 0) {
		const char *argv[] = {"true", NULL};
		struct sandbox_job job = {.program = "true",
					  .argv = argv,
					  .memory_bytes = MEMORY,
					  .output_bytes = MIB,
					  .cpu_s = 5,
					  .wall_s = 10};
		struct diag diag = DIAG_INIT;
		struct sandbox *sandbox = NULL;
		struct buf out;
		int code = -1;

		buf_init(&out, MIB);
		if (setgid(65534) != 0 || setuid(65534) != 0)
			_exit(2);
		if (sandbox_new(&sandbox) != ERR_OK)
			_exit(3);
		if (sandbox_run(sandbox, &job, &diag, &out, &code) != ERR_OK) {
			fprintf(stderr, "%s\n", diag.text);
			_exit(4);
		}
		job.folder = true;
		_exit(sandbox_run(sandbox, &job, NULL, &out, &code) == ERR_OK ? 0 : 5);
	}
	ASSERT_TRUE(waitpid(pid, &status, 0) == pid);
	ASSERT_INT(WEXITSTATUS(status), 0);
}

FAULT_TEST(sandbox_survives_faults, FAULT_ALLOC | FAULT_IO)
{
	const char *argv[] = {"true", NULL};
	struct sandbox_job job = {.program = "true",
				  .argv = argv,
				  .memory_bytes = MEMORY,
				  .output_bytes = MIB,
				  .cpu_s = 5,
				  .wall_s = 10};
	AUTO(sandbox) sandbox = NULL;
	AUTO_BUF(out, MIB);
	int status = -1;

	if (sandbox_new(&sandbox) != ERR_OK)
		return;
	if (sandbox_run(sandbox, &job, NULL, &out, &status) != ERR_OK)
		ASSERT_INT(status, -1);
	else
		ASSERT_INT(status, 0);
}

/* A job with a folder whose child cannot even be forked must end nobody else's processes. */
FAULT_TEST(sandbox_with_a_folder_survives_faults, FAULT_ALLOC | FAULT_IO)
{
	const char *argv[] = {"true", NULL};
	struct sandbox_job job = {.program = "true",
				  .argv = argv,
				  .input_name = "in",
				  .input = STR("x"),
				  .folder = true,
				  .memory_bytes = MEMORY,
				  .output_bytes = MIB,
				  .cpu_s = 5,
				  .wall_s = 10};
	AUTO(sandbox) sandbox = NULL;
	AUTO_BUF(out, MIB);
	int status = -1;
	pid_t other = fork();

	assert_true(other >= 0);
	if (other == 0) {
		pause();
		_exit(0);
	}
	if (sandbox_new(&sandbox) == ERR_OK)
		(void)!sandbox_run(sandbox, &job, NULL, &out, &status);
	assert_int_equal(waitpid(other, NULL, WNOHANG), 0);
	assert_int_equal(kill(other, SIGKILL), 0);
	assert_int_equal(waitpid(other, NULL, 0), other);
}
