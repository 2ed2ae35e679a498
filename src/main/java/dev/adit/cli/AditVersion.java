package dev.adit.cli;

import dev.adit.text.Version;
import picocli.CommandLine.IVersionProvider;

/** The version, for {@code --version}. */
public final class AditVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"adit " + Version.text()};
    }
}
