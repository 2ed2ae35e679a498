package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** ConfigMaps whose entries are header fields. It takes the other objects to see which. */
public final class FieldMaps implements AnnotationFamily {
    private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,253}(?:/[a-z0-9.-]{1,253})?");
    private static final String ALLOWED = "use NAMESPACE/NAME of a ConfigMap of the same namespace";

    public static final AnnotationKey<String> CUSTOM_HEADERS = key(
            "custom-headers",
            Scope.INGRESS,
            ALLOWED,
            "`shop/fields`: a ConfigMap of the same namespace, whose entries are fields that clients get in place of those of the"
                    + " endpoint. Each has to be in `global-allowed-response-headers` of the ConfigMap of ingress-nginx; where one is not,"
                    + " or the ConfigMap is missing, the paths answer 503. A change is seen within a minute",
            "the fields of the endpoint");
    public static final AnnotationKey<String> AUTH_PROXY_SET_HEADERS = key(
            "auth-proxy-set-headers",
            Scope.INGRESS,
            ALLOWED,
            "`shop/fields`: a ConfigMap of the same namespace, whose entries are fields that the service of `auth-url` gets, with"
                    + " variables or without. Where it is missing the paths answer 503. A change is seen within a minute",
            "it gets the fields of the client alone");

    public static final AnnotationKey<String> ADD_HEADERS = key(
            "add-headers",
            Scope.CLASS,
            "use NAMESPACE/NAME of a ConfigMap",
            "a ConfigMap whose entries are fields that clients get in place of those of the endpoint",
            "no such fields");
    public static final AnnotationKey<String> PROXY_SET_HEADERS = key(
            "proxy-set-headers",
            Scope.CLASS,
            "use NAMESPACE/NAME of a ConfigMap",
            "a ConfigMap whose entries are fields that endpoints get, with variables or without",
            "no such fields");
    /** Names of fields as they are written. */
    public static final AnnotationKey<Set<String>> ALLOWED_RESPONSE_HEADERS = AnnotationKey.of(
            "global-allowed-response-headers",
            Scope.CLASS,
            OnError.DEFAULT,
            "use names of fields, with commas between them",
            "`X-Team,X-Zone`: which fields `custom-headers` may set",
            "it may set none",
            text -> Optional.of(Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .collect(Collectors.toUnmodifiableSet())));

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL = List.of(ADD_HEADERS, PROXY_SET_HEADERS, ALLOWED_RESPONSE_HEADERS);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(CUSTOM_HEADERS, AUTH_PROXY_SET_HEADERS);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    private static AnnotationKey<String> key(String name, Scope scope, String allowed, String doc, String otherwise) {
        return AnnotationKey.of(
                name,
                scope,
                OnError.DEFAULT,
                allowed,
                doc,
                otherwise,
                text -> Optional.of(text).filter(one -> NAME.matcher(one).matches()));
    }
}
