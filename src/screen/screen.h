/* Personal data in text: identity numbers, mobile numbers, bank cards, e-mail addresses.
 *
 * Pure and linear.  Digits may be full-width and stand in groups with single blanks or hyphens
 * between.  An identity number counts only with a province code, a real date of birth and the
 * right check character (GB 11643); a bank card only with a known beginning, its length and the
 * Luhn digit; so a long document number is not taken for one. */
#ifndef GONGKAI_SCREEN_SCREEN_H
#define GONGKAI_SCREEN_SCREEN_H

#include "base/arena.h"
#include "base/str.h"

enum screen_kind {
	SCREEN_ID,     /* 公民身份号码 */
	SCREEN_MOBILE, /* 手机号码 */
	SCREEN_CARD,   /* 银行卡号 */
	SCREEN_EMAIL,  /* 电子邮箱 */
};

#define SCREEN_VALUE_BYTES 96

struct screen_hit {
	enum screen_kind kind;
	size_t at, n;                    /* bytes in the text */
	char value[SCREEN_VALUE_BYTES];  /* half-width, without blanks, NUL-terminated */
	char masked[SCREEN_VALUE_BYTES]; /* 138****1234 */
};

const char *screen_kind_zh(enum screen_kind kind);

/* The next hit that begins at or after *at; *at moves behind it.  False when none is left. */
bool screen_next(struct str text, size_t *at, struct screen_hit *ret);

/* 18 characters, half-width; the last may be X or x. */
bool screen_id_valid(struct str s);
bool screen_card_valid(struct str digits);

/* The text with everything that screen_next finds masked; the text itself when there is
 * nothing. */
MUST_USE enum err screen_mask(struct str text, struct arena *mem, struct str *ret);

#endif
