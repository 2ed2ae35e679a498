package dev.adit.kube.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.adit.kube.Bounds;
import dev.adit.kube.KubeObject;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.api.SharedTexts;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the manifests of one file; whatever is wrong becomes a problem with file, line and reason. */
final class ManifestReader {
    // Of one file; each problem is a line in the log.
    private static final int LISTED = 100;

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private final ObjectMapper mapper = mapper();

    /** As strict as the API server: 80 is no text, and "80" no number. */
    private static ObjectMapper mapper() {
        var constraints = StreamReadConstraints.builder()
                .maxNestingDepth(YamlBounds.DEPTH)
                .maxStringLength(YamlBounds.CHARACTERS)
                .build();
        var factory = JsonFactory.builder().streamReadConstraints(constraints).build();
        var mapper = JsonMapper.builder(factory)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        for (var shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
        mapper.registerModule(SharedTexts.module());
        return mapper;
    }

    /**
     * Reads what is there, and no more than a file may hold.
     *
     * @param file the path that problems name
     */
    ManifestFile read(String file, Path path) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(path)) {
            bytes = in.readNBytes(YamlBounds.BYTES + 1);
        }
        if (bytes.length > YamlBounds.BYTES) {
            return unreadable(
                    file, 1, "is larger than %d MiB, and is not read; split it".formatted(YamlBounds.BYTES >> 20));
        }
        try {
            return read(
                    file,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException _) {
            return unreadable(file, 1, "is not UTF-8 text");
        }
    }

