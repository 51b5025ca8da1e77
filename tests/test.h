/* Thin macros over cmocka: a test is a function that registers itself, so any case runs alone:
 *     build-test/tests/test_law limit_starts_the_day_after
 * FAULT_TEST repeats its body, one fault later each time, once and then for good, until a run
 * meets no fault. */
#ifndef GONGKAI_TESTS_TEST_H
#define GONGKAI_TESTS_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/fault.h"
#include "base/str.h"

struct test_case {
	const char *name;
	void (*fn)(void);
	unsigned fault_kinds; /* 0: an ordinary test */
	struct test_case *next;
};

void test_register(struct test_case *t);
void test_skip(const char *why); /* says it aloud and counts as skipped */

#define TEST_ADD(name_, kinds_)                                                                    \
	static void name_(void);                                                                   \
	static struct test_case case_##name_ = {#name_, name_, (kinds_), NULL};                    \
	__attribute__((constructor)) static void register_##name_(void)                            \
	{                                                                                          \
		test_register(&case_##name_);                                                      \
	}                                                                                          \
	static void name_(void)
#define TEST(name_) TEST_ADD(name_, 0)
#define FAULT_TEST(name_, kinds_) TEST_ADD(name_, kinds_)

#define ASSERT_OK(expr)                                                                            \
	do {                                                                                       \
		enum err e_ = (expr);                                                              \
		if (e_ != ERR_OK)                                                                  \
			fail_msg("%s gave %s", #expr, err_name(e_));                               \
	} while (0)
#define ASSERT_ERR(expr, want)                                                                     \
	do {                                                                                       \
		enum err e_ = (expr);                                                              \
		if (e_ != (want))                                                                  \
			fail_msg("%s gave %s, not %s", #expr, err_name(e_), err_name(want));       \
	} while (0)
#define ASSERT_STR(got, want_literal)                                                              \
	test_assert_str((got), str_c(want_literal), __FILE__, __LINE__)
#define ASSERT_STR_EQ(got, want) test_assert_str((got), (want), __FILE__, __LINE__)
void test_assert_str(struct str got, struct str want, const char *file, int line);
#define ASSERT_INT(got, want) assert_int_equal((got), (want))
#define ASSERT_TRUE(expr) assert_true(expr)

/* A file of the project (path from its root), whole; fails the test when it is not there. */
struct str test_file(struct arena *mem, const char *path);
/* The corpus folder beside the checkout, or NULL (then the caller calls test_skip). */
const char *test_corpus(void);
/* Root of the project, without a slash at the end. */
const char *test_root(void);

#endif
