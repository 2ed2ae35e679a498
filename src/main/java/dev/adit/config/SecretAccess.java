package dev.adit.config;

/** How Secrets are read. */
public enum SecretAccess {
    /** All of type kubernetes.io/tls are listed and watched: a change is seen at once. */
    WATCH,
    /** Those that an Ingress names are read by name, again and again; no other can be. */
    GET
}
