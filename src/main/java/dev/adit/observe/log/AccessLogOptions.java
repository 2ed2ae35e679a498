package dev.adit.observe.log;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is written of requests, and where.
 *
 * @param file where there is none, lines go to the standard output
 * @param fileBytes a file of this size is put aside, and another one is begun
 * @param files how many are kept that were put aside
 */
public record AccessLogOptions(
        LineFormat format, LogSelection selection, Optional<Path> file, long fileBytes, int files) {}