    /**
     * Reads a text.
     *
     * @param file the path that problems name
     */
    ManifestFile read(String file, String text) {
        var reading = new Reading(file);
        try {
            YamlDocument.parse(text, reading::document);
            return new ManifestFile(reading.items, reading.unreadable, true, reading.problems());
        } catch (YamlDocument.SyntaxException e) {
            return unreadable(file, e.line(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return unreadable(file, 1, "could not be read: " + e); // a fault of the parser itself
        }
    }

    /** A file of which nothing could be read. */
    static ManifestFile unreadable(String file, int line, String reason) {
        var problem = problem(file, line, reason + "; what it said before stays in force");
        return new ManifestFile(Map.of(), Set.of(), false, List.of(problem));
    }

    private static Problem problem(String file, int line, String message) {
        return new Problem(
                "File", new ObjectKey("", file), "", "line " + line, Problem.Reason.MANIFEST_INVALID, message);
    }

    private final class Reading {
        private final String file;
        private final Map<ManifestFile.Id, KubeObject> items = new LinkedHashMap<>();
        private final Set<ManifestFile.Id> unreadable = new HashSet<>();
        private final List<Problem> problems = new ArrayList<>();
        private int unlisted;

        Reading(String file) {
            this.file = file;
        }

        List<Problem> problems() {
            if (unlisted > 0) {
                problems.add(new Problem(
                        "File",
                        new ObjectKey("", file),
                        "",
                        "…",
                        Problem.Reason.MANIFEST_INVALID,
                        unlisted + " more problems are not listed; correct these first"));
            }
            return problems;
        }

        private void add(int line, String message) {
            if (problems.size() < LISTED) {
                problems.add(problem(file, line, message));
            } else {
                unlisted++;
            }
        }

        void document(YamlDocument document) {
            if (document.text("kind").equals("List") && document.content().get("items") instanceof List<?> list) {
                for (var i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof Map<?, ?> content) {
                        object(document, List.of("items", i), content);
                    }
                }
            } else {
                object(document, List.of(), document.content());
            }
        }

        private static String unnameable(String kind, String name) {
            return kind + " " + name
                    + ": the API server accepts only names of lower-case letters, digits, '-' and '.', and"
                    + " namespaces without '.' (RFC 1123); the object is skipped";
        }

        private void object(YamlDocument document, List<Object> place, Map<?, ?> content) {
            var kind = text(content.get("kind"));
            var apiVersion = text(content.get("apiVersion"));
            if (kind.isEmpty() || apiVersion.isEmpty()) {
                add(document.line(place), "an object needs apiVersion and kind");
                return;
            }
            var name = new KindName(apiVersion, kind);
            var served = name.served();
            if (served.isPresent()) {
                object(document, place, content, served.get());
            } else if (name.servedVersion().isPresent()) {
                var message = kind + " of " + apiVersion + " is not supported; use apiVersion: "
                        + name.servedVersion().get();
                add(document.line(KnownFields.join(place, "apiVersion")), message);
            } else {
                name.meant().ifPresent(meant -> {
                    var message = "unknown kind " + kind + "; did you mean " + meant + "?";
                    add(document.line(KnownFields.join(place, "kind")), message);
                });
            }
        }

        private void object(YamlDocument document, List<Object> place, Map<?, ?> content, ServedKind<?, ?> served) {
            var kind = served.kind().name();
            var metadata = content.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
            var name = text(metadata.get("name"));
            var namespace = text(metadata.get("namespace"));
            if (name.isEmpty()) {
                add(document.line(place), kind + " needs a name; set metadata.name");
                return;
            }
            for (var text : List.of(name, namespace, text(metadata.get("uid")))) {
                if (text.length() > Bounds.NAME) {
                    var message = "%s %s: a name has at most %d characters; the object is skipped"
                            .formatted(kind, text, Bounds.NAME);
                    add(document.line(place), message);
                    return;
                }
            }
            var key = new ObjectKey(namespace.isEmpty() ? "default" : namespace, name);
            if (!key.canExist() || !NAMESPACE.matcher(key.namespace()).matches()) {
                add(document.line(KnownFields.join(place, "metadata")), unnameable(kind, name));
                return;
            }
            served.spec().ifPresent(spec -> unknownFields(document, place, content, spec, kind + " " + name));
            var id = new ManifestFile.Id(kind, key);
            try {
                served.read(mapper.convertValue(content, served.wire())).ifPresent(item -> {
                    if (items.putIfAbsent(id, item) != null) {
                        duplicate(document, place, id);
                    }
                });
            } catch (Throwable e) {
                unreadable.add(id);
                unreadable(document, place, id, e);
            }
        }

        private void unknownFields(
                YamlDocument document, List<Object> place, Map<?, ?> content, Shape spec, String object) {
            for (var unknown : KnownFields.unknown(Shape.object(spec), content)) {
                var path = new ArrayList<>(place);
                path.addAll(unknown.path());
                var message = object + ", " + unknown.field() + ": unknown field, which is ignored; known fields are "
                        + String.join(", ", unknown.known());
                add(document.line(path), message);
            }
        }

        private void duplicate(YamlDocument document, List<Object> place, ManifestFile.Id id) {
            var message = id.kind() + " " + id.key() + " is defined twice in this file; the first definition is used";
            add(document.line(place), message);
        }

        private void unreadable(YamlDocument document, List<Object> place, ManifestFile.Id id, Throwable e) {
            var path = new ArrayList<>(place);
            var field = new StringBuilder();
            var reason = e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString();
            if (e.getCause() instanceof JsonMappingException mapping) {
                reason = mapping instanceof MismatchedInputException mismatch
                        ? expected(mismatch.getTargetType())
                        : mapping.getOriginalMessage();
                for (var step : mapping.getPath()) {
                    if (step.getFieldName() != null) {
                        path.add(step.getFieldName());
                        field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
                    } else {
                        path.add(step.getIndex());
                        field.append('[').append(step.getIndex()).append(']');
                    }
                }
            }
            var message = id.kind() + " " + id.key() + ", " + field + ": " + reason
                    + ". Until it is fixed, the last valid version of this object, if any, stays in force";
            add(document.line(path), message);
        }
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null || type.equals(String.class)) {
            return "must be text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "must be a list";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "must be a number";
        }
        return type.equals(Boolean.class) ? "must be true or false" : "must be a mapping of fields";
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
