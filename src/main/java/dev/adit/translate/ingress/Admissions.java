package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.Policy;
import dev.adit.translate.annotation.AnnotationReader;
import java.util.Optional;

/** Who may have what an Ingress serves on a host, and what is answered where nobody may. */
final class Admissions {
    private final AnnotationReader annotations;
    private final ClientCaResolver clients;
    private final PasswordResolver passwords;
    private final FieldMapResolver fields;
    private final ForeignRestrictions foreign;
    private final NginxHosts nginx;
    private final HostOwners owners;

    Admissions(
            AnnotationReader annotations,
            ClientCaResolver clients,
            PasswordResolver passwords,
            FieldMapResolver fields,
            ForeignRestrictions foreign,
            NginxHosts nginx,
            HostOwners owners) {
        this.annotations = annotations;
        this.clients = clients;
        this.passwords = passwords;
        this.fields = fields;
        this.foreign = foreign;
        this.nginx = nginx;
        this.owners = owners;
    }

    /** Has everything told that is wrong with it, wherever the backends are. */
    void judge(Ingress ingress) {
        var _ = closed(ingress);
        var _ = clients.of(ingress);
    }

    /** What answers every request to its paths; empty where they are served. */
    Optional<Route.Action> closed(Ingress ingress, Hostname host) {
        return closed(ingress)
                .map(BackendResolver::unavailable)
                .or(() -> demand(ingress, host) instanceof Demand.Unknown(var reason)
                        ? Optional.of(
                                nginx.isNginx(ingress)
                                        ? BackendResolver.forbidden(reason)
                                        : BackendResolver.unavailable(reason))
                        : Optional.empty());
    }

    private Optional<Reason> closed(Ingress ingress) {
        if (foreign.close(ingress)) {
            return Optional.of(Reason.ANNOTATION_FOREIGN);
        }
        if (annotations.of(ingress).isRefused()) {
            return Optional.of(Reason.ANNOTATION_INVALID);
        }
        return passwords.of(ingress) instanceof Demand.Unknown(var reason)
                ? Optional.of(reason)
                : fields.closed(ingress);
    }

    private Demand<ClientCertificate> demand(Ingress ingress, Hostname host) {
        var owner = owners.of(host).orElse(ingress).key().namespace();
        return clients.of(nginx.judge(ingress, host, owner));
    }

    /** Who has to vouch for its clients on a host. */
    Optional<ClientCertificate> authorities(Ingress ingress, Hostname host) {
        return demand(ingress, host) instanceof Demand.By(var authorities)
                ? Optional.of(authorities)
                : Optional.empty();
    }

    /** Whether it says anything of the certificates of clients. */
    boolean asksForCertificates(Ingress ingress) {
        return !(clients.of(ingress) instanceof Demand.None);
    }

    /** Who has to have a password. */
    Optional<Policy> users(Ingress ingress) {
        return passwords.of(ingress) instanceof Demand.By(var users) ? Optional.of(users) : Optional.empty();
    }
}
