package dev.adit.observe.log;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What is written of requests, and where.
 *
 * @param ofRoutes with what queries lines are written whose route says how they look; empty where all lines look alike
 * @param file where there is none, lines go to the standard output
 * @param fileBytes a file of this size is put aside, and another one is begun
 * @param files how many are kept that were put aside
 */
public record AccessLogOptions(
        LineFormat format,
        Optional<Queries> ofRoutes,
        LogSelection selection,
        Optional<Path> file,
        long fileBytes,
        int files) {}
