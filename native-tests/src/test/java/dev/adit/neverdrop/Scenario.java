package dev.adit.neverdrop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.KiadaSuite;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** One thing that operators or failures do, while requests are under way. */
public enum Scenario {
    BACKEND_ROLLOUT("the Deployment behind an Ingress is rolled out") {
        @Override
        void happen(KiadaSuite suite) throws Exception {
            rollOut(suite, "kiada", "quote");
        }
    },
    OWN_ROLLOUT("Adit itself, two replicas behind a load balancer of L4, is rolled out") {
        @Override
        void happen(KiadaSuite suite) throws Exception {
            rollOut(suite, "adit-system", "adit");
        }
    },
    LEADER_DELETED("the replica that writes statuses is deleted") {
        @Override
        void happen(KiadaSuite suite) throws Exception {
            var leader = new AtomicReference<>("");
            // After a rollout it may still be held by one that is gone.
            KiadaSuite.eventually(() -> {
                leader.set(holder(suite));
                suite.cluster().kubectl("-n", "adit-system", "get", "pod", pod(leader.get()));
            });
            var before = leader.get();
            suite.cluster().kubectl("-n", "adit-system", "delete", "pod", pod(before), "--wait=false");
            KiadaSuite.eventually(() -> {
                if (holder(suite).equals(before)) {
                    throw new IllegalStateException("nobody else leads");
                }
            });
            suite.cluster().rolledOut("adit-system", "deployment/adit");
        }
    },
    API_SERVER_AWAY("the API server is killed, and comes back") {
        @Override
        void happen(KiadaSuite suite) throws Exception {
            suite.cluster().kill("kube-apiserver");
            Thread.sleep(Duration.ofSeconds(Integer.getInteger("outage.seconds", 5)));
            suite.cluster().start();
            controllersAreBack(suite);
            // Whoever came back has to be heard: a rollout goes through.
            rollOut(suite, "kiada", "quote");
        }
    },
    STORE_RESTORED("the store is set back to an older state, with smaller resourceVersions") {
        @Override
        void happen(KiadaSuite suite) throws Exception {
            var cluster = suite.cluster();
            cluster.backUp();
            cluster.kubectl("-n", "kiada", "annotate", "--overwrite", "ingress", "kiada", "example.com/lost=true");
            for (var i = 0; i < 20; i++) {
                cluster.kubectl("-n", "kiada", "annotate", "--overwrite", "service", "quote", "example.com/lost=" + i);
            }
            cluster.restore();
            controllersAreBack(suite);
            rollOut(suite, "kiada", "quote");
        }
    };

    private final String sentence;

    Scenario(String sentence) {
        this.sentence = sentence;
    }

    abstract void happen(KiadaSuite suite) throws Exception;

    String sentence() {
        return sentence;
    }

    private static void rollOut(KiadaSuite suite, String namespace, String deployment) throws Exception {
        suite.cluster().kubectl("-n", namespace, "rollout", "restart", "deployment/" + deployment);
        suite.cluster().rolledOut(namespace, "deployment/" + deployment);
    }

    /**
     * The controllers of Kubernetes follow again: what one of them that lags behind deletes before its EndpointSlice says so is lost to
     * whoever forwards. A Service comes and goes, and its slices with it.
     */
    private static void controllersAreBack(KiadaSuite suite) throws Exception {
        var cluster = suite.cluster();
        cluster.kubectl("-n", "kiada", "expose", "deployment/quote", "--name=caught-up", "--port=80");
        KiadaSuite.eventually(() -> assertThat(slices(suite)).contains("."));
        cluster.kubectl("-n", "kiada", "delete", "service/caught-up");
        KiadaSuite.eventually(() -> assertThat(slices(suite)).isEmpty());
    }

    private static String slices(KiadaSuite suite) throws Exception {
        return suite.cluster()
                .kubectl(
                        "-n",
                        "kiada",
                        "get",
                        "endpointslices",
                        "-l",
                        "kubernetes.io/service-name=caught-up",
                        "-o",
                        "jsonpath={.items[*].endpoints[*].addresses[0]}");
    }

    private static String pod(String holder) {
        return holder.substring(0, holder.lastIndexOf('-'));
    }

    private static String holder(KiadaSuite suite) throws IOException, InterruptedException {
        return suite.cluster().jsonpath("adit-system", "lease/adit-leader", "{.spec.holderIdentity}");
    }
}
