package dev.adit.observe.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** When a line is written. The texts of a second are made once. */
final class Moment {
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);
    private static final DateTimeFormatter ISO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ENGLISH);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ENGLISH);
    private static final int MILLIS_PER_SECOND = 1_000;

    private final ZoneId zone;
    private long millis;
    private long second = Long.MIN_VALUE;
    private String local = "";
    private String iso = "";
    private String utc = "";

    Moment(ZoneId zone) {
        this.zone = zone;
    }

    /** It is this many milliseconds after 1970 now. */
    void is(long now) {
        millis = now;
        var then = Math.floorDiv(now, MILLIS_PER_SECOND);
        if (then != second) {
            second = then;
            var time = ZonedDateTime.ofInstant(Instant.ofEpochSecond(then), zone);
            local = LOCAL.format(time);
            iso = ISO.format(time);
            utc = UTC.format(time.withZoneSameInstant(java.time.ZoneOffset.UTC));
        }
    }

    long millis() {
        return millis;
    }

    /** As {@code $time_local} has it: {@code 28/Nov/2026:21:46:43 +0000}. */
    String local() {
        return local;
    }

    /** As {@code $time_iso8601} has it: {@code 2026-11-28T21:46:43+00:00}. */
    String iso() {
        return iso;
    }

    /** The second, without its fraction and zone. */
    String utc() {
        return utc;
    }
}
