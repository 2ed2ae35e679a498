package dev.adit.cli.inspect;

import dev.adit.explain.JsonText;
import dev.adit.explain.ServedCertificate;
import dev.adit.kube.KubeSnapshot;
import java.io.PrintWriter;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code adit certs}. */
@Command(
        name = "certs",
        mixinStandardHelpOptions = true,
        description = "Print every certificate that is served: its hosts, its issuer and when it ends.")
public final class CertsCommand extends InspectCommand {
    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var isJson = source().format() == SourceOptions.Format.JSON;
        if (source().asksInstance()) {
            out.print(source().instance().ask(isJson ? InstanceOptions.API + "certificates" : "/certificates"));
        } else {
            var table = source().translate(source().snapshot(cluster)).table();
            var now = Instant.now();
            out.print(isJson ? JsonText.of(ServedCertificate.json(table, now)) : ServedCertificate.text(table, now));
        }
        out.flush();
        return 0;
    }
}
