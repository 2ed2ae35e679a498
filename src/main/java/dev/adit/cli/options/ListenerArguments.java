package dev.adit.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where connections are accepted. */
final class ListenerArguments {
    @Option(
            names = "--listen-address",
            paramLabel = "IP",
            defaultValue = "${env:ADIT_LISTEN_ADDRESS:-0.0.0.0}",
            description = "Local address of both listeners [ADIT_LISTEN_ADDRESS; default: 0.0.0.0]")
    private String listenAddress = "";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_HTTP_PORT:-8080}",
            converter = PortConverter.class,
            description = "Port for HTTP [ADIT_HTTP_PORT; default: 8080]")
    private int httpPort;

    @Option(
            names = "--https-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_HTTPS_PORT:-8443}",
            converter = PortConverter.class,
            description = "Port for HTTPS [ADIT_HTTPS_PORT; default: 8443]")
    private int httpsPort;

    @Option(
            names = "--ticket-keys",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_TICKET_KEYS:-" + Option.NULL_VALUE + "}",
            description = "File with the secrets by which TLS session tickets are encrypted, one in each line, as"
                    + " 'openssl rand -base64 48' makes them. The first one encrypts; put a new one before it once a day."
                    + " Clients then resume sessions after a restart, and with other replicas that have the same file"
                    + " [ADIT_TICKET_KEYS; default: keys of this process alone]")
    private @Nullable Path ticketKeys;

    String listenAddress() {
        return listenAddress;
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    Optional<Path> ticketKeys() {
        return Optional.ofNullable(ticketKeys);
    }

    /** Whether two of them and of the management port are the same. */
    boolean haveConflict(int managementPort) {
        var ports = Stream.of(httpPort, httpsPort, managementPort)
                .filter(port -> port != 0)
                .toList();
        return ports.stream().distinct().count() < ports.size();
    }
}
