package dev.adit.cli.options;

import dev.adit.http.ClientPolicy;
import dev.adit.http.EncodedSlashes;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How clients are treated: whom to believe, and what one of them may take. */
final class ClientOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--trusted-proxies",
            paramLabel = "CIDR",
            split = ",",
            defaultValue = "${env:ADIT_TRUSTED_PROXIES:-" + Option.NULL_VALUE + "}",
            description =
                    "Networks of proxies whose X-Forwarded fields are trusted [ADIT_TRUSTED_PROXIES; default: none]")
    private @Nullable List<String> trustedProxies;

    @Option(
            names = "--proxy-protocol",
            defaultValue = "${env:ADIT_PROXY_PROTOCOL:-false}",
            description = "Require a PROXY header (v1 or v2) on every connection; only trusted proxies can connect"
                    + " [ADIT_PROXY_PROTOCOL; default: false]")
    private boolean proxyProtocol;

    @Option(
            names = "--h2c",
            defaultValue = "${env:ADIT_H2C:-false}",
            description =
                    "Also serve HTTP/2 without TLS, to clients with prior knowledge" + " [ADIT_H2C; default: false]")
    private boolean h2c;

    @Option(
            names = "--max-target",
            paramLabel = "SIZE",
            defaultValue = "${env:ADIT_MAX_TARGET:-16Ki}",
            converter = SizeConverter.class,
            description =
                    "Maximum length of a request line (otherwise 414) and of a status line of an endpoint (otherwise 502);"
                            + " rules with a longer path are skipped [ADIT_MAX_TARGET; default: 16Ki]")
    private int targetBytes;

    @Option(
            names = "--max-fields",
            paramLabel = "SIZE",
            defaultValue = "${env:ADIT_MAX_FIELDS:-32Ki}",
            converter = SizeConverter.class,
            description =
                    "Maximum size of the header fields of a request (otherwise 431) or a response (otherwise 502) [ADIT_MAX_FIELDS; default: 32Ki]")
    private int fieldBytes;

    @Option(
            names = "--max-field-count",
            paramLabel = "COUNT",
            defaultValue = "${env:ADIT_MAX_FIELD_COUNT:-100}",
            description =
                    "Maximum number of header fields of a request (otherwise 431) or a response (otherwise 502) [ADIT_MAX_FIELD_COUNT; default: 100]")
    private int fields;

    @Option(
            names = "--head-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:ADIT_HEAD_TIMEOUT:-10s}",
            converter = TimeConverter.class,
            description = "Time limit for the head of a request, otherwise 408 [ADIT_HEAD_TIMEOUT; default: 10s]")
    private Duration headTimeout = Duration.ZERO;

    @Option(
            names = "--idle-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:ADIT_IDLE_TIMEOUT:-75s}",
            converter = TimeConverter.class,
            description = "Close client connections that are idle for this time [ADIT_IDLE_TIMEOUT; default: 75s]")
    private Duration idleTimeout = Duration.ZERO;

    @Option(
            names = "--stall-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:ADIT_STALL_TIMEOUT:-60s}",
            converter = TimeConverter.class,
            description =
                    "Close a connection if a client neither sends nor reads a body for this time [ADIT_STALL_TIMEOUT; default: 60s]")
    private Duration stallTimeout = Duration.ZERO;

    @Option(
            names = "--max-connections",
            paramLabel = "COUNT",
            defaultValue = "${env:ADIT_MAX_CONNECTIONS:-50000}",
            description = "Maximum number of client connections; further connections are closed"
                    + " [ADIT_MAX_CONNECTIONS; default: 50000]")
    private int connections;

    @Option(
            names = "--encoded-slashes",
            paramLabel = "HOW",
            defaultValue = "${env:ADIT_ENCODED_SLASHES:-pass}",
            description = "pass: forward a path with an encoded slash or backslash unchanged; reject: answer 400"
                    + " [ADIT_ENCODED_SLASHES; default: pass]")
    private EncodedSlashes slashes = EncodedSlashes.PASS;

    ClientPolicy policy() {
        var limits = new Limits(
                targetBytes,
                fieldBytes,
                positive("--max-field-count", fields),
                headTimeout,
                idleTimeout,
                stallTimeout,
                positive("--max-connections", connections));
        return new ClientPolicy(limits, trusted(), proxyProtocol, h2c, slashes);
    }

    private TrustedPeers trusted() {
        if (proxyProtocol && trustedProxies == null) {
            throw InvalidArguments.of(
                    command, "--proxy-protocol needs --trusted-proxies: anyone could say who the client is");
        }
        try {
            return TrustedPeers.parse(trustedProxies == null ? List.of() : trustedProxies);
        } catch (IllegalArgumentException e) {
            throw InvalidArguments.value(command, "--trusted-proxies", String.valueOf(e.getMessage()));
        }
    }

    private int positive(String option, int value) {
        if (value < 1) {
            throw InvalidArguments.value(command, option, value + "; use a number from 1");
        }
        return value;
    }
}
