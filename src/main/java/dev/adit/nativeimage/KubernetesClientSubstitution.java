package dev.adit.nativeimage;

import com.oracle.svm.core.annotate.Delete;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ApiVisitor;
import io.fabric8.kubernetes.client.dsl.InOutCreateable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.extended.run.RunOperations;
import io.fabric8.kubernetes.client.impl.KubernetesClientImpl;
import java.util.Collection;

/**
 * The client without the shortcuts that name a kind each: they alone make the model of all of Kubernetes reachable, and
 * whatever is reachable Quarkus registers for reflection. Adit asks for its few kinds by class.
 */
@TargetClass(KubernetesClientImpl.class)
final class KubernetesClientSubstitution {
    private KubernetesClientSubstitution() {}

    /** The groups' own clients: without them {@code client.apps()} and its like refuse to work. */
    @Substitute
    void registerDefaultAdapters() {}

    /** Operations on single kinds, such as scaling a Deployment. */
    @Substitute
    void registerDefaultHandlers() {}

    @Delete
    native NonNamespaceOperation<?, ?, ?> apiServices();

    @Delete
    native MixedOperation<?, ?, ?> bindings();

    @Delete
    native NonNamespaceOperation<?, ?, ?> certificateSigningRequests();

    @Delete
    native NonNamespaceOperation<?, ?, ?> componentstatuses();

    @Delete
    native MixedOperation<?, ?, ?> configMaps();

    @Delete
    native MixedOperation<?, ?, ?> endpoints();

    @Delete
    native MixedOperation<?, ?, ?> limitRanges();

    @Delete
    native NonNamespaceOperation<?, ?, ?> namespaces();

    @Delete
    native NonNamespaceOperation<?, ?, ?> nodes();

    @Delete
    native MixedOperation<?, ?, ?> persistentVolumeClaims();

    @Delete
    native NonNamespaceOperation<?, ?, ?> persistentVolumes();

    @Delete
    native MixedOperation<?, ?, ?> pods();

    @Delete
    native MixedOperation<?, ?, ?> replicationControllers();

    @Delete
    native NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<?> resourceList(HasMetadata... items);

    @Delete
    native NamespaceListVisitFromServerGetDeleteRecreateWaitApplicable<?> resourceList(
            Collection<? extends HasMetadata> items);

    @Delete
    native MixedOperation<?, ?, ?> resourceQuotas();

    @Delete
    native RunOperations run();

    @Delete
    native NonNamespaceOperation<?, ?, ?> runtimeClasses();

    @Delete
    native MixedOperation<?, ?, ?> secrets();

    @Delete
    native MixedOperation<?, ?, ?> serviceAccounts();

    @Delete
    native MixedOperation<?, ?, ?> services();

    @Delete
    native InOutCreateable<?, ?> tokenReviews();

    @Delete
    native void visitResources(ApiVisitor visitor);
}
