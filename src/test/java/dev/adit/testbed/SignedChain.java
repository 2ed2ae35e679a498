package dev.adit.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A certificate that another one has signed, which an authority has signed; made by the keytool of the JDK.
 *
 * @param context shows the first two of them
 */
public record SignedChain(X509Certificate authority, SSLContext context) {
    private static final String PASSWORD = "password";

    /** A new one. */
    public static SignedChain make(Path folder) throws Exception {
        var file = folder.resolve("chain.p12");
        generate(file, "authority", "-ext", "bc:critical=ca:true");
        generate(file, "between", "-signer", "authority", "-ext", "bc:critical=ca:true");
        generate(file, "client", "-signer", "between");
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new SignedChain((X509Certificate) store.getCertificate("authority"), context(store));
    }

    private static void generate(Path file, String name, String... more) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1"));
        command.addAll(List.of(more));
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    private static SSLContext context(KeyStore store) throws GeneralSecurityException {
        store.deleteEntry("authority");
        store.deleteEntry("between");
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
        return context;
    }
}
