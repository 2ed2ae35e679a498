package dev.adit.cli.options;

import dev.adit.translate.DefaultBackend;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code namespace/name} or {@code namespace/name:port}. */
final class DefaultBackendConverter implements ITypeConverter<DefaultBackend> {
    @Override
    public DefaultBackend convert(String text) {
        try {
            return DefaultBackend.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
