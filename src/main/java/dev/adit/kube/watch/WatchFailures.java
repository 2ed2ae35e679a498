package dev.adit.kube.watch;

import dev.adit.kube.source.SourceException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.io.File;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decides what a failing list or watch of one kind means: a set-up that can never work ends the start, all else is retried. */
final class WatchFailures implements ExceptionHandler {
    private static final Logger LOG = Logger.getLogger(WatchFailures.class);

    private final String kind;
    private final Predicate<SourceException> refused;
    private final BooleanSupplier closed;

    /**
     * @param refused told what can never work; whether to go on trying all the same
     * @param closed whether the source is ending, which ends every watch with it
     */
    WatchFailures(String kind, Predicate<SourceException> refused, BooleanSupplier closed) {
        this.kind = kind;
        this.refused = refused;
        this.closed = closed;
    }

    @Override
    public boolean retryAfterException(boolean isStarted, Throwable failure) {
        if (closed.getAsBoolean()) {
            return false;
        }
        var cause = clientException(failure);
        if (!isStarted && cause != null && isForbidden(cause)) {
            return refused.test(new SourceException("no permission to list and watch " + kind + ": " + reason(cause)
                    + ". Apply the RBAC of the generated manifest, or look into one namespace with --watch-namespace"));
        }
        if (!isStarted && root(failure) instanceof UnknownHostException unknown) {
            return refused.test(new SourceException("no Kubernetes API server: the host " + host(unknown)
                    + " is unknown" + kubeconfig() + ", name a folder with --manifests, or run `adit demo`"));
        }
        LOG.warnf("Cannot follow %s: %s. What is known stays in force; trying again", kind, reason(root(failure)));
        return true;
    }

    /** The resolver of a native image says more than the name. */
    private static String host(UnknownHostException unknown) {
        return String.valueOf(unknown.getMessage()).split(":", 2)[0];
    }

    /** What is said of it, where it names no file, in which case the client falls back to an address of its own. */
    private static String kubeconfig() {
        var named = Optional.ofNullable(System.getenv("KUBECONFIG"));
        return named.filter(files ->
                        Stream.of(files.split(File.pathSeparator)).noneMatch(file -> Files.exists(Path.of(file))))
                .map(file -> ". KUBECONFIG names " + file + ", which is not there: correct it")
                .orElse(". Set KUBECONFIG");
    }

    /** Whether the API server refused a request for want of a permission, or of an identity. */
    static boolean isForbidden(KubernetesClientException cause) {
        return cause.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                || cause.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED;
    }

    private static String reason(Throwable cause) {
        if (cause instanceof KubernetesClientException client
                && client.getStatus() != null
                && client.getStatus().getMessage() != null) {
            return client.getStatus().getMessage();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static @Nullable KubernetesClientException clientException(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof KubernetesClientException client && client.getCode() != 0) {
                return client;
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        var root = failure;
        for (var cause = root; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }
}
