package dev.adit.nativeimage;

import com.oracle.svm.core.annotate.Delete;
import com.oracle.svm.core.annotate.TargetClass;

/** The deprecated client, which Quarkus registers with all its methods and nobody uses. */
@Delete
@TargetClass(className = "io.fabric8.kubernetes.client.DefaultKubernetesClient")
final class DefaultKubernetesClientSubstitution {
    private DefaultKubernetesClientSubstitution() {}
}
