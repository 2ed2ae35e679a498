package dev.adit.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where what is served is kept across restarts.
 *
 * @param key the file by which private keys are sealed; they are not kept without
 */
public record StateOptions(Path folder, Optional<Path> key) {}
