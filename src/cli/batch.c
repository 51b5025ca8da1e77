/* Worker processes over a shared counter. */
#include "cli/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define NOTHING UINT64_MAX
#define READ_STEP 65536

/* Shared with the workers. */
struct shared {
	atomic_uint_fast64_t next;            /* the next input that nobody has taken */
	atomic_uint_fast64_t now[LIMIT_JOBS]; /* what each worker is at; NOTHING between two */
};

struct worker {
	pid_t pid; /* 0: none */
	int fd;
	struct buf in; /* bytes received, not yet a whole result */
};

struct result {
	struct batch_head head;
	char *text;
	bool here;
};

struct run {
	const struct batch *batch;
	struct shared *shared;
	struct worker *workers;
	struct result *results;
	size_t given; /* results handed out so far */
	struct diag *diag;
	double begun, drawn;
};

void batch_limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	struct rlimit limit;

	if (getrlimit(RLIMIT_DATA, &limit) == 0 &&
	    (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > LIMIT_PROCESS_BYTES)) {
		limit.rlim_cur = LIMIT_PROCESS_BYTES;
		(void)setrlimit(RLIMIT_DATA, &limit); /* the arenas' limits hold without it */
	}
#endif
}

#define TEXT(x) TEXT_OF(x)
#define TEXT_OF(x) #x

/* Single calls have nobody above them who could tell. */
static void too_late(int sig)
{
	static const char words[] = "gongkai: the file takes more than " TEXT(
		LIMIT_FILE_CPU_S) " s of processor time; give the report alone\n";
	ssize_t put = write(STDERR_FILENO, words, sizeof(words) - 1);

	(void)sig;
	(void)put;
	_exit(3);
}

/* The last line against input that costs more than its size: each file has so much processor
 * time.  A worker that passes it dies, and its parent names the file. */
static void limit_time(void (*then)(int))
{
	struct itimerval once = {.it_value = {.tv_sec = LIMIT_FILE_CPU_S}};

	(void)signal(SIGPROF, then);
	(void)setitimer(ITIMER_PROF, &once, NULL);
}

static double seconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* ---- progress -------------------------------------------------------------------------------- */

static void draw(struct run *run, size_t done, bool end)
{
	double now = seconds(), spent = now - run->begun;
	double rate = spent > 0 ? (double)done / spent : 0;
	size_t n = run->batch->n, width = 30, full = n ? done * width / n : 0;

	if (!isatty(STDERR_FILENO) || spent < 1.0)
		return;
	if (end) {
		fputs("\r\033[K", stderr);
		return;
	}
	if (now - run->drawn < 0.1)
		return;
	run->drawn = now;
	fprintf(stderr, "\r%s [%.*s%*s] %zu/%zu  %.0f/s  %.0f s left\033[K", run->batch->title,
		(int)full, "##############################", (int)(width - full), "", done, n, rate,
		rate > 0 ? (double)(n - done) / rate : 0);
}

/* ---- a worker -------------------------------------------------------------------------------- */

