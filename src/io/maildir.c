/* SPDX-License-Identifier: ISC */
/*
 * A Maildir on the local disk. Nothing appears in new before it is whole and
 * on the disk; names come from the caller.
 */
#include "io/maildir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"

#define NAME_LIMIT 200

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

char *
maildir_url_path(const char *url, struct err *err)
{
	static const char scheme[] = "maildir://";
	struct buf path = { 0 };
	const char *p = url;

	if (strncmp(url, scheme, sizeof scheme - 1) == 0)
		p += sizeof scheme - 1;
	else
		p = "";
	if (*p != '/') {
		err_set(err, ERR_INPUT,
		    "not a Maildir URL (maildir:///absolute/path): %s", url);
		return NULL;
	}
	for (; *p != '\0'; p++) {
		int high, low;

		if (*p != '%') {
			buf_putc(&path, *p);
			continue;
		}
		high = hex(p[1]);
		low = high == -1 ? -1 : hex(p[2]);
		if (low == -1 || high * 16 + low == 0) {
			err_set(err, ERR_INPUT, "a broken %% in: %s", url);
			buf_clear(&path);
			return NULL;
		}
		buf_putc(&path, (char)(high * 16 + low));
		p += 2;
	}
	while (path.len > 1 && path.data[path.len - 1] == '/')
		path.data[--path.len] = '\0';
	return buf_take(&path);
}

static int
make_folder(const char *path, struct err *err)
{
	struct stat st;

	if (mkdir(path, 0750) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return 0;
		errno = ENOTDIR;
	}
	return err_errno(err, "Maildir %s", path);
}

int
maildir_create(const char *path, struct err *err)
{
	static const char *const parts[] = { "/tmp", "/new", "/cur" };
	int rc = make_folder(path, err);

	for (size_t i = 0; i < 3 && rc == 0; i++) {
		char *part = xasprintf("%s%s", path, parts[i]);

		rc = make_folder(part, err);
		free(part);
	}
	return rc;
}

static int
check_name(const char *name, struct err *err)
{
	size_t len = strlen(name);

	if (len == 0 || len > NAME_LIMIT || name[0] == '.')
		return err_set(
		    err, ERR_INPUT, "not a name for a Maildir: '%s'", name);
	for (size_t i = 0; i < len; i++) {
		char c = name[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
		    !(c >= 'A' && c <= 'Z') && strchr(".-_@+=", c) == NULL)
			return err_set(err, ERR_INPUT,
			    "not a name for a Maildir: '%s'", name);
	}
	return 0;
}

/* Has a reader moved it to cur, with whatever flags? By name rather than by
 * reading the folder, which may be very large. */
static bool
is_read(int folder, const char *name)
{
	static const char flags[] = "DFPRST"; /* in a name: in this order */
	char path[NAME_LIMIT + 32];

	snprintf(path, sizeof path, "cur/%s", name);
	if (faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return true;
	for (unsigned set = 0; set < 64; set++) {
		size_t len =
		    (size_t)snprintf(path, sizeof path, "cur/%s:2,", name);

		for (unsigned i = 0; i < 6; i++) {
			if (set & 1u << i)
				path[len++] = flags[i];
		}
		path[len] = '\0';
		if (faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
			return true;
	}
	return false;
}

static int
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static void
add_with_lf(struct buf *out, const char *bytes, size_t len)
{
	const char *end = bytes + len;

	while (bytes < end) {
		const char *cr = memchr(bytes, '\r', (size_t)(end - bytes));

		if (cr == NULL)
			cr = end;
		buf_add(out, bytes, (size_t)(cr - bytes));
		if (cr < end && (cr + 1 == end || cr[1] != '\n'))
			buf_putc(out, '\r');
		bytes = cr < end ? cr + 1 : end;
	}
}

static int
write_tmp(
    int folder, const char *tmp, const char *bytes, size_t len, struct err *err)
{
	struct buf text = { 0 };
	int fd, rc = -1;

	fd = openat(folder, tmp,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (fd == -1)
		return err_errno(err, "%s", tmp);
	add_with_lf(&text, bytes, len);
	if (write_all(fd, buf_text(&text), text.len) == -1 || fsync(fd) == -1)
		err_errno(err, "%s", tmp);
	else
		rc = 0;
	buf_clear(&text);
	if (close(fd) == -1 && rc == 0)
		rc = err_errno(err, "%s", tmp);
	if (rc == -1)
		(void)unlinkat(folder, tmp, 0);
	return rc;
}

static int
sync_new(int folder, struct err *err)
{
	int fd = openat(folder, "new", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = -1;

	if (fd == -1 || fsync(fd) == -1)
		err_errno(err, "new");
	else
		rc = 0;
	if (fd != -1)
		close(fd);
	return rc;
}

static int
deliver_into(int folder, const char *name, const char *bytes, size_t len,
    struct err *err)
{
	char *tmp = xasprintf("tmp/%s", name);
	char *new = xasprintf("new/%s", name);
	int rc = 0;

	if (is_read(folder, name))
		goto out;
	rc = write_tmp(folder, tmp, bytes, len, err);
	if (rc == 0 && renameat(folder, tmp, folder, new) == -1) {
		rc = err_errno(err, "%s", new);
		(void)unlinkat(folder, tmp, 0);
	}
	if (rc == 0)
		rc = sync_new(folder, err);
out:
	free(tmp);
	free(new);
	return rc;
}

int
maildir_deliver(const char *path, const char *name, const char *bytes,
    size_t len, struct err *err)
{
	int folder, rc;

	if (check_name(name, err) == -1 || maildir_create(path, err) == -1)
		return -1;
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (folder == -1)
		return err_errno(err, "Maildir %s", path);
	rc = deliver_into(folder, name, bytes, len, err);
	close(folder);
	return rc == -1 ? err_wrap(err, "Maildir %s", path) : 0;
}
