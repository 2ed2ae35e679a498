package dev.adit.cli.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with arguments that can be read one by one. */
public final class InvalidArguments {
    private InvalidArguments() {}

    /**
     * To be thrown.
     *
     * @param command that they were given to, which picocli sets before it reads them
     */
    public static ParameterException of(@Nullable CommandSpec command, String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }

    /** The same about the value of one option. */
    static ParameterException value(@Nullable CommandSpec command, String option, String why) {
        return of(command, "Invalid value for option '" + option + "': " + why);
    }
}
