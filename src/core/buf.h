/* SPDX-License-Identifier: ISC */
/*
 * Growable bytes, always NUL-terminated once something was added. Also the
 * x*alloc family: running out of memory aborts, since everything that must
 * not be lost is in the register already.
 */
#ifndef NUDGED_CORE_BUF_H
#define NUDGED_CORE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
	char *data; /* owned; NULL while empty */
	size_t len; /* bytes, without the terminator */
	size_t cap;
};

/* buf_text gives the bytes as a string, "" when nothing was added. */
const char *buf_text(const struct buf *b);

/* Adds bytes, a string, a byte, or text as printf makes it. */
void buf_add(struct buf *b, const void *data, size_t len);
void buf_puts(struct buf *b, const char *text);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *b, const char *format, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Makes room for len more bytes and returns where they go; the caller then
 * adds what it wrote there to b->len. */
char *buf_room(struct buf *b, size_t len);

/* Removes the first len bytes. */
void buf_drop(struct buf *b, size_t len);

/* Empties it, keeping the memory. */
void buf_reset(struct buf *b);

/* Hands the string over to the caller (never NULL) and empties the buffer. */
char *buf_take(struct buf *b);

/* Empties it and frees the memory; it may be used again. */
void buf_clear(struct buf *b);

/* As malloc and the like, for the caller to free, but never NULL: out of memory
 * aborts. xstrndup copies at most len bytes, and ends them with a NUL. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *text); /* NULL gives NULL */
char *xstrndup(const char *text, size_t len);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
