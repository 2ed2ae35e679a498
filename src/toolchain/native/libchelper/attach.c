#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* Only reached by images built with --enable-monitoring=jcmd. */

void svm_attach_startup(const char *path) {
    struct stat st;
    if (lstat(path, &st) == 0 && S_ISSOCK(st.st_mode)) {
        unlink(path);
    }
}

void svm_attach_listener_cleanup(int listener, const char *path) {
    if (listener >= 0) {
        shutdown(listener, SHUT_RDWR);
        close(listener);
    }
    unlink(path);
}

int svm_attach_check_socket_file(const char *path) {
    struct stat st;
    return stat(path, &st) == 0;
}

int svm_attach_is_init_trigger(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && st.st_uid == geteuid();
}

int svm_attach_create_listener(const char *path) {
    struct sockaddr_un addr;
    char tmp[sizeof addr.sun_path];
    int fd;

    if (snprintf(tmp, sizeof tmp, "%s.tmp", path) >= (int) sizeof tmp) {
        return -1;
    }
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -1;
    }
    memset(&addr, 0, sizeof addr);
    addr.sun_family = AF_UNIX;
    strcpy(addr.sun_path, tmp);
    unlink(tmp);
    if (bind(fd, (struct sockaddr *) &addr, sizeof addr) != 0 || chmod(tmp, S_IRUSR | S_IWUSR) != 0 ||
        listen(fd, 5) != 0 || rename(tmp, path) != 0) {
        unlink(tmp);
        close(fd);
        return -1;
    }
    return fd;
}

/* next connection from our own user (or root), -1 once the listener is shut down */
int svm_attach_wait_for_request(int listener) {
    for (;;) {
        struct ucred peer;
        socklen_t len = sizeof peer;
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            return -1;
        }
        if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 && (peer.uid == 0 || peer.uid == geteuid())) {
            return fd;
        }
        close(fd);
    }
}

void svm_attach_shutdown_socket(int fd) {
    shutdown(fd, SHUT_RDWR);
}
