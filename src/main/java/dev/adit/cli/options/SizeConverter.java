package dev.adit.cli.options;

import dev.adit.translate.annotation.Values;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes, with or without a unit, as annotations have it. */
final class SizeConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        return Values.size(text)
                .filter(bytes -> bytes > 0 && bytes <= Integer.MAX_VALUE)
                .map(Math::toIntExact)
                .orElseThrow(() -> new TypeConversionException("'" + text + "' is no size; " + Values.SIZE));
    }
}
