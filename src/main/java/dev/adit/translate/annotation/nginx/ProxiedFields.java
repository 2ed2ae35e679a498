package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.DroppedFields;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.HiddenFields;
import dev.adit.routing.policy.IngressNginxFields;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which fields pass between clients and endpoints, and which ones endpoints get besides. */
final class ProxiedFields implements AnnotationFamily {
    private static final int MOST = 100;

    private static final AnnotationKey<Boolean> UNDERSCORES = Settings.truth(
            "enable-underscores-in-headers",
            "`\"true\"`: endpoints get fields with underscores in their names",
            "they do not, and such a field decides nothing");
    private static final AnnotationKey<Boolean> IGNORE_INVALID = Settings.truth(
            "ignore-invalid-headers",
            "`\"false\"`: endpoints get fields with names of any characters",
            "they get those of letters, digits and hyphens");
    private static final AnnotationKey<Boolean> IDENTIFIES = Settings.truth(
            "generate-request-id",
            "`\"false\"`: a request without X-Request-ID is given none",
            "it is given one, of 32 hexadecimal digits");
    private static final AnnotationKey<Boolean> SAYS_TARGET = Settings.truth(
            "proxy-add-original-uri-header",
            "`\"true\"`: endpoints get what the client has asked for as X-Original-URI",
            "no such field");
    private static final AnnotationKey<Boolean> SHOWS_SERVER = Settings.truth(
            "allow-backend-server-header", "`\"true\"`: clients get the field Server of the endpoint", "they get none");
    private static final AnnotationKey<List<FieldName>> HIDE = Settings.key(
            "hide-headers",
            "use up to " + MOST + " names of fields, with commas between them",
            "`X-Powered-By,X-Version`: clients do not get these fields of endpoints",
            "they get all but Server and what is meant for nginx",
            ProxiedFields::list);

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL =
            List.of(UNDERSCORES, IGNORE_INVALID, IDENTIFIES, SAYS_TARGET, SHOWS_SERVER, HIDE);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of();
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        into.add(new IngressNginxFields(
                Map.of(),
                of.get(Protocols.CONNECTION),
                of.get(IDENTIFIES).orElse(true),
                of.get(SAYS_TARGET).orElse(false)));
        if (of.get(IGNORE_INVALID).orElse(true)) {
            into.add(new DroppedFields(of.get(UNDERSCORES).orElse(false)));
        }
        into.add(new HiddenFields(
                of.get(SHOWS_SERVER).orElse(false), of.get(HIDE).orElse(List.of())));
    }

    private static Optional<List<FieldName>> list(String text) {
        var words = text.split(",", -1);
        var names = Stream.of(words)
                .flatMap(word -> FieldName.of(word.strip()).stream())
                .toList();
        return names.size() == words.length && names.size() <= MOST ? Optional.of(names) : Optional.empty();
    }
}
