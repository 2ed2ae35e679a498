#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Name of the host's zone, malloc'ed, or NULL; the mapping file is for AIX/Windows only. */
char *SVM_FindJavaTZmd(const char *mappings, int length) {
    static const char marker[] = "/zoneinfo/";
    const char *tz = getenv("TZ");
    char link[PATH_MAX];
    (void) mappings;
    (void) length;

    if (tz != NULL && *tz != 0) {
        if (*tz == ':') tz++;
        if (strncmp(tz, "posix/", 6) == 0) tz += 6;
        if (*tz == '/') {
            const char *m = strstr(tz, marker);
            return m != NULL ? strdup(m + sizeof marker - 1) : NULL;
        }
        return *tz != 0 ? strdup(tz) : NULL;
    }
    if (realpath("/etc/localtime", link) != NULL) {
        const char *m = strstr(link, marker);
        if (m != NULL) {
            m += sizeof marker - 1;
            if (strncmp(m, "posix/", 6) == 0) m += 6;
            return strdup(m);
        }
    }
    {
        FILE *in = fopen("/etc/timezone", "re");
        char line[128];
        char *got = NULL;
        if (in != NULL) {
            if (fgets(line, sizeof line, in) != NULL) {
                line[strcspn(line, " \t\r\n")] = 0;
                if (line[0] != 0) got = strdup(line);
            }
            fclose(in);
        }
        return got;
    }
}
