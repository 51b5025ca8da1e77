/* UTF-8, strict (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
#ifndef GONGKAI_BASE_UTF8_H
#define GONGKAI_BASE_UTF8_H

#include "base/str.h"

/* Takes one character off the front (or the back).  False at the end.  A byte that begins no
 * valid character is taken alone and given as U+FFFD, so a loop always ends. */
bool utf8_next(struct str *s, uint32_t *ret_cp);
bool utf8_prev(struct str *s, uint32_t *ret_cp);

bool utf8_valid(struct str s);
/* `s` without a character at its end that was cut in the middle (by a buffer that was full). */
struct str utf8_whole(struct str s);
size_t utf8_count(struct str s); /* characters */

/* Byte offset of character number `chars` (clamped to the end). */
size_t utf8_offset(struct str s, size_t chars);

/* Writes 1..4 bytes and returns how many; U+FFFD for what is no character. */
size_t utf8_put(uint32_t cp, char ret_bytes[4]);

/* White space of any script and zero-width characters. */
bool utf8_is_blank(uint32_t cp);
/* CJK ideographs (URO, extensions A…, compatibility). */
bool utf8_is_han(uint32_t cp);

#endif
