package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.BackendTlsPolicy;
import dev.adit.kube.BackendTlsPolicy.Subject;
import dev.adit.kube.api.BackendTlsPolicyObject;
import java.util.List;
import java.util.Optional;

/** BackendTLSPolicy of gateway.networking.k8s.io/v1. */
final class BackendTlsPolicyKind {
    private static final BackendTlsPolicyObject.Spec NO_SPEC = new BackendTlsPolicyObject.Spec(null, null, null);
    private static final BackendTlsPolicyObject.Validation NO_VALIDATION =
            new BackendTlsPolicyObject.Validation(null, null, null, null);
    private static final String HOSTNAME = "Hostname";
    static final ServedKind<BackendTlsPolicyObject, BackendTlsPolicy> SERVED = ServedKind.of(
                    BackendTlsPolicy.KIND,
                    BackendTlsPolicyObject.class,
                    BackendTlsPolicyObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    BackendTlsPolicyKind::write)
            .optional()
            .alike("v1alpha3");

    private BackendTlsPolicyKind() {}

    static BackendTlsPolicy read(BackendTlsPolicyObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        var validation = spec.validation() == null ? NO_VALIDATION : spec.validation();
        return new BackendTlsPolicy(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                list(spec.targetRefs()).stream()
                        .map(target -> new BackendTlsPolicy.Target(
                                References.read(target, "", ""), text(target.sectionName())))
                        .toList(),
                list(validation.caCertificateRefs()).stream()
                        .map(reference -> References.read(reference, "", ""))
                        .toList(),
                text(validation.wellKnownCACertificates()),
                text(validation.hostname()),
                list(validation.subjectAltNames()).stream()
                        .map(BackendTlsPolicyKind::subject)
                        .toList(),
                Fields.map(spec.options()).isEmpty() ? List.of() : List.of("options"));
    }

    private static Subject subject(BackendTlsPolicyObject.SubjectName source) {
        var type = text(source.type());
        return new Subject(type, text(type.equals(HOSTNAME) ? source.hostname() : source.uri()));
    }

    private static ObjectNode write(BackendTlsPolicy source) {
        var json = object(source, source.uid());
        Fields.written(json, source.generation(), source.createdAt());
        var spec = json.putObject("spec");
        var targets = spec.putArray("targetRefs");
        source.targets()
                .forEach(target -> optional(
                        References.write(targets.addObject(), target.object()), "sectionName", target.sectionName()));
        var validation = spec.putObject("validation");
        var authorities = validation.putArray("caCertificateRefs");
        source.authorities().forEach(reference -> References.write(authorities.addObject(), reference));
        optional(validation, "wellKnownCACertificates", source.wellKnown());
        optional(validation, "hostname", source.hostname());
        var subjects = validation.putArray("subjectAltNames");
        for (var subject : source.subjects()) {
            var field = subject.type().equals(HOSTNAME) ? "hostname" : "uri";
            subjects.addObject().put("type", subject.type()).put(field, subject.value());
        }
        if (!source.unread().isEmpty()) {
            spec.putObject("options").put("unread", "");
        }
        return json;
    }
}
