package dev.adit.supervision;

/** What executors and timers are given to do. They drop a task that throws, and with it all of its later turns. */
public final class Tasks {
    private Tasks() {}

    /**
     * The same task, which never throws.
     *
     * @param name by which its failures are told
     */
    public static Runnable guarded(String name, Runnable task) {
        return guarded(name, task, () -> {});
    }

    /**
     * The same task, which never throws.
     *
     * @param otherwise done after a failure, in most cases to try again later
     */
    public static Runnable guarded(String name, Runnable task, Runnable otherwise) {
        var failures = new Failures(name);
        return () -> {
            try {
                task.run();
                failures.passed();
            } catch (Throwable e) {
                failures.failed(e);
                try {
                    otherwise.run();
                } catch (Throwable again) {
                    failures.failed(again);
                }
            }
        };
    }
}
