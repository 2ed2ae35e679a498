package dev.adit.cli.options;

import dev.adit.compare.Target;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a controller listens. */
public final class TargetConverter implements ITypeConverter<Target> {
    @Override
    public Target convert(String text) {
        return Target.of(text)
                .orElseThrow(() -> new TypeConversionException("'" + text
                        + "' is no address; use ADDRESS, ADDRESS:HTTP_PORT or ADDRESS:HTTP_PORT:HTTPS_PORT"));
    }
}
