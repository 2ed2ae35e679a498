#define _GNU_SOURCE
#include <errno.h>
#include <semaphore.h>
#include <string.h>

enum { SIGRTMAX_LIMIT = 64 };

static volatile int pending[SIGRTMAX_LIMIT + 1];
static volatile int signal_state; /* 0 closed, 1 open */
static sem_t signal_sem;

static void on_signal(int sig) {
    int saved = errno;
    if (sig > 0 && sig <= SIGRTMAX_LIMIT) {
        __sync_fetch_and_add(&pending[sig], 1);
        sem_post(&signal_sem);
    }
    errno = saved;
}

/* 0: opened, 1: another isolate has it, -1: see errno */
int cSunMiscSignal_open(void) {
    if (!__sync_bool_compare_and_swap(&signal_state, 0, 1)) {
        return 1;
    }
    memset((void *) pending, 0, sizeof pending);
    if (sem_init(&signal_sem, 0, 0) != 0) {
        signal_state = 0;
        return -1;
    }
    return 0;
}

int cSunMiscSignal_close(void) {
    int r = sem_destroy(&signal_sem);
    if (r == 0) {
        signal_state = 0;
    }
    return r;
}

int cSunMiscSignal_awaitSemaphore(void) {
    int r;
    do {
        r = sem_wait(&signal_sem);
    } while (r != 0 && errno == EINTR);
    return r;
}

int cSunMiscSignal_signalSemaphore(void) {
    return sem_post(&signal_sem);
}

int cSunMiscSignal_signalRangeCheck(int sig) {
    return sig > 0 && sig <= SIGRTMAX_LIMIT;
}

int cSunMiscSignal_checkPendingSignal(void) {
    int sig;
    for (sig = 1; sig <= SIGRTMAX_LIMIT; sig++) {
        int n = pending[sig];
        while (n > 0) {
            if (__sync_bool_compare_and_swap(&pending[sig], n, n - 1)) {
                return sig;
            }
            n = pending[sig];
        }
    }
    return -1;
}

void *cSunMiscSignal_signalHandlerFunctionPointer(void) {
    return (void *) on_signal;
}
