package dev.adit.cli;

import dev.adit.cli.mode.Mode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code adit completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print the completion of commands and options for bash and zsh: source <(adit completion)")
final class CompletionCommand implements Callable<Mode> {
    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Mode call() {
        if (command != null) {
            var line = command.commandLine();
            line.getOut().print(AutoComplete.bash("adit", command.root().commandLine()));
            line.getOut().flush();
        }
        return new Mode.Done(0);
    }
}
