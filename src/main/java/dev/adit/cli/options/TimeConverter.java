package dev.adit.cli.options;

import dev.adit.translate.annotation.Values;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time with a unit, as annotations have it. A number without a unit means seconds, as it did before there were units. */
public class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) > 0) {
            return Duration.ofSeconds(Integer.parseInt(text));
        }
        return Values.time(text)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no time; " + Values.TIME));
    }

    /** One that may be none at all. */
    static final class OrNone extends TimeConverter {
        @Override
        public Duration convert(String text) {
            return text.matches("0+(ms|s|m|h)?") ? Duration.ZERO : super.convert(text);
        }
    }
}
