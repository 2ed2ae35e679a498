package dev.adit.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Self-signed certificates by the JDK's keytool, as PEM files. */
public record Certificates(Path certificate, Path key) {
    static final String PASSWORD = "password";

    public static Certificates make(Path directory, String name, String... hosts) throws Exception {
        return make(List.of("-keyalg", "EC", "-groupname", "secp256r1"), directory, name, hosts);
    }

    /** The same with a key of RSA. */
    public static Certificates makeRsa(int bits, Path directory, String name, String... hosts) throws Exception {
        return make(List.of("-keyalg", "RSA", "-keysize", Integer.toString(bits)), directory, name, hosts);
    }

    /** The same with a key of Ed25519. */
    public static Certificates makeEd25519(Path directory, String name, String... hosts) throws Exception {
        return make(List.of("-keyalg", "Ed25519"), directory, name, hosts);
    }

    private static Certificates make(List<String> algorithm, Path directory, String name, String... hosts)
            throws Exception {
        var store = directory.resolve(name + ".p12");
        var names = "SAN=dns:" + String.join(",dns:", hosts);
        var arguments = new ArrayList<>(List.of("-genkeypair"));
        arguments.addAll(algorithm);
        arguments.addAll(List.of(
                "-dname",
                "CN=" + hosts[0],
                "-ext",
                names,
                "-alias",
                "x",
                "-validity",
                "30",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
        run(arguments);
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new Certificates(
                pem(
                        directory.resolve(name + ".crt"),
                        "CERTIFICATE",
                        keys.getCertificate("x").getEncoded()),
                pem(
                        directory.resolve(name + ".key"),
                        "PRIVATE KEY",
                        keys.getKey("x", PASSWORD.toCharArray()).getEncoded()));
    }

    /** A Secret of type kubernetes.io/tls, as YAML. */
    public String secret(String name) throws IOException {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: %s}
                type: kubernetes.io/tls
                data: {tls.crt: %s, tls.key: %s}
                ---
                """.formatted(name, base64(certificate), base64(key));
    }

    /** Both with their chain, as the JDK keeps them. */
    KeyStore keys() throws IOException, GeneralSecurityException {
        var name = certificate.getFileName().toString().replace(".crt", ".p12");
        return KeyStore.getInstance(certificate.resolveSibling(name).toFile(), PASSWORD.toCharArray());
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    private static Path pem(Path file, String label, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n");
    }

    private static void run(List<String> arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }
}
