package dev.adit.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How Adit writes its own log.
 *
 * @param isJson whether a line is an object of JSON
 * @param levelFile the file that says what is logged, and may change; everything from INFO on where it is empty
 */
public record LogOptions(boolean isJson, Optional<Path> levelFile) {}
