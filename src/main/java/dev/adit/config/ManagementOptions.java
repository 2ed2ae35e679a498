package dev.adit.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The management port: health, metrics, the page and its API.
 *
 * @param address the local address of the port
 * @param tokenFile the file with the token that the page and its API ask for; everybody is admitted where it is empty
 */
public record ManagementOptions(String address, int port, Optional<Path> tokenFile) {}
