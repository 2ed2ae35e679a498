package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.text.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The Helm chart knows the options and the version of this build. The black-box tests install it. */
class HelmChartTest {
    private static final Path CHART = Path.of("src/main/helm/adit");
    // Those that other values of the chart set.
    private static final Set<String> BY_VALUES = Set.of(
            "publish-service",
            "publish-nodes",
            "publish-address",
            "gateway-addresses",
            "ingress-class",
            "secrets",
            "watch-namespace",
            "ingress-nginx",
            "configmap",
            "watch-ingress-without-class",
            "tcp-services-configmap",
            "state-dir",
            "state-key",
            "ticket-keys",
            "management-token-file");

    @Test
    void config_takes_every_option_that_no_other_value_sets() throws IOException {
        var config = new TreeSet<String>();
        schema().at("/properties/config/properties").fieldNames().forEachRemaining(config::add);
        assertThat(config).doesNotContainAnyElementsOf(BY_VALUES);
        config.addAll(BY_VALUES);
        assertThat(config).isEqualTo(options());
    }

    @Test
    void every_value_has_a_default_and_is_in_the_schema() throws IOException {
        var defaults = Files.readString(CHART.resolve("values.yaml"))
                .lines()
                .filter(line -> line.matches("[a-zA-Z]+:.*"))
                .map(line -> line.substring(0, line.indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
        var known = new TreeSet<String>();
        schema().at("/properties").fieldNames().forEachRemaining(known::add);
        known.remove("enabled"); // of charts that have this one as a condition
        assertThat(known).isEqualTo(defaults);
    }

    @Test
    void chart_and_application_have_the_version_of_this_build() throws IOException {
        assertThat(Files.readAllLines(CHART.resolve("Chart.yaml")))
                .contains("version: " + Version.text(), "appVersion: " + Version.text());
    }

    /** All of adit serve but the folder of manifests, which is for what runs without a cluster. */
    private static Set<String> options() {
        return AditCommand.line().getSubcommands().get("serve").getCommandSpec().options().stream()
                .map(option -> option.longestName().substring(2))
                .filter(name -> !Set.of("help", "version", "manifests").contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper().readTree(CHART.resolve("values.schema.json").toFile());
    }
}
