package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.Tutorial;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the tutorials do on a real control plane what the tutorials say. */
@ResourceLock("cluster")
@Tag("either-build")
class TutorialsTest {
    @ParameterizedTest
    @ValueSource(strings = {"first-ingress", "https", "edge"})
    void the_commands_of_a_tutorial_do_what_it_says(String name, @TempDir Path folder) throws Exception {
        Cluster.assumeThere(TutorialsTest.class);
        var tutorial = Tutorial.read(Adit.ROOT.resolve("docs/tutorials/" + name + ".md"));
        assertThat(tutorial.size()).isGreaterThan(2);
        try (var cluster = Cluster.up()) {
            assertThat(tutorial.run(cluster, folder)).isEmpty();
        }
    }
}
