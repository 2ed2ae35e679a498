package dev.adit.cli.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.adit.kube.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The Adit on this machine that is asked. */
final class InstanceOptions {
    static final String API = "/api/v1/";

    private static final int PAGE = 500;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_MANAGEMENT_PORT:-9000}",
            description =
                    "Management port of the Adit on this machine, which is asked by default [ADIT_MANAGEMENT_PORT; default: 9000]")
    private int port;

    @Option(
            names = "--management-address",
            paramLabel = "IP",
            defaultValue = "${env:ADIT_MANAGEMENT_ADDRESS:-127.0.0.1}",
            description = "Address of that management port [ADIT_MANAGEMENT_ADDRESS; default: 127.0.0.1]")
    private String address = "";

    @Option(
            names = "--management-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_MANAGEMENT_TOKEN_FILE:-" + Option.NULL_VALUE + "}",
            description = "File with the token of that Adit [ADIT_MANAGEMENT_TOKEN_FILE; default: none]")
    private @Nullable Path tokenFile;

    /**
     * The answer for a path and query.
     *
     * @throws SourceException if there is none
     */
    String ask(String target) {
        return ManagementClient.get(address, port, target, token());
    }

    /** The same for a resource of the API. */
    JsonNode json(String resource) {
        try {
            return JsonMapper.builder().build().readTree(ask(API + resource));
        } catch (JsonProcessingException e) {
            throw new SourceException("the management port does not answer as Adit does: " + e.getOriginalMessage());
        }
    }

    /** All pages of a list. */
    List<JsonNode> pages(String resource) {
        var pages = new ArrayList<JsonNode>();
        do {
            pages.add(json("%s?limit=%d&offset=%d".formatted(resource, PAGE, pages.size() * PAGE)));
        } while (pages.size() * PAGE < pages.getLast().path("found").asInt());
        return pages;
    }

    private String token() {
        try {
            return tokenFile == null ? "" : Files.readString(tokenFile).strip();
        } catch (NoSuchFileException _) {
            throw new SourceException("--management-token-file: there is no '%s'".formatted(tokenFile));
        } catch (IOException e) {
            throw new SourceException("--management-token-file: '%s' cannot be read: %s".formatted(tokenFile, e));
        }
    }
}
