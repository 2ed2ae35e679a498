package dev.adit.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.fabric8.kubernetes.api.builder.BaseFluent;
import io.fabric8.kubernetes.api.builder.VisitableBuilder;
import io.fabric8.kubernetes.api.model.KubernetesListFluent;

/** The untyped list finds an item's builder by a table of every kind in the core group; the item itself knows it too. */
@TargetClass(KubernetesListFluent.class)
final class KubernetesListSubstitution {
    private KubernetesListSubstitution() {}

    @Substitute
    static VisitableBuilder<?, ?> builder(Object item) {
        return BaseFluent.builderOf(item);
    }
}
