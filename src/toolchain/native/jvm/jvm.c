/*
 * What the JDK's own JNI libraries need from "the VM" inside a native image, written from the names and types of the
 * declarations. The image builder substitutes the Java methods that lead to anything else, so that the rest may be
 * stubs that stop the process: assemble makes them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <jni.h>

void initialize(void) {
}

jlong JVM_CurrentTimeMillis(void *env, void *ignored) {
    struct timespec t;
    (void) env;
    (void) ignored;
    clock_gettime(CLOCK_REALTIME, &t);
    return (jlong) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

jlong JVM_NanoTime(void *env, void *ignored) {
    struct timespec t;
    (void) env;
    (void) ignored;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (jlong) t.tv_sec * 1000000000 + t.tv_nsec;
}

/* nanoseconds since an offset given in epoch seconds; -1 if too far away */
jlong JVM_GetNanoTimeAdjustment(void *env, void *ignored, jlong offset) {
    struct timespec t;
    int64_t diff;
    (void) env;
    (void) ignored;
    clock_gettime(CLOCK_REALTIME, &t);
    diff = (int64_t) t.tv_sec - offset;
    if (diff > ((int64_t) 1 << 32) || diff < -((int64_t) 1 << 32)) {
        return -1;
    }
    return diff * 1000000000 + t.tv_nsec;
}

jint JVM_ActiveProcessorCount(void) {
    long n;
    size_t cpus = CPU_SETSIZE;
    while (cpus <= (size_t) 1 << 20) {
        cpu_set_t *set = CPU_ALLOC(cpus);
        size_t size = CPU_ALLOC_SIZE(cpus);
        int ok, saved;
        if (set == NULL) break;
        CPU_ZERO_S(size, set);
        ok = sched_getaffinity(0, size, set);
        saved = errno;
        n = ok == 0 ? CPU_COUNT_S(size, set) : 0;
        CPU_FREE(set);
        if (ok == 0 && n > 0) return (jint) n;
        if (ok == 0 || saved != EINVAL) break;
        cpus *= 2;
    }
    n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (jint) n : 1;
}

void *JVM_RegisterSignal(jint sig, void *handler) {
    struct sigaction now, before;
    memset(&now, 0, sizeof now);
    now.sa_handler = (void (*)(int)) handler;
    now.sa_flags = SA_RESTART;
    sigfillset(&now.sa_mask);
    if (sigaction(sig, &now, &before) != 0) {
        return (void *) -1;
    }
    return (void *) before.sa_handler;
}

jboolean JVM_RaiseSignal(jint sig) {
    return raise(sig) == 0;
}

jint JVM_FindSignal(const char *name) {
    static const struct { const char *name; int number; } known[] = {
        {"HUP", SIGHUP}, {"INT", SIGINT}, {"QUIT", SIGQUIT}, {"ILL", SIGILL}, {"TRAP", SIGTRAP}, {"ABRT", SIGABRT},
        {"IOT", SIGIOT}, {"BUS", SIGBUS}, {"FPE", SIGFPE}, {"KILL", SIGKILL}, {"USR1", SIGUSR1}, {"SEGV", SIGSEGV},
        {"USR2", SIGUSR2}, {"PIPE", SIGPIPE}, {"ALRM", SIGALRM}, {"TERM", SIGTERM}, {"STKFLT", SIGSTKFLT},
        {"CLD", SIGCHLD}, {"CHLD", SIGCHLD}, {"CONT", SIGCONT}, {"STOP", SIGSTOP}, {"TSTP", SIGTSTP}, {"TTIN", SIGTTIN},
        {"TTOU", SIGTTOU}, {"URG", SIGURG}, {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ}, {"VTALRM", SIGVTALRM},
        {"PROF", SIGPROF}, {"WINCH", SIGWINCH}, {"POLL", SIGPOLL}, {"IO", SIGIO}, {"PWR", SIGPWR}, {"SYS", SIGSYS}};
    size_t i;
    for (i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, name) == 0) return known[i].number;
    }
    return -1;
}

void *JVM_LoadLibrary(const char *name, jboolean throws) {
    (void) throws;
    return dlopen(name, RTLD_LAZY);
}

void JVM_UnloadLibrary(void *handle) {
    dlclose(handle);
}

void *JVM_FindLibraryEntry(void *handle, const char *name) {
    return dlsym(handle, name);
}

jboolean JVM_IsSupportedJNIVersion(jint version) {
    switch (version) {
        case 0x00010001: case 0x00010002: case 0x00010004: case 0x00010006: case 0x00010008:
        case 0x00090000: case 0x000a0000: case 0x00130000: case 0x00140000: case 0x00150000: case 0x00180000:
            return JNI_TRUE;
        default:
            return JNI_FALSE;
    }
}

char *JVM_NativePath(char *path) {
    return path;
}

void *JVM_RawMonitorCreate(void) {
    pthread_mutex_t *m = malloc(sizeof *m);
    pthread_mutexattr_t attr;
    if (m == NULL) return NULL;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(m, &attr);
    pthread_mutexattr_destroy(&attr);
    return m;
}

void JVM_RawMonitorDestroy(void *m) {
    pthread_mutex_destroy(m);
    free(m);
}

jint JVM_RawMonitorEnter(void *m) {
    return pthread_mutex_lock(m);
}

void JVM_RawMonitorExit(void *m) {
    pthread_mutex_unlock(m);
}

int jio_vfprintf(FILE *out, const char *fmt, va_list args) {
    return vfprintf(out, fmt, args);
}

int jio_vsnprintf(char *buf, size_t size, const char *fmt, va_list args) {
    int n;
    if (size == 0 || (intptr_t) size < 0) return -1;
    n = vsnprintf(buf, size, fmt, args);
    return n >= (int) size ? -1 : n;
}

/* libjava defines these two itself; these serve the libraries linked without it */
__attribute__((weak)) int jio_fprintf(FILE *out, const char *fmt, ...) {
    va_list args;
    int n;
    va_start(args, fmt);
    n = vfprintf(out, fmt, args);
    va_end(args);
    return n;
}

__attribute__((weak)) int jio_snprintf(char *buf, size_t size, const char *fmt, ...) {
    va_list args;
    int n;
    va_start(args, fmt);
    n = jio_vsnprintf(buf, size, fmt, args);
    va_end(args);
    return n;
}

void JVM_Halt(jint code) {
    _exit(code);
}

void JVM_BeforeHalt(void) {
}

jboolean JVM_IsUseContainerSupport(void *env) {
    (void) env;
    return JNI_TRUE;
}

/* the same question as svm_container answers; asked by the OperatingSystem bean only */
jboolean JVM_IsContainerized(void *env) {
    (void) env;
    return JNI_FALSE;
}

jlong JVM_MaxObjectInspectionAge(void) {
    return (jlong) (JVM_NanoTime(NULL, NULL) / 1000000);
}

/* no management interface of HotSpot's kind in an image */
void *JVM_GetManagement(jint version) {
    (void) version;
    return NULL;
}
