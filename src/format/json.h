/* JSON: a writer of our own, and strict parsing over cJSON.
 *
 * Writing is compact, on one line, members in the order of the calls.  Parsing refuses what two
 * programs could read differently: a key twice in an object, bytes that are no UTF-8, integers
 * beyond 2^53, control characters and U+0000 in strings, anything behind the value. */
#ifndef GONGKAI_FORMAT_JSON_H
#define GONGKAI_FORMAT_JSON_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/str.h"

/* ---- writing: struct json j = json_on(&out); … return json_end(&j); ---- */

struct json {
	struct buf *out;
	unsigned depth;
	bool more[LIMIT_JSON_DEPTH + 1]; /* by level: a comma is due before the next value */
	bool keyed;                      /* a key was written, its value is due */
};

static inline struct json json_on(struct buf *out)
{
	return (struct json){.out = out};
}

void json_object(struct json *j); /* { */
void json_object_end(struct json *j);
void json_array(struct json *j); /* [ */
void json_array_end(struct json *j);
void json_key(struct json *j, struct str key);
/* Values, in an array or behind a key.  Invalid UTF-8 is written as U+FFFD. */
void json_put_str(struct json *j, struct str s);
void json_put_int(struct json *j, int64_t value);
void json_put_bool(struct json *j, bool value);
void json_put_null(struct json *j);
/* Key and value at once; an absent string (p == NULL) of json_member_str_or_null is null. */
void json_member_str(struct json *j, const char *key, struct str s);
void json_member_str_or_null(struct json *j, const char *key, struct str s);
void json_member_int(struct json *j, const char *key, int64_t value);
void json_member_bool(struct json *j, const char *key, bool value);
void json_member_null(struct json *j, const char *key);
/* First failure of the buffer; asserts that every bracket is closed unless it failed.  The
 * caller adds the '\n'. */
MUST_USE enum err json_end(const struct json *j);

/* ---- reading ---- */

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_tree;  /* owns */
struct json_value; /* a part of the tree, read only, alive as long as it */

/* ERR_INPUT with the line in `diag`; ERR_LIMIT beyond LIMIT_JSON_BYTES, LIMIT_JSON_DEPTH or
 * LIMIT_JSON_VALUES.  A byte order mark in front is accepted. */
MUST_USE enum err json_parse(struct str bytes, struct diag *diag, struct json_tree **ret);
void json_free(struct json_tree *tree);
AUTO_TYPE(json_tree, json_free); /* AUTO(json_tree) tree = NULL; */
const struct json_value *json_root(const struct json_tree *tree);

/* All accept NULL, so chains of json_get need one question at their end. */
enum json_kind json_kind(const struct json_value *v);          /* JSON_NULL for NULL */
bool json_is(const struct json_value *v, enum json_kind kind); /* false for NULL */
const struct json_value *json_get(const struct json_value *object, const char *key);
/* Number of elements or members; 0 for anything else. */
size_t json_len(const struct json_value *v);
/* Walking: first element or member, then the next; NULL behind the last. */
const struct json_value *json_first(const struct json_value *v);
const struct json_value *json_next(const struct json_value *v);
struct str json_key_of(const struct json_value *member); /* "" in arrays */
/* Element `i` of an array; walks, so loops should use json_first and json_next. */
const struct json_value *json_at(const struct json_value *array, size_t i);

/* False, and nothing written, when it is no such value.  Strings never hold a NUL. */
bool json_str(const struct json_value *v, struct str *ret);
bool json_int(const struct json_value *v, int64_t *ret);
bool json_bool(const struct json_value *v, bool *ret);

#endif