static bool send_all(int fd, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n > 0) {
		ssize_t put = write(fd, p, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

static void work_until_done(const struct batch *batch, struct shared *shared, size_t me, int fd)
{
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);

	batch_limit_memory();
	for (;;) {
		struct batch_head head = {.index = atomic_fetch_add(&shared->next, 1)};

		if (head.index >= batch->n)
			return;
		atomic_store(&shared->now[me], head.index);
		limit_time(SIG_DFL);
		buf_clear(&out);
		if (batch->work(batch->arg, &head, &out) != ERR_OK)
			_exit(1); /* the parent says which input was lost */
		head.size = out.n;
		if (!send_all(fd, &head, sizeof(head)) || !send_all(fd, out.p, out.n))
			_exit(1);
		atomic_store(&shared->now[me], NOTHING);
	}
}

static enum err start(struct run *run, size_t me)
{
	struct worker *w = &run->workers[me];
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return diag_set(run->diag, ERR_IO, "cannot start a worker: %s", strerror(errno));
	(void)fflush(NULL); /* nothing may be written twice */
	atomic_store(&run->shared->now[me], NOTHING);
	w->pid = fork();
	if (w->pid == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		(void)close(ends[0]);
		for (size_t i = 0; i < run->batch->jobs; i++)
			if (i != me && run->workers[i].pid > 0)
				(void)close(run->workers[i].fd);
		work_until_done(run->batch, run->shared, me, ends[1]);
		_exit(0);
	}
	(void)close(ends[1]);
	if (w->pid < 0) {
		w->pid = 0;
		(void)close(ends[0]);
		return diag_set(run->diag, ERR_IO, "cannot start a worker: %s", strerror(errno));
	}
	w->fd = ends[0];
	buf_init(&w->in, LIMIT_OUTPUT_BYTES);
	return ERR_OK;
}

/* ---- the parent --------------------------------------------------------------------------------
 */

/* Hands out what is next in order. */
static enum err give(struct run *run)
{
	enum err e = ERR_OK;

	while (e == ERR_OK && run->given < run->batch->n && run->results[run->given].here) {
		struct result *r = &run->results[run->given++];

		e = run->batch->take(run->batch->arg, &r->head, str_n(r->text, r->head.size));
		free(r->text);
		r->text = NULL;
	}
	draw(run, run->given, false);
	return e;
}

static enum err keep(struct run *run, const struct batch_head *head, struct str text)
{
	struct result *r = &run->results[head->index];

	r->head = *head;
	r->text = malloc(text.n + 1);
	if (r->text == NULL)
		return ERR_NOMEM;
	if (text.n)
		memcpy(r->text, text.p, text.n);
	r->here = true;
	return ERR_OK;
}

/* Takes whole results out of what a worker has sent. */
static enum err take_results(struct run *run, struct worker *w)
{
	struct str in = buf_str(&w->in);
	size_t used = 0;
	enum err e = buf_end(&w->in);

	while (e == ERR_OK && in.n - used >= sizeof(struct batch_head)) {
		struct batch_head head;

		memcpy(&head, in.p + used, sizeof(head));
		if (head.index >= run->batch->n || head.size > LIMIT_OUTPUT_BYTES)
			return diag_set(run->diag, ERR_IO, "a worker sent nonsense");
		if (in.n - used - sizeof(head) < head.size)
			break;
		e = keep(run, &head, str_sub(in, used + sizeof(head), head.size));
		used += sizeof(head) + head.size;
	}
	if (used > 0) {
		memmove(w->in.p, w->in.p + used, in.n - used);
		w->in.n = in.n - used;
	}
	return e == ERR_OK ? give(run) : e;
}

/* A worker is gone: its input, if it died on one, is lost; the others go on without it. */
static enum err buried(struct run *run, size_t me)
{
	struct worker *w = &run->workers[me];
	uint64_t at = atomic_load(&run->shared->now[me]);
	enum err e = ERR_OK;

	(void)close(w->fd);
	(void)waitpid(w->pid, NULL, 0);
	w->pid = 0;
	buf_done(&w->in);
	if (at != NOTHING && at < run->batch->n && !run->results[at].here) {
		struct batch_head head = {.index = at};
		AUTO_BUF(out, LIMIT_OUTPUT_BYTES);

		e = run->batch->lost(run->batch->arg, &head, &out);
		head.size = out.n;
		if (e == ERR_OK)
			e = keep(run, &head, buf_str(&out));
		if (e == ERR_OK)
			e = give(run);
		if (e == ERR_OK && atomic_load(&run->shared->next) < run->batch->n)
			e = start(run, me);
	}
	return e;
}

static enum err serve(struct run *run)
{
	struct pollfd fds[LIMIT_JOBS];
	char step[READ_STEP];

	for (;;) {
		size_t alive = 0;

		for (size_t i = 0; i < run->batch->jobs; i++) {
			fds[i] = (struct pollfd){run->workers[i].pid > 0 ? run->workers[i].fd : -1,
						 POLLIN, 0};
			alive += run->workers[i].pid > 0;
		}
		if (alive == 0)
			return ERR_OK;
		if (poll(fds, run->batch->jobs, 200) < 0 && errno != EINTR)
			return diag_set(run->diag, ERR_IO, "cannot wait: %s", strerror(errno));
		draw(run, run->given, false);
		for (size_t i = 0; i < run->batch->jobs; i++) {
			ssize_t got;
			enum err e;

			if (fds[i].fd < 0 || fds[i].revents == 0)
				continue;
			got = read(fds[i].fd, step, sizeof(step));
			if (got < 0 && errno == EINTR)
				continue;
			if (got > 0) {
				buf_add(&run->workers[i].in, str_n(step, (size_t)got));
				e = take_results(run, &run->workers[i]);
			} else {
				e = buried(run, i);
			}
			if (e != ERR_OK)
				return e;
		}
	}
}

static enum err run_here(const struct batch *batch)
{
	struct batch_head head = {.index = 0};
	AUTO_BUF(out, LIMIT_OUTPUT_BYTES);
	enum err e;

	batch_limit_memory();
	limit_time(too_late);
	e = batch->work(batch->arg, &head, &out);
	head.size = out.n;
	return e == ERR_OK ? batch->take(batch->arg, &head, buf_str(&out)) : e;
}

static void stop_all(struct run *run)
{
	for (size_t i = 0; run->workers != NULL && i < run->batch->jobs; i++) {
		if (run->workers[i].pid <= 0)
			continue;
		(void)kill(run->workers[i].pid, SIGKILL);
		(void)waitpid(run->workers[i].pid, NULL, 0);
		(void)close(run->workers[i].fd);
		buf_done(&run->workers[i].in);
	}
	for (size_t i = 0; run->results != NULL && i < run->batch->n; i++)
		free(run->results[i].text);
}

enum err batch_run(const struct batch *batch, struct diag *diag)
{
	struct batch b = *batch;
	struct run run = {.batch = &b, .diag = diag, .begun = seconds()};
	enum err e = ERR_OK;

	if (b.n == 0)
		return ERR_OK;
	if (b.n == 1)
		return run_here(&b);
	if (b.jobs > b.n)
		b.jobs = (unsigned)b.n;
	run.shared = mmap(NULL, sizeof(*run.shared), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (run.shared == MAP_FAILED)
		return diag_set(diag, ERR_NOMEM, "out of memory");
	run.workers = calloc(b.jobs, sizeof(*run.workers));
	run.results = calloc(b.n, sizeof(*run.results));
	if (run.workers == NULL || run.results == NULL)
		e = diag_set(diag, ERR_NOMEM, "out of memory");
	for (size_t i = 0; e == ERR_OK && i < b.jobs; i++)
		e = start(&run, i);
	if (e == ERR_OK)
		e = serve(&run);
	draw(&run, run.given, true);
	stop_all(&run);
	free(run.workers);
	free(run.results);
	(void)munmap(run.shared, sizeof(*run.shared));
	if (e == ERR_OK && run.given < b.n)
		e = diag_set(diag, ERR_IO, "workers ended before the work did");
	return e;
}
