/* Stands between a process and libc: file-system calls below the folder FAULT_UNDER fail, or end the process, as the
   shared file FAULT_CONTROL says at that moment. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The same fields, in the same order, as in harm.py. */
static struct {
    int on;     /* calls are counted, and those from `first` on are met, `lasts` of them */
    int first;
    int lasts;
    int error;
    int half;   /* a write does half of its work first, as on a disk that becomes full */
    int kill;
    int calls;
    int met;
} *control;
static const char *under;
static unsigned char ours[65536];
static __thread int owed;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("FAULT_CONTROL");
    under = getenv("FAULT_UNDER");
    int fd = path && under ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    control = shared == MAP_FAILED ? NULL : shared;
}

static int below(const char *path) {
    size_t length = under ? strlen(under) : 0;
    return control && path && !strncmp(path, under, length) && (path[length] == 0 || path[length] == '/');
}

static int is_ours(int fd) { return control && fd >= 0 && fd < 65536 && ours[fd]; }

static int below_at(int fd, const char *path) { return below(path) || (path && path[0] != '/' && is_ours(fd)); }

static int met(void) {
    if (!control->on)
        return 0;
    int number = __atomic_add_fetch(&control->calls, 1, __ATOMIC_SEQ_CST);
    if (number < control->first || number - control->first >= control->lasts)
        return 0;
    __atomic_add_fetch(&control->met, 1, __ATOMIC_SEQ_CST);
    return 1;
}

static void strike(void) {
    if (control->kill)
        kill(getpid(), SIGKILL);
    errno = control->error;
}

static int note(int fd, int mine) {
    if (fd >= 0 && fd < 65536)
        ours[fd] = mine;
    return fd;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { \
    va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

#define OPEN(name) int name(const char *path, int flags, ...) { REAL(name); MODE(flags) int mine = below(path); \
    if (mine && met()) { strike(); return -1; } return note(real(path, flags, mode), mine); }
#define OPENAT(name) int name(int at, const char *path, int flags, ...) { REAL(name); MODE(flags) \
    int mine = below_at(at, path); if (mine && met()) { strike(); return -1; } \
    return note(real(at, path, flags, mode), mine); }
#define CALL(type, name, whether, arguments, ...) type name arguments { REAL(name); \
    if ((whether) && met()) { strike(); return -1; } return real(__VA_ARGS__); }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
CALL(int, stat, below(path), (const char *path, struct stat *found), path, found)
CALL(int, stat64, below(path), (const char *path, struct stat64 *found), path, found)
CALL(int, lstat, below(path), (const char *path, struct stat *found), path, found)
CALL(int, lstat64, below(path), (const char *path, struct stat64 *found), path, found)
CALL(int, fstat, is_ours(fd), (int fd, struct stat *found), fd, found)
CALL(int, fstat64, is_ours(fd), (int fd, struct stat64 *found), fd, found)
CALL(int, fstatat, below_at(at, path), (int at, const char *path, struct stat *found, int how), at, path, found, how)
CALL(int, fstatat64, below_at(at, path), (int at, const char *path, struct stat64 *found, int how), at, path, found, how)
CALL(int, access, below(path), (const char *path, int how), path, how)
CALL(int, mkdir, below(path), (const char *path, mode_t mode), path, mode)
CALL(int, mkdirat, below_at(at, path), (int at, const char *path, mode_t mode), at, path, mode)
CALL(int, rmdir, below(path), (const char *path), path)
CALL(int, unlink, below(path), (const char *path), path)
CALL(int, unlinkat, below_at(at, path), (int at, const char *path, int how), at, path, how)
CALL(int, rename, below(old) || below(new), (const char *old, const char *new), old, new)
CALL(int, utimensat, below_at(at, path), (int at, const char *path, const struct timespec times[2], int how), at, path, times, how)
CALL(int, flock, is_ours(fd), (int fd, int how), fd, how)
CALL(int, fsync, is_ours(fd), (int fd), fd)
CALL(ssize_t, read, is_ours(fd), (int fd, void *data, size_t size), fd, data, size)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (is_ours(fd) && owed) {
        owed = 0;
        strike();
        return -1;
    }
    if (is_ours(fd) && met()) {
        if (control->half && size > 1) {
            ssize_t done = real(fd, data, size / 2);
            if (control->kill)
                strike();
            owed = 1;
            return done;
        }
        strike();
        return -1;
    }
    return real(fd, data, size);
}

/* As in Linux, the descriptor is gone also where closing it tells of an error. */
int close(int fd) {
    REAL(close);
    int hit = is_ours(fd) && met();
    if (hit && control->kill)
        strike();
    note(fd, 0);
    int code = real(fd);
    if (!hit)
        return code;
    strike();
    return -1;
}

DIR *opendir(const char *path) {
    REAL(opendir);
    int mine = below(path);
    if (mine && met()) {
        strike();
        return NULL;
    }
    DIR *folder = real(path);
    if (folder)
        note(dirfd(folder), mine);
    return folder;
}

struct dirent64 *readdir64(DIR *folder) {
    REAL(readdir64);
    if (is_ours(dirfd(folder)) && met()) {
        strike();
        return NULL;
    }
    return real(folder);
}

int closedir(DIR *folder) {
    REAL(closedir);
    note(dirfd(folder), 0);
    return real(folder);
}
