package dev.adit.cli;

import dev.adit.cli.inspect.CertsCommand;
import dev.adit.cli.inspect.CheckCommand;
import dev.adit.cli.inspect.CompareCommand;
import dev.adit.cli.inspect.DiffCommand;
import dev.adit.cli.inspect.DoctorCommand;
import dev.adit.cli.inspect.ExplainCommand;
import dev.adit.cli.inspect.MigrateCommand;
import dev.adit.cli.inspect.RoutesCommand;
import dev.adit.cli.inspect.SupportDumpCommand;
import dev.adit.cli.inspect.TopCommand;
import dev.adit.cli.mode.Mode;
import dev.adit.cli.options.ServeOptions;
import dev.adit.demo.Peers;
import dev.adit.demo.SampleApplication;
import dev.adit.text.Visible;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: it only says which mode was asked for, so that nothing starts before it has been read. */
@Command(
        name = "adit",
        mixinStandardHelpOptions = true,
        versionProvider = AditVersion.class,
        description = "An ingress controller and its proxy in one process.",
        subcommands = {
            AditCommand.Serve.class,
            ExplainCommand.class,
            RoutesCommand.class,
            TopCommand.class,
            CertsCommand.class,
            CheckCommand.class,
            DiffCommand.class,
            MigrateCommand.class,
            CompareCommand.class,
            DoctorCommand.class,
            SupportDumpCommand.class,
            CompletionCommand.class,
            AditCommand.Demo.class,
            AditCommand.Sample.class
        })
public final class AditCommand implements Callable<Mode> {
    @Mixin
    private ServeOptions options = new ServeOptions();

    /** Reads the arguments; what is wrong with them, or asked by --help, is printed. */
    public static Mode parse(PrintWriter out, PrintWriter err, String... args) {
        var line = line().setOut(out).setErr(err);
        line.setParameterExceptionHandler((e, _) -> {
            err.println(Visible.of("adit: " + e.getMessage() + meant(e)));
            err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
            return line.getCommandSpec().exitCodeOnInvalidInput();
        });
        var exitCode = line.execute(args);
        var result = line.getParseResult();
        while (result != null && result.hasSubcommand()) {
            result = result.subcommand();
        }
        Object mode = result == null ? null : result.commandSpec().commandLine().getExecutionResult();
        return mode instanceof Mode m ? m : new Mode.Done(exitCode);
    }

    /** All commands and options. */
    static CommandLine line() {
        var line = new CommandLine(new AditCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        groupOptions(line);
        return line;
    }

    private static void groupOptions(CommandLine line) {
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new GroupedHelp());
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true); // they are listed below
        line.getSubcommands().values().forEach(AditCommand::groupOptions);
    }

    /** What an argument that does not exist may have been meant to be. */
    private static String meant(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        var close = unmatched.getSuggestions().stream().limit(3).toList();
        return close.isEmpty() ? "" : ". Did you mean " + String.join(" or ", close) + "?";
    }

    @Override
    public Mode call() {
        return new Mode.Serve(options.config());
    }

    @Command(
            name = "serve",
            mixinStandardHelpOptions = true,
            description = "Serve the Ingresses of a cluster or of a directory (the default).")
    static final class Serve implements Callable<Mode> {
        @Mixin
        private ServeOptions options = new ServeOptions();

        @Override
        public Mode call() {
            return new Mode.Serve(options.config());
        }
    }

    @Command(
            name = "demo",
            mixinStandardHelpOptions = true,
            description = "Serve three sample applications in this process; no cluster is needed.")
    static final class Demo implements Callable<Mode> {
        @Mixin
        private ServeOptions options = new ServeOptions();

        @Override
        public Mode call() {
            return new Mode.Demo(options.localConfig());
        }
    }

    @Command(
            name = "sample",
            mixinStandardHelpOptions = true,
            description = "Run one sample application, as a pod of the kiada suite does.")
    static final class Sample implements Callable<Mode> {
        @Parameters(paramLabel = "APPLICATION", description = "One of ${COMPLETION-CANDIDATES}")
        private SampleApplication.Name application = SampleApplication.Name.KIADA;

        @Option(names = "--port", defaultValue = "8080", description = "Port to listen on [default: 8080]")
        private int port;

        @Option(
                names = "--quote",
                paramLabel = "URL",
                defaultValue = "${env:ADIT_SAMPLE_QUOTE:-http://quote}",
                description = "Where kiada finds quote [ADIT_SAMPLE_QUOTE; default: http://quote]")
        private URI quote = URI.create("");

        @Option(
                names = "--quiz",
                paramLabel = "URL",
                defaultValue = "${env:ADIT_SAMPLE_QUIZ:-http://quiz}",
                description = "Where kiada finds quiz [ADIT_SAMPLE_QUIZ; default: http://quiz]")
        private URI quiz = URI.create("");

        @Override
        public Mode call() {
            return new Mode.Sample(application, port, new Peers(quote, quiz));
        }
    }
}
