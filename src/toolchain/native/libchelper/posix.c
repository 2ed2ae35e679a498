#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Java calls only functions with a fixed number of arguments: hence fprintfSD, openSII, openatISII, mremapP. */

extern char **environ;

char **getEnviron(void) {
    return environ;
}

int getThreadId(void) {
    return (int) syscall(SYS_gettid);
}

int fprintfSD(FILE *out, const char *fmt, const char *s, int d) {
    return fprintf(out, fmt, s, d);
}

int openSII(const char *path, int flags, int mode) {
    return open(path, flags, mode);
}

int openatISII(int dir, const char *path, int flags, int mode) {
    return openat(dir, path, flags, mode);
}

void *mremapP(void *old, size_t old_size, size_t new_size, int flags, void *addr) {
    return mremap(old, old_size, new_size, flags, addr);
}

/* user time of a thread of this process in nanoseconds, -1 if unknown */
int64_t getThreadUserTimeSlow(int tid) {
    char path[64], buf[1024];
    const char *p;
    unsigned long utime;
    ssize_t n;
    int fd;
    long hz = sysconf(_SC_CLK_TCK);

    snprintf(path, sizeof path, "/proc/self/task/%d/stat", tid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || hz <= 0) {
        if (fd >= 0) close(fd);
        return -1;
    }
    n = read(fd, buf, sizeof buf - 1);
    close(fd);
    if (n <= 0) {
        return -1;
    }
    buf[n] = 0;
    p = strrchr(buf, ')'); /* the name may contain anything, even ')' */
    if (p == NULL || sscanf(p + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu", &utime) != 1) {
        return -1;
    }
    return (int64_t) utime * (1000000000L / hz);
}

/* glibc has it since 2.38 only */
__attribute__((weak)) size_t strlcpy(char *dst, const char *src, size_t size) {
    size_t n = strlen(src);
    if (size != 0) {
        size_t m = n < size - 1 ? n : size - 1;
        memcpy(dst, src, m);
        dst[m] = 0;
    }
    return n;
}
