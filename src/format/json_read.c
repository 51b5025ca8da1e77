/* Parsing JSON: the text is judged strictly by one scan of our own, then cJSON builds the tree.
 *
 * The scan exists because cJSON is lenient (control characters in strings, numbers like 01,
 * U+0000 that cuts a string short) and allocates before anyone can count. */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fault.h"
#include "base/utf8.h"
#include "format/json.h"

#define EXACT_MAX 9007199254740992.0 /* 2^53 */

struct json_tree {
	cJSON *root;
};

/* ---- the scan ---- */

#define TEXT(x) TEXT_OF(x)
#define TEXT_OF(x) #x
static const char too_deep[] = "more than " TEXT(LIMIT_JSON_DEPTH) " levels";
static const char too_many[] = "more than " TEXT(LIMIT_JSON_VALUES) " values";

struct scan {
	const char *p, *end;
	size_t values;
	const char *why; /* what is wrong at p; NULL so far */
};

static bool is_digit(const struct scan *s)
{
	return s->p < s->end && *s->p >= '0' && *s->p <= '9';
}

static bool digits(struct scan *s)
{
	if (!is_digit(s))
		return false;
	while (is_digit(s))
		s->p++;
	return true;
}

static bool scan_number(struct scan *s)
{
	bool ok;

	if (*s->p == '-')
		s->p++;
	if (s->p < s->end && *s->p == '0') {
		s->p++;
		ok = !is_digit(s);
	} else {
		ok = digits(s);
	}
	if (ok && s->p < s->end && *s->p == '.') {
		s->p++;
		ok = digits(s);
	}
	if (ok && s->p < s->end && (*s->p == 'e' || *s->p == 'E')) {
		s->p++;
		if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
			s->p++;
		ok = digits(s);
	}
	if (!ok)
		s->why = "a number is not well-formed";
	return ok;
}

static bool hex4(const char *p, unsigned *ret)
{
	unsigned v = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];

		v <<= 4;
		if (c >= '0' && c <= '9')
			v |= (unsigned)(c - '0');
		else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
			v |= (unsigned)((c | 0x20) - 'a' + 10);
		else
			return false;
	}
	*ret = v;
	return true;
}

/* At the 'u' of an escape; leaves p on its last digit. */
static bool scan_unicode(struct scan *s)
{
	unsigned first, second;

	if (s->end - s->p < 5 || !hex4(s->p + 1, &first) || first == 0 ||
	    (first >= 0xdc00 && first <= 0xdfff))
		return false;
	s->p += 4;
	if (first < 0xd800 || first > 0xdbff)
		return true;
	if (s->end - s->p < 7 || s->p[1] != '\\' || s->p[2] != 'u' || !hex4(s->p + 3, &second) ||
	    second < 0xdc00 || second > 0xdfff)
		return false;
	s->p += 6;
	return true;
}

static bool scan_string(struct scan *s)
{
	for (s->p++; s->p < s->end && *s->p != '"'; s->p++) {
		if ((unsigned char)*s->p < 0x20) {
			s->why = "a control character in a string";
			return false;
		}
		if (*s->p != '\\')
			continue;
		s->p++;
		if (s->p < s->end && *s->p == 'u'
			    ? !scan_unicode(s)
			    : s->p >= s->end || !strchr("\"\\/bfnrt", *s->p)) {
			s->why = "a wrong escape in a string";
			return false;
		}
	}
	if (s->p >= s->end) {
		s->why = "a string without an end";
		return false;
	}
	s->p++;
	return true;
}

static void scan_blank(struct scan *s)
{
	while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
		s->p++;
}

static bool scan_word(struct scan *s, struct str word)
{
	if ((size_t)(s->end - s->p) < word.n || memcmp(s->p, word.p, word.n) != 0)
		return false;
	s->p += word.n;
	return true;
}

static bool scan_scalar(struct scan *s)
{
	bool ok;

	if (*s->p == '"')
		return scan_string(s);
	if (*s->p == '-' || is_digit(s))
		return scan_number(s);
	ok = scan_word(s, STR("true")) || scan_word(s, STR("false")) || scan_word(s, STR("null"));
	if (!ok)
		s->why = "no JSON value";
	return ok;
}

