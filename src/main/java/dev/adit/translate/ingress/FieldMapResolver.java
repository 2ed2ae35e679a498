package dev.adit.translate.ingress;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.IngressNginxFields;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.routing.policy.Template;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.nginx.FieldMaps;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the ConfigMaps whose entries are fields, and adds those fields to policies. */
final class FieldMapResolver {
    private static final String CLOSED = ". Until then the paths answer 503";
    private static final FieldEdit NO_EDIT = new FieldEdit(List.of(), List.of(), List.of());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");
    // The host is changed by upstream-vhost, and who the client is says the proxy.
    private static final Set<String> OF_THE_PROXY = Set.of(
            "host",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-real-ip");

    private final Objects objects;
    private final AnnotationReader annotations;
    private final Problems problems;
    private final FieldEdit responseOfAll;
    private final Map<FieldName, Template> requestOfAll = new HashMap<>();
    private final Map<ObjectKey, Found> resolved = new HashMap<>();

    /**
     * What one Ingress has by ConfigMaps.
     *
     * @param closed why it is not served
     */
    private record Found(FieldEdit response, Map<FieldName, Template> auth, Optional<Reason> closed) {}

    /** An entry that cannot be a field, or may be none. */
    private record Wrong(String name, String why) {}

    /** @param ofAll what holds for every Ingress for ingress-nginx */
    FieldMapResolver(Objects objects, AnnotationReader annotations, Annotations ofAll, Problems problems) {
        this.objects = objects;
        this.annotations = annotations;
        this.problems = problems;
        this.responseOfAll =
                general(ofAll, FieldMaps.ADD_HEADERS).map(this::response).orElse(NO_EDIT);
        general(ofAll, FieldMaps.PROXY_SET_HEADERS).ifPresent(map -> requestOfAll.putAll(request(map)));
    }

    /** Why an Ingress is not served, because of what a ConfigMap does not say. */
    Optional<Reason> closed(Ingress ingress) {
        return of(ingress).closed();
    }

    /** With what the ConfigMaps say. */
    List<Policy> complete(Ingress ingress, List<Policy> policies) {
        if (annotations.dialect(ingress) != NginxDialect.DIALECT) {
            return policies;
        }
        var found = of(ingress);
        var edit = responseOfAll.and(found.response());
        if (edit.isEmpty() && found.auth().isEmpty() && requestOfAll.isEmpty()) {
            return policies;
        }
        var all = new ArrayList<Policy>();
        for (var policy : policies) {
            switch (policy) {
                case ExternalAuth auth -> all.add(auth.telling(found.auth()));
                case IngressNginxFields fields -> all.add(fields.with(requestOfAll));
                case ResponseFields(var own) -> edit = edit.and(own);
                default -> all.add(policy);
            }
        }
        if (!edit.isEmpty()) {
            all.add(new ResponseFields(edit));
        }
        return all;
    }

    private Found of(Ingress ingress) {
        return resolved.computeIfAbsent(ingress.key(), _ -> resolve(ingress, annotations.of(ingress)));
    }

    private Found resolve(Ingress ingress, Annotations of) {
        var response = NO_EDIT;
        var auth = Map.<FieldName, Template>of();
        var custom = of.get(FieldMaps.CUSTOM_HEADERS);
        if (custom.isPresent()) {
            var map = named(ingress, FieldMaps.CUSTOM_HEADERS, custom.get());
            var allowed = of.get(FieldMaps.ALLOWED_RESPONSE_HEADERS).orElse(Set.of());
            if (map.isEmpty() || isRefused(ingress, FieldMaps.CUSTOM_HEADERS, wrong(map.get(), allowed), map.get())) {
                return new Found(NO_EDIT, auth, Optional.of(Reason.PARAMETERS_NOT_FOUND));
            }
            response = edit(map.get());
        }
        var told = of.get(FieldMaps.AUTH_PROXY_SET_HEADERS);
        if (told.isPresent()) {
            var map =
                    named(ingress, FieldMaps.AUTH_PROXY_SET_HEADERS, told.get()).filter(ConfigMap::isRead);
            if (map.isEmpty()
                    || isRefused(ingress, FieldMaps.AUTH_PROXY_SET_HEADERS, wrongForRequests(map.get()), map.get())) {
                return new Found(NO_EDIT, auth, Optional.of(Reason.PARAMETERS_NOT_FOUND));
            }
            auth = templates(map.get());
        }
        return new Found(response, auth, Optional.empty());
    }

    /** One that is still being asked for has no entries; none that is not there. */
    private Optional<ConfigMap> named(Ingress ingress, AnnotationKey<String> key, String name) {
        var slash = name.indexOf('/');
        var namespace = ingress.key().namespace();
        if (slash < 0 || !name.substring(0, slash).equals(namespace)) {
            var message = "ConfigMap " + name + " is not one of namespace " + namespace + "; write it as " + namespace
                    + "/NAME" + CLOSED;
            problems.add(ingress, annotations.field(ingress, key), Reason.ANNOTATION_INVALID, message);
            return Optional.empty();
        }
        var found = objects.find(ConfigMap.KIND, new ObjectKey(namespace, name.substring(slash + 1)));
        if (found.isEmpty()) {
            var message = "ConfigMap " + name
                    + " does not exist, or Adit may not read it; create it, and grant get on configmaps" + CLOSED;
            problems.add(ingress, annotations.field(ingress, key), Reason.PARAMETERS_NOT_FOUND, message);
        }
        return found;
    }

    private boolean isRefused(Ingress ingress, AnnotationKey<String> key, Optional<Wrong> wrong, ConfigMap map) {
        wrong.ifPresent(entry -> problems.add(
                ingress,
                annotations.field(ingress, key),
                Reason.ANNOTATION_INVALID,
                "ConfigMap " + map.key() + ", data[" + entry.name() + "]: " + entry.why() + "; correct or remove it"
                        + CLOSED));
        return wrong.isPresent();
    }

    private static Optional<Wrong> wrong(ConfigMap map, Set<String> allowed) {
        for (var entry : map.entries().entrySet()) {
            var name = entry.getKey();
            if (!isField(name, entry.getValue())) {
                return Optional.of(new Wrong(name, "is not a field with a value on one line"));
            }
            if (!allowed.contains(name)) {
                return Optional.of(new Wrong(
                        name, "is not among global-allowed-response-headers of the ConfigMap of ingress-nginx"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Wrong> wrongForRequests(ConfigMap map) {
        return map.entries().entrySet().stream()
                .filter(entry ->
                        !isField(entry.getKey(), entry.getValue()) || !new Template(entry.getValue()).isKnown())
                .map(entry -> new Wrong(
                        entry.getKey(),
                        "is not a field with a value on one line, of text and variables that Adit knows"))
                .findFirst();
    }

    private static boolean isField(String name, String value) {
        return NAME.matcher(name).matches()
                && FieldName.of(name).filter(field -> !field.isOfOneHop()).isPresent()
                && (value.isEmpty() || FieldValue.of(value).isPresent());
    }

    /** As nginx edits fields: one without a value goes. */
    private static FieldEdit edit(ConfigMap map) {
        var remove = new ArrayList<FieldName>();
        var set = new ArrayList<FieldEdit.Field>();
        map.entries()
                .forEach((name, value) -> FieldValue.of(value)
                        .ifPresentOrElse(
                                text -> set.add(new FieldEdit.Field(new FieldName(name), text)),
                                () -> remove.add(new FieldName(name))));
        return new FieldEdit(remove, set, List.of());
    }

    private static Map<FieldName, Template> templates(ConfigMap map) {
        var fields = new HashMap<FieldName, Template>();
        map.entries().forEach((name, value) -> fields.put(new FieldName(name), new Template(value)));
        return fields;
    }

    /** That of a setting for all Ingresses; nothing where it is not there, which is told. */
    private Optional<ConfigMap> general(Annotations ofAll, AnnotationKey<String> setting) {
        return ofAll.get(setting).filter(name -> name.indexOf('/') > 0).flatMap(name -> {
            var key = ObjectKey.parse(name);
            var found = objects.find(ConfigMap.KIND, key);
            if (found.isEmpty()) {
                var message = "does not exist, or Adit may not read it, and " + setting.name()
                        + " of the ConfigMap of ingress-nginx names it; create it. Until then there are no such fields";
                problems.add(new Problem("ConfigMap", key, "", "metadata.name", Reason.PARAMETERS_NOT_FOUND, message));
            }
            return found;
        });
    }

    private FieldEdit response(ConfigMap map) {
        return edit(sound(map, _ -> true));
    }

    /** What a client has sent under these names goes, even where it is not known what is to take its place. */
    private Map<FieldName, Template> request(ConfigMap map) {
        var fields = templates(sound(map, name -> !OF_THE_PROXY.contains(new FieldName(name).text())));
        fields.replaceAll((name, value) -> {
            if (value.isKnown()) {
                return value;
            }
            var message = "has a variable that Adit does not know; use others. Until then the field is removed";
            tell(map, name.text(), message);
            return new Template("");
        });
        return fields;
    }

    /** Without the entries that are no fields, or may not be set, which is told. */
    private ConfigMap sound(ConfigMap map, Predicate<String> isFree) {
        var sound = new HashMap<String, String>();
        map.entries().forEach((name, value) -> {
            if (isField(name, value) && isFree.test(name)) {
                sound.put(name, value);
            } else {
                var message =
                        "is not a field that can be set, with a value on one line, of text and variables that Adit"
                                + " knows; correct or remove it. Until then it is left out";
                tell(map, name, message);
            }
        });
        return new ConfigMap(map.key(), map.uid(), sound);
    }

    private void tell(ConfigMap map, String name, String message) {
        var field = "data[" + name + "]";
        problems.add(Problem.of(map, field, Reason.PARAMETERS_INVALID, message));
    }
}
