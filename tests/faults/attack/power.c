/* Notes every change of files below a folder, in order, with what was forced to the disk: of these
 * notes `power.py` makes what a disk may hold when the power fails. Loaded with LD_PRELOAD;
 * ATTACK_ROOT names the folder, ATTACK_LOG the file of notes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *root;
static int notes = -1;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

#pragma pack(push, 1)
struct head { char what; uint64_t inode; int64_t number; uint32_t first, second; };
#pragma pack(pop)

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("ATTACK_LOG");
    root = getenv("ATTACK_ROOT");
    if (root && path)
        notes = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

static void note(char what, uint64_t inode, int64_t number, const void *first, size_t one,
                 const void *second, size_t two)
{
    struct head head = {what, inode, number, one, two};
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)first, one}, {(void *)second, two}};
    pthread_mutex_lock(&turn);
    syscall(SYS_writev, notes, parts, 3);
    pthread_mutex_unlock(&turn);
}

void attack_mark(const char *said) { note('M', 0, 0, said, strlen(said), "", 0); }

static int is_below(const char *path)
{
    size_t length = root ? strlen(root) : 0;
    return notes >= 0 && length && !strncmp(path, root, length)
        && (path[length] == '/' || !path[length]);
}

static int path_of(int handle, char *into)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, into, PATH_MAX - 1);
    into[length < 0 ? 0 : length] = 0;
    return length > 0 && is_below(into);
}

static int path_at(int folder, const char *path, char *into)
{
    if (path[0] == '/') {
        snprintf(into, PATH_MAX, "%s", path);
    } else {
        char base[PATH_MAX];
        if (folder == AT_FDCWD) {
            if (!getcwd(base, sizeof base)) return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t length = readlink(link, base, PATH_MAX - 1);
            base[length < 0 ? 0 : length] = 0;
        }
        size_t length = strlen(base);
        if (length + strlen(path) + 2 > PATH_MAX) return 0;
        memcpy(into, base, length);
        into[length] = '/';
        strcpy(into + length + 1, path);
    }
    return is_below(into);
}

static uint64_t inode_of(int handle)
{
    struct stat found;
    return fstat(handle, &found) ? 0 : found.st_ino;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define NOTED(handle, call, ...) \
    char path[PATH_MAX]; \
    int kept = errno, below = path_of(handle, path); \
    errno = kept; \
    if (!below) return call; \
    __VA_ARGS__

static int opened(int folder, const char *name, int flags, mode_t mode)
{
    char path[PATH_MAX];
    struct stat before;
    int below = (flags & (O_CREAT | O_TRUNC | __O_TMPFILE)) && path_at(folder, name, path);
    int was = below && !lstat(path, &before);
    int handle = syscall(SYS_openat, folder, name, flags | O_LARGEFILE, mode);
    if (handle >= 0 && below) {
        int kept = errno;
        if ((flags & O_TMPFILE) == O_TMPFILE) note('N', inode_of(handle), 0, "", 0, "", 0);
        else if (!was) note('C', inode_of(handle), 0, path, strlen(path), "", 0);
        else if (flags & O_TRUNC) note('T', inode_of(handle), 0, "", 0, "", 0);
        errno = kept;
    }
    return handle;
}

#define MODE mode_t mode = 0; if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int open64(const char *name, int flags, ...) { MODE return opened(AT_FDCWD, name, flags, mode); }
int openat(int f, const char *name, int flags, ...) { MODE return opened(f, name, flags, mode); }
int openat64(int f, const char *name, int flags, ...) { MODE return opened(f, name, flags, mode); }

ssize_t write(int handle, const void *data, size_t size)
{
    REAL(write);
    NOTED(handle, real(handle, data, size), )
    ssize_t written = real(handle, data, size);
    kept = errno;
    if (written > 0)
        note('W', inode_of(handle), lseek(handle, 0, SEEK_CUR) - written, data, written, "", 0);
    errno = kept;
    return written;
}

static ssize_t placed(int handle, const void *data, size_t size, off_t at)
{
    NOTED(handle, syscall(SYS_pwrite64, handle, data, size, at), )
    ssize_t written = syscall(SYS_pwrite64, handle, data, size, at);
    kept = errno;
    if (written > 0) note('W', inode_of(handle), at, data, written, "", 0);
    errno = kept;
    return written;
}

ssize_t pwrite(int h, const void *d, size_t n, off_t at) { return placed(h, d, n, at); }
ssize_t pwrite64(int h, const void *d, size_t n, off64_t at) { return placed(h, d, n, at); }

/* What is copied or gathered inside the kernel goes the plain way, whose callers fall back to it. */
ssize_t sendfile(int to, int from, off_t *at, size_t n) { errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int to, int from, off64_t *at, size_t n) { errno = ENOTSOCK; return -1; }
ssize_t copy_file_range(int f, off64_t *a, int t, off64_t *b, size_t n, unsigned flags)
{
    errno = EXDEV;
    return -1;
}

