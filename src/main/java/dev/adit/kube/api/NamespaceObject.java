package dev.adit.kube.api;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** A Namespace. */
@Group("")
@Version("v1")
@Kind("Namespace")
@Plural("namespaces")
@RegisterForReflection
public final class NamespaceObject extends ApiObject {
    private static final long serialVersionUID = 1L;
}
