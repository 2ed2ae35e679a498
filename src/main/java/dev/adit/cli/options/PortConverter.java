package dev.adit.cli.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A TCP port to listen on. */
final class PortConverter implements ITypeConverter<Integer> {
    private static final int MAX = 65_535;

    @Override
    public Integer convert(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= MAX) {
            return Integer.valueOf(text);
        }
        throw new TypeConversionException("'" + text + "' is not a port; use a number from 0 to " + MAX);
    }
}
