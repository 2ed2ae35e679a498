package dev.adit.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaParameterizedType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * In a native image, equals and hashCode of a record are method handles that are interpreted: one look-up by such a key cost more than
 * all else of a request.
 */
class KeysOfMapsTest {
    private static final JavaClasses ADIT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.adit");

    /** Of these, fields are looked up with every request, connection or change. */
    private static final List<String> HOT = List.of(
            "balance",
            "control",
            "downstream",
            "exchange",
            "filter",
            "inquiry",
            "match",
            "overload",
            "password",
            "routing",
            "tls",
            "upstream");

    /**
     * Looked up by identity, or with a handshake at most where a client has to vouch for itself, or once with each change, or
     * where somebody writes routes as a text.
     */
    private static final Set<String> SELDOM = Set.of(
            "Route",
            "Route$Share",
            "ClientCertificate",
            "Problem",
            "Of$Wildcard",
            "Hostname$Any",
            "RoutingReader$Place");

    @Test
    void records_that_are_keys_are_compared_by_hand() {
        assertThat(keys().filter(key -> key.isRecord()
                                && SELDOM.stream()
                                        .noneMatch(name -> key.getName().matches(".*[.$]" + Pattern.quote(name)))
                                && !isComparedByHand(key))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    @Test
    void keys_are_found_at_all() {
        assertThat(keys().map(JavaClass::getSimpleName)).contains("Zone", "Use", "Target", "ObjectKey", "Subdomains");
    }

    private static Stream<JavaClass> keys() {
        return ADIT.stream()
                .filter(type ->
                        HOT.stream().anyMatch(name -> type.getPackageName().startsWith("dev.adit." + name)))
                .flatMap(type -> type.getFields().stream())
                .filter(KeysOfMapsTest::isLookedUp)
                .map(field -> field.getType())
                .flatMap(type -> type instanceof JavaParameterizedType of
                        ? of.getActualTypeArguments().stream().limit(1)
                        : Stream.empty())
                .map(key -> key.toErasure())
                .flatMap(KeysOfMapsTest::withSubclasses)
                .distinct();
    }

    /** What is sealed stands for all that it permits. */
    private static Stream<JavaClass> withSubclasses(JavaClass key) {
        return key.isInterface() && key.getPackageName().startsWith("dev.adit")
                ? key.getAllSubclasses().stream()
                : Stream.of(key);
    }

    private static boolean isLookedUp(JavaField field) {
        return Stream.of(Map.class, Set.class).anyMatch(field.getRawType()::isAssignableTo);
    }

    /** What the compiler makes calls nothing that can be seen. */
    private static boolean isComparedByHand(JavaClass record) {
        return Stream.of("equals", "hashCode")
                .allMatch(name -> record.getMethods().stream()
                        .filter(method -> method.getName().equals(name))
                        .anyMatch(method -> !method.getAccessesFromSelf().isEmpty()
                                && method.getAccessesFromSelf().stream()
                                        .noneMatch(access -> access.getTargetOwner()
                                                .getName()
                                                .equals("java.lang.runtime.ObjectMethods"))));
    }
}
