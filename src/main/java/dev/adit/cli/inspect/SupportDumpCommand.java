package dev.adit.cli.inspect;

import dev.adit.explain.JsonText;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.source.SourceException;
import dev.adit.text.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code adit support-dump}. */
@Command(
        name = "support-dump",
        mixinStandardHelpOptions = true,
        description =
                "Write all that the Adit on this machine says of itself into one zip archive: version, options, routes, problems,"
                        + " certificates without keys, last changes, failed requests, metrics and what its threads do. It has no key, no Secret"
                        + " and no address of a client.")
public final class SupportDumpCommand extends InstanceCommand {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Map<String, String> FILES = files();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The archive; - writes it to the standard output [default: adit-support-TIME.zip here]")
    private @Nullable Path file;

    private static Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("overview.json", InstanceOptions.API + "overview");
        files.put("process.json", InstanceOptions.API + "process");
        files.put("routes.txt", "/routes");
        files.put("certificates.json", InstanceOptions.API + "certificates");
        files.put("gateways.json", InstanceOptions.API + "gateways");
        files.put("changes.json", InstanceOptions.API + "changes");
        files.put("requests.json", InstanceOptions.API + "requests");
        files.put("trend.json", InstanceOptions.API + "trend");
        files.put("metrics.txt", "/q/metrics");
        return files;
    }

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var content = new LinkedHashMap<String, String>();
        content.put("README.txt", "Written by adit %s at %s.\n".formatted(Version.text(), Instant.now()));
        FILES.forEach((name, target) -> content.put(name, instance().ask(target)));
        pages("problems", content);
        pages("endpoints", content);
        try {
            if (file != null && file.toString().equals("-")) {
                write(content, System.out);
            } else {
                var archive = file == null ? Path.of("adit-support-" + STAMP.format(Instant.now()) + ".zip") : file;
                Files.createFile(
                        archive, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (var to = Files.newOutputStream(archive)) {
                    write(content, to);
                }
                out.println(archive);
            }
        } catch (FileAlreadyExistsException e) {
            throw new SourceException("--file: '" + e.getMessage() + "' is there already; name another file");
        } catch (IOException e) {
            throw new SourceException("the archive cannot be written: " + e);
        }
        out.flush();
        return 0;
    }

    private void pages(String resource, Map<String, String> content) {
        var pages = instance().pages(resource);
        for (var i = 0; i < pages.size(); i++) {
            content.put("%s-%d.json".formatted(resource, i + 1), JsonText.of(pages.get(i)));
        }
    }

    private static void write(Map<String, String> content, OutputStream to) throws IOException {
        var zip = new ZipOutputStream(to, StandardCharsets.UTF_8);
        for (var entry : content.entrySet()) {
            zip.putNextEntry(new ZipEntry(entry.getKey()));
            zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }
}
