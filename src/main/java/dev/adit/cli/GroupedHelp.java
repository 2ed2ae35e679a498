package dev.adit.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Lists the options of a command under headings: the name of each mixin, and first what is in none. */
final class GroupedHelp implements IHelpSectionRenderer {
    // Those that every command has, which are listed with its own.
    private static final String STANDARD = "mixinStandardHelpOptions";

    @Override
    public String render(Help help) {
        var spec = help.commandSpec();
        var groups = new ArrayList<Map.Entry<String, List<OptionSpec>>>();
        collect(spec, groups);
        var grouped = groups.stream()
                .flatMap(group -> group.getValue().stream())
                .map(OptionSpec::longestName)
                .collect(Collectors.toSet());
        var text = new StringBuilder(list(
                help,
                spec.options().stream()
                        .filter(option -> !grouped.contains(option.longestName()))
                        .toList()));
        for (var group : groups) {
            text.append(System.lineSeparator())
                    .append(group.getKey())
                    .append(':')
                    .append(System.lineSeparator())
                    .append(list(help, group.getValue()));
        }
        return text.toString();
    }

    /** A mixin that has others lists its own options without a heading. */
    private static void collect(CommandSpec spec, List<Map.Entry<String, List<OptionSpec>>> groups) {
        spec.mixins().forEach((name, mixin) -> {
            if (!name.equals(STANDARD) && mixin.mixins().isEmpty()) {
                groups.add(Map.entry(name, mixin.options()));
            }
            collect(mixin, groups);
        });
    }

    private static String list(Help help, List<OptionSpec> options) {
        var layout = help.createDefaultLayout();
        layout.addOptions(options, help.createDefaultParamLabelRenderer());
        return layout.toString();
    }
}
