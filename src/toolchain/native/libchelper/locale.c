#define _GNU_SOURCE
#include <locale.h>
#include <string.h>
#include "svm_locale.h"

static svm_locale_props_t locale_props;

/* split language[_COUNTRY][.charset][@modifier] */
static int split_locale(int category, const char **language, const char **script,
                        const char **country, const char **variant) {
    const char *name = setlocale(category, NULL);
    char *copy, *cc, *at;

    *language = "en";
    *script = *country = *variant = "";
    if (name == NULL || *name == 0 || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0 ||
        strncmp(name, "C.", 2) == 0) {
        return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
    }
    copy = strdup(name);
    if (copy == NULL) {
        return SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY;
    }
    at = strchr(copy, '@');
    if (at != NULL) *at++ = 0;
    copy[strcspn(copy, ".")] = 0;
    cc = strchr(copy, '_');
    if (cc != NULL) {
        *cc++ = 0;
        *country = cc;
    }
    if (at != NULL) {
        if (strcmp(at, "latin") == 0) *script = "Latn";
        else if (strcmp(at, "cyrillic") == 0) *script = "Cyrl";
        else if (strcmp(at, "devanagari") == 0) *script = "Deva";
        else if (strcmp(at, "nynorsk") == 0) *variant = "NY";
    }
    if (*copy != 0) *language = copy;
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
}

int svm_initialize_locale(void) {
    int r;
    setlocale(LC_ALL, "");
    r = split_locale(LC_CTYPE, &locale_props.format_language, &locale_props.format_script,
                     &locale_props.format_country, &locale_props.format_variant);
    if (r == SVM_LOCALE_INITIALIZATION_SUCCEEDED) {
        r = split_locale(LC_MESSAGES, &locale_props.display_language, &locale_props.display_script,
                         &locale_props.display_country, &locale_props.display_variant);
    }
    return r;
}

svm_locale_props_t *svm_get_locale(void) {
    return &locale_props;
}
