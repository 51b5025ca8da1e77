/* A program that means harm, run by the sandbox's tests: it tries one thing and says on its
 * standard output how that went.  Built without sanitizers, which need more memory than the
 * sandbox gives. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void *volatile what_null;

static void say(const char *what, long result)
{
	char line[128];
	int n = snprintf(line, sizeof(line), "%s %s %d\n", what, result < 0 ? "refused" : "done",
			 result < 0 ? errno : 0);

	if (write(1, line, (size_t)n) != n)
		_exit(9);
}

static long open_count(void)
{
	long n = 0;

	for (int fd = 0; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void eat_memory(void)
{
	size_t total = 0;
	char *p;

	while ((p = malloc(1 << 20)) != NULL) {
		memset(p, 1, 1 << 20);
		total += 1 << 20;
		if (total > (size_t)4 << 30)
			_exit(0); /* nobody stopped us */
	}
	_exit(7);
}

static void many(void)
{
	char byte = 'x';
	long descriptors = open_count();

	say("inet", socket(AF_INET, SOCK_STREAM, 0));
	say("unix", socket(AF_UNIX, SOCK_STREAM, 0));
	say("passwd", open("/etc/passwd", O_RDONLY));
	say("library", open("/usr/lib", O_RDONLY | O_DIRECTORY));
	say("create", open("/tmp/gongkai-hostile", O_WRONLY | O_CREAT, 0600));
	say("here", open("here", O_WRONLY | O_CREAT, 0600));
	say("kill", kill(getppid(), 0));
	say("input", pwrite(0, &byte, 1, 0));
	say("truncate", ftruncate(0, 0));
	say("limits",
	    setrlimit(RLIMIT_NOFILE, &(struct rlimit){.rlim_cur = 4096, .rlim_max = 4096}));
	printf("descriptors %ld\n", descriptors);
	printf("home %s\n", getenv("HOME"));
	printf("secret %s\n", getenv("GONGKAI_TEST_SECRET") ? "seen" : "unseen");
	fflush(stdout);
}

static void fork_child(void)
{
	pid_t pid = fork();

	if (pid == 0) {
		for (;;)
			pause();
	}
	say("fork", pid);
}

static void folder_job(void)
{
	char line[64];
	int in = open("in.doc", O_RDONLY);
	ssize_t n = in < 0 ? -1 : read(in, line, sizeof(line));
	int out = open("out.docx", O_WRONLY | O_CREAT, 0600);

	if (n < 0 || out < 0 || write(out, line, (size_t)n) != n)
		_exit(6);
	if (mkdir("deep", 0700) != 0 || symlink("/etc", "deep/link") != 0)
		_exit(5);
	if (chmod("deep", 0) != 0)
		_exit(4);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "many") == 0)
		many();
	else if (strcmp(what, "fork") == 0)
		fork_child();
	else if (strcmp(what, "memory") == 0)
		eat_memory();
	else if (strcmp(what, "folder") == 0)
		folder_job();
	else if (strcmp(what, "crash") == 0)
		*(volatile int *)what_null = 1;
	else if (strcmp(what, "status") == 0)
		return 3;
	else if (strcmp(what, "close") == 0)
		close(1);
	for (; strcmp(what, "spin") == 0 || strcmp(what, "close") == 0;)
		;
	while (strcmp(what, "sleep") == 0)
		pause();
	while (strcmp(what, "flood") == 0) {
		char noise[4096] = {0};

		if (write(1, noise, sizeof(noise)) < 0)
			return 1;
	}
	if (strcmp(what, "copy") == 0) {
		char part[4096];
		ssize_t n;

		while ((n = read(0, part, sizeof(part))) > 0) {
			if (write(1, part, (size_t)n) != n)
				return 1;
		}
	}
	return 0;
}
