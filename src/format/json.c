/* Writing JSON. */
#include "format/json.h"

#include <assert.h>
#include <inttypes.h>

#include "base/utf8.h"

/* Before a value: the comma that is due, unless a key stands before it. */
static void value_begins(struct json *j)
{
	assert(j->depth <= LIMIT_JSON_DEPTH);
	if (!j->keyed && j->more[j->depth])
		buf_ch(j->out, ',');
	j->more[j->depth] = true;
	j->keyed = false;
}

static void open_level(struct json *j, char bracket)
{
	value_begins(j);
	assert(j->depth < LIMIT_JSON_DEPTH); /* the shapes we write are a few levels deep */
	j->more[++j->depth] = false;
	buf_ch(j->out, bracket);
}

static void close_level(struct json *j, char bracket)
{
	assert(j->depth > 0 && !j->keyed);
	j->depth--;
	buf_ch(j->out, bracket);
}

void json_object(struct json *j)
{
	open_level(j, '{');
}

void json_object_end(struct json *j)
{
	close_level(j, '}');
}

void json_array(struct json *j)
{
	open_level(j, '[');
}

void json_array_end(struct json *j)
{
	close_level(j, ']');
}

static void put_control(struct buf *out, unsigned char c)
{
	switch (c) {
	case '"':
		buf_add(out, STR("\\\""));
		break;
	case '\\':
		buf_add(out, STR("\\\\"));
		break;
	case '\n':
		buf_add(out, STR("\\n"));
		break;
	case '\t':
		buf_add(out, STR("\\t"));
		break;
	case '\r':
		buf_add(out, STR("\\r"));
		break;
	default:
		buf_fmt(out, "\\u%04x", c);
		break;
	}
}

static void put_string(struct buf *out, struct str s)
{
	bool valid = utf8_valid(s);

	buf_ch(out, '"');
	while (s.n > 0) {
		size_t plain = 0;
		unsigned char c;

		while (plain < s.n && (c = (unsigned char)s.p[plain]) >= 0x20 && c != '"' &&
		       c != '\\' && c != 0x7f && (valid || c < 0x80))
			plain++;
		buf_add(out, str_sub(s, 0, plain));
		s = str_from(s, plain);
		if (s.n == 0)
			break;
		if ((unsigned char)s.p[0] < 0x80) {
			put_control(out, (unsigned char)s.p[0]);
			s = str_from(s, 1);
		} else {
			uint32_t cp;

			(void)utf8_next(&s, &cp); /* there is a byte, so there is a character */
			buf_cp(out, cp);
		}
	}
	buf_ch(out, '"');
}

void json_key(struct json *j, struct str key)
{
	value_begins(j);
	put_string(j->out, key);
	buf_ch(j->out, ':');
	j->keyed = true;
}

void json_put_str(struct json *j, struct str s)
{
	value_begins(j);
	put_string(j->out, s);
}

void json_put_int(struct json *j, int64_t value)
{
	value_begins(j);
	buf_fmt(j->out, "%" PRId64, value);
}

void json_put_bool(struct json *j, bool value)
{
	value_begins(j);
	buf_add(j->out, value ? STR("true") : STR("false"));
}

void json_put_null(struct json *j)
{
	value_begins(j);
	buf_add(j->out, STR("null"));
}

void json_member_str(struct json *j, const char *key, struct str s)
{
	json_key(j, str_c(key));
	json_put_str(j, s);
}

void json_member_str_or_null(struct json *j, const char *key, struct str s)
{
	json_key(j, str_c(key));
	if (s.p == NULL)
		json_put_null(j);
	else
		json_put_str(j, s);
}

void json_member_int(struct json *j, const char *key, int64_t value)
{
	json_key(j, str_c(key));
	json_put_int(j, value);
}

void json_member_bool(struct json *j, const char *key, bool value)
{
	json_key(j, str_c(key));
	json_put_bool(j, value);
}

void json_member_null(struct json *j, const char *key)
{
	json_key(j, str_c(key));
	json_put_null(j);
}

enum err json_end(const struct json *j)
{
	enum err e = buf_end(j->out);

	assert(e != ERR_OK || (j->depth == 0 && !j->keyed));
	return e;
}
