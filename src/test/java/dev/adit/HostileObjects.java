package dev.adit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Objects as somebody writes them who wants to hurt others: texts of up to a mebibyte, of every kind of character, numbers
 * at every limit, lists of any length, in every field. The same ones for the same seed. They are as they would stand in
 * JSON, in the namespace {@link #NAMESPACE}, and name no host that ends with {@code .test}.
 */
public final class HostileObjects {
    public static final String NAMESPACE = "hostile";

    private static final List<String> SHORT = List.of(
            "",
            " ",
            "\n",
            "\r\n\r\n",
            "\0",
            "\u001b[31m",
            "\u007f",
            "\u0085",
            "\u2028",
            "\ufeff",
            "\ud800",
            "\udc00\ud800",
            "é",
            "😀.example",
            ".",
            "..",
            "*",
            "*.",
            "*.*",
            "-",
            "/",
            "//",
            "/..",
            "/%2e%2e/",
            "/%00",
            "/%",
            "%",
            "null",
            "true",
            "{}",
            "1;preload",
            "31536000;\n includeSubDomains",
            "999999h",
            "597h",
            "0ms",
            "hash:field:",
            "hash:field:a b",
            "10.0.0.1",
            "::1",
            "fe80::1%lo",
            "256.256.256.256",
            "1.2.3",
            "Exact",
            "Prefix",
            "ImplementationSpecific",
            "ClientIP",
            "ExternalName",
            "https",
            "kubernetes.io/h2c",
            "self",
            "adit");
    private static final List<String> UNITS = List.of(
            "a",
            "/a",
            "/",
            ";preload",
            "s",
            ".",
            "a.",
            "-",
            "*.",
            "%41",
            "%2e%2e/",
            "é",
            "😀",
            "\n",
            " ",
            "\t",
            "9",
            "0",
            ",",
            ":",
            "-----BEGIN A-----",
            "-----BEGIN CERTIFICATE-----\n");
    private static final int[] LENGTHS = {
        15, 63, 64, 253, 254, 255, 4_095, 4_096, 4_097, 16_384, 16_385, 65_536, 131_072, 1 << 20
    };
    private static final int[] NUMBERS = {
        0, -1, 1, 80, 443, 65_535, 65_536, 99_999, Short.MAX_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final int[] COUNTS = {0, 1, 1, 1, 2, 2, 3, 100, 1_001};
    private static final List<String> SETTINGS = List.of(
            "hsts",
            "connect-timeout",
            "response-timeout",
            "load-balance",
            "ssl-redirect",
            "ssl-passthrough",
            "client-ca",
            "client",
            "no-such-setting");

    private final Random random;
    // Of one object, which an API server takes no more of.
    private int letters;
    private int elements;

    public HostileObjects(long seed) {
        random = new Random(seed);
    }

    /** One of any kind. */
    public Map<String, Object> next() {
        letters = 3 << 19;
        elements = 20_001;
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> ingress();
            case 4 -> service();
            case 5, 6 -> slice();
            case 7 -> secret();
            case 8 -> configMap();
            default -> ingressClass();
        };
    }

    /** Some of them. */
    public List<Map<String, Object>> some() {
        return Stream.generate(this::next).limit(1 + random.nextInt(6)).toList();
    }

    public Map<String, Object> ingress() {
        var annotations = new LinkedHashMap<String, Object>();
        annotations.put("kubernetes.io/ingress.class", random.nextBoolean() ? "adit" : text());
        for (var i = random.nextInt(4); i > 0; i--) {
            annotations.put("adit.dev/" + (random.nextInt(8) == 0 ? text() : one(SETTINGS)), text());
        }
        var spec = map("rules", list(count(), this::rule), "tls", list(count(), this::tls));
        if (random.nextInt(3) == 0) {
            spec.put("defaultBackend", backend());
        }
        if (random.nextInt(4) == 0) {
            spec.put("ingressClassName", random.nextBoolean() ? "adit" : text());
        }
        if (random.nextInt(30) == 0) {
            spec.put("rules", list(5_001, () -> map("host", "h")));
        }
        var object = object("networking.k8s.io/v1", "Ingress", spec);
        metadata(object).put("annotations", annotations);
        metadata(object).put("labels", map("acme.cert-manager.io/http01-solver", text() + "!"));
        metadata(object).put("creationTimestamp", random.nextBoolean() ? "2020-01-01T00:00:00Z" : text());
        object.put("status", status());
        return object;
    }

    public Map<String, Object> service() {
        var spec = map(
                "type", text(), "sessionAffinity", text(), "externalName", text(), "ports", list(count(), this::port));
        var object = object("v1", "Service", spec);
        object.put("status", status());
        return object;
    }

    public Map<String, Object> slice() {
        var object = object("discovery.k8s.io/v1", "EndpointSlice", map());
        metadata(object).put("labels", map("kubernetes.io/service-name", random.nextBoolean() ? "self" : text()));
        object.put("addressType", random.nextBoolean() ? "IPv4" : text());
        object.put("ports", list(count(), () -> map("name", random.nextBoolean() ? "" : text(), "port", number())));
        object.put("endpoints", list(random.nextInt(20) == 0 ? 20_001 : count(), this::endpoint));
        return object;
    }

    public Map<String, Object> secret() {
        var object = object("v1", "Secret", map());
        object.put("type", random.nextInt(4) > 0 ? "kubernetes.io/tls" : text());
        object.put(
                random.nextBoolean() ? "data" : "stringData",
                map("tls.crt", text(), "tls.key", text(), "ca.crt", text()));
        return object;
    }

    public Map<String, Object> configMap() {
        var object = object("v1", "ConfigMap", map());
        object.put("data", map(one(SETTINGS), text(), text(), text()));
        return object;
    }

    public Map<String, Object> ingressClass() {
        var parameters = map("apiGroup", text(), "kind", text(), "name", text(), "namespace", text(), "scope", text());
        var object =
                object("networking.k8s.io/v1", "IngressClass", map("controller", text(), "parameters", parameters));
        metadata(object).put("name", "of-" + random.nextInt());
        metadata(object).put("annotations", map("ingressclass.kubernetes.io/is-default-class", text() + "!"));
        return object;
    }

    /** Anything that a field can hold which it should not: another type, something deep, a number that no type has. */
    public Object misfit() {
        return switch (random.nextInt(6)) {
            case 0 -> List.of();
            case 1 -> map("a", text());
            case 2 -> nested(1 + random.nextInt(900));
            case 3 -> Long.MIN_VALUE;
            case 4 -> Double.MAX_VALUE;
            default -> random.nextBoolean();
        };
    }

    private static Object nested(int depth) {
        Object value = "deep";
        for (var i = 0; i < depth; i++) {
            value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
        }
        return value;
    }

    /** Short ones most of the time. */
    public String text() {
        if (random.nextInt(3) > 0) {
            return one(SHORT);
        }
        if (random.nextBoolean()) {
            var text = new StringBuilder();
            for (var i = random.nextInt(60); i > 0; i--) {
                text.append((char) (random.nextBoolean() ? random.nextInt(128) : random.nextInt(0x1_0000)));
            }
            return text.toString();
        }
        var length = Math.min(LENGTHS[random.nextInt(LENGTHS.length)], letters);
        letters -= length;
        var unit = one(UNITS);
        var text = (random.nextBoolean() ? "/" : "1") + unit.repeat(length / unit.length() + 1);
        return text.substring(0, length);
    }

    public int number() {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private Map<String, Object> rule() {
        return map("host", host(), "http", map("paths", list(count(), this::path)));
    }

    private Map<String, Object> path() {
        return map("path", random.nextBoolean() ? "/" : text(), "pathType", type(), "backend", backend());
    }

    private String type() {
        return random.nextInt(4) > 0 ? one(List.of("Exact", "Prefix", "ImplementationSpecific")) : text();
    }

    private Map<String, Object> backend() {
        if (random.nextInt(10) == 0) {
            return map("resource", map("kind", text(), "name", text()));
        }
        var port = random.nextBoolean() ? map("number", number()) : map("name", text());
        return map("service", map("name", random.nextBoolean() ? "self" : text(), "port", port));
    }

    private Map<String, Object> tls() {
        return map("hosts", list(count(), this::host), "secretName", random.nextBoolean() ? "self" : text());
    }

    private String host() {
        return random.nextBoolean() ? "h" + random.nextInt(10) + ".hostile.example" : text();
    }

    private Map<String, Object> port() {
        return map("name", text(), "port", number(), "appProtocol", text());
    }

    private Map<String, Object> endpoint() {
        return map(
                "addresses",
                list(1, () -> random.nextBoolean() ? "192.0.2.1" : text()),
                "conditions",
                map("ready", random.nextBoolean()),
                "hints",
                map("forZones", list(1, () -> map("name", text()))));
    }

    private Map<String, Object> status() {
        return map("loadBalancer", map("ingress", list(count(), () -> map("ip", text(), "hostname", text()))));
    }

    private Map<String, Object> object(String apiVersion, String kind, Map<String, Object> spec) {
        var name = random.nextInt(4) > 0 ? "self" : text();
        var metadata = map("name", name.isEmpty() ? "none" : name, "namespace", NAMESPACE, "uid", text());
        return map("apiVersion", apiVersion, "kind", kind, "metadata", metadata, "spec", spec);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> object) {
        return (Map<String, Object>) object.getOrDefault("metadata", Map.of());
    }

    private int count() {
        return COUNTS[random.nextInt(COUNTS.length)];
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Many are three over and over, so that a long list costs little to make; all of them share what is left. */
    private <T> List<T> list(int wanted, Supplier<T> element) {
        var count = Math.min(wanted, elements);
        var copies = Math.max(1, count / 3);
        var before = letters;
        letters /= copies;
        elements /= Math.max(1, count);
        var some = new ArrayList<T>();
        for (var i = 0; i < Math.min(count, 3); i++) {
            some.add(element.get());
        }
        letters = before - (before / copies - letters) * copies;
        elements *= Math.max(1, count);
        var all = new ArrayList<T>(count);
        for (var i = 0; i < count; i++) {
            all.add(some.get(i % some.size()));
        }
        return all;
    }

    private static Map<String, Object> map(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
