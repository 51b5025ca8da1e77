/* Files: read whole with a limit, written whole or not at all. */
#include "base/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"

#define READ_STEP 65536

static enum err err_of_errno(int code)
{
	switch (code) {
	case ENOENT:
	case ENOTDIR:
		return ERR_ABSENT;
	case EACCES:
	case EPERM:
		return ERR_DENIED;
	case ENOMEM:
		return ERR_NOMEM;
	case ENAMETOOLONG:
	case ELOOP:
		return ERR_INPUT;
	default:
		return ERR_IO;
	}
}

static enum err errno_diag(struct diag *diag, const char *act)
{
	int code = errno;

	return diag_set(diag, err_of_errno(code), "%s: %s", act, strerror(code));
}

static ssize_t read_step(int fd, char *p, size_t n)
{
	ssize_t got;

	if (fault_point(FAULT_IO)) {
		errno = EIO;
		return -1;
	}
	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

static enum err read_all(int fd, size_t limit_bytes, struct arena *mem, struct diag *diag,
			 struct str *ret_bytes)
{
	AUTO_BUF(bytes, limit_bytes + 1);
	char step[READ_STEP];

	for (;;) {
		ssize_t got = read_step(fd, step, sizeof(step));

		if (got < 0)
			return errno_diag(diag, "cannot read");
		if (got == 0)
			break;
		buf_add(&bytes, str_n(step, (size_t)got));
		if (bytes.failed == ERR_LIMIT || bytes.n > limit_bytes)
			return diag_set(diag, ERR_LIMIT, "larger than the limit of %zu MiB",
					limit_bytes / MIB);
	}
	if (buf_end(&bytes) != ERR_OK)
		return diag_set(diag, buf_end(&bytes), "out of memory");
	return arena_str(mem, buf_str(&bytes), ret_bytes);
}

enum err io_read(const char *path, size_t limit_bytes, struct arena *mem, struct diag *diag,
		 struct str *ret_bytes)
{
	struct stat st;
	enum err e;
	int fd;

	if (strcmp(path, "-") == 0)
		return read_all(STDIN_FILENO, limit_bytes, mem, diag, ret_bytes);
	/* O_NONBLOCK: opening a FIFO that nobody writes to must not hang */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return errno_diag(diag, "cannot open");
	if (fstat(fd, &st) != 0)
		e = errno_diag(diag, "cannot read");
	else if (!S_ISREG(st.st_mode))
		e = diag_set(diag, ERR_INPUT, "not a regular file");
	else if ((uintmax_t)st.st_size > limit_bytes)
		e = diag_set(diag, ERR_LIMIT, "larger than the limit of %zu MiB",
			     limit_bytes / MIB);
	else
		e = read_all(fd, limit_bytes, mem, diag, ret_bytes);
	(void)close(fd); /* read only: nothing can be lost */
	return e;
}

static enum err write_all(int fd, struct str bytes, struct diag *diag)
{
	while (bytes.n > 0) {
		ssize_t put;

		if (fault_point(FAULT_IO)) {
			errno = ENOSPC;
			put = -1;
		} else {
			put = write(fd, bytes.p, bytes.n);
		}
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return errno_diag(diag, "cannot write");
		bytes = str_from(bytes, (size_t)put);
	}
	return ERR_OK;
}

/* Closes always; a failed close is a failed write (NFS, quotas). */
static enum err close_written(int fd, enum err so_far, struct diag *diag)
{
	if (fault_point(FAULT_IO)) {
		(void)close(fd);
		errno = EIO;
		return so_far != ERR_OK ? so_far : errno_diag(diag, "cannot write");
	}
	if (close(fd) != 0 && so_far == ERR_OK)
		return errno_diag(diag, "cannot write");
	return so_far;
}

static enum err write_direct(const char *path, struct str bytes, struct diag *diag)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return errno_diag(diag, "cannot write");
	return close_written(fd, write_all(fd, bytes, diag), diag);
}

static void sync_folder(const char *path)
{
	char *copy = strdup(path);
	char *slash = copy ? strrchr(copy, '/') : NULL;
	int fd;

	if (slash != NULL)
		slash[slash == copy ? 1 : 0] = '\0';
	fd = open(slash ? copy : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd); /* the file itself is safe; some file systems refuse this one */
		(void)close(fd);
	}
	free(copy);
}

static enum err write_beside(const char *path, const char *beside, mode_t mode, struct str bytes,
			     struct diag *diag)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	enum err e;

	if (fd < 0)
		return errno_diag(diag, "cannot write");
	e = write_all(fd, bytes, diag);
	if (e == ERR_OK && (fault_point(FAULT_IO) || fsync(fd) != 0))
		e = errno_diag(diag, "cannot write");
	e = close_written(fd, e, diag);
	if (e == ERR_OK && (fault_point(FAULT_IO) || rename(beside, path) != 0))
		e = errno_diag(diag, "cannot replace");
	if (e != ERR_OK)
		(void)unlink(beside);
	else
		sync_folder(path);
	return e;
}

enum err io_write(const char *path, struct str bytes, struct diag *diag)
{
	struct stat st;
	mode_t mode = 0666; /* the umask takes from it */
	char *beside;
	enum err e;

	if (strcmp(path, "-") == 0)
		return write_all(STDOUT_FILENO, bytes, diag);
	if (stat(path, &st) == 0) {
		if (S_ISDIR(st.st_mode))
			return diag_set(diag, ERR_INPUT, "is a folder");
		if (!S_ISREG(st.st_mode))
			return write_direct(path, bytes, diag);
		mode = st.st_mode & 0777;
	}
	if (fault_point(FAULT_ALLOC) || asprintf(&beside, "%s.%ld.part", path, (long)getpid()) < 0)
		return diag_set(diag, ERR_NOMEM, "out of memory");
	e = write_beside(path, beside, mode, bytes, diag);
	free(beside);
	return e;
}