/* Lexical rules, depth and count; the grammar of brackets and commas is cJSON's to judge. */
static enum err scan_text(struct scan *s)
{
	size_t depth = 0;

	for (scan_blank(s); s->p < s->end; scan_blank(s)) {
		char c = *s->p;

		if (c == '{' || c == '[') {
			depth++;
			s->p++;
		} else if (c == '}' || c == ']') {
			if (depth-- == 0) {
				s->why = "a bracket too many";
				return ERR_INPUT;
			}
			s->p++;
			continue;
		} else if (c == ',' || c == ':') {
			s->p++;
			continue;
		} else if (!scan_scalar(s)) {
			return ERR_INPUT;
		}
		if (depth > LIMIT_JSON_DEPTH || ++s->values > LIMIT_JSON_VALUES) {
			s->why = depth > LIMIT_JSON_DEPTH ? too_deep : too_many;
			return ERR_LIMIT;
		}
	}
	return ERR_OK;
}

/* ---- the tree ---- */

static int key_order(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static enum err keys_once(const cJSON *object, const char **ret_twice)
{
	size_t n = 0, i = 0;
	const char **keys;
	enum err e = ERR_OK;

	for (const cJSON *m = object->child; m != NULL; m = m->next)
		n++;
	if (n < 2)
		return ERR_OK;
	keys = fault_point(FAULT_ALLOC) ? NULL : calloc(n, sizeof(*keys));
	if (keys == NULL)
		return ERR_NOMEM;
	for (const cJSON *m = object->child; m != NULL; m = m->next)
		keys[i++] = m->string;
	qsort(keys, n, sizeof(*keys), key_order);
	for (i = 1; i < n && e == ERR_OK; i++)
		if (strcmp(keys[i - 1], keys[i]) == 0) {
			*ret_twice = keys[i]; /* the tree owns the text */
			e = ERR_INPUT;
		}
	free(keys);
	return e;
}

/* Recursion is at most LIMIT_JSON_DEPTH deep: the scan has seen to it. */
static enum err judge(const cJSON *v, struct diag *diag)
{
	const char *twice = NULL;
	enum err e = ERR_OK;

	if (cJSON_IsNumber(v) && !(fabs(v->valuedouble) < EXACT_MAX))
		return diag_set(diag, ERR_INPUT, "not JSON that we accept: a number beyond 2^53");
	if (cJSON_IsObject(v))
		e = keys_once(v, &twice);
	if (e == ERR_INPUT)
		return diag_set(diag, e, "not JSON that we accept: the key \"%.60s\" stands twice",
				twice);
	for (const cJSON *m = v->child; m != NULL && e == ERR_OK; m = m->next)
		e = judge(m, diag);
	return e;
}

static unsigned line_of(struct str bytes, const char *p)
{
	unsigned line = 1;

	for (const char *at = bytes.p; at < p && at < bytes.p + bytes.n; at++)
		line += *at == '\n';
	return line;
}

static enum err tree_build(struct str bytes, struct diag *diag, struct json_tree **ret)
{
	const char *end = NULL;
	struct json_tree *tree = fault_point(FAULT_ALLOC) ? NULL : calloc(1, sizeof(*tree));
	enum err e;

	if (tree == NULL)
		return diag_set(diag, ERR_NOMEM, "out of memory");
	tree->root = cJSON_ParseWithLengthOpts(bytes.p, bytes.n, &end, 0);
	if (tree->root == NULL) {
		free(tree);
		diag_at(diag, 0, line_of(bytes, end));
		return diag_set(diag, ERR_INPUT, "not JSON: brackets, commas or keys out of place");
	}
	e = judge(tree->root, diag);
	if (e == ERR_OK && !str_empty(str_trim(str_from(bytes, (size_t)(end - bytes.p)))))
		e = diag_set(diag, ERR_INPUT, "not JSON: something stands behind the value");
	if (e != ERR_OK) {
		json_free(tree);
		return e;
	}
	*ret = tree;
	return ERR_OK;
}

enum err json_parse(struct str bytes, struct diag *diag, struct json_tree **ret)
{
	struct scan s;
	enum err e;

	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	if (bytes.n > LIMIT_JSON_BYTES)
		return diag_set(diag, ERR_LIMIT, "JSON of more than %zu MiB",
				LIMIT_JSON_BYTES / MIB);
	if (str_empty(str_trim(bytes)))
		return diag_set(diag, ERR_INPUT, "not JSON: empty");
	if (!utf8_valid(bytes))
		return diag_set(diag, ERR_INPUT, "not JSON: the bytes are not UTF-8");
	s = (struct scan){.p = bytes.p, .end = bytes.p + bytes.n};
	e = scan_text(&s);
	if (e != ERR_OK) {
		diag_at(diag, 0, line_of(bytes, s.p));
		return diag_set(diag, e, e == ERR_LIMIT ? "JSON of %s" : "not JSON: %s", s.why);
	}
	return tree_build(bytes, diag, ret);
}

void json_free(struct json_tree *tree)
{
	if (tree == NULL)
		return;
	cJSON_Delete(tree->root);
	free(tree);
}

/* ---- views: a struct json_value is a cJSON node that only this file knows to be one ---- */

static const cJSON *node(const struct json_value *v)
{
	return (const cJSON *)(const void *)v;
}

static const struct json_value *view(const cJSON *c)
{
	return (const struct json_value *)(const void *)c;
}

const struct json_value *json_root(const struct json_tree *tree)
{
	return view(tree->root);
}

enum json_kind json_kind(const struct json_value *v)
{
	const cJSON *c = node(v);

	if (cJSON_IsBool(c))
		return JSON_BOOL;
	if (cJSON_IsNumber(c))
		return JSON_NUMBER;
	if (cJSON_IsString(c))
		return JSON_STRING;
	if (cJSON_IsArray(c))
		return JSON_ARRAY;
	return cJSON_IsObject(c) ? JSON_OBJECT : JSON_NULL;
}

bool json_is(const struct json_value *v, enum json_kind kind)
{
	return v != NULL && json_kind(v) == kind;
}

const struct json_value *json_get(const struct json_value *object, const char *key)
{
	if (!json_is(object, JSON_OBJECT))
		return NULL;
	for (const cJSON *m = node(object)->child; m != NULL; m = m->next)
		if (strcmp(m->string, key) == 0)
			return view(m);
	return NULL;
}

const struct json_value *json_first(const struct json_value *v)
{
	return v != NULL ? view(node(v)->child) : NULL;
}

const struct json_value *json_next(const struct json_value *v)
{
	return v != NULL ? view(node(v)->next) : NULL;
}

size_t json_len(const struct json_value *v)
{
	size_t n = 0;

	for (v = json_first(v); v != NULL; v = json_next(v))
		n++;
	return n;
}

struct str json_key_of(const struct json_value *member)
{
	if (member == NULL || node(member)->string == NULL)
		return STR("");
	return str_c(node(member)->string);
}

const struct json_value *json_at(const struct json_value *array, size_t i)
{
	const struct json_value *v = json_first(array);

	while (v != NULL && i-- > 0)
		v = json_next(v);
	return v;
}

bool json_str(const struct json_value *v, struct str *ret)
{
	if (!json_is(v, JSON_STRING))
		return false;
	*ret = str_c(node(v)->valuestring);
	return true;
}

bool json_int(const struct json_value *v, int64_t *ret)
{
	double d;

	if (!json_is(v, JSON_NUMBER))
		return false;
	d = node(v)->valuedouble;
	if (d != trunc(d))
		return false;
	*ret = (int64_t)d;
	return true;
}

bool json_bool(const struct json_value *v, bool *ret)
{
	if (!json_is(v, JSON_BOOL))
		return false;
	*ret = cJSON_IsTrue(node(v));
	return true;
}