ssize_t writev(int handle, const struct iovec *parts, int number)
{
    ssize_t written = 0;
    REAL(writev);
    NOTED(handle, real(handle, parts, number), )
    for (int i = 0; i < number; i++) {
        ssize_t one = write(handle, parts[i].iov_base, parts[i].iov_len);
        if (one < 0) return written ? written : -1;
        written += one;
        if ((size_t)one < parts[i].iov_len) break;
    }
    return written;
}

static int cut(int handle, off_t size)
{
    NOTED(handle, syscall(SYS_ftruncate, handle, size), )
    int done = syscall(SYS_ftruncate, handle, size);
    kept = errno;
    if (!done) note('T', inode_of(handle), size, "", 0, "", 0);
    errno = kept;
    return done;
}

int ftruncate(int handle, off_t size) { return cut(handle, size); }
int ftruncate64(int handle, off64_t size) { return cut(handle, size); }

static int forced(int handle, int (*real)(int))
{
    NOTED(handle, real(handle), )
    int done = real(handle);
    kept = errno;
    if (!done) note('S', inode_of(handle), 0, "", 0, "", 0);
    errno = kept;
    return done;
}

int fsync(int handle) { REAL(fsync); return forced(handle, real); }
int fdatasync(int handle) { REAL(fdatasync); return forced(handle, real); }

static int renamed(int f, const char *from, int t, const char *to, unsigned flags)
{
    char one[PATH_MAX], two[PATH_MAX];
    int below = path_at(f, from, one) && path_at(t, to, two);
    int done = syscall(SYS_renameat2, f, from, t, to, flags), kept = errno;
    if (!done && below) note('R', 0, 0, one, strlen(one), two, strlen(two));
    errno = kept;
    return done;
}

int rename(const char *a, const char *b) { return renamed(AT_FDCWD, a, AT_FDCWD, b, 0); }
int renameat(int f, const char *a, int t, const char *b) { return renamed(f, a, t, b, 0); }
int renameat2(int f, const char *a, int t, const char *b, unsigned n) { return renamed(f, a, t, b, n); }

int linkat(int f, const char *from, int t, const char *to, int flags)
{
    char one[PATH_MAX], two[PATH_MAX];
    int below = path_at(f, from, one) && path_at(t, to, two);
    int done = syscall(SYS_linkat, f, from, t, to, flags), kept = errno;
    if (!done && below) note('L', 0, 0, one, strlen(one), two, strlen(two));
    errno = kept;
    return done;
}

int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int folder, const char *name, int flags)
{
    char path[PATH_MAX];
    int below = path_at(folder, name, path);
    int done = syscall(SYS_unlinkat, folder, name, flags), kept = errno;
    if (!done && below) note('U', 0, 0, path, strlen(path), "", 0);
    errno = kept;
    return done;
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int remove(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int mkdirat(int folder, const char *name, mode_t mode)
{
    char path[PATH_MAX];
    struct stat found;
    int below = path_at(folder, name, path);
    int done = syscall(SYS_mkdirat, folder, name, mode), kept = errno;
    if (!done && below && !lstat(path, &found))
        note('K', found.st_ino, 0, path, strlen(path), "", 0);
    errno = kept;
    return done;
}

int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
