package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.neverdrop.NeverDrop;
import dev.adit.neverdrop.Scenario;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each scenario once, under load; {@code make never-drop} does it at length. */
@ResourceLock("cluster")
class NeverDropTest {
    @TempDir
    static Path files;

    private static KiadaSuite suite;

    @BeforeAll
    static void install() throws Exception {
        Cluster.assumeThere(NeverDropTest.class);
        suite = KiadaSuite.install(files);
        suite.cluster().kubectl("-n", "kiada", "scale", "deployment/quote", "--replicas=3");
        suite.cluster().rolledOut("kiada", "deployment/quote");
    }

    @AfterAll
    static void remove() throws Exception {
        if (suite != null) {
            suite.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_request_is_lost_while(Scenario scenario) throws Exception {
        var outcome = NeverDrop.run(suite, scenario, 1, 2_000);
        System.err.println(outcome);
        assertThat(outcome.tally().failures()).as(outcome.toString()).isZero();
    }
}
