/*
 * The limits of memory and processors for the image's heap sizing and availableProcessors(), written from the Java
 * declarations (ContainerLibrary). Limits apply to a control group (v2 or v1) and all below it: hence its parents.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define UNLIMITED (-1L)
#define NOT_KNOWN (-2L)
#define INTERFACE_VERSION 240100

static int version; /* 0 none, 1, 2 */
static char mem_dir[PATH_MAX], mem_top[256];
static char cpu_dir[PATH_MAX], cpu_top[256];

static int read_line(const char *dir, const char *file, char *buf, size_t size) {
    char path[PATH_MAX + 64];
    FILE *in;
    int ok;
    snprintf(path, sizeof path, "%s/%s", dir, file);
    in = fopen(path, "re");
    if (in == NULL) return 0;
    ok = fgets(buf, (int) size, in) != NULL;
    fclose(in);
    return ok;
}

static long to_number(const char *s) {
    unsigned long long v;
    if (strncmp(s, "max", 3) == 0 || *s == '-') return UNLIMITED;
    v = strtoull(s, NULL, 10);
    return v >= 0x7ffffffffffff000ull ? UNLIMITED : (long) v;
}

static long read_number(const char *dir, const char *file) {
    char buf[128];
    return read_line(dir, file, buf, sizeof buf) ? to_number(buf) : NOT_KNOWN;
}

static long read_keyed(const char *dir, const char *file, const char *key) {
    char path[PATH_MAX + 64], line[256];
    size_t n = strlen(key);
    long v = NOT_KNOWN;
    FILE *in;
    snprintf(path, sizeof path, "%s/%s", dir, file);
    in = fopen(path, "re");
    if (in == NULL) return NOT_KNOWN;
    while (fgets(line, sizeof line, in) != NULL) {
        if (strncmp(line, key, n) == 0 && line[n] == ' ') {
            v = to_number(line + n + 1);
            break;
        }
    }
    fclose(in);
    return v;
}

/* The smallest limit found in the group and its parents. */
static long smallest(const char *leaf, const char *top, const char *file) {
    char dir[PATH_MAX];
    long best = NOT_KNOWN;
    snprintf(dir, sizeof dir, "%s", leaf);
    for (;;) {
        long v = read_number(dir, file);
        char *slash;
        if (v == UNLIMITED && best == NOT_KNOWN) best = UNLIMITED;
        if (v >= 0 && (best < 0 || v < best)) best = v;
        if (strlen(dir) <= strlen(top)) break;
        slash = strrchr(dir, '/');
        if (slash == NULL || slash == dir) break;
        *slash = 0;
    }
    return best;
}

static int has_controller(const char *list, const char *name) {
    size_t n = strlen(name);
    const char *p = list;
    while ((p = strstr(p, name)) != NULL) {
        if ((p == list || p[-1] == ',') && (p[n] == 0 || p[n] == ',')) return 1;
        p += n;
    }
    return 0;
}

/* The group's directory, or the hierarchy's top where a container shows only its own part. */
static void place(char *out, size_t size, const char *top, const char *group, const char *probe) {
    char path[PATH_MAX + 64];
    snprintf(out, size, "%s%s", top, strcmp(group, "/") == 0 ? "" : group);
    snprintf(path, sizeof path, "%s/%s", out, probe);
    if (strstr(group, "/..") != NULL || access(path, R_OK) != 0) {
        snprintf(out, size, "%s", top);
    }
}

static void find_groups(void) {
    char line[PATH_MAX + 64];
    FILE *in = fopen("/proc/self/cgroup", "re");
    int unified = access("/sys/fs/cgroup/cgroup.controllers", R_OK) == 0;
    if (in == NULL) return;
    while (fgets(line, sizeof line, in) != NULL) {
        char *list = strchr(line, ':'), *group;
        if (list == NULL) continue;
        *list++ = 0;
        group = strchr(list, ':');
        if (group == NULL) continue;
        *group++ = 0;
        group[strcspn(group, "\n")] = 0;
        if (unified && *list == 0) {
            version = 2;
            strcpy(mem_top, "/sys/fs/cgroup");
            strcpy(cpu_top, "/sys/fs/cgroup");
            place(mem_dir, sizeof mem_dir, mem_top, group, "memory.max");
            place(cpu_dir, sizeof cpu_dir, cpu_top, group, "cpu.max");
        } else if (!unified && has_controller(list, "memory")) {
            version = 1;
            strcpy(mem_top, "/sys/fs/cgroup/memory");
            place(mem_dir, sizeof mem_dir, mem_top, group, "memory.limit_in_bytes");
        } else if (!unified && has_controller(list, "cpu")) {
            version = 1;
            strcpy(cpu_top, access("/sys/fs/cgroup/cpu", R_OK) == 0 ? "/sys/fs/cgroup/cpu"
                                                                    : "/sys/fs/cgroup/cpu,cpuacct");
            place(cpu_dir, sizeof cpu_dir, cpu_top, group, "cpu.cfs_quota_us");
        }
    }
    fclose(in);
}

