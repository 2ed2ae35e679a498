package dev.adit.cli;

import dev.adit.text.Version;
import picocli.CommandLine.IVersionProvider;

/** The version, and which build it is, for {@code --version}. */
public final class AditVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var build = System.getProperty("org.graalvm.nativeimage.imagecode") != null ? "native executable, " : "JVM, ";
        return new String[] {
            "adit " + Version.text(),
            build + "Java " + Runtime.version().feature() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")
        };
    }
}
