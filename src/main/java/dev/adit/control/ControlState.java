package dev.adit.control;

import dev.adit.match.Generation;
import dev.adit.translate.Translation;
import java.time.Instant;

/**
 * What the controller has last published, for every reader.
 *
 * @param synced whether the source has been read whole and its first table is live
 * @param stale whether it is what was served before the start, since the API server could not be read yet
 */
public record ControlState(
        Generation generation, Translation translation, boolean synced, boolean stale, Instant changedAt) {
    public static final ControlState INITIAL =
            new ControlState(Generation.NONE, Translation.EMPTY, false, false, Instant.EPOCH);
}
