package dev.adit.config;

import dev.adit.kube.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * What is read from a cluster, and what is written to it.
 *
 * @param watchNamespace the only one to serve
 * @param secrets how Secrets are read
 * @param publishService whose addresses Ingresses show
 * @param publishAddresses what they show instead
 * @param publishNodes whether they show the addresses of this controller's nodes
 * @param writesStatus whether they show any of these
 */
public record ClusterOptions(
        Optional<String> watchNamespace,
        SecretAccess secrets,
        Optional<ObjectKey> publishService,
        List<String> publishAddresses,
        boolean publishNodes,
        boolean writesStatus) {}
