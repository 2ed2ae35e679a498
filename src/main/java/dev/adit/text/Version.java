package dev.adit.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Adit, as the build wrote it down. */
public final class Version {
    private Version() {}

    public static String text() {
        try (var in = Version.class.getResourceAsStream("/adit-version.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
