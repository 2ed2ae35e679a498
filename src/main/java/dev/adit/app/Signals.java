package dev.adit.app;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system. The JDK has them under a name that its compiler warns of, and under no other, so they are looked up by name.
 */
final class Signals {
    private Signals() {}

    /**
     * Has a task run, on a thread of its own, each time that this process gets a signal.
     *
     * @param name without SIG
     * @throws ReflectiveOperationException where this JDK has no signals
     */
    static void at(String name, Runnable task) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var listening =
                Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                    if (method.getName().equals("handle")) {
                        task.run();
                    }
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), listening);
    }
}
