package dev.adit.bench.cost;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** How much a JVM has allocated, by its own count. */
final class Allocations {
    private Allocations() {}

    /** The bytes of all threads since the start. */
    static long bytes(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            var address = new JMXServiceURL(machine.startLocalManagementAgent());
            machine.detach();
            try (var connector = JMXConnectorFactory.connect(address)) {
                var threads = new ObjectName("java.lang:type=Threading");
                return (long) connector.getMBeanServerConnection().getAttribute(threads, "TotalThreadAllocatedBytes");
            }
        } catch (AttachNotSupportedException | JMException e) {
            throw new IOException("process " + pid + " does not tell what it allocates", e);
        }
    }
}
