package dev.adit.cli.mode;

import dev.adit.config.ControllerConfig;
import dev.adit.demo.Peers;
import dev.adit.demo.SampleApplication;

/** What the process is to do, as its arguments say. */
public sealed interface Mode {

    /** Control and proxy. */
    record Serve(ControllerConfig config) implements Mode {}

    /** The same with sample applications and their manifests. */
    record Demo(ControllerConfig config) implements Mode {}

    /** One sample application, for a pod of its own. */
    record Sample(SampleApplication.Name application, int port, Peers peers) implements Mode {}

    /** A question, which nothing is served for. */
    record Inspect(Inspection inspection) implements Mode {}

    /** A question about an installation, which nothing is served for. */
    record Examine(Examination examination) implements Mode {}

    /** Everything has been said: end with this exit code. */
    record Done(int exitCode) implements Mode {}
}