static size_t host_memory(void) {
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (size_t) pages * (size_t) size : 0;
}

static int host_cpus(void) {
    cpu_set_t set;
    long n;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 0) return CPU_COUNT(&set);
    n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (int) n : 1;
}

static long memory_limit(void) {
    long v = version == 2 ? smallest(mem_dir, mem_top, "memory.max")
           : version == 1 ? smallest(mem_dir, mem_top, "memory.limit_in_bytes") : NOT_KNOWN;
    return v >= 0 && (size_t) v >= host_memory() ? UNLIMITED : v;
}

/* CPUs that the quota allows, rounded up; 0 when there is no quota */
static int quota_cpus(void) {
    char dir[PATH_MAX];
    int best = 0;
    if (version == 0 || cpu_dir[0] == 0) return 0;
    snprintf(dir, sizeof dir, "%s", cpu_dir);
    for (;;) {
        long quota = -1, period = -1;
        char buf[128], *slash;
        if (version == 2) {
            if (read_line(dir, "cpu.max", buf, sizeof buf) && strncmp(buf, "max", 3) != 0 &&
                sscanf(buf, "%ld %ld", &quota, &period) != 2) quota = -1;
        } else {
            quota = read_number(dir, "cpu.cfs_quota_us");
            period = read_number(dir, "cpu.cfs_period_us");
        }
        if (quota > 0 && period > 0) {
            int n = (int) ((quota + period - 1) / period);
            if (best == 0 || n < best) best = n;
        }
        if (strlen(dir) <= strlen(cpu_top)) break;
        slash = strrchr(dir, '/');
        if (slash == NULL || slash == dir) break;
        *slash = 0;
    }
    return best;
}

/* 0 no limits apply, 1 limits apply, 2 / 3 this library is older / newer than asked for */
int svm_container_initialize(int wanted) {
    if (wanted > INTERFACE_VERSION) return 2;
    if (wanted < INTERFACE_VERSION) return 3;
    find_groups();
    return version != 0 && (memory_limit() >= 0 || quota_cpus() > 0);
}

/* Heaps are sized by it: what the process may have, not what the machine has */
size_t svm_container_physical_memory(void) {
    long limit = memory_limit();
    return limit >= 0 ? (size_t) limit : host_memory();
}

int64_t svm_container_memory_limit_in_bytes(void) {
    return memory_limit();
}

int64_t svm_container_memory_and_swap_limit_in_bytes(void) {
    long m = memory_limit(), s;
    if (version == 1) return smallest(mem_dir, mem_top, "memory.memsw.limit_in_bytes");
    s = smallest(mem_dir, mem_top, "memory.swap.max");
    return m >= 0 && s >= 0 ? m + s : s == NOT_KNOWN ? m : UNLIMITED;
}

int64_t svm_container_memory_soft_limit_in_bytes(void) {
    return read_number(mem_dir, version == 2 ? "memory.low" : "memory.soft_limit_in_bytes");
}

int64_t svm_container_memory_usage_in_bytes(void) {
    return read_number(mem_dir, version == 2 ? "memory.current" : "memory.usage_in_bytes");
}

int64_t svm_container_memory_max_usage_in_bytes(void) {
    return read_number(mem_dir, version == 2 ? "memory.peak" : "memory.max_usage_in_bytes");
}

int64_t svm_container_rss_usage_in_bytes(void) {
    return read_keyed(mem_dir, "memory.stat", version == 2 ? "anon" : "rss");
}

int64_t svm_container_cache_usage_in_bytes(void) {
    return read_keyed(mem_dir, "memory.stat", version == 2 ? "file" : "cache");
}

int svm_container_active_processor_count(void) {
    int host = host_cpus(), quota = quota_cpus();
    return quota > 0 && quota < host ? quota : host;
}
