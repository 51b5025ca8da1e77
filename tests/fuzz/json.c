/* Any bytes as JSON: what is accepted and written again is accepted and written the same. */
#include <stdlib.h>

#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void copy(struct json *j, const struct json_value *v)
{
	struct str s;
	int64_t n;
	bool b;

	if (json_is(v, JSON_OBJECT) || json_is(v, JSON_ARRAY)) {
		bool object = json_is(v, JSON_OBJECT);

		if (object)
			json_object(j);
		else
			json_array(j);
		for (const struct json_value *m = json_first(v); m != NULL; m = json_next(m)) {
			if (object)
				json_key(j, json_key_of(m));
			copy(j, m);
		}
		if (object)
			json_object_end(j);
		else
			json_array_end(j);
	} else if (json_str(v, &s)) {
		json_put_str(j, s);
	} else if (json_int(v, &n)) {
		json_put_int(j, n);
	} else if (json_bool(v, &b)) {
		json_put_bool(j, b);
	} else {
		json_put_null(j);
	}
}

static bool pass(struct str bytes, struct buf *out)
{
	AUTO(json_tree) tree = NULL;
	struct diag diag = DIAG_INIT;
	struct json j = json_on(out);

	if (json_parse(bytes, &diag, &tree) != ERR_OK)
		return false;
	copy(&j, json_root(tree));
	return json_end(&j) == ERR_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_BUF(out, LIMIT_JSON_BYTES);
	AUTO_BUF(again, LIMIT_JSON_BYTES);

	if (!pass(str_n((const char *)data, size), &out))
		return 0;
	if (!pass(buf_str(&out), &again) || !str_eq(buf_str(&out), buf_str(&again)))
		abort();
	return 0;
}
