/* Runs the registered cases: all, or those named on the command line; closes with the counts
 * that script/test adds up. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/io.h"
#include "tests/test.h"

static struct test_case *first;
static const struct test_case *now;
static int skipped;

void test_register(struct test_case *t)
{
	struct test_case **at = &first;

	while (*at != NULL) /* keep the order of the file */
		at = &(*at)->next;
	*at = t;
}

void test_skip(const char *why)
{
	printf("[  SKIPPED ] %s: %s\n", now->name, why);
	skipped++;
	skip();
}

void test_assert_str(struct str got, struct str want, const char *file, int line)
{
	if (str_eq(got, want))
		return;
	print_error("got  \"" STR_FMT "\"\nwant \"" STR_FMT "\"\n", STR_ARG(got), STR_ARG(want));
	_fail(file, line);
}

const char *test_root(void)
{
	const char *root = getenv("GONGKAI_ROOT");

	return root ? root : GONGKAI_SOURCE_ROOT;
}

const char *test_corpus(void)
{
	static char path[4096];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s/../shared/corpus", test_root());
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? path : NULL;
}

struct str test_file(struct arena *mem, const char *path)
{
	struct str whole, bytes = STR_NONE;
	struct diag diag = DIAG_INIT;

	ASSERT_OK(arena_fmt(mem, &whole, "%s/%s", test_root(), path));
	if (io_read(whole.p, 256 * MIB, mem, &diag, &bytes) != ERR_OK)
		fail_msg("%s: %s", whole.p, diag.text);
	return bytes;
}

#ifdef GONGKAI_FAULTS
#define FAULT_STEPS_MAX 200000
static void run_with_faults(void)
{
	for (int for_good = 0; for_good <= 1; for_good++) {
		unsigned long at = 1, step = 1;

		for (; at < FAULT_STEPS_MAX; at += step) {
			fault_arm(now->fault_kinds, at, for_good);
			now->fn();
			if (!fault_struck())
				break;
			if (at >= 200) /* every step at first, then thinner: 1 % apart */
				step = 1 + at / 100;
		}
		fault_arm(0, 0, false);
		assert_true(at < FAULT_STEPS_MAX);
	}
}
#endif

static void run(void **state)
{
	now = *state;
#ifdef GONGKAI_FAULTS
	if (now->fault_kinds) {
		run_with_faults();
		return;
	}
#endif
	now->fn();
}

static int wanted(const struct test_case *t, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], t->name) == 0)
			return 1;
	return argc < 2;
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[1024];
	size_t n = 0;
	int failed;

	for (struct test_case *t = first; t != NULL && n < 1024; t = t->next)
		if (wanted(t, argc, argv))
			tests[n++] = (struct CMUnitTest){t->name, run, NULL, NULL, t};
	if (n == 0) {
		fprintf(stderr, "no such test\n");
		return 2;
	}
	failed = _cmocka_run_group_tests(argv[0], tests, n, NULL, NULL);
	printf("RESULT %s: %zu passed, %d failed, %d skipped\n", argv[0],
	       n - (size_t)failed - (size_t)skipped, failed, skipped);
	return failed != 0;
}
