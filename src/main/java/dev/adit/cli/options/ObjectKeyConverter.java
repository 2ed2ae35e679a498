package dev.adit.cli.options;

import dev.adit.kube.ObjectKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code namespace/name}. */
final class ObjectKeyConverter implements ITypeConverter<ObjectKey> {
    @Override
    public ObjectKey convert(String text) {
        try {
            return ObjectKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
